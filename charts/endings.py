"""When contracts end, year by year, and where the reference day stands among them."""

from datetime import date

import plotly.graph_objects as go
import polars as pl

from charts.behind import Behind, marked
from charts.canvas import Canvas
from charts.theme import LIGHT, SMALL, Theme, axis, bar_marker, legend_name, scale
from language import formats
from language import gettext as _
from loaders.vocabulary import VERDICTS

_TICKS = 4


def endings_by_year(frame: pl.DataFrame, day: date, theme: Theme = LIGHT) -> go.Figure:
    """How many contracts end each year, by verdict; ``frame`` is ``ending.ending_by_year``; a line marks ``day``.

    A contract whose holders differ is in the bar of each of their verdicts.
    """
    canvas = Canvas(theme, 300)
    for verdict in _verdicts(frame):
        rows = frame.filter(pl.col("verdict") == verdict)
        canvas.bars(
            x=rows["year"].to_list(),
            y=rows["contract_count"].to_list(),
            name=legend_name(_(VERDICTS[verdict])),
            marker=bar_marker(theme.marks[verdict]),
            customdata=[_contracts(count) for count in rows["contract_count"]],
            hovertemplate=f"{_(VERDICTS[verdict])} %{{x}}<br>%{{customdata}}<extra></extra>",
            meta=marked(
                Behind({"end_years": (year, year), "verdicts": (verdict,)}, "contract_count", count)
                for year, count in rows.select("year", "contract_count").iter_rows()
            ),
        )
    most = frame.group_by("year").agg(pl.col("contract_count").sum())["contract_count"].max() or 1
    years = [*frame["year"].to_list(), day.year]
    place = _place(day)
    return canvas.figure(
        barmode="stack",
        showlegend=True,
        xaxis=axis(theme, range=[min(years) - 0.6, max(years) + 0.6], tickvals=_named(years), tickformat="d"),
        yaxis=scale(theme, range=[0, most * 1.2], tickvals=_ticks(most)),
        shapes=[
            {
                "type": "line",
                "x0": place,
                "x1": place,
                "y0": 0,
                "y1": most * 1.08,
                "line": {"width": 1.5, "color": theme.ink},
            }
        ],
        annotations=[_day_label(day, place, years, most, theme)],
        legend={"y": 1.04, "yanchor": "bottom"},
    )


def endings_by_year_text(frame: pl.DataFrame, day: date) -> str:
    """The same in words: how many end after ``day``'s year begins, and the years between which they all end."""
    if frame.is_empty():
        return _("Aucun de ces marchés ne publie de durée : aucune fin n’est connue.")
    years = frame.unique("year")
    later = years.filter(pl.col("year") >= day.year)["year_contract_count"].sum()
    return _("{count} marchés finissent de {first} à {last}, dont {later} en {year} ou après.").format(
        count=formats.count(years["year_contract_count"].sum()),
        first=frame["year"].min(),
        last=frame["year"].max(),
        later=formats.count(later),
        year=day.year,
    )


def _contracts(count: int) -> str:
    return _("1 marché") if count == 1 else _("{count} marchés").format(count=formats.count(count))


def _verdicts(frame: pl.DataFrame) -> list[str]:
    found = set(frame["verdict"].to_list())
    return [verdict for verdict in VERDICTS if verdict in found]


def _place(day: date) -> float:
    """Where a day stands on an axis whose years are centred on their bars."""
    return day.year - 0.5 + (day.timetuple().tm_yday - 1) / 366


def _named(years: list[int]) -> list[int]:
    step = 1 if max(years) - min(years) < 9 else 2 if max(years) - min(years) < 20 else 5
    return list(range(max(years), min(years) - 1, -step))


def _ticks(most: int) -> list[int]:
    rough = max(most // _TICKS, 1)
    power = 10 ** (len(str(rough)) - 1)
    step = next(step * power for step in (1, 2, 5, 10) if step * power >= rough)
    return list(range(0, most + 1, step))


def _day_label(day: date, place: float, years: list[int], most: int, theme: Theme) -> dict:
    is_right = place > (min(years) + max(years)) / 2
    return {
        "text": formats.day(day),
        "x": place,
        "y": most * 1.08,
        "yanchor": "bottom",
        "xanchor": "right" if is_right else "left",
        "showarrow": False,
        "font": {"size": SMALL, "color": theme.ink},
    }
