"""The texts that vendors of the whole country are sought in, made with the edition: one row for each text of each
vendor, ten times fewer than awards.
"""

from pathlib import Path

import polars as pl

from loaders import by_vendor, derived
from loaders.by_vendor import MOST_CENTS, VENDOR
from loaders.search_texts import SELLER_NAMES, SELLER_TEXT, seller_text

TABLE = "vendor_texts"


def vendor_texts(awards: pl.LazyFrame) -> pl.LazyFrame:
    """The texts of the vendors of ``awards``, those of ``loaders.by_vendor``, in the order of ``VENDOR``."""
    named = awards.select(VENDOR, MOST_CENTS, *SELLER_NAMES).drop_nulls(VENDOR).unique()
    return named.select(VENDOR, MOST_CENTS, seller_text()).unique().sort(VENDOR, SELLER_TEXT)


def write(folder: Path) -> None:
    """Write the texts of the vendors in ``folder`` beside them, compressed for speed."""
    awards = pl.scan_parquet(folder / f"{by_vendor.TABLE}.parquet")
    path = folder / f"{TABLE}.parquet"
    vendor_texts(awards).sink_parquet(path, compression="lz4", metadata=derived.carried(rules()))


def rules() -> list[pl.Expr]:
    """What makes the text of a vendor, and what its vendor is."""
    return [seller_text(), *by_vendor.rules()]


def are_faithful(texts: pl.LazyFrame, awards: pl.LazyFrame) -> bool:
    """Whether ``texts`` are those of the vendors of ``awards``, which are those of ``loaders.by_vendor``."""
    ours, theirs = pl.collect_all([texts, vendor_texts(awards)])
    return ours.equals(theirs)
