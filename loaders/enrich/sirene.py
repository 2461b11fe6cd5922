"""What INSEE's Sirene register says of the few companies that appear in contracts: name, legal category, size, state.

Source: INSEE, « StockUniteLegale » in Parquet (about 30 million units), Licence Ouverte 2.0. Only the SIRENs asked for
are read. Persons who object to publication have no name there, and get none here.
"""

from collections.abc import Iterable
from pathlib import Path

import polars as pl

from language import mark
from loaders.errors import UnreadableSource

FILE_NAME = "sirene.parquet"

SCHEMA = pl.Schema(
    {
        "siren": pl.String,
        "name": pl.String,
        "legal_category": pl.String,
        "company_size": pl.String,
        "staff_band": pl.String,
        "is_active": pl.Boolean,
    }
)
"""One row a SIREN. ``legal_category``: INSEE code (7113 ministry …). ``company_size``: PME, ETI or GE."""

_PUBLISHED = {
    "legal_category": "categorieJuridiqueUniteLegale",
    "company_size": "categorieEntreprise",
    "staff_band": "trancheEffectifsUniteLegale",
}
_NAMES = ("denominationUniteLegale", "denominationUsuelle1UniteLegale")
_PERSON = ("prenom1UniteLegale", "nomUniteLegale")
_STATE = "etatAdministratifUniteLegale"
_WITHHELD = "[ND]"


def read(folder: Path) -> pl.LazyFrame:
    """The extract in ``folder`` (columns of ``SCHEMA``), empty when none was built."""
    path = folder / FILE_NAME
    return pl.scan_parquet(path) if path.is_file() else pl.LazyFrame(schema=SCHEMA)


def build(stock: Path | str, sirens: Iterable[str], folder: Path) -> Path:
    """Write into ``folder`` the units of ``stock`` (a path or an address) whose SIREN is asked for.

    Raises UnreadableSource when the stock cannot be read or lacks a column that we read.
    """
    folder.mkdir(parents=True, exist_ok=True)
    target, beside = folder / FILE_NAME, folder / f"{FILE_NAME}.new"
    units(stock, sirens).collect().write_parquet(beside)
    beside.replace(target)
    return target


def units(stock: Path | str, sirens: Iterable[str]) -> pl.LazyFrame:
    """The units of ``stock`` whose SIREN is in ``sirens``: columns of ``SCHEMA``, sorted by SIREN."""
    wanted = pl.LazyFrame({"siren": sorted(set(sirens))}, schema={"siren": pl.String})
    return (
        _scan(stock)
        .join(wanted, on="siren", how="semi")
        .select(
            "siren",
            _name().alias("name"),
            *(pl.col(published).cast(pl.String).alias(name) for name, published in _PUBLISHED.items()),
            (pl.col(_STATE) == "A").alias("is_active"),
        )
        .sort("siren")
    )


def _name() -> pl.Expr:
    """The company's name, else its usual one, else the person's; nothing of what is withheld."""
    texts = [pl.col(column).replace(_WITHHELD, None).replace("", None) for column in (*_NAMES, *_PERSON)]
    person = pl.concat_str(texts[2:], separator=" ", ignore_nulls=False)
    return pl.coalesce(*texts[:2], person)


def _scan(stock: Path | str) -> pl.LazyFrame:
    needed = ["siren", *_NAMES, *_PERSON, *_PUBLISHED.values(), _STATE]
    frame = pl.scan_parquet(stock)
    try:
        missing = set(needed) - set(frame.collect_schema().names())
    except (pl.exceptions.PolarsError, OSError) as failure:
        raise UnreadableSource(
            mark("{file} n’est pas un fichier Parquet lisible ({cause})."), file=stock, cause=failure
        ) from failure
    if missing:
        raise UnreadableSource(
            mark("{file} n’a pas les colonnes attendues : {columns}."), file=stock, columns=", ".join(sorted(missing))
        )
    return frame.select(needed)
