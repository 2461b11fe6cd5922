"""Made-up national files with the distributions of the real ones, for measuring only.

Everything is drawn from a seed, block after block, in memory that does not grow with the file. Titles and codes are
those of the contracts of data/starter, SIRENs of the State and of known vendors those of data/reference; every other
buyer, vendor, number and amount is invented. The shares are those measured on the consolidated file of 20 August 2026
(3 240 022 rows, 1 827 781 contracts).
"""

from benchmarks.generate.official_json import write_json
from benchmarks.generate.tabular import write_tabular

__all__ = ["write_json", "write_tabular"]
