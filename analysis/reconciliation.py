"""Official figures beside what an edition shows for the same perimeter and years.

The figures are orders, sales, ceilings, spending or shares, on periods that overlap: none is ever added to another,
and nothing here sums two of them.
"""

from dataclasses import replace

import polars as pl

from analysis.distinct import distinct
from analysis.selection import Selection
from loaders import reference
from loaders.search_texts import SEARCH_TEXT, SEARCHED_COLUMNS
from loaders.vocabulary import MINISTRIES

STATE = "etat"
"""In the column ``buyers``: all the ministries and what they supervise."""

_MEASURED = {
    "shown_cents": pl.Int64,
    "contract_count": pl.Int64,
    "period_contract_count": pl.Int64,
    "official": pl.Float64,
    "shown": pl.Float64,
    "missing": pl.Float64,
}


def question(figure: dict) -> Selection:
    """The question whose answer stands beside ``figure``, a row of the table: its years, perimeter, buyers, words."""
    buyers = figure["buyers"]
    ministries = tuple(MINISTRIES) if buyers == STATE else (buyers,) if buyers else ()
    return Selection(
        ministries=ministries,
        years=(figure["starts_on"].year, figure["ends_on"].year),
        perimeter=figure["perimeter"],
        search=figure["words"] or "",
        group=figure["group_id"],
    )


def reconciliation(awards: pl.LazyFrame, selection: Selection) -> pl.DataFrame:
    """Each official figure with what the edition shows, in the order of the table.

    Columns of ``data/reference/official_figures.csv``, then ``shown_cents`` and ``contract_count`` (the contracts
    notified in the same calendar years, their amounts shared among holders), ``period_contract_count`` (all the
    contracts of the perimeter in those years: 0 when the edition does not reach them), ``official`` and ``shown`` in
    the unit of the figure (euros, or percent of the perimeter's amounts in those years; null when the edition has
    nothing to divide), and ``missing``: what the edition does not show of the official figure, never negative.
    ``selection`` is not used: each figure asks its own question.
    """
    whole = periods()
    measures = pl.collect_all([_measured(awards, period) for period in whole])
    return beside_periods(awards, dict(zip(whole, (measure.row(0) for measure in measures), strict=True)))


def periods() -> list[Selection]:
    """The perimeter and the years of each official figure, once each."""
    return list(dict.fromkeys(_period(row) for row in _figures().iter_rows(named=True)))


def beside_periods(awards: pl.LazyFrame, measures: dict[Selection, tuple[int, int]]) -> pl.DataFrame:
    """As ``reconciliation``, where the cents and the contracts of each of ``periods`` are known."""
    figures = _figures()
    rows = list(figures.iter_rows(named=True))
    asked = list(dict.fromkeys(map(question, rows)))
    shown = dict(zip(asked, pl.collect_all(_measures(awards, asked)), strict=True))
    told = [_row(row, shown[question(row)].row(0), measures[_period(row)]) for row in rows]
    return figures.hstack(pl.DataFrame(told, schema=_MEASURED))


def _figures() -> pl.DataFrame:
    return reference.table("official_figures")


def _period(figure: dict) -> Selection:
    asked = question(figure)
    return Selection(years=asked.years, perimeter=asked.perimeter)


def _measures(awards: pl.LazyFrame, asked: list[Selection]) -> list[pl.LazyFrame]:
    # Words cost most: they are sought among what the rest of a question leaves, and what is counted is read with them.
    with_words = [one for one in asked if one.search]
    weighed = pl.collect_all([_weighed(awards, replace(one, search="")) for one in with_words])
    among = {one: _counted(one.saying(found.lazy())) for one, found in zip(with_words, weighed, strict=True)}
    return [among[one] if one.search else _measured(awards, one) for one in asked]


def _measured(awards: pl.LazyFrame, selection: Selection) -> pl.LazyFrame:
    return _counted(_weighed(awards, selection))


def _weighed(awards: pl.LazyFrame, selection: Selection) -> pl.LazyFrame:
    texts = (SEARCH_TEXT,) if SEARCH_TEXT in awards.collect_schema() else SEARCHED_COLUMNS
    return selection.judged(awards).select("contract_id", "counted_cents", *texts)


def _counted(weighed: pl.LazyFrame) -> pl.LazyFrame:
    return weighed.select(cents=pl.col("counted_cents").sum(), contracts=distinct("contract_id"))


def _row(figure: dict, shown: tuple[int, int], period: tuple[int, int]) -> dict:
    (cents, contracts), (period_cents, period_contracts) = shown, period
    official = float(figure["value"])
    if figure["unit"] == "percent":
        value = 100 * cents / period_cents if period_cents else None
    else:
        value = cents / 100 if period_contracts else None
    return {
        "shown_cents": cents,
        "contract_count": contracts,
        "period_contract_count": period_contracts,
        "official": official,
        "shown": value,
        "missing": max(official - (value or 0.0), 0.0),
    }
