"""Two vendors or groups, year by year. Colour means verdict everywhere else: here one is solid, the other hollow."""

from collections.abc import Mapping

import plotly.graph_objects as go
import polars as pl

from charts.amounts import amount_ticks
from charts.behind import behind_amount, filter_on, marked
from charts.canvas import Canvas
from charts.theme import LIGHT, Theme, legend_name, scale
from charts.verdicts import year_axis
from language import formats
from language import gettext as _


def rivals_by_year(frame: pl.DataFrame, names: Mapping[str, str], theme: Theme = LIGHT) -> go.Figure:
    """The amount that each rival sold each year, side by side; ``frame`` is ``analysis.rivals.rival_years``.

    ``names`` gives the name of each rival, in order. Contracts without a year are left to the table.
    """
    dated = frame.filter(pl.col("year").is_not_null())
    canvas = Canvas(theme, 320)
    for place, (rival, name) in enumerate(names.items()):
        mine = dated.filter(pl.col("rival") == rival)
        canvas.bars(
            x=mine["year"].to_list(),
            y=mine["amount_cents"].to_list(),
            name=legend_name(name),
            marker={"color": theme.paper if place else theme.ink, "line": {"color": theme.ink, "width": 1}},
            customdata=[
                [formats.amount(cents), _contracts(count)]
                for cents, count in mine.select("amount_cents", "contract_count").iter_rows()
            ],
            hovertemplate=f"{name} %{{x}}<br>%{{customdata[0]}} · %{{customdata[1]}}<extra></extra>",
            meta=marked(
                behind_amount(
                    {**filter_on("group_id" if is_group else "vendor_id", rival), **filter_on("year", year)}, cents
                )
                for is_group, year, cents in mine.select("is_group", "year", "amount_cents").iter_rows()
            ),
        )
    ticks = amount_ticks(dated["amount_cents"].max() or 0)
    return canvas.figure(
        barmode="group",
        showlegend=True,
        xaxis=year_axis(theme, dated["year"].unique().sort()),
        yaxis=scale(theme, tickvals=ticks, ticktext=[formats.amount(tick) for tick in ticks]),
        legend={"y": 1.04, "yanchor": "bottom"},
    )


def rivals_by_year_text(totals: pl.DataFrame, names: Mapping[str, str]) -> str:
    """The same in words: what each rival sold in all; ``totals`` is ``analysis.rivals.rival_totals``."""
    sentence = _("{name} : {amount}, {contracts}.")
    return " ".join(
        sentence.format(
            name=names[row["rival"]],
            amount=formats.amount(row["amount_cents"]),
            contracts=_contracts(row["contract_count"]),
        )
        for row in totals.iter_rows(named=True)
    )


def _contracts(count: int) -> str:
    return _("1 marché") if count == 1 else _("{count} marchés").format(count=formats.count(count))
