"""How one published cell becomes a value: expressions from text to a type, null when the text says nothing."""

from datetime import date

import polars as pl

NULL_MARKERS = ("", "NC", "CDL", "MQ", "MQ NC", "NULL", "NAN", "NONE", "N/A", "[]", "{}")
"""Ways in which sources write "nothing": 139bercy/decp-arr2022 for CDL, MQ and INX."""

EARLIEST_DATE = date(1995, 1, 1)
"""Before this a date is a filler such as 1899-12-31: buyers' platforms did not exist."""

LONGEST_DURATION_MONTHS = 1200

_SPACES = r"\s\x00-\x1F\x7F"
_BUT_SINGLE_SPACES = rf"[{_SPACES}&&[^ ]][{_SPACES}]*| [{_SPACES}]+"
"""Runs of spaces and of control characters: those that are one plain space are left as they stand."""

_HTML_ENTITIES = {
    "&amp;": "&",
    "&quot;": '"',
    "&apos;": "'",
    "&#39;": "'",
    "&#039;": "'",
    "&rsquo;": "’",
    "&nbsp;": " ",
    "&lt;": "<",
    "&gt;": ">",
    "&eacute;": "é",
    "&egrave;": "è",
    "&agrave;": "à",
    "&ccedil;": "ç",
    "&ocirc;": "ô",
}

_HOLDER_ID_TYPES = {
    "HORS_UE": "HORS-UE",
    "HORS UE": "HORS-UE",
    "TVA_INTRACOMMUNAUTAIRE": "TVA",
    "TVA INTRACOMMUNAUTAIRE": "TVA",
    "UE": "TVA",
    "FRW": "FRWF",
}


def present(name: str) -> pl.Expr:
    """The text of column ``name``, null where the source wrote one of its ways of saying nothing."""
    text = pl.col(name).str.strip_chars()
    is_marker = text.str.to_uppercase().is_in(NULL_MARKERS) | text.str.starts_with("INX")
    return pl.when(is_marker).then(None).otherwise(text).alias(name)


def plain_text(name: str) -> pl.Expr:
    """A title or a name: no HTML, no line breaks, single spaces."""
    return (
        present(name)
        .str.replace_all(r"<[A-Za-z/][^<>]*>", " ")
        .str.replace_many(_HTML_ENTITIES)
        .str.replace_all(_BUT_SINGLE_SPACES, " ")
        .str.strip_chars()
        .replace("", None)
        .alias(name)
    )


def day(name: str, latest: date) -> pl.Expr:
    """A date written ``2024-03-07``, ``2024-03-07+02:00``, ``2024-03-07T…`` or ``07/03/2024``.

    Null outside ``EARLIEST_DATE`` … ``latest``: fillers and typing errors would move a contract to a false year.
    """
    text = present(name)
    iso = text.str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False)
    french = text.str.slice(0, 10).str.to_date("%d/%m/%Y", strict=False)
    found = pl.coalesce(iso, french)
    return pl.when(found.is_between(EARLIEST_DATE, latest)).then(found).alias(name)


def cents(name: str) -> pl.Expr:
    """An amount in euros, with a point or a comma, as integer cents; null when it is no number."""
    cell = pl.col(name)
    comma_is_decimal = cell.str.contains(",", literal=True) & ~cell.str.contains(".", literal=True)
    text = present(name).str.replace_all(r"[\s\u00A0\u202F€]", "")
    number = pl.when(comma_is_decimal).then(text.str.replace(",", ".")).otherwise(text.str.replace_all(",", ""))
    return (number.cast(pl.Float64, strict=False) * 100).round().cast(pl.Int64, strict=False)


def whole_number(name: str) -> pl.Expr:
    """A count written ``12`` or ``12.0``; null when it is no number."""
    return present(name).cast(pl.Float64, strict=False).round().cast(pl.Int32, strict=False).alias(name)


def months(name: str) -> pl.Expr:
    """A duration of at least one month; null for zero and for what no contract lasts."""
    number = whole_number(name)
    return pl.when(number.is_between(1, LONGEST_DURATION_MONTHS)).then(number).alias(name)


def boolean(name: str) -> pl.Expr:
    """True or false however a source writes it; null else."""
    text = present(name).str.to_lowercase()
    return (
        pl.when(text.is_in(["true", "1", "oui", "vrai"]))
        .then(True)
        .when(text.is_in(["false", "0", "non", "faux"]))
        .then(False)
        .alias(name)
    )


def cpv(name: str) -> pl.Expr:
    """A CPV code of eight digits, without its check digit; null for 00000000."""
    digits = present(name).str.split("-").list.first().str.replace_all(r"\D", "").str.slice(0, 8)
    padded = digits.str.pad_end(8, "0")
    return pl.when((digits.str.len_chars() >= 2) & (padded != "00000000")).then(padded).alias(name)


def siret(name: str) -> pl.Expr:
    """A SIRET or SIREN, a lost leading zero put back; any other identifier as published."""
    return present(name).str.replace_all(r"[\s.]", "").str.replace(r"^(\d{13}|\d{8})$", "0${1}").alias(name)


def holder_id_type(name: str) -> pl.Expr:
    """The kind of identifier, in the words of the 2022 schema."""
    return present(name).str.to_uppercase().replace(_HOLDER_ID_TYPES).alias(name)


def internal_id(name: str) -> pl.Expr:
    """The buyer's own number, with the characters that no address can carry turned into ``_``.

    Same replacement as the consolidated tabular file, so that one contract has one number whatever its source.
    """
    return present(name).str.replace_all(r"[ ,\\./]", "_").alias(name)
