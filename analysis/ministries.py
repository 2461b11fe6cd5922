"""Ministries side by side."""

import polars as pl

from analysis.selection import Selection
from analysis.shares import interval_by
from loaders.by_ministry import SELLER


def ranking(awards: pl.LazyFrame, selection: Selection) -> pl.DataFrame:
    """Every ministry that bought something, the largest amount first.

    Columns of ``interval_by`` for ``ministry``, then ``award_count``, ``vendor_count``, and the vendor that weighs
    most: ``top_vendor_id``, ``top_vendor_name``, ``top_vendor_cents`` (null when nothing is summed). Awards outside
    the State have no ministry and are left out.
    """
    return ranked(interval_by(awards, selection, "ministry"), sellers(awards, selection))


def sellers(awards: pl.LazyFrame, selection: Selection) -> pl.DataFrame:
    """How many awards and vendors each ministry has, and the vendor that weighs most there."""
    judged = selection.judged(awards).filter(pl.col("ministry").is_not_null())
    if SELLER in awards.collect_schema():
        theirs, by_seller = judged, _added_up(judged)
    else:
        columns = ("ministry", "vendor_id", "vendor_name", "counted_cents")
        theirs = judged.select(*columns, _numbered()).collect().lazy()
        by_seller = _grouped(theirs)
    counts = by_seller.group_by("ministry").agg(
        pl.col("award_count").sum().cast(pl.Int64), vendor_count=pl.col(SELLER).count().cast(pl.Int64)
    )
    return counts.join(_heaviest(theirs, by_seller), on="ministry", how="left")


def ranked(by_ministry: pl.DataFrame, sellers: pl.DataFrame) -> pl.DataFrame:
    """The columns of ``ranking`` from the interval and the sellers of each ministry."""
    both = by_ministry.join(sellers, on="ministry", how="inner")
    return both.sort("total_cents", "ministry", descending=[True, False])


def _numbered() -> pl.Expr:
    # Numbers are compared three times as fast as texts.
    return pl.when(pl.col("vendor_id").is_not_null()).then(pl.col("vendor_id").hash()).alias(SELLER)


def _grouped(judged: pl.LazyFrame) -> pl.DataFrame:
    """What each vendor of each ministry weighs, in how many awards."""
    by_seller = judged.group_by("ministry", SELLER)
    return by_seller.agg(seller_cents=pl.col("counted_cents").sum(), award_count=pl.len()).collect()


def _added_up(judged: pl.LazyFrame) -> pl.DataFrame:
    """The same of awards of which those of a vendor stand together: ten times as fast where vendors are many."""
    is_last = pl.any_horizontal(pl.col(key).ne_missing(pl.col(key).shift(-1)) for key in ("ministry", SELLER))
    so_far = {"cents": pl.col("counted_cents").fill_null(0).cum_sum(), "awards": pl.int_range(1, pl.len() + 1)}
    ends = judged.select("ministry", SELLER, **so_far, is_last=is_last).filter("is_last").collect()
    since_last = {column: pl.col(column).diff().fill_null(pl.col(column)) for column in so_far}
    return ends.select("ministry", SELLER, seller_cents=since_last["cents"], award_count=since_last["awards"])


def _heaviest(awards: pl.LazyFrame, by_seller: pl.DataFrame) -> pl.DataFrame:
    """The vendor that weighs most in each ministry, the first of equals, for those where one weighs something."""
    cents = pl.col("seller_cents")
    sold = by_seller.filter(pl.col(SELLER).is_not_null(), cents > 0)
    most = sold.filter(cents == cents.max().over("ministry"))
    return (
        awards.filter(pl.col(SELLER).is_in(most[SELLER].unique().implode()))
        .join(most.lazy(), on=["ministry", SELLER])
        .group_by("ministry", top_vendor_id="vendor_id")
        .agg(top_vendor_name=pl.col("vendor_name").min(), top_vendor_cents=pl.col("seller_cents").first())
        .sort("top_vendor_id")
        .unique("ministry", keep="first", maintain_order=True)
        .collect()
    )
