"""The foreign share of one selection: one bar with three edges, and the unknown beside it."""

from dataclasses import dataclass
from itertools import pairwise

import plotly.graph_objects as go

from analysis.shares import Interval
from charts.behind import Behind, behind_amount, marked
from charts.canvas import Canvas
from charts.theme import LIGHT, SIZE, SMALL, Theme, bar_marker, bare_axis, legend_name
from language import formats
from language import gettext as _
from loaders.vocabulary import VERDICTS

_GAP = 0.03
_CLOSE = 0.13
_BAR = (-0.5, 0.5)


@dataclass(frozen=True)
class _Segment:
    start: float
    share: float
    label: str
    marker: dict
    verdicts: tuple[str, ...]
    cents: int | None

    @property
    def end(self) -> float:
        return self.start + self.share

    @property
    def said(self) -> str:
        """What is read when it is pointed at."""
        amount = "" if self.cents is None else f" · {formats.amount(self.cents)}"
        return f"{self.label}<br>{formats.percent(self.share)}{amount}"

    @property
    def behind(self) -> Behind | None:
        return behind_amount({"verdicts": self.verdicts}, self.cents or 0)


def interval_bar(interval: Interval, theme: Theme = LIGHT) -> go.Figure:
    """One bar for the whole: the three edges of the foreign share in their order, then what is home.

    What is unknown stands apart on the right, as wide as its share. A selection without a total says so.
    """
    canvas = Canvas(theme, 160)
    if interval.low is None:
        return _nothing(canvas, theme)
    for segment in _segments(interval, theme):
        canvas.bars(
            x=[segment.share if segment.share > 0 else None],
            base=[segment.start],
            y=[0],
            width=1,
            orientation="h",
            name=legend_name(segment.label),
            marker=segment.marker,
            customdata=[segment.said],
            hovertemplate="%{customdata}<extra></extra>",
            meta=marked([segment.behind]),
        )
    return canvas.figure(
        barmode="overlay",
        showlegend=True,
        xaxis=bare_axis(range=[-0.005, 1 + _GAP + 0.005]),
        yaxis=bare_axis(range=[-0.9, 1.35]),
        annotations=_edge_labels(interval, theme),
        legend={"y": 0, "yanchor": "top"},
    )


def interval_bar_text(interval: Interval) -> str:
    """The same in words, for whoever cannot see the bar."""
    if interval.low is None:
        return _("Aucun montant à partager dans cette sélection.")
    return _(
        "Part étrangère : {low} sous contrôle étranger, {middle} avec les produits étrangers, {high} avec l’hybride "
        "et l’opaque ; inconnu : {unknown}."
    ).format(
        low=formats.percent(interval.low),
        middle=formats.percent(interval.middle),
        high=formats.percent(interval.high),
        unknown=formats.percent(interval.unknown),
    )


def _segments(interval: Interval, theme: Theme) -> list[_Segment]:
    marks = theme.marks
    home = {"color": "rgba(0,0,0,0)", "line": {"color": theme.muted, "width": 1}}
    known_end = 1 - interval.unknown
    cents = dict(zip(VERDICTS, interval.weights, strict=False))

    def segment(start: float, share: float, label: str, marker: dict, verdicts: tuple[str, ...]) -> _Segment:
        weight = sum(cents[verdict] for verdict in verdicts) if cents else None
        return _Segment(start, share, label, marker, verdicts, weight)

    def of_verdict(start: float, share: float, verdict: str) -> _Segment:
        return segment(start, share, _(VERDICTS[verdict]), bar_marker(marks[verdict]), (verdict,))

    undecided = _("Hybride ou opaque"), bar_marker(marks["opaque"]), ("hybrid", "opaque")
    return [
        of_verdict(0, interval.low, "foreign_control"),
        of_verdict(interval.low, interval.middle - interval.low, "foreign_product"),
        segment(interval.middle, interval.high - interval.middle, *undecided),
        segment(
            interval.high, known_end - interval.high, _("Non étranger"), home, ("home_documented", "home_presumed")
        ),
        of_verdict(known_end + _GAP, interval.unknown, "unknown"),
    ]


def _edge_labels(interval: Interval, theme: Theme) -> list[dict]:
    """The value of each edge above it, pushed aside where neighbours are too close to be read."""
    targets = {formats.short_percent(share): share for share in (interval.high, interval.middle, interval.low)}
    labels = sorted(targets.items(), key=lambda label: label[1])
    if interval.unknown:
        labels.append((formats.short_percent(interval.unknown), 1 + _GAP - interval.unknown / 2))
    places = _spread([target for _text, target in labels])
    return [
        {
            "text": f"<b>{text}</b>",
            "x": target,
            "y": _BAR[1],
            "ax": place,
            "ay": 0.95,
            "axref": "x",
            "ayref": "y",
            "showarrow": True,
            "arrowhead": 0,
            "arrowwidth": 1,
            "arrowcolor": theme.muted,
            "font": {"size": SIZE, "color": theme.ink},
            "yanchor": "bottom",
        }
        for (text, target), place in zip(labels, places, strict=True)
    ]


def _spread(targets: list[float]) -> list[float]:
    places = [max(target, _CLOSE / 2) for target in targets]
    for left, right in pairwise(range(len(places))):
        places[right] = max(places[right], places[left] + _CLOSE)
    limit = 1 + _GAP - _CLOSE / 2
    for index in reversed(range(len(places))):
        places[index] = min(places[index], limit)
        limit = places[index] - _CLOSE
    return places


def _nothing(canvas: Canvas, theme: Theme) -> go.Figure:
    return canvas.figure(
        xaxis=bare_axis(),
        yaxis=bare_axis(),
        annotations=[
            {
                "text": _("Aucun montant à partager dans cette sélection."),
                "xref": "paper",
                "yref": "paper",
                "x": 0,
                "y": 0.5,
                "xanchor": "left",
                "showarrow": False,
                "font": {"size": SMALL, "color": theme.muted},
            }
        ],
    )
