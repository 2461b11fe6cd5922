"""Bars: where each stands in its data, side by side, stacked or overlaid; then in px, with the texts upon them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from charts.drawing.attributes import NotDrawn, each, get, needed
from charts.drawing.scales import Scale, place

_DEFAULT_GAP = 0.2
_TEXT_PAD = 3


@dataclass(frozen=True)
class Bar:
    """One bar in data: from ``near`` to ``far`` where it is measured, from ``low`` to ``high`` where it stands."""

    trace: dict
    point: int
    near: float
    far: float
    low: float
    high: float

    @property
    def is_horizontal(self) -> bool:
        """Whether it is measured along x."""
        return _is_horizontal(self.trace)

    def box(self, x: Scale, y: Scale) -> tuple[float, float, float, float]:
        """Its left, top, right and bottom in px, within the axes."""
        along, across = (x, y) if self.is_horizontal else (y, x)
        sizes = sorted(along.clamped(edge) for edge in (self.near, self.far))
        sides = sorted(across.clamped(edge) for edge in (self.low, self.high))
        (left, right), (top, bottom) = (sizes, sides) if self.is_horizontal else (sides, sizes)
        return left, top, right, bottom


@dataclass(frozen=True)
class Layout:
    """The bars of a figure, the places that they share or split, and the distance between these."""

    bars: Sequence[Bar]
    step: float
    is_horizontal: bool
    places: Sequence[float]


def laid_out(figure: dict) -> Layout | None:
    """The bars of ``figure`` in the order of its traces; None when it has no trace of bars."""
    traces = [trace for trace in figure["data"] if trace["type"] == "bar"]
    if not traces:
        return None
    if len({_is_horizontal(trace) for trace in traces}) > 1:
        raise NotDrawn("horizontal and vertical bars in one figure")
    mode = get(figure, "layout.barmode", "group")
    places = sorted({place(value) for trace in traces for value in trace["y" if _is_horizontal(trace) else "x"]})
    step = min((after - before for before, after in pairwise(places)), default=1.0)
    share = step * (1 - get(figure, "layout.bargap", _DEFAULT_GAP)) / (len(traces) if mode == "group" else 1)
    bars, tops = [], defaultdict(float)
    for rank, trace in enumerate(traces):
        shift = (rank - (len(traces) - 1) / 2) * share if mode == "group" else 0
        bars += _bars_of(trace, share, shift, tops if mode == "stack" else None)
    return Layout(bars, step, _is_horizontal(traces[0]), places)


def font_size(texts: Sequence[tuple[float, float, float, float]], size: float, least: float) -> list[float]:
    """The size of each bar's text, all the same, or 0 where it has no room.

    ``texts`` are each text's width and height, then its bar's, in px. Plotly shrinks a text to fit its bar, hides what
    it would shrink under ``least``, and writes all the others as small as the smallest.
    """
    fitted = [size * _fit(*measures) for measures in texts]
    shown = [one for one in fitted if one >= least]
    return [min(shown) if one >= least else 0 for one in fitted]


def check_texts(trace: dict) -> None:
    """Raises NotDrawn unless the texts of ``trace`` stand upright in the middle of its bars, which is all we draw."""
    for attribute in ("textposition", "insidetextanchor", "textangle"):
        needed(trace, attribute)


def _fit(width: float, height: float, across: float, down: float) -> float:
    pad = _TEXT_PAD if across > 2 * _TEXT_PAD and down > 2 * _TEXT_PAD else 0
    return min(1, (across - 2 * pad) / width, (down - 2 * pad) / height)


def _bars_of(trace: dict, share: float, shift: float, tops: dict | None) -> list[Bar]:
    horizontal = _is_horizontal(trace)
    sizes, positions = (trace["x"], trace["y"]) if horizontal else (trace["y"], trace["x"])
    count = len(positions)
    bases, widths = each(trace.get("base"), count), each(trace.get("width"), count)
    if tops is not None and trace.get("base") is not None:
        raise NotDrawn("base of stacked bars")
    bars = []
    for point, (size, position, base, width) in enumerate(zip(sizes, positions, bases, widths, strict=True)):
        if size is None:
            continue
        centre, thick = place(position) + shift, width or share
        near = float(base or 0) if tops is None else tops[centre]
        if tops is not None:
            tops[centre] += size
        bars.append(Bar(trace, point, near, near + size, centre - thick / 2, centre + thick / 2))
    return bars


def _is_horizontal(trace: dict) -> bool:
    return trace.get("orientation") == "h"
