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
    judged = selection.judged(awards).filter(pl.col("ministry").is_not_null())
    by_vendor = judged.group_by("ministry", "vendor_id").agg(
        vendor_name=pl.col("vendor_name").min(),
        vendor_cents=pl.col("counted_cents").sum(),
        award_count=pl.len().cast(pl.Int64),
    )
    details = (
        by_vendor.sort("vendor_cents", "vendor_id", descending=[True, False], nulls_last=True)
        .group_by("ministry", maintain_order=True)
        .agg(
            pl.col("award_count").sum(),
            vendor_count=pl.col("vendor_id").drop_nulls().len().cast(pl.Int64),
            top_vendor_id=_first_weighing("vendor_id"),
            top_vendor_name=_first_weighing("vendor_name"),
            top_vendor_cents=_first_weighing("vendor_cents"),
        )
        .collect()
    )
    return (
        interval_by(awards, selection, "ministry")
        .join(details, on="ministry", how="inner")
        .sort("total_cents", "ministry", descending=[True, False])
    )


def _first_weighing(column: str) -> pl.Expr:
    weighs = pl.col("vendor_id").is_not_null() & (pl.col("vendor_cents") > 0)
    return pl.col(column).filter(weighs).first()
