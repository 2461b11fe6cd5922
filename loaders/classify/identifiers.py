"""What the published identifier of a holder states by itself: a SIREN, a French territory, a country abroad.

Types follow the list of the French essential data (SIRET, TVA, HORS-UE, TAHITI, RIDET, FRWF, IREP); many rows carry no
type, or the wrong one, so the number is read first and its type only where the number does not say.
"""

import re
from functools import cache

import polars as pl
from babel import Locale

from loaders import reference
from loaders.classify.names import comparable

TERRITORY_PREFIXES = {"TAHITI": "PF", "RIDET": "NC", "FRWF": "WF"}

_SPACES = r"[\s.\-\u00A0]"
_SIRET = r"^\d{14}$|^\d{9}$"
_FRENCH_VAT = r"^FR[0-9A-Z]{2}(\d{9})"
_PREFIXED_NUMBER = r"^([A-Z]{2,3})\d{5}"
_SPANISH_VAT = r"^(ES)[A-Z]\d{5}"
_NOT_COUNTRIES = "AC CP CQ DG EA EU EZ IC QO TA UN XA XB XK ZZ".split()
_OUTSIDE_EU = r"^([A-Z]{2})([A-Z]{3}|[A-Z]?\d{5})"


def is_siren(number: pl.Expr) -> pl.Expr:
    """Whether nine digits are a SIREN: their Luhn sum is a multiple of ten, and they are not all zero.

    Source: INSEE, definition of the SIREN. La Poste's own (356000000) passes; only its SIRETs depart from the rule.
    """
    digits = [number.str.slice(place, 1).cast(pl.Int8, strict=False) for place in range(9)]
    doubled = [digit * 2 - 9 * (digit > 4) if place % 2 else digit for place, digit in enumerate(digits)]
    luhn = pl.sum_horizontal(doubled, ignore_nulls=False) % 10 == 0
    return (number.str.contains(r"^\d{9}$") & luhn & (number != "000000000")).fill_null(False)


@cache
def _prefixes(column: str) -> dict[str, str]:
    table = reference.table("identifier_prefixes")
    return dict(zip(table["prefix"], table[column], strict=True))


@cache
def countries() -> list[str]:
    """The two-letter codes of ISO 3166-1, without those that CLDR adds for its own needs."""
    return [code for code in Locale("en").territories if re.fullmatch("[A-Z]{2}", code) and code not in _NOT_COUNTRIES]


def read_identifiers(holders: pl.LazyFrame) -> pl.LazyFrame:
    """``holders`` with what their identifiers state.

    In: holder_id, holder_id_type, holder_name. Added: ``siren`` (nine digits, Luhn checked), ``foreign_number`` (the
    number with its country or territory before it), ``id_country`` (ISO alpha-2, of establishment), ``id_basis``
    (``siren_only``, ``vat`` or ``foreign_id``; null when nothing is stated), ``id_confirmed`` (false when the country
    stands in a free text that nothing confirms).
    """
    number = pl.col("holder_id").str.to_uppercase().str.replace_all(_SPACES, "")
    kind = pl.col("holder_id_type").str.to_uppercase().str.replace_all("[ -]", "_")
    return (
        holders.with_columns(_number=number, _kind=kind.replace({"FRW": "FRWF"}))
        .with_columns(siren=_siren(), _territory=pl.col("_kind").replace_strict(TERRITORY_PREFIXES, default=None))
        .with_columns(_prefix=_prefix(), _outside=_outside_country())
        .with_columns(_registered=pl.col("_prefix").replace_strict(_prefixes("country"), default=None))
        .with_columns(
            id_country=pl.coalesce("_registered", "_outside"),
            id_basis=_basis(),
            id_confirmed=_confirmed(),
            foreign_number=_foreign(),
        )
        .drop("_number", "_kind", "_territory", "_prefix", "_outside", "_registered")
    )


def _siren() -> pl.Expr:
    number = pl.col("_number")
    candidate = pl.coalesce(
        pl.when(number.str.contains(_SIRET)).then(number.str.slice(0, 9)), number.str.extract(_FRENCH_VAT)
    )
    abroad = pl.col("_kind").is_in(list(TERRITORY_PREFIXES)).fill_null(False)
    return pl.when(is_siren(candidate) & ~abroad).then(candidate)


def _prefix() -> pl.Expr:
    """The letters before the digits of a number, when they are those of a value added tax or company register."""
    letters = pl.coalesce(pl.col("_number").str.extract(_SPANISH_VAT), pl.col("_number").str.extract(_PREFIXED_NUMBER))
    readable = ~pl.col("_kind").is_in(list(TERRITORY_PREFIXES)).fill_null(False)
    return pl.when(readable & letters.is_in(list(_prefixes("country")))).then(letters)


def _outside_country() -> pl.Expr:
    """An identifier of the type HORS-UE is a country code and the beginning of the name; a bare name states nothing."""
    code = pl.col("_number").str.extract(_OUTSIDE_EU)
    bare_name = pl.col("_number").str.slice(0, 6) == _squeezed_name().str.slice(0, 6)
    known = (pl.col("_kind") == "HORS_UE") & code.is_in(countries()) & (code != "FR") & ~bare_name.fill_null(False)
    return pl.when(known).then(code)


def _squeezed_name() -> pl.Expr:
    return comparable(pl.col("holder_name")).str.replace_all(" ", "")


def _basis() -> pl.Expr:
    has_number = pl.col("_number").str.len_chars() > 0
    french = pl.col("siren").is_not_null() | pl.col("_territory").is_not_null()
    return (
        pl.when(french)
        .then(pl.lit("siren_only"))
        .when(pl.col("_prefix").is_not_null())
        .then(pl.col("_prefix").replace_strict(_prefixes("basis"), default=None))
        .when(has_number & (pl.col("_kind") == "HORS_UE"))
        .then(pl.lit("foreign_id"))
    )


def _confirmed() -> pl.Expr:
    after_code = pl.col("_number").str.slice(2, 4)
    named = after_code == _squeezed_name().str.slice(0, 4)
    return pl.col("_outside").is_null() | named.fill_null(False) | after_code.str.contains(r"\d{3}")


def _foreign() -> pl.Expr:
    prefixed = pl.concat_str(pl.col("_territory"), pl.col("_number"))
    stated = pl.when(pl.col("_registered").is_not_null() | pl.col("_outside").is_not_null()).then(pl.col("_number"))
    return pl.when(pl.col("siren").is_null()).then(pl.coalesce(prefixed, stated))
