"""The text that words are sought in, folded once for all when the edition is made: one row an award, in their order."""

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from loaders import derived
from loaders.classify.text import folded

TABLE = "search_texts"
SEARCH_TEXT = "search_text"
SEARCHED_COLUMNS = ("title", "lot", "holder_name", "vendor_name", "buyer_name")
SELLER_TEXT = "seller_text"
SELLER_NAMES = ("vendor_name", "group_name", "vendor_id")
"""Where the words of a search for vendors are sought."""
_ROW_GROUP_ROWS = 100_000
_COMPARED = 10_000


def searched(columns: Sequence[str]) -> pl.Expr:
    """The text of some columns to be searched: folded, each word after a space."""
    together = pl.concat_str(*columns, separator=" ", ignore_nulls=True)
    return pl.concat_str(pl.lit(" "), folded(together))


def write(folder: Path) -> None:
    """Write the texts of the awards in ``folder`` beside them, compressed for speed: folding takes twenty times longer
    than reading.
    """
    texts = pl.scan_parquet(folder / "awards.parquet").select(rules())
    texts.sink_parquet(
        folder / f"{TABLE}.parquet",
        compression="lz4",
        row_group_size=_ROW_GROUP_ROWS,
        metadata=derived.carried(rules()),
    )


def rules() -> list[pl.Expr]:
    """What makes the text of an award."""
    return [searched(SEARCHED_COLUMNS).alias(SEARCH_TEXT)]


def seller_text() -> pl.Expr:
    """The text of an award that vendors are sought in."""
    return searched(SELLER_NAMES).alias(SELLER_TEXT)


def are_faithful(texts: pl.LazyFrame, awards: pl.LazyFrame) -> bool:
    """Whether there is a text for each award, and the first ones are theirs."""
    count = pl.collect_all([table.select(pl.len()) for table in (texts, awards)])
    some = pl.collect_all([texts.head(_COMPARED), awards.head(_COMPARED).select(rules())])
    return count[0].equals(count[1]) and some[0].equals(some[1])
