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
    judged = selection.judged(awards).filter(pl.col("ministry").is_not_null()).with_columns(_vendor())
    theirs = judged.select("ministry", "vendor", "vendor_id", "vendor_name", "counted_cents").collect().lazy()
    summed = theirs.group_by("ministry", "vendor").agg(vendor_cents=pl.col("counted_cents").sum(), award_count=pl.len())
    by_vendor = summed.collect()
    counts = by_vendor.group_by("ministry").agg(
        pl.col("award_count").sum().cast(pl.Int64), vendor_count=pl.col("vendor").count().cast(pl.Int64)
    )
    return counts.join(_heaviest(theirs, by_vendor), on="ministry", how="left")


def ranked(by_ministry: pl.DataFrame, sellers: pl.DataFrame) -> pl.DataFrame:
    """The columns of ``ranking`` from the interval and the sellers of each ministry."""
    both = by_ministry.join(sellers, on="ministry", how="inner")
    return both.sort("total_cents", "ministry", descending=[True, False])


def _vendor() -> pl.Expr:
    # Numbers are compared three times as fast as texts.
    return pl.when(pl.col("vendor_id").is_not_null()).then(pl.col("vendor_id").hash()).alias("vendor")


def _heaviest(awards: pl.LazyFrame, by_vendor: pl.DataFrame) -> pl.DataFrame:
    """The vendor that weighs most in each ministry, the first of equals, for those where one weighs something."""
    cents = pl.col("vendor_cents")
    sold = by_vendor.filter(pl.col("vendor").is_not_null(), cents > 0)
    most = sold.filter(cents == cents.max().over("ministry"))
    return (
        awards.filter(pl.col("vendor").is_in(most["vendor"].unique().implode()))
        .join(most.lazy(), on=["ministry", "vendor"])
        .group_by("ministry", top_vendor_id="vendor_id")
        .agg(top_vendor_name=pl.col("vendor_name").min(), top_vendor_cents=pl.col("vendor_cents").first())
        .sort("top_vendor_id")
        .unique("ministry", keep="first", maintain_order=True)
        .collect()
    )
