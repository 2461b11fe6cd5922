"""How much of what an edition holds of each ministry is documented: one thin bar on its track for each."""

from collections.abc import Mapping

import plotly.graph_objects as go
import polars as pl

from charts.behind import Behind, filter_on, marked
from charts.canvas import Canvas
from charts.theme import LIGHT, SIZE, SMALL, Theme, bare_axis
from language import formats
from language import gettext as _
from loaders.vocabulary import CONTROL_STATES

_ROW_PX = 44


def documented(frame: pl.DataFrame, labels: Mapping[str, str], theme: Theme = LIGHT) -> go.Figure:
    """The share of awards whose holder's control is documented, in the order of ``frame`` (coverage.by_ministry).

    The track is what the edition holds of the ministry, not what the ministry bought: that is not known.
    """
    canvas = Canvas(theme, _ROW_PX * max(frame.height, 1) + 20)
    rest = pl.col("award_count") - pl.col("documented_count")
    for (state, label), count, colour in zip(
        CONTROL_STATES.items(), (pl.col("documented_count"), rest), (theme.muted, theme.hairline), strict=True
    ):
        counts = frame.select(count).to_series()
        canvas.bars(
            x=(counts / frame["award_count"]).to_list(),
            y=list(range(frame.height)),
            width=0.22,
            orientation="h",
            marker={"color": colour, "line": {"width": 0}},
            customdata=[
                [labels.get(code, code), _awards(count)] for code, count in zip(frame["ministry"], counts, strict=True)
            ],
            hovertemplate=f"%{{customdata[0]}}<br>{_(label)} : %{{customdata[1]}}<extra></extra>",
            meta=marked(
                Behind({**filter_on("ministry", code), "control": state}, "award_count", count) if count else None
                for code, count in zip(frame["ministry"], counts, strict=True)
            ),
        )
    return canvas.figure(
        barmode="stack",
        xaxis=bare_axis(range=[0, 1]),
        yaxis=bare_axis(range=[frame.height - 0.6, -0.75]),
        annotations=[
            label
            for place, row in enumerate(frame.iter_rows(named=True))
            for label in _row_labels(place, row, labels, theme)
        ],
    )


def documented_text(frame: pl.DataFrame, labels: Mapping[str, str]) -> str:
    """The same in words, ministry by ministry."""
    if frame.is_empty():
        return _("Aucun marché d’un ministère ne répond à ces filtres.")
    sentence = _("{name} : contrôle documenté pour {share} de {count} attributions.")
    return " ".join(
        sentence.format(
            name=labels.get(row["ministry"], row["ministry"]),
            share=formats.percent(row["documented_share"]),
            count=formats.count(row["award_count"]),
        )
        for row in frame.iter_rows(named=True)
    )


def _awards(count: int) -> str:
    return _("1 attribution") if count == 1 else _("{count} attributions").format(count=formats.count(count))


def _row_labels(place: int, row: dict, labels: Mapping[str, str], theme: Theme) -> list[dict]:
    above = {"y": place - 0.11, "yanchor": "bottom", "xref": "paper", "showarrow": False}
    said = _("{share} de {count}").format(
        share=formats.short_percent(row["documented_share"]), count=formats.count(row["award_count"])
    )
    return [
        {
            "text": labels.get(row["ministry"], row["ministry"]),
            "x": 0,
            "xanchor": "left",
            "font": {"size": SIZE - 1},
            **above,
        },
        {"text": said, "x": 1, "xanchor": "right", "font": {"size": SMALL, "color": theme.muted}, **above},
    ]
