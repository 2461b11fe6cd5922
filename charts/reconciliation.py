"""Official figures beside what an edition shows: two bars to the same scale, and the hole between them hatched."""

from dataclasses import asdict

import plotly.graph_objects as go
import polars as pl

from analysis.reconciliation import question
from analysis.selection import Selection
from charts.behind import Behind, behind_amount, marked
from charts.canvas import Canvas
from charts.theme import LIGHT, SIZE, SMALL, Theme, bare_axis, legend_name
from language import current, formats
from language import gettext as _
from loaders.vocabulary import FIGURE_NATURES

ROW_PX = 72
_THICK = 0.16
_OFFICIAL, _SHOWN = 0.12, 0.31


def reconciliation(frame: pl.DataFrame, theme: Theme = LIGHT) -> go.Figure:
    """One pair of bars a figure: the official one outlined, what the edition shows full, what it does not hatched.

    ``frame`` is as ``analysis.reconciliation`` gives it. Each pair has its own scale, the longest of its bars:
    figures of different natures are compared with the edition and never with one another.
    """
    rows = [_Scaled(row) for row in frame.iter_rows(named=True)]
    canvas = Canvas(theme, ROW_PX * max(len(rows), 1) + 70)
    hollow = {"color": "rgba(0,0,0,0)", "line": {"color": theme.ink, "width": 1.5}}
    hatched = {
        "color": theme.paper,
        "line": {"color": theme.muted, "width": 1},
        "pattern": {"shape": "/", "fgcolor": theme.muted, "bgcolor": theme.paper, "size": 7, "solidity": 0.18},
    }
    full = {"color": theme.ink, "line": {"color": theme.ink, "width": 1}}
    for label, place, marker, start, length in (
        (_("Chiffre officiel"), _OFFICIAL, hollow, None, "official"),
        (_("Ce que l’édition montre"), _SHOWN, full, None, "shown"),
        (_("Ce qu’elle ne montre pas"), _SHOWN, hatched, "shown", "missing"),
    ):
        canvas.bars(
            x=[getattr(row, length) or None for row in rows],
            base=[getattr(row, start) if start else 0 for row in rows],
            y=[rank + place for rank in range(len(rows))],
            width=_THICK,
            orientation="h",
            name=legend_name(label),
            marker=marker,
            customdata=[[row.title, row.official_text, row.shown_text, row.shown_amount] for row in rows],
            hovertemplate=("%{customdata[0]}<br>%{customdata[1]}<br>%{customdata[2]}%{customdata[3]}<extra></extra>"),
            meta=marked(row.behind if length == "shown" else None for row in rows),
        )
    return canvas.figure(
        barmode="overlay",
        showlegend=True,
        xaxis=bare_axis(range=[0, 1.002]),
        yaxis=bare_axis(range=[len(rows) - 0.4, -0.75]),
        annotations=[label for rank, row in enumerate(rows) for label in _labels(rank, row, theme)],
        legend={"y": 1, "yanchor": "bottom"},
    )


def reconciliation_text(frame: pl.DataFrame) -> str:
    """The same in words: each official figure, then what the edition shows."""
    return " ".join(
        _("{title} : {official} ; {shown}.").format(title=row.title, official=row.official_text, shown=row.shown_text)
        for row in map(_Scaled, frame.iter_rows(named=True))
    )


def written(value: float, unit: str) -> str:
    """A value of an official figure in its unit: ``146 M€``, ``37 %``."""
    return formats.percent(value / 100) if unit == "percent" else formats.amount(round(value * 100))


def period(figure: dict) -> str:
    """The years that an official figure covers: ``2024``, ``2020–2025``."""
    return formats.span(figure["starts_on"].isoformat(), figure["ends_on"].isoformat())


class _Scaled:
    """A figure as it is drawn: lengths from 0 to 1 on the scale of its own pair, and its words."""

    def __init__(self, row: dict) -> None:
        shown = row["shown"] or 0.0
        scale = max(row["official"], shown)
        self.official, self.shown, self.missing = row["official"] / scale, shown / scale, row["missing"] / scale
        self.title = row[f"title_{current()}"]
        self.official_text = ", ".join(
            (written(row["official"], row["unit"]), _(FIGURE_NATURES[row["nature"]]), period(row))
        )
        self.shown_text = (
            _("années absentes de l’édition")
            if row["shown"] is None
            else _("édition : {value}").format(value=written(shown, row["unit"]))
        )
        self.shown_amount = f" · {formats.amount(row['shown_cents'])}" if row["unit"] == "percent" else ""
        self.behind = _behind(row)


def _behind(row: dict) -> Behind | None:
    """The contracts beside an official figure: all that its question asks, and nothing of the page's own filters."""
    usual, asked = asdict(Selection()), asdict(question(row))
    return behind_amount({name: value for name, value in asked.items() if value != usual[name]}, row["shown_cents"])


def _labels(rank: int, row: _Scaled, theme: Theme) -> list[dict]:
    above = {"xref": "paper", "yanchor": "bottom", "showarrow": False}
    small = {"size": SMALL, "color": theme.muted}
    return [
        {"text": row.title, "x": 0, "xanchor": "left", "y": rank - 0.24, "font": {"size": SIZE}, **above},
        {"text": row.official_text, "x": 0, "xanchor": "left", "y": rank + 0.01, "font": small, **above},
        {"text": row.shown_text, "x": 1, "xanchor": "right", "y": rank + 0.01, "font": small, **above},
    ]
