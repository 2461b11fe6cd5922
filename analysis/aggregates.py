"""Answers from the sums made with the edition, equal to those of a scan, whenever the filters chosen allow.

They allow ministries, kinds of buyers, years, verdicts, perimeter, definition, convention and flagged amounts; words,
a vendor, a group, a product, an end or a state of control are asked of the awards. What they tell in part is asked of
both: a question of groups, of the few awards that may have one.
"""

from collections.abc import Callable
from functools import cache, lru_cache

import polars as pl

from analysis import contracts, ministries, quota, reconciliation, sellers, shares, vendors
from analysis.contracts import Total
from analysis.held import ByVendor, awards_for, by_ministry_for, by_vendor_for, current_table, notable_for
from analysis.selection import VERDICT_TYPE, Selection
from analysis.shares import Interval
from loaders import aggregates
from loaders.editions import Edition

_WHOLE = Selection()


def is_of_cells(selection: Selection) -> bool:
    """Whether cells tell what ``selection`` keeps."""
    return all(
        getattr(selection, name) == getattr(_WHOLE, name)
        for name in ("search", "group", "vendor", "product", "end_years", "control")
    )


def question_of_cells(question: Callable, selection: Selection, details: tuple) -> Callable | None:
    """The function that answers ``question`` from cells, called as it is; None when only awards can answer."""
    if not is_of_cells(selection):
        return None
    found = _BY_KEY.get(details[0]) if question is shares.interval_by else _answers().get(question)
    # All digital awards are held: there are none beyond them.
    return None if found is interval_by_group and selection.perimeter != "tout" else found


@lru_cache(maxsize=2)
def cells(edition: Edition) -> pl.LazyFrame | None:
    """The cells made with an edition, kept in memory; None for one made without them, or by other rules."""
    found = current_table(edition, aggregates)
    return None if found is None else found.collect().lazy()


def by_verdict(cells: pl.LazyFrame, selection: Selection) -> pl.DataFrame:
    """As ``shares.by_verdict``."""
    found = (
        _selected(cells, selection)
        .group_by("verdict")
        .agg(amount_cents=_cents(), contract_count=_sum("contract_count"), award_count=_sum("award_count"))
    )
    return shares.every_verdict(found)


def interval(cells: pl.LazyFrame, selection: Selection, measure: str = "amount") -> Interval:
    """As ``shares.interval``."""
    if measure not in shares.MEASURES:
        raise ValueError(f"unknown measure {measure}; known: {shares.MEASURES}")
    chosen = _selected(cells, selection)
    weight = _cents() if measure == "amount" else _contracts()
    weights = dict(chosen.group_by("verdict").agg(weight=weight).collect().iter_rows())
    found = total(cells, selection)
    return shares.interval_of(
        weights,
        total_cents=found.amount_cents,
        contract_count=found.contract_count,
        flagged_count=found.flagged_count,
        missing_count=found.missing_count,
        undivided_count=found.undivided_count,
    )


def interval_by(cells: pl.LazyFrame, selection: Selection, key: str) -> pl.DataFrame:
    """As ``shares.interval_by``, by year, ministry or kind of buyer."""
    by_key = _selected(cells, selection).group_by(key).agg(*shares.cents_of_verdicts(), contract_count=_contracts())
    return shares.with_shares(by_key, key)


def total(cells: pl.LazyFrame, selection: Selection) -> Total:
    """As ``contracts.total``."""
    is_missing = pl.col("amount_flag").eq_missing(pl.lit("missing", cells.collect_schema()["amount_flag"]))
    is_undivided = pl.lit(selection.amount == "annualise") & pl.col("is_undated")
    row = _selected(cells, selection).select(
        amount_cents=_cents(),
        contract_count=_contracts(),
        award_count=_sum("award_count"),
        flagged_count=_contracts(~selection.is_summed() & ~is_missing),
        missing_count=_contracts(is_missing),
        undivided_count=_contracts(is_undivided),
    )
    return Total(**row.collect().row(0, named=True))


def ranking(cells: pl.LazyFrame, selection: Selection, awards: pl.LazyFrame) -> pl.DataFrame:
    """As ``ministries.ranking``: sums from cells, sellers from ``awards``, of ministries alone."""
    return ministries.ranked(interval_by(cells, selection, "ministry"), ministries.sellers(awards, selection))


def top_groups(cells: pl.LazyFrame, selection: Selection, *limit_words_and_awards: object) -> pl.DataFrame:
    """As ``vendors.top_groups``: groups from ``awards``, those with a group or more; the whole from cells."""
    *limit_and_words, awards = limit_words_and_awards
    groups = vendors.top_groups(awards, selection, *limit_and_words)
    return vendors.with_share(groups, _whole_cents(cells, selection))


def top_vendors(cells: pl.LazyFrame, selection: Selection, *limit_words_and_awards: object) -> pl.DataFrame:
    """As ``vendors.top_vendors``: the whole from cells."""
    *limit_and_words, awards = limit_words_and_awards
    whole_cents = _whole_cents(cells, selection)
    if isinstance(awards, ByVendor):
        return sellers.top_vendors(awards, selection, whole_cents, *limit_and_words)
    return vendors.with_share(vendors.top_vendors(awards, selection, *limit_and_words), whole_cents)


