"""CSV for machines: names and types of the schema, amounts in cents, lists as JSON, nothing a spreadsheet would run."""

import zlib
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq

from ui.export import defused

ROWS_AT_ONCE = 2_000
_GZIP_WINDOW = 31


def written(frame: pl.DataFrame) -> bytes:
    """``frame`` as CSV (RFC 4180, UTF-8, comma), with its header.

    Dates are ISO, booleans ``true`` and ``false``, nulls empty, lists JSON arrays; a text that a spreadsheet would run
    as a formula begins with an apostrophe.
    """
    return _flat(frame).write_csv().encode()


def table(path: Path) -> Iterator[bytes]:
    """The same of the Parquet file at ``path``, a few rows at a time: its size costs no memory."""
    with pq.ParquetFile(path, pre_buffer=False, buffer_size=1 << 16) as file:
        names = file.schema_arrow.names
        yield pl.DataFrame(schema=names).write_csv().encode()
        for batch in file.iter_batches(ROWS_AT_ONCE, use_threads=False):
            yield _flat(pl.from_arrow(batch)).write_csv(include_header=False).encode()


def gzipped(parts: Iterator[bytes]) -> Iterator[bytes]:
    """``parts`` as one gzip file (RFC 1952), without a date: the same parts give the same bytes."""
    compressor = zlib.compressobj(6, zlib.DEFLATED, _GZIP_WINDOW)
    for part in parts:
        compressed = compressor.compress(part)
        if compressed:
            yield compressed
    yield compressor.flush()


def _flat(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(_cell(name, dtype) for name, dtype in frame.schema.items())


def _cell(name: str, dtype: pl.DataType) -> pl.Expr:
    value = pl.col(name)
    if dtype == pl.List:
        return pl.when(value.is_not_null()).then(_json_array(value)).alias(name)
    return defused(value) if dtype == pl.String else value


def _json_array(value: pl.Expr) -> pl.Expr:
    wrapped = pl.struct(value.alias("l")).struct.json_encode()
    return wrapped.str.strip_prefix('{"l":').str.strip_suffix("}")
