"""The contracts that end soon.

An end date is the contract's date plus its published duration: options and early ends are not published.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from analysis.distinct import distinct
from analysis.selection import Selection
from loaders.known import contracts_of

FOREIGN = ("foreign_control", "foreign_product")
COLUMNS = (
    "end_date contract_id contract_date publication_date duration_months ministry buyer_key buyer_name vendor_id "
    "vendor_name title digital_category is_framework amount_cents amount_flag counted_cents verdict"
).split()
_OF_THE_CONTRACT = (
    "end_date contract_date publication_date duration_months ministry buyer_id buyer_name title is_framework "
    "amount_cents amount_flag"
).split()


@dataclass(frozen=True)
class Dated:
    """How many selected contracts there are, how many publish no duration, and the first and last known end."""

    contract_count: int
    undated_count: int
    first_end: date | None
    last_end: date | None


def of_foreign(selection: Selection) -> Selection:
    """The same selection, of contracts under foreign control or with a foreign product."""
    return replace(selection, verdicts=FOREIGN)


def ending_contracts(awards: pl.LazyFrame, selection: Selection, start: date, months: int) -> pl.DataFrame:
    """The selected awards whose contract ends within ``months`` months from ``start``, both ends included.

    Columns ``COLUMNS``, the soonest first.
    """
    return (
        selection.judged(awards)
        .filter(_ends_within(start, months))
        .sort("end_date", "contract_id", "holder_rank")
        .select(COLUMNS)
        .collect()
    )


def contracts_ending(awards: pl.LazyFrame, selection: Selection, start: date, months: int) -> pl.DataFrame:
    """The same, one row a contract: its dates, buyer and title, ``amount_cents`` as published, ``vendor_ids`` and
    ``vendor_names`` (lists of its selected holders, by rank), ``verdict`` (the first of its holders'),
    ``counted_cents`` (its weight in sums).
    """
    return _by_contract(selection.judged(awards).filter(_ends_within(start, months))).sort("end_date", "contract_id")


def ended_before(awards: pl.LazyFrame, selection: Selection, day: date, limit: int) -> pl.DataFrame:
    """The ``limit`` selected contracts that ended last before ``day``, the latest first; columns as above."""
    ended = selection.judged(awards).filter(pl.col("end_date") < day)
    return _by_contract(ended).sort("end_date", "contract_id", descending=[True, False]).head(limit)


def ending_by_ministry(awards: pl.LazyFrame, selection: Selection, start: date, months: int) -> pl.DataFrame:
    """How much of it ends in each ministry: ``ministry, amount_cents, contract_count, first_end_date``; by amount."""
    return (
        ending_contracts(awards, selection, start, months)
        .group_by("ministry")
        .agg(
            amount_cents=pl.col("counted_cents").sum(),
            contract_count=distinct("contract_id"),
            first_end_date=pl.col("end_date").min(),
        )
        .sort("amount_cents", "ministry", descending=[True, False], nulls_last=True)
    )


def ending_by_period(
    awards: pl.LazyFrame, selection: Selection, start: date, periods_months: Sequence[int]
) -> pl.DataFrame:
    """How many contracts end within each period, by ministry: each period holds the shorter ones.

    Columns: ``ministry`` (null outside the State, last), ``within_<months>`` for each period, then ``amount_cents``,
    what those of the longest period weigh in sums.
    """
    return (
        ending_contracts(awards, selection, start, max(periods_months))
        .group_by("ministry")
        .agg(
            *(
                distinct("contract_id", _ends_within(start, months)).alias(f"within_{months}")
                for months in periods_months
            ),
            amount_cents=pl.col("counted_cents").sum(),
        )
        .sort("ministry", nulls_last=True)
    )


def ending_by_year(awards: pl.LazyFrame, selection: Selection) -> pl.DataFrame:
    """How many contracts end each year, by verdict: ``year, verdict, contract_count, year_contract_count``.

    A contract whose holders differ is under each of their verdicts, as in a list filtered by verdict, and once in
    ``year_contract_count``, all those that end that year. Contracts without a published duration are left out.
    """
    contracts = selection.judged(awards).select("contract_id", "verdict", year=pl.col("end_date").dt.year())
    return (
        contracts.filter(pl.col("year").is_not_null())
        .with_columns(year_contract_count=distinct("contract_id").over("year"))
        .group_by("year", "verdict")
        .agg(contract_count=distinct("contract_id"), year_contract_count=pl.col("year_contract_count").first())
        .sort("year", "verdict")
        .collect()
    )


def dated(awards: pl.LazyFrame, selection: Selection) -> Dated:
    """How much of the selection has an end that is known."""
    counts = contracts_of(selection.filtered(awards), "end_date").select(
        contract_count=pl.len(),
        undated_count=pl.col("end_date").is_null().sum(),
        first_end=pl.col("end_date").min(),
        last_end=pl.col("end_date").max(),
    )
    return Dated(**counts.collect().row(0, named=True))


def _ends_within(start: date, months: int) -> pl.Expr:
    return pl.col("end_date").is_between(start, pl.lit(start).dt.offset_by(f"{months}mo"))


def _by_contract(judged: pl.LazyFrame) -> pl.DataFrame:
    return (
        judged.with_columns(vendor_ids="vendor_id", vendor_names=pl.coalesce("vendor_name", "holder_name"))
        .sort("contract_id", "holder_rank")
        .group_by("contract_id", maintain_order=True)
        .agg(
            pl.col(_OF_THE_CONTRACT).first(),
            pl.col("vendor_ids", "vendor_names").filter(
                pl.col("vendor_names").is_first_distinct(), pl.col("vendor_names").is_not_null()
            ),
            verdict=pl.col("verdict").min(),
            counted_cents=pl.col("counted_cents").sum(),
        )
        .collect()
    )
