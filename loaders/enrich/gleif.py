"""The ultimate parent that French companies declare to GLEIF, by SIREN.

Source: GLEIF golden copy, level 1 (who is who) and level 2 (who consolidates whom), CSV in ZIP, CC0. A French entity
gives its SIREN as its number at the authorities RA000189 (Sirene) and RA000192 (trade register). Parents that declared
nothing are missing: the absence of a parent is no proof of independence.
"""

import zipfile
from pathlib import Path

import polars as pl

from language import mark
from loaders.errors import UnreadableSource
from loaders.read.bounds import Allowance, Exceeded
from loaders.workshop import workshop

FILE_NAME = "gleif.parquet"

SCHEMA = pl.Schema(
    {
        "siren": pl.String,
        "lei": pl.String,
        "lei_name": pl.String,
        "parent_lei": pl.String,
        "parent_name": pl.String,
        "parent_country": pl.String,
        "parent_from": pl.Date,
    }
)
"""One row a SIREN. ``parent_country``: the parent's legal seat, ISO alpha-2. ``parent_from``: start of the relation."""

FRENCH_AUTHORITIES = ("RA000189", "RA000192")

_LEVEL_1 = {
    "LEI": "lei",
    "Entity.LegalName": "name",
    "Entity.LegalAddress.Country": "country",
    "Entity.RegistrationAuthority.RegistrationAuthorityID": "authority",
    "Entity.RegistrationAuthority.RegistrationAuthorityEntityID": "number",
}
_LEVEL_2 = {
    "Relationship.StartNode.NodeID": "lei",
    "Relationship.EndNode.NodeID": "parent_lei",
    "Relationship.RelationshipType": "relation",
    "Relationship.RelationshipStatus": "status",
}
_PERIODS = tuple(
    (f"Relationship.Period.{slot}.periodType", f"Relationship.Period.{slot}.startDate") for slot in range(1, 6)
)
_ULTIMATE = "IS_ULTIMATELY_CONSOLIDATED_BY"


def read(folder: Path) -> pl.LazyFrame:
    """The extract in ``folder`` (columns of ``SCHEMA``), empty when none was built."""
    path = folder / FILE_NAME
    return pl.scan_parquet(path) if path.is_file() else pl.LazyFrame(schema=SCHEMA)


def build(level_1: Path, level_2: Path, folder: Path) -> Path:
    """Write the extract into ``folder`` from the golden copies of levels 1 and 2, each a CSV or a ZIP of one.

    Raises UnreadableSource when a file is damaged or lacks a column that we read.
    """
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / FILE_NAME
    with workshop(folder) as scratch:
        entities = _scan(_csv(level_1, scratch), _LEVEL_1).rename(_LEVEL_1)
        relations = _scan(_csv(level_2, scratch), [*_LEVEL_2, "Relationship.Period.1.startDate"])
        beside = scratch / FILE_NAME
        _parents(entities, relations).collect().write_parquet(beside)
        beside.replace(target)
    return target


def _parents(entities: pl.LazyFrame, relations: pl.LazyFrame) -> pl.LazyFrame:
    parents = entities.select(parent_lei="lei", parent_name="name", parent_country="country")
    return (
        _french(entities)
        .join(_ultimate(relations), on="lei")
        .join(parents, on="parent_lei")
        .filter(pl.col("lei") != pl.col("parent_lei"))
        .sort("siren", "parent_from", "parent_lei", nulls_last=False)
        .unique("siren", keep="last", maintain_order=True)
        .select(SCHEMA.names())
    )


def _french(entities: pl.LazyFrame) -> pl.LazyFrame:
    siren = pl.col("number").str.replace_all(r"\s", "").str.extract(r"^(\d{9})(?:\D|\d{5}$|$)")
    return (
        entities.filter(pl.col("authority").is_in(FRENCH_AUTHORITIES))
        .select("lei", siren=siren, lei_name="name")
        .drop_nulls("siren")
    )


def _ultimate(relations: pl.LazyFrame) -> pl.LazyFrame:
    """Active ultimate consolidations and their start, which is not the accounting year that often comes first."""
    known = relations.collect_schema().names()
    starts = [
        pl.when(pl.col(kind) == "RELATIONSHIP_PERIOD").then(pl.col(start))
        for kind, start in _PERIODS
        if kind in known and start in known
    ]
    since = pl.coalesce(*starts, pl.lit(None, pl.String)).str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False)
    return (
        relations.rename(_LEVEL_2)
        .filter(pl.col("relation") == _ULTIMATE, pl.col("status") == "ACTIVE")
        .select("lei", "parent_lei", parent_from=since)
    )


def _csv(source: Path, scratch: Path) -> Path:
    if not zipfile.is_zipfile(source):
        return source
    with zipfile.ZipFile(source) as archive:
        names = [name for name in archive.namelist() if name.lower().endswith(".csv")]
        if len(names) != 1:
            raise UnreadableSource(
                mark("{file} devrait contenir un fichier CSV et un seul ; il en contient {count}."),
                file=source,
                count=len(names),
            )
        _refuse_if_too_much(source, archive)
        return Path(archive.extract(names[0], scratch))


def _refuse_if_too_much(source: Path, archive: zipfile.ZipFile) -> None:
    """An archive never gives more than it declares: what it declares is what it is held to."""
    listed = archive.infolist()
    try:
        Allowance.of(source).declare(len(listed), sum(member.file_size for member in listed))
    except Exceeded:
        raise UnreadableSource(
            mark("{file} se déploie en trop de données pour être ce registre : rien n’en est lu."), file=source
        ) from None


def _scan(source: Path, needed: list[str] | dict[str, str]) -> pl.LazyFrame:
    frame = pl.scan_csv(source, infer_schema=False)
    try:
        found = frame.collect_schema().names()
    except (pl.exceptions.PolarsError, OSError) as failure:
        raise UnreadableSource(
            mark("{file} n’est pas un tableau CSV lisible ({cause})."), file=source, cause=failure
        ) from failure
    missing = [name for name in needed if name not in found]
    if missing:
        raise UnreadableSource(
            mark("{file} n’a pas les colonnes attendues : {columns}."), file=source, columns=", ".join(missing)
        )
    wanted = [name for name in found if name in needed or name.startswith("Relationship.Period.")]
    return frame.select(wanted)
