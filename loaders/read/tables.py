"""Whose table it is, from its columns: the consolidated tabular file, or one that a mapping describes."""

from language import mark
from loaders.errors import UnreadableSource
from loaders.read.awards_table import read_awards_table
from loaders.read.batch import Reading
from loaders.read.decp_tabular import is_decp_tabular, missing_to_be_read, read_decp_tabular
from loaders.read.mapping import Mapping, read_mapping, shipped_mappings
from loaders.read.source import Source
from loaders.read.text_table import CsvTable, ParquetTable


def read_parquet(source: Source) -> Reading:
    """Read a Parquet table of either kind; raises UnreadableSource when it is damaged or of unknown columns."""
    return _read(source, ParquetTable(source), "parquet")


def read_csv(source: Source) -> Reading:
    """Read a CSV table of either kind; raises UnreadableSource when it is damaged or of unknown columns."""
    return _read(source, CsvTable(source), "csv")


def _read(source: Source, table: ParquetTable | CsvTable, format_: str) -> Reading:
    given = [read_mapping(source.mapping)] if source.mapping else []
    known = [*given, *shipped_mappings()]
    for mapping in known:
        if not mapping.missing(table.columns):
            return read_awards_table(table, source.source_id, mapping)
    if not is_decp_tabular(table.columns):
        raise _refusal(source, table.columns, known)
    if missing := missing_to_be_read(table.columns):
        raise _missing(source, missing)
    return read_decp_tabular(table, source.source_id, f"decp-tabular-{format_}")


def _refusal(source: Source, columns: list[str], known: list[Mapping]) -> UnreadableSource:
    """Name the missing columns of the given mapping, or of the one that nearly fits; else say that none does."""
    nearest = known[0] if source.mapping else min(known, key=lambda each: len(each.missing(columns)) / len(each.detect))
    missing = nearest.missing(columns)
    if source.mapping or len(missing) < len(nearest.detect):
        return _missing(source, missing)
    return source.refusal(
        mark(
            "Les colonnes de {name} ne sont celles d’aucune source connue : "
            "décrivez-les dans une correspondance (docs/awards-table.md)."
        )
    )


def _missing(source: Source, missing: list[str]) -> UnreadableSource:
    return source.refusal(
        mark("Il manque au tableau {name} des colonnes sans lesquelles il ne se lit pas : {missing}."),
        missing=", ".join(missing),
    )
