"""What every reader yields: batches of raw rows, with what could not be read beside them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import polars as pl

from loaders import schema


def _empty(of: pl.Schema) -> pl.DataFrame:
    return pl.DataFrame(schema=of)


@dataclass(frozen=True)
class RawBatch:
    """Some records of a source.

    ``records`` counts the records of the source that this batch covers, readable or not. ``position`` is how far
    the reader has come, in the unit of ``Reading.size``.
    """

    records: int
    position: int
    rows: pl.DataFrame = field(default_factory=lambda: _empty(schema.RAW_ROWS))
    subcontracts: pl.DataFrame = field(default_factory=lambda: _empty(schema.RAW_SUBCONTRACTS))
    rejects: pl.DataFrame = field(default_factory=lambda: _empty(schema.polars_schema("rejects")))


@dataclass
class Reading:
    """A source being read: its format, its length, its batches, and the columns that were not as expected."""

    format: str
    size: int
    batches: Iterator[RawBatch]
    missing_columns: list[str] = field(default_factory=list)
    unknown_columns: list[str] = field(default_factory=list)
