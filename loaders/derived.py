"""Tables made of the awards to answer faster: each carries a print of the rules that made it.

An edition outlives the program that built it. When the rules change, what they made earlier is left aside, and the
awards are asked.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path

import polars as pl

_RULES = "rules"
_ROW_GROUP_ROWS = 25_000


def fingerprint(rules: Iterable[pl.Expr]) -> str:
    """The print of some expressions: another one as soon as one of them changes."""
    return hashlib.blake2b(b"".join(rule.meta.serialize() for rule in rules), digest_size=16).hexdigest()


def carried(rules: Iterable[pl.Expr]) -> dict[str, str]:
    """The metadata that a table made by ``rules`` is written with."""
    return {_RULES: fingerprint(rules)}


def write(rows: pl.LazyFrame, path: Path, rules: Iterable[pl.Expr]) -> None:
    """Write ``rows`` made by ``rules`` in their order, compressed for speed, in parts that are read apart."""
    rows.sink_parquet(
        path, compression="lz4", row_group_size=_ROW_GROUP_ROWS, maintain_order=True, metadata=carried(rules)
    )


def is_current(table: Path, rules: Iterable[pl.Expr]) -> bool:
    """Whether the rules that made ``table`` are those of today."""
    return table.is_file() and pl.read_parquet_metadata(table).get(_RULES) == fingerprint(rules)
