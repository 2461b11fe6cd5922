"""Which amounts cannot be summed, and how an amount is shared among holders."""

import polars as pl

from loaders.vocabulary import AMOUNT_FLAGS

SENTINELS_EUR = (12_311_111_111, 99_999_999_999, 9_999_999_999)
"""Fillers met in the consolidated file; the first is what its producer writes for more than eleven digits."""

IMPLAUSIBLE_EUR = 15_000_000_000
"""The limit above which the ministry of Finance excludes a contract (139bercy/decp-arr2022)."""

SHORTEST_REPEATED = 7
"""From seven times the same digit on, an amount is a filler: 9 999 999, 88 888 888."""

_FRAMEWORK = r"(?i)accord[- ]?cadre"
_ORDERS = r"(?i)bons? de commande"
_UNDER_AGREEMENT = r"(?i)subs[ée�]quent"
_REPEATED = "^(" + "|".join(f"{digit}{{{SHORTEST_REPEATED},}}" for digit in range(1, 10)) + ")$"


def amount_flag(amount_cents: pl.Expr, currency: pl.Expr) -> pl.Expr:
    """Why an amount stays out of all sums (``AMOUNT_FLAGS``), null when it counts. Nothing is replaced."""
    euros = amount_cents // 100
    is_repeated = euros.cast(pl.String).str.contains(_REPEATED)
    return (
        pl.when(amount_cents.is_null())
        .then(pl.lit("missing"))
        .when(currency.is_not_null() & (currency != "EUR"))
        .then(pl.lit("foreign_currency"))
        .when(amount_cents <= 100)
        .then(pl.lit("at_most_one_euro"))
        .when(euros.is_in(SENTINELS_EUR))
        .then(pl.lit("sentinel"))
        .when(is_repeated)
        .then(pl.lit("repeated_digit"))
        .when(euros > IMPLAUSIBLE_EUR)
        .then(pl.lit("implausible"))
        .cast(pl.Enum(list(AMOUNT_FLAGS)))
    )


def share_cents(amount_cents: pl.Expr, holder_rank: pl.Expr, holder_count: pl.Expr) -> pl.Expr:
    """The part of one holder: equal parts, the odd cents to the first ones, so that parts sum to the amount."""
    return amount_cents // holder_count + (holder_rank <= amount_cents % holder_count).cast(pl.Int64)


def is_framework() -> pl.Expr:
    """Whether the amount is a ceiling: an agreement under which orders follow, not a contract under an agreement.

    Columns in: ``techniques`` and ``execution_terms`` say so in the 2022 schema, ``nature`` in the 2019 one, ``title``
    in award notices, which have none of the three.
    """
    said = {name: pl.col(name).fill_null("") for name in ("techniques", "execution_terms", "nature", "title")}
    is_silent = pl.all_horizontal(pl.col("techniques", "execution_terms", "nature").is_null())
    says_so = (
        said["techniques"].str.contains(_FRAMEWORK)
        | said["nature"].str.contains(_FRAMEWORK)
        | said["execution_terms"].str.contains(_ORDERS)
        | (is_silent & (said["title"].str.contains(_FRAMEWORK) | said["title"].str.contains(_ORDERS)))
    )
    return says_so & ~(
        said["nature"].str.contains(_UNDER_AGREEMENT) | said["execution_terms"].str.contains(_UNDER_AGREEMENT)
    )
