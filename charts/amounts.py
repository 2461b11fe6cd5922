"""Amounts by year and verdict, in millions or milliards of euros."""

import plotly.graph_objects as go
import polars as pl

from charts.behind import behind_amount, filter_on, marked
from charts.canvas import Canvas
from charts.theme import LIGHT, Theme, bar_marker, legend_name, scale
from charts.verdicts import year_axis
from language import formats
from language import gettext as _
from loaders.vocabulary import VERDICTS

_TICKS = 4


def amounts_by_year(frame: pl.DataFrame, theme: Theme = LIGHT) -> go.Figure:
    """What was bought each year, stacked by verdict in the fixed order; ``frame`` is ``interval_by(…, "year")``."""
    years = _dated(frame)
    canvas = Canvas(theme, 400)
    for verdict, label in VERDICTS.items():
        cents = years[f"{verdict}_cents"].to_list()
        canvas.bars(
            x=years["year"].to_list(),
            y=cents,
            name=legend_name(_(label)),
            marker=bar_marker(theme.marks[verdict]),
            customdata=[formats.amount(value) for value in cents],
            hovertemplate=f"{_(label)} %{{x}}<br>%{{customdata}}<extra></extra>",
            meta=marked(
                behind_amount({**filter_on("year", year), "verdicts": (verdict,)}, value)
                for year, value in zip(years["year"], cents, strict=True)
            ),
        )
    ticks = amount_ticks(years["total_cents"].max() or 0)
    return canvas.figure(
        barmode="stack",
        showlegend=True,
        xaxis=year_axis(theme, years["year"]),
        yaxis=scale(theme, tickvals=ticks, ticktext=[formats.amount(tick) for tick in ticks]),
        legend={"y": 1.04, "yanchor": "bottom"},
    )


def amounts_by_year_text(frame: pl.DataFrame) -> str:
    """The same in words: the whole, and the year that weighs most."""
    years = _dated(frame)
    if years.is_empty():
        return _("Aucun montant daté dans cette sélection.")
    total = formats.amount(years["total_cents"].sum())
    largest = years.sort("total_cents", "year", descending=True).row(0, named=True)
    if years.height == 1:
        return _("En {year}, {amount}.").format(year=largest["year"], amount=total)
    return _("De {first} à {last}, {total} au total ; l’année la plus forte est {year}, avec {amount}.").format(
        first=years["year"].min(),
        last=years["year"].max(),
        total=total,
        year=largest["year"],
        amount=formats.amount(largest["total_cents"]),
    )


def amount_ticks(largest_cents: int) -> list[int]:
    """Round amounts from 0 to ``largest_cents`` or a little more: steps of 1, 2 or 5 times a power of ten."""
    if largest_cents <= 0:
        return [0]
    rough = max(largest_cents // _TICKS, 1)
    power = 10 ** (len(str(rough)) - 1)
    step = next(step * power for step in (1, 2, 5, 10) if step * power >= rough)
    return list(range(0, largest_cents + step, step))


def _dated(frame: pl.DataFrame) -> pl.DataFrame:
    dated = frame.lazy().filter(pl.col("year").is_not_null(), pl.col("total_cents") > 0)
    return dated.sort("year").collect()
