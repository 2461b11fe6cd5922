"""The numbers behind a chart: the frames it was drawn from, and the few bytes that tell them from any others."""

import hashlib
from dataclasses import asdict, is_dataclass

import polars as pl

from web.gathered import Chart

DIGEST_BYTES = 5
_DECIMALS = 9


def frames(chart: Chart) -> list[pl.DataFrame]:
    """What ``chart`` was drawn from, one frame each; an interval is a frame of one row."""
    tables = [pl.DataFrame([asdict(part)]) if is_dataclass(part) else part for part in chart.data]
    return [table for table in tables if isinstance(table, pl.DataFrame)]


def written(frame: pl.DataFrame) -> str:
    """A frame as CSV: names and units of the schema, amounts in cents, lists joined by ``|``, nine decimals."""
    lists = [name for name, dtype in frame.schema.items() if dtype == pl.List]
    joined = [pl.col(name).cast(pl.List(pl.String)).list.join("|") for name in lists]
    return frame.with_columns(joined).write_csv(float_precision=_DECIMALS)


def digest(chart: Chart) -> bytes:
    """What changes as soon as one number does: the beginning of the SHA-256 of every frame as CSV."""
    texts = "\n".join(written(frame) for frame in frames(chart))
    return hashlib.sha256(texts.encode("utf-8")).digest()[:DIGEST_BYTES]
