"""Two vendors or groups head to head."""

import polars as pl

from analysis.distinct import distinct
from analysis.selection import Selection

Rivals = tuple[str, ...]


def rival_years(awards: pl.LazyFrame, selection: Selection, rivals: Rivals) -> pl.DataFrame:
    """What each rival (a ``group_id`` or a ``vendor_id``) sold each year.

    Columns: ``rival, year, is_group, amount_cents, contract_count``; in the order of ``rivals``, then by year (null
    last).
    """
    found = (
        _awards_of(awards, selection, rivals)
        .group_by("rival", "year")
        .agg(
            pl.col("is_group").any(),
            amount_cents=pl.col("counted_cents").sum(),
            contract_count=distinct("contract_id"),
        )
        .collect()
    )
    return _in_order(found, rivals, "year")


def rival_totals(awards: pl.LazyFrame, selection: Selection, rivals: Rivals) -> pl.DataFrame:
    """Each rival in one row, those without a contract included.

    Columns: ``rival, rival_name`` (null without a contract), ``is_group, control_country, amount_cents,
    contract_count, buyer_count, ministry_count, vendor_count, flagged_count, first_year, last_year``; what may change
    from one contract to the next is that of the latest.
    """
    latest = pl.col("control_country", "rival_name").sort_by("contract_date", "contract_id").last()
    found = (
        _awards_of(awards, selection, rivals)
        .group_by("rival")
        .agg(
            latest,
            pl.col("is_group").any(),
            amount_cents=pl.col("counted_cents").sum(),
            contract_count=distinct("contract_id"),
            buyer_count=distinct("buyer_key"),
            ministry_count=distinct("ministry"),
            vendor_count=distinct("vendor_id"),
            flagged_count=distinct("contract_id", pl.col("amount_flag").is_not_null()),
            first_year=pl.col("year").min(),
            last_year=pl.col("year").max(),
        )
        .collect()
    )
    every = pl.DataFrame({"rival": list(rivals)}, schema={"rival": pl.String})
    counts = "amount_cents contract_count buyer_count ministry_count vendor_count flagged_count".split()
    totals = every.join(found, on="rival", how="left", maintain_order="left").with_columns(
        pl.col(counts).fill_null(0), pl.col("is_group").fill_null(False)
    )
    return totals.select(*("rival", "rival_name", "is_group", "control_country"), *counts, "first_year", "last_year")


def shared_buyers(awards: pl.LazyFrame, selection: Selection, rivals: Rivals) -> pl.DataFrame:
    """The buyers that bought from every rival: ``buyer_key, buyer_name, ministry, amount_cents, contract_count``."""
    return (
        _awards_of(awards, selection, rivals)
        .group_by("buyer_key")
        .agg(
            pl.col("buyer_name").drop_nulls().sort().first(),
            pl.col("ministry").drop_nulls().min(),
            amount_cents=pl.col("counted_cents").sum(),
            contract_count=distinct("contract_id"),
            rival_count=distinct("rival"),
        )
        .filter(pl.col("rival_count") == len(rivals), len(rivals) > 1)
        .drop("rival_count")
        .sort("amount_cents", "buyer_key", descending=[True, False])
        .collect()
    )


def _awards_of(awards: pl.LazyFrame, selection: Selection, rivals: Rivals) -> pl.LazyFrame:
    """The selected awards of each rival, weighed for it alone: an award may be of a vendor and of its group."""
    of_each = []
    for rival in rivals:
        is_group = (pl.col("group_id") == rival).fill_null(False)
        mine = selection.filtered(awards).filter(is_group | (pl.col("vendor_id") == rival))
        of_each.append(
            mine.with_columns(
                selection.amount_cents(),
                rival=pl.lit(rival),
                is_group=is_group,
                rival_name=pl.when(is_group).then("group_name").otherwise("vendor_name"),
            )
        )
    return pl.concat(of_each or [_nobody(awards, selection)])


def _nobody(awards: pl.LazyFrame, selection: Selection) -> pl.LazyFrame:
    nothing = pl.lit(None, pl.String)
    return awards.limit(0).with_columns(
        selection.amount_cents(), rival=nothing, is_group=pl.lit(False), rival_name=nothing
    )


def _in_order(frame: pl.DataFrame, rivals: Rivals, then: str) -> pl.DataFrame:
    place = pl.col("rival").replace_strict({rival: place for place, rival in enumerate(rivals)}, default=None)
    return frame.with_columns(_place=place).sort("_place", then, nulls_last=True).drop("_place")
