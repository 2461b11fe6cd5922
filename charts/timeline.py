"""The versions of one contract over time."""

import plotly.graph_objects as go
import polars as pl

from charts.canvas import Canvas
from charts.theme import LIGHT, SMALL, Theme, axis, scale
from language import formats
from language import gettext as _


def versions_timeline(versions: pl.DataFrame, theme: Theme = LIGHT) -> go.Figure:
    """The published amount of a contract from one version to the next; the table ``versions`` of one contract.

    Versions without a date or an amount are left to the table beside the figure.
    """
    drawn = _drawn(versions)
    canvas = Canvas(theme, 200)
    cents = drawn["amount_cents"].to_list()
    names = [_version_name(number) for number in drawn["version_number"]]
    canvas.points(
        x=drawn["notification_date"].to_list(),
        y=cents,
        mode="lines+markers+text",
        text=[formats.amount(value) for value in cents],
        textposition=_sides(len(cents)),
        cliponaxis=False,
        line={"shape": "hv", "color": theme.ink, "width": 1.5},
        marker={"size": 8, "color": theme.ink},
        customdata=[
            [name, formats.day(day), formats.amount(value)]
            for name, day, value in zip(names, drawn["notification_date"], cents, strict=True)
        ],
        hovertemplate="%{customdata[0]}<br>%{customdata[1]}<br>%{customdata[2]}<extra></extra>",
    )
    return canvas.figure(
        margin={"b": 28},
        xaxis=axis(theme, showticklabels=False),
        yaxis=scale(theme, range=[0, 1.3 * max(cents, default=1)], tickvals=[0], showticklabels=False),
        annotations=_ends(drawn, theme),
    )


def versions_timeline_text(versions: pl.DataFrame) -> str:
    """The same in words: the first amount and the last, with their dates."""
    drawn = _drawn(versions)
    if drawn.is_empty():
        return _("Aucune version datée avec un montant.")
    first, last = drawn.row(0, named=True), drawn.row(-1, named=True)
    said = _("{amount} le {day}")
    texts = [
        said.format(amount=formats.amount(row["amount_cents"]), day=formats.day(row["notification_date"]))
        for row in (first, last)
    ]
    if drawn.height == 1:
        return _("Une seule version : {first}.").format(first=texts[0])
    return _("{count} versions : {first}, puis {last}.").format(count=drawn.height, first=texts[0], last=texts[1])


def _sides(count: int) -> list[str]:
    return ["top right", *["top center"] * (count - 2), "top left"][:count]


def _ends(drawn: pl.DataFrame, theme: Theme) -> list[dict]:
    days = drawn["notification_date"].to_list()
    ends = {0: (days[0], "left"), 1: (days[-1], "right")} if len(days) > 1 else {}
    return [
        {
            "text": formats.day(day),
            "x": place,
            "y": 0,
            "xref": "paper",
            "yref": "paper",
            "xanchor": anchor,
            "yanchor": "top",
            "showarrow": False,
            "font": {"size": SMALL, "color": theme.muted},
        }
        for place, (day, anchor) in ends.items()
    ]


def _drawn(versions: pl.DataFrame) -> pl.DataFrame:
    return versions.drop_nulls(["notification_date", "amount_cents"]).sort("notification_date", "version_number")


def _version_name(number: int) -> str:
    return _("Marché initial") if number == 0 else _("Modification {number}").format(number=number)
