"""How far ministries are from a quota: what is home, what nobody can decide, what is foreign, and the quota's line."""

from collections.abc import Mapping

import plotly.graph_objects as go
import polars as pl

from analysis.quota import FOREIGN, HOME, UNDECIDED
from charts.behind import behind_amount, filter_on, marked
from charts.canvas import Canvas
from charts.theme import LIGHT, SIZE, SMALL, Theme, bar_marker, bare_axis, legend_name
from charts.verdicts import ROW_PX
from language import formats, mark
from language import gettext as _

_PARTS = {
    "home_cents": (mark("Non étranger, documenté ou présumé"), "home_documented", HOME),
    "undecided_cents": (mark("Indécis : hybride, opaque, inconnu"), "opaque", UNDECIDED),
    "foreign_cents": (mark("Étranger"), "foreign_control", FOREIGN),
}


def quota_bars(frame: pl.DataFrame, labels: Mapping[str, str], percent: int, theme: Theme = LIGHT) -> go.Figure:
    """One bar a ministry from its home share up, with the line of the quota across.

    ``frame`` is ``analysis.quota.quota_by_ministry``, drawn in its order; ``labels`` are the words of its codes.
    """
    canvas = Canvas(theme, ROW_PX * max(frame.height, 1) + 90)
    places = list(range(frame.height))
    for column, (label, verdict, verdicts) in _PARTS.items():
        shares = (frame[column] / frame["total_cents"]).to_list()
        canvas.bars(
            x=shares,
            y=places,
            width=0.46,
            orientation="h",
            name=legend_name(_(label)),
            marker=bar_marker(theme.marks[verdict]),
            customdata=[
                [formats.percent(share), formats.amount(cents)]
                for share, cents in zip(shares, frame[column], strict=True)
            ],
            hovertemplate=f"{_(label)} %{{customdata[0]}} · %{{customdata[1]}}<extra></extra>",
            meta=marked(
                behind_amount({**filter_on("ministry", ministry), "verdicts": verdicts}, cents)
                for ministry, cents in frame.select("ministry", column).iter_rows()
            ),
        )
    line = {"color": theme.ink, "width": 2, "dash": "dot"}
    return canvas.figure(
        barmode="stack",
        showlegend=True,
        xaxis=bare_axis(range=[0, 1]),
        yaxis=bare_axis(range=[frame.height - 0.6, -0.75]),
        shapes=[
            {"type": "line", "x0": percent / 100, "x1": percent / 100, "y0": -0.5, "y1": frame.height, "line": line}
        ],
        annotations=[
            note for place, row in enumerate(frame.iter_rows(named=True)) for note in _labels(place, row, labels, theme)
        ],
        legend={"y": 1, "yanchor": "bottom"},
    )


def quota_bars_text(frame: pl.DataFrame, labels: Mapping[str, str], percent: int) -> str:
    """The same in words: the three ministries that are farthest from the quota."""
    if frame.is_empty():
        return _("Aucun montant à comparer dans cette sélection.")
    sentence = _("{name} : part non étrangère {range}, pour un quota de {quota}.")
    return " ".join(
        sentence.format(
            name=labels.get(row["ministry"], row["ministry"]),
            range=_range(row),
            quota=formats.percent(percent / 100),
        )
        for row in frame.head(3).iter_rows(named=True)
    )


def _range(row: dict) -> str:
    low, high = formats.percent(row["home_low_share"]), formats.percent(row["home_high_share"])
    return _("de {share}").format(share=low) if low == high else _("entre {low} et {high}").format(low=low, high=high)


def _labels(place: int, row: dict, labels: Mapping[str, str], theme: Theme) -> list[dict]:
    above = {"y": place - 0.23, "yanchor": "bottom", "xref": "paper", "showarrow": False}
    small = {"size": SMALL, "color": theme.muted}
    name = labels.get(row["ministry"], row["ministry"])
    return [
        {"text": name, "x": 0, "xanchor": "left", "font": {"size": SIZE}, **above},
        {"text": formats.amount(row["total_cents"]), "x": 1, "xanchor": "right", "font": small, **above},
    ]
