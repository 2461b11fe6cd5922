"""Ministries side by side."""

import polars as pl

from analysis.selection import Selection
from analysis.shares import interval_by


def ranking(awards: pl.LazyFrame, selection: Selection) -> pl.DataFrame:
    """Every ministry that bought something, the largest amount first.

    Columns of ``interval_by`` for ``ministry``, then ``award_count``, ``vendor_count``, and the vendor that weighs
    most: ``top_vendor_id``, ``top_vendor_name``, ``top_vendor_cents`` (null when nothing is summed). Awards outside
    the State have no ministry and are left out.
    """
    return ranked(interval_by(awards, selection, "ministry"), sellers(awards, selection))


def sellers(awards: pl.LazyFrame, selection: Selection) -> pl.DataFrame:
    """How many awards and vendors each ministry has, and the vendor that weighs most there."""
    by_vendor = (
        selection.judged(awards)
        .filter(pl.col("ministry").is_not_null())
        .group_by("ministry", "vendor_id")
        .agg(
            vendor_name=pl.col("vendor_name").min(),
            vendor_cents=pl.col("counted_cents").sum(),
            award_count=pl.len().cast(pl.Int64),
        )
    )
    return (
        by_vendor.group_by("ministry")
        .agg(
            pl.col("award_count").sum(),
            vendor_count=pl.col("vendor_id").count().cast(pl.Int64),
            top_vendor_id=_heaviest("vendor_id"),
            top_vendor_name=_heaviest("vendor_name"),
            top_vendor_cents=_heaviest("vendor_cents"),
        )
        .collect()
    )


def ranked(by_ministry: pl.DataFrame, sellers: pl.DataFrame) -> pl.DataFrame:
    """The columns of ``ranking`` from the interval and the sellers of each ministry."""
    both = by_ministry.join(sellers, on="ministry", how="inner")
    return both.sort("total_cents", "ministry", descending=[True, False])


def _heaviest(column: str) -> pl.Expr:
    weighs = pl.col("vendor_id").is_not_null() & (pl.col("vendor_cents") > 0)
    order = [pl.col("vendor_cents").filter(weighs), pl.col("vendor_id").filter(weighs)]
    return pl.col(column).filter(weighs).sort_by(order, descending=[True, False]).first()
