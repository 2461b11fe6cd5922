"""The contracts that end soon."""

from datetime import date

import polars as pl

from analysis.selection import Selection

COLUMNS = (
    "end_date contract_id contract_date duration_months ministry buyer_key buyer_name vendor_id vendor_name "
    "title digital_category is_framework amount_cents counted_cents verdict"
).split()


def ending_contracts(awards: pl.LazyFrame, selection: Selection, start: date, months: int) -> pl.DataFrame:
    """The selected awards whose contract ends within ``months`` months from ``start``, both ends included.

    Columns ``COLUMNS``, the soonest first. An end date is the contract's date plus its published duration: options
    and early ends are not published.
    """
    last = pl.lit(start).dt.offset_by(f"{months}mo")
    return (
        selection.judged(awards)
        .filter(pl.col("end_date").is_between(start, last))
        .sort("end_date", "contract_id", "holder_rank")
        .select(COLUMNS)
        .collect()
    )


def ending_by_ministry(awards: pl.LazyFrame, selection: Selection, start: date, months: int) -> pl.DataFrame:
    """How much of it ends in each ministry: ``ministry, amount_cents, contract_count, first_end_date``; by amount."""
    return (
        ending_contracts(awards, selection, start, months)
        .group_by("ministry")
        .agg(
            amount_cents=pl.col("counted_cents").sum(),
            contract_count=pl.col("contract_id").n_unique().cast(pl.Int64),
            first_end_date=pl.col("end_date").min(),
        )
        .sort("amount_cents", "ministry", descending=[True, False], nulls_last=True)
    )
