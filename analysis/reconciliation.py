"""Official figures beside what an edition shows for the same perimeter and years.

The figures are orders, sales, ceilings, spending or shares, on periods that overlap: none is ever added to another,
and nothing here sums two of them.
"""

from dataclasses import replace

import polars as pl

from analysis.distinct import distinct
from analysis.selection import Selection
from loaders import reference
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
    figures = reference.table("official_figures")
    rows = list(figures.iter_rows(named=True))
    asked = [question(row) for row in rows]
    whole = [Selection(years=one.years, perimeter=one.perimeter) for one in asked]
    questions = list(dict.fromkeys((*asked, *whole)))
    answers = dict(zip(questions, pl.collect_all(_measures(awards, questions)), strict=True))
    measures = [_row(row, answers[one], answers[period]) for row, one, period in zip(rows, asked, whole, strict=True)]
    return figures.hstack(pl.DataFrame(measures, schema=_MEASURED))


def _measures(awards: pl.LazyFrame, asked: list[Selection]) -> list[pl.LazyFrame]:
    # Words cost most: they are sought among what the rest of a question leaves.
    with_words = [one for one in asked if one.search]
    left = pl.collect_all([replace(one, search="").filtered(awards) for one in with_words])
    among = {one: found.lazy() for one, found in zip(with_words, left, strict=True)}
    return [_measured(among.get(one, awards), one) for one in asked]


def _measured(awards: pl.LazyFrame, selection: Selection) -> pl.LazyFrame:
    return selection.judged(awards).select(cents=pl.col("counted_cents").sum(), contracts=distinct("contract_id"))


def _row(figure: dict, shown: pl.DataFrame, period: pl.DataFrame) -> dict:
    cents, contracts = shown.row(0)
    period_cents, period_contracts = period.row(0)
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
