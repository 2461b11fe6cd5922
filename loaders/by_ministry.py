"""The awards of ministries, those of one vendor together, made with the edition: they are added up as they are read."""

from pathlib import Path

import polars as pl

from loaders import by_vendor, derived, notable, vocabulary

TABLE = "by_ministry"
SELLER = "seller"
"""The vendor as a number, null where there is none: the awards of a ministry stand in its order."""
_COLUMNS = (
    "ministry vendor_id vendor_name year buyer_kind contract_id holder_rank share_cents amount_cents duration_months "
    "is_framework amount_flag"
).split()


def by_ministry(awards: pl.LazyFrame) -> pl.LazyFrame:
    """Those of ``awards`` that have a ministry, as ``loaders.by_vendor`` tells them, by ministry and ``SELLER``."""
    verdicts = map(notable.verdict_column, vocabulary.DEFINITIONS)
    theirs = awards.filter(pl.col("ministry").is_not_null())
    rows = theirs.select(*_COLUMNS, *verdicts, pl.col(by_vendor.VENDOR).alias(SELLER))
    return rows.sort("ministry", SELLER, "contract_id", "holder_rank", nulls_last=True)


def write(folder: Path) -> None:
    """Write the awards of ministries of those in ``folder`` beside them."""
    awards = pl.scan_parquet(folder / f"{by_vendor.TABLE}.parquet")
    derived.write(by_ministry(awards), folder / f"{TABLE}.parquet", rules())


def rules() -> list[pl.Expr]:
    """What is said of an award here."""
    return [*map(pl.col, _COLUMNS), *by_vendor.rules()]


def is_faithful(found: pl.LazyFrame, awards: pl.LazyFrame) -> bool:
    """Whether ``found`` has as many awards, vendors, contracts and euros as those of ``awards`` with a ministry."""
    measures = (pl.len(), pl.col("share_cents").sum(), pl.col("vendor_id").n_unique(), pl.col("contract_id").n_unique())
    theirs = awards.filter(pl.col("ministry").is_not_null())
    ours, wanted = pl.collect_all([rows.select(measures) for rows in (found, theirs)])
    return ours.equals(wanted)
