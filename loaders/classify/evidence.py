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
        title_id=_text_id("title"),
        lot_id=_text_id("lot"),
        key_id=pl.struct(context).hash(),
    )


def distinct_texts(awards: pl.LazyFrame) -> pl.LazyFrame:
    """Each distinct title and lot of ``awards``: text_id (as in ``with_keys``) and ``text``."""
    parts = [
        awards.select(text_id=_text_id(field), text=field).drop_nulls().unique("text_id", keep="any")
        for field in ("title", "lot")
    ]
    return pl.concat(parts).unique("text_id", keep="any")


def readable_texts(texts: pl.LazyFrame) -> pl.LazyFrame:
    """``distinct_texts`` as patterns read them: text_id, cased (without accents) and folded (and without false
    friends).
    """
    return texts.select(
        "text_id",
        cased=without_accents(pl.col("text")),
        folded=readable(pl.col("text")).str.replace_all(_false_friends(), " "),
    )


def _text_id(field: str) -> pl.Expr:
    return pl.when(pl.col(field).is_not_null()).then(pl.col(field).hash())


def _false_friends() -> str:
    patterns = reference.table("false_friends")["pattern"].drop_nulls()
    return compiled(*patterns)
