"""What products and perimeter read: each distinct title or lot once, folded, without its false friends."""

import polars as pl

from loaders import reference
from loaders.classify.patterns import compiled, readable, without_accents

CONTEXT = ("title", "lot", "cpv", "descriptors")


def with_keys(awards: pl.LazyFrame, *context: str) -> pl.LazyFrame:
    """``awards`` with title_id and lot_id (null when the lot is absent) and key_id, which names what is read of a row.

    Identifiers are hashes of the texts: equal rows share one, and none depends on the order of rows.
    """
    return awards.with_columns(
        title_id=pl.col("title").hash(),
        lot_id=pl.when(pl.col("lot").is_not_null()).then(pl.col("lot").hash()),
        key_id=pl.struct(context).hash(),
    )


def distinct_texts(keys: pl.LazyFrame) -> pl.LazyFrame:
    """Each distinct title and lot of ``keys``: text_id, cased (without accents), folded (and without false friends)."""
    parts = [
        keys.select(text_id=f"{field}_id", cased=field).drop_nulls().unique("text_id", keep="any")
        for field in ("title", "lot")
    ]
    return (
        pl.concat(parts)
        .unique("text_id", keep="any")
        .with_columns(
            without_accents(pl.col("cased")),
            folded=readable(pl.col("cased")).str.replace_all(_false_friends(), " "),
        )
    )


def _false_friends() -> str:
    patterns = reference.table("false_friends")["pattern"].drop_nulls()
    return compiled(*patterns)