def vendor_names(
    _cells: pl.LazyFrame, selection: Selection, limit: int, awards: pl.LazyFrame | ByVendor
) -> pl.DataFrame:
    """As ``vendors.vendor_names``: all of it from ``awards``."""
    if isinstance(awards, ByVendor):
        return sellers.vendor_names(awards, selection, limit)
    return vendors.vendor_names(awards, selection, limit)


def interval_by_group(cells: pl.LazyFrame, selection: Selection, key: str, awards: pl.LazyFrame) -> pl.DataFrame:
    """As ``shares.interval_by`` by group, from ``awards``, whole contracts, those with a group among them; those of
    the other contracts, which have none, are what cells count beyond.
    """
    of_groups = shares.weighed_by(awards, selection, key)
    counted = _selected(cells, selection).select(*shares.cents_of_verdicts(), contract_count=_contracts())
    nobodys = pl.lit(None, awards.collect_schema()[key]).alias(key)
    beyond = [counted.select(nobodys, pl.all()), shares.weighed(awards, selection).select(nobodys, -pl.all())]
    summed = pl.concat([of_groups, *(rows.select(of_groups.collect_schema().names()) for rows in beyond)])
    return shares.with_shares(summed.group_by(key).agg(pl.all().sum()).filter(pl.col("contract_count") > 0), key)


def _page(cells: pl.LazyFrame, selection: Selection, *place_and_awards: object) -> contracts.Page:
    """As ``contracts.search_contracts``: the length of the list from cells, its rows from ``awards``."""
    *place, awards = place_and_awards
    by_year = _selected(cells, selection).group_by("year").agg(contract_count=_contracts()).collect()
    rows = contracts.first_rows(awards, selection, *place, by_year=by_year)
    return contracts.Page(rows, by_year["contract_count"].sum())


def _quota(cells: pl.LazyFrame, selection: Selection, percent: int) -> quota.Quota:
    cents = by_verdict(cells, selection).select(pl.col("verdict").cast(pl.String), "amount_cents")
    return quota.quota_of(dict(cents.iter_rows()), percent)


def _quota_by_ministry(cells: pl.LazyFrame, selection: Selection, percent: int) -> pl.DataFrame:
    return quota.by_distance(interval_by(cells, selection, "ministry"), percent)


def _reconciliation(cells: pl.LazyFrame, _selection: Selection, awards: pl.LazyFrame) -> pl.DataFrame:
    found = {period: total(cells, period) for period in reconciliation.periods()}
    measures = {period: (whole.amount_cents, whole.contract_count) for period, whole in found.items()}
    return reconciliation.beside_periods(awards, measures)


_BY_KEY = {**dict.fromkeys(("year", "ministry", "buyer_kind"), interval_by), "group_id": interval_by_group}
ALSO_OF_AWARDS = {
    ranking: by_ministry_for,
    _page: awards_for,
    _reconciliation: awards_for,
    top_groups: notable_for,
    interval_by_group: notable_for,
    top_vendors: by_vendor_for,
    vendor_names: by_vendor_for,
}
"""Functions that take awards last, for what cells do not know, and what gives these for an edition and a selection."""


@cache
def _answers() -> dict[Callable, Callable]:
    return {
        shares.by_verdict: by_verdict,
        shares.interval: interval,
        contracts.total: total,
        contracts.search_contracts: _page,
        ministries.ranking: ranking,
        reconciliation.reconciliation: _reconciliation,
        vendors.top_groups: top_groups,
        vendors.top_vendors: top_vendors,
        vendors.vendor_names: vendor_names,
        quota.quota: _quota,
        quota.quota_by_ministry: _quota_by_ministry,
    }


def _selected(cells: pl.LazyFrame, selection: Selection) -> pl.LazyFrame:
    """The cells that the filters keep, with ``counted_cents`` and ``is_counted``.

    A contract stands in one cell for each of its verdicts: it is counted in the first of those that are chosen.
    """
    conditions = [pl.col("definition") == selection.definition, *selection.code_conditions()]
    codes = selection.verdicts
    chosen = sum(1 << place for place, code in enumerate(shares.VERDICTS) if not codes or code in codes)
    verdicts_chosen = pl.col("verdict_set") & chosen
    earlier = aggregates.bit(pl.col("verdict")) - 1
    return cells.filter(*conditions, *([pl.col("verdict").is_in(list(codes))] if codes else [])).with_columns(
        pl.col("verdict").cast(VERDICT_TYPE),
        counted_cents=pl.when(selection.is_summed()).then(f"{selection.amount}_cents"),
        is_counted=(verdicts_chosen & earlier) == 0,
    )


def _whole_cents(cells: pl.LazyFrame, selection: Selection) -> int:
    return _selected(cells, selection).select(_cents()).collect().item()


def _cents() -> pl.Expr:
    return pl.col("counted_cents").sum()


def _sum(column: str) -> pl.Expr:
    return pl.col(column).sum()


def _contracts(where: pl.Expr | None = None) -> pl.Expr:
    counted = pl.col("is_counted") if where is None else pl.col("is_counted") & where
    return pl.col("contract_count").filter(counted.fill_null(False)).sum()
