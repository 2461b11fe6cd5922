"""Ministry against verdict: the share of each verdict in what each ministry bought, as a map of one ink."""

from collections.abc import Mapping, Sequence
from textwrap import wrap

import plotly.graph_objects as go
import polars as pl
from plotly.colors import find_intermediate_color, hex_to_rgb, label_rgb

from charts.behind import behind_amount, filter_on, marked
from charts.canvas import Canvas
from charts.theme import LIGHT, SIZE, SMALL, Theme, axis, bare_axis
from language import formats
from language import gettext as _
from loaders.vocabulary import VERDICTS

ROW_PX = 50
_HEAD_PX = 84
_LABEL_CHARACTERS = 10
_CELL = 0.52
_STRENGTH = {"light": 0.45, "dark": 0.38}
_TARGET_PX = 40


def heat_map(frame: pl.DataFrame, labels: Mapping[str, str], theme: Theme = LIGHT) -> go.Figure:
    """One row a ministry in the order of ``frame`` (a ranking), one column a verdict in the fixed order.

    Each cell is the verdict's share of the row's amounts, written on it: a row makes one hundred per cent. One ink,
    because hues belong to verdicts. ``labels`` are the words for the codes of the first column, already translated.
    """
    rows = _summed(frame)
    key = frame.columns[0]
    shares = rows.select(f"{verdict}_share" for verdict in VERDICTS).rows()
    places = list(range(len(shares)))
    canvas = Canvas(theme, ROW_PX * max(len(shares), 1) + _HEAD_PX)
    # Each ministry stands above its own row: gaps between the rows hold the names
    canvas.cells(
        z=_spaced(shares, None),
        x=list(range(len(VERDICTS))),
        y=[edge for place in places for edge in (place - _CELL / 2, place + _CELL / 2)],
        text=_spaced([[formats.short_percent(share) for share in row] for row in shares], ""),
        texttemplate="%{text}",
        textfont={"size": SMALL, "color": theme.ink},
        zmin=0,
        zmax=1,
        colorscale=[[0, theme.paper], [1, _darkest(theme)]],
        showscale=False,
        hoverinfo="skip",
        xgap=1,
    )
    _draw_targets(canvas, rows, labels)
    return canvas.figure(
        xaxis=axis(
            theme,
            side="top",
            range=[-0.5, len(VERDICTS) - 0.5],
            tickvals=list(range(len(VERDICTS))),
            ticktext=["<br>".join(wrap(_(label), _LABEL_CHARACTERS)) for label in VERDICTS.values()],
            tickangle=0,
            tickfont={"size": SMALL - 2, "color": theme.muted},
        ),
        yaxis=bare_axis(range=[len(shares) - 0.7, -0.8]),
        annotations=[
            {
                "text": labels.get(code, code),
                "x": 0,
                "xref": "paper",
                "xanchor": "left",
                "y": place - _CELL / 2,
                "yanchor": "bottom",
                "showarrow": False,
                "font": {"size": SIZE - 1},
            }
            for place, code in zip(places, rows[key], strict=True)
        ],
    )


def heat_map_text(frame: pl.DataFrame, labels: Mapping[str, str]) -> str:
    """The same in words: for each verdict but the rare ones, the ministry where it weighs most."""
    rows = _summed(frame)
    key = frame.columns[0]
    if rows.is_empty():
        return _("Aucun montant à comparer dans cette sélection.")
    sentence = _("{verdict} : au plus {share}, {name}.")
    said = []
    for verdict, label in VERDICTS.items():
        most = rows.sort(f"{verdict}_share", key, descending=[True, False]).row(0, named=True)
        if most[f"{verdict}_share"] > 0:
            share = formats.percent(most[f"{verdict}_share"])
            said.append(sentence.format(verdict=_(label), share=share, name=labels.get(most[key], most[key])))
    return " ".join(said)


def _draw_targets(canvas: Canvas, rows: pl.DataFrame, labels: Mapping[str, str]) -> None:
    """What is pointed at and clicked, over each cell: Plotly does not say which cell of a heat map is clicked."""
    key = rows.columns[0]
    cells = [
        (place, column, row, verdict)
        for place, row in enumerate(rows.iter_rows(named=True))
        for column, verdict in enumerate(VERDICTS)
    ]
    canvas.points(
        x=[column for _place, column, _row, _verdict in cells],
        y=[place for place, _column, _row, _verdict in cells],
        mode="markers",
        marker={"symbol": "square", "size": _TARGET_PX, "opacity": 0},
        customdata=[
            [
                labels.get(row[key], row[key]),
                f"{_(VERDICTS[verdict])} {formats.percent(row[f'{verdict}_share'])}",
                formats.amount(row[f"{verdict}_cents"]),
            ]
            for _place, _column, row, verdict in cells
        ],
        hovertemplate="%{customdata[0]}<br>%{customdata[1]} · %{customdata[2]}<extra></extra>",
        meta=marked(
            behind_amount({**filter_on(key, row[key]), "verdicts": (verdict,)}, row[f"{verdict}_cents"])
            for _place, _column, row, verdict in cells
        ),
    )


def _darkest(theme: Theme) -> str:
    """The ink of a whole row, light enough for its text to be read on it."""
    paper, ink = hex_to_rgb(theme.paper), hex_to_rgb(theme.ink)
    return label_rgb(find_intermediate_color(paper, ink, _STRENGTH[theme.name]))


def _spaced(rows: Sequence[Sequence], empty: object) -> list[list]:
    """The rows with an empty one between neighbours."""
    spaced = [line for row in rows for line in (list(row), [empty] * len(VERDICTS))]
    return spaced[:-1]


def _summed(frame: pl.DataFrame) -> pl.DataFrame:
    rows = frame.filter(pl.col(frame.columns[0]).is_not_null(), pl.col("total_cents") > 0)
    return rows.with_columns(
        (pl.col(f"{verdict}_cents") / pl.col("total_cents")).alias(f"{verdict}_share") for verdict in VERDICTS
    )
