"""An edition small enough to be checked by hand: every contract is there for one reason, written beside it.

Companies, buyers and identifiers are invented and impossible (a SIREN never starts with 000). Amounts are in euros
here, in cents in the tables. ``awards()`` may be used alone as a LazyFrame.
"""

from tests.tiny_edition.edition import EDITION_ID, awards, reasons, write

__all__ = ["EDITION_ID", "awards", "reasons", "write"]
