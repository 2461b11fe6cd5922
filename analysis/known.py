"""Questions of quality answered from the counts made with the edition (``loaders.known``), equal to those of a scan.

They obey the same filters as the cells of ``analysis.aggregates``, verdicts apart: holders of one contract may differ.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from analysis import coverage, quality
from analysis.aggregates import is_of_cells
from analysis.contracts import Page
from analysis.distinct import distinct
from analysis.held import awards_for
from analysis.selection import Selection, is_control_documented
from loaders import derived, known
from loaders.editions import Edition
from loaders.known import DELAYS, FLAGGED, KNOWN

_COUNT = pl.col("contract_count")


@dataclass(frozen=True)
class Counts:
    """The tables of ``loaders.known``, small ones, in memory."""

    known: pl.LazyFrame
    delays: pl.LazyFrame


def question_of_counts(question: Callable, selection: Selection, _details: tuple) -> Callable | None:
    """The function that answers ``question`` from counts, called as it is; None when only awards can answer."""
    return _ANSWERS.get(question) if is_of_cells(selection) and not selection.verdicts else None


@lru_cache(maxsize=2)
def counts(edition: Edition) -> Counts | None:
    """The counts made with an edition; None for one made without them, or by other rules."""
    if not _has(edition):
        return None
    return Counts(*(edition.scan(table).collect().lazy() for table in (KNOWN, DELAYS)))


def flagged_for(edition: Edition, selection: Selection) -> pl.LazyFrame:
    """The awards that questions of flagged amounts should be asked of: some of ``awards_for``."""
    is_small = selection.perimeter != "tout" or selection.search.strip() or not _has(edition)
    return awards_for(edition, selection) if is_small else edition.scan(FLAGGED)


def by_axis(counts: Counts, selection: Selection) -> pl.DataFrame:
    """As ``quality.coverage``."""
    ways = (
        counts.known.filter(*selection.code_conditions())
        .with_columns(amount_cents=pl.when(selection.is_summed()).then(f"{selection.amount}_cents"))
        .group_by(*known.FACTS, **quality.FACTS)
        .agg(pl.col("award_count", "amount_cents").sum())
    )
    return quality.by_axis(ways.collect())


def publication_delay(counts: Counts, selection: Selection) -> quality.Delay:
    """As ``quality.publication_delay``."""
    contracts = counts.delays.filter(*selection.code_conditions())
    told, every = pl.collect_all([_told(contracts), contracts.select(_COUNT.sum())])
    dated = told.select(
        **_delays(), ninth_decile_days=_day_at((0.9 * (_COUNT.sum() - 1) + 0.5).floor()), told=_COUNT.sum()
    )
    row = dated.row(0, named=True)
    return quality.Delay(
        median_days=row["median_days"],
        ninth_decile_days=row["ninth_decile_days"],
        share_in_time=row["in_time_share"],
        contract_count=every.item(),
        undated_count=every.item() - row["told"],
    )


def flagged_contracts(counts: Counts, selection: Selection, *place_and_awards: object) -> Page:
    """As ``quality.flagged_contracts``: the length of the list from counts, its rows from ``awards``."""
    *place, awards = place_and_awards
    flagged = counts.delays.filter(pl.col("amount_flag").is_not_null(), *selection.code_conditions())
    return Page(quality.first_flagged(awards, selection, *place), flagged.select(_COUNT.sum()).collect().item())


def by_ministry(counts: Counts, selection: Selection, awards: pl.LazyFrame) -> pl.DataFrame:
    """As ``coverage.by_ministry``; buyers are counted among ``awards``."""
    contracts, facts = (
        table.filter(pl.col("ministry").is_not_null(), *selection.code_conditions())
        for table in (counts.delays, counts.known)
    )
    parts = [
        contracts.group_by("ministry").agg(
            _COUNT.sum(),
            flagged_share=_COUNT.filter(pl.col("amount_flag").is_not_null()).sum() / _COUNT.sum(),
            first_year=pl.col("year").min(),
            last_year=pl.col("year").max(),
        ),
        facts.group_by("ministry").agg(
            pl.col("award_count").sum(),
            documented_count=pl.col("award_count").filter(is_control_documented("control")).sum(),
        ),
        selection.filtered(awards).group_by("ministry").agg(buyer_count=distinct("buyer_key")),
        _told(contracts, "ministry").group_by("ministry").agg(**_delays()),
    ]
    found, *others = pl.collect_all(parts)
    for other in others:
        found = found.join(other, on="ministry", how="left")
    documented_share = pl.col("documented_count") / pl.col("award_count")
    return found.with_columns(documented_share=documented_share).select(coverage.OF_MINISTRIES).sort("ministry")


def _told(contracts: pl.LazyFrame, *keys: str) -> pl.LazyFrame:
    """How many contracts were published after how many days, and in time, in the order of days."""
    return (
        contracts.filter(pl.col("delay_days").is_not_null())
        .group_by(*keys, "delay_days")
        .agg(_COUNT.sum(), in_time_count=_COUNT.filter("is_in_time").sum())
        .sort("delay_days")
    )


def _delays() -> dict[str, pl.Expr]:
    """``median_days`` and ``in_time_share`` of what ``_told`` says."""
    total = _COUNT.sum()
    return {
        "median_days": (_day_at((total - 1) // 2) + _day_at(total // 2)) / 2,
        "in_time_share": pl.when(total > 0).then(pl.col("in_time_count").sum() / total),
    }


def _day_at(place: pl.Expr) -> pl.Expr:
    """The days of the contract at ``place`` among all of them in order."""
    return pl.col("delay_days").filter(_COUNT.cum_sum() > place).first().cast(pl.Float64)


_ANSWERS = {
    quality.coverage: by_axis,
    quality.publication_delay: publication_delay,
    quality.flagged_contracts: flagged_contracts,
    coverage.by_ministry: by_ministry,
}


@lru_cache(maxsize=8)
def _has(edition: Edition) -> bool:
    return all(derived.is_current(edition.table_path(table), known.rules()) for table in known.TABLES)
