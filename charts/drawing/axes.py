"""The two axes: their scales, hairlines, labels and titles, and the room that these take."""

from collections.abc import Iterator
from dataclasses import dataclass

from charts.drawing import fonts, scales
from charts.drawing.attributes import NotDrawn, each, get, needed
from charts.drawing.bars import Layout
from charts.drawing.margins import Plot, Push
from charts.drawing.markup import element, number, paint
from charts.drawing.points import DRAWN_RADIUS
from charts.drawing.scales import Scale, place
from charts.drawing.texts import Text, read

_GAP = 1
_UNDER, _ABOVE, _BESIDE = 1.0, 0.2, 0.35
"""Where the base line of a label stands, in its size: under an axis, above it, beside it."""


@dataclass(frozen=True)
class Axis:
    """One axis of a figure: ``letter`` is x or y, ``settings`` what its chart says of it."""

    letter: str
    settings: dict
    default_colour: str
    default_size: float
    picture_width: float

    @property
    def side(self) -> str:
        """The side of the plot where its labels stand."""
        return self.settings.get("side", "bottom" if self.letter == "x" else "left")

    @property
    def is_visible(self) -> bool:
        """Whether anything of it is drawn."""
        return self.settings.get("visible", True)

    def labels(self, scale: Scale) -> list[tuple[object, Text]]:
        """The labels within the axis and the picture, each with its value."""
        if not self.is_visible or not self.settings.get("showticklabels", True):
            return []
        values = self._ticks()
        written = self.settings.get("ticktext") or [self._written(value) for value in values]
        size = get(self.settings, "tickfont.size", self.default_size)
        colour = get(self.settings, "tickfont.color", self.default_colour)
        labels = [(value, read(text, size, colour)) for value, text in zip(values, written, strict=True)]
        return [(value, text) for value, text in labels if scale.holds(value) and self._is_whole(scale.at(value), text)]

    def title(self) -> Text | None:
        """What the axis is called, when its chart says it."""
        text = get(self.settings, "title.text")
        if not text or not self.is_visible:
            return None
        size = get(self.settings, "title.font.size", self.default_size)
        return read(text, size, get(self.settings, "title.font.color", self.default_colour))

    def pushes(self, scale: Scale, pad: float) -> Iterator[Push]:
        """The room that its labels and title take beyond the plot."""
        labels = self.labels(scale)
        title = self.title()
        depth = max((self._depth(text) for _value, text in labels), default=0)
        if title:
            yield Push("b", 0, depth + title.size + get(self.settings, "title.standoff", 0))
        elif labels:
            yield Push(*{"bottom": ("b", 0), "top": ("t", 1), "left": ("l", 0)}[self.side], depth + pad)
        for value, text in labels:
            yield from self._overhang(scale, value, text, pad)

    def hairlines(self, scale: Scale, plot: Plot) -> str:
        """The hairlines across the plot; none upon its edges."""
        if not self.is_visible or not self.settings.get("showgrid", True):
            return ""
        low, high = sorted((scale.start, scale.end))
        path = ""
        for value in self._ticks():
            at = scale.at(value)
            if low + 1 <= at <= high - 1:
                path += (
                    f"M{number(at)} {number(plot.top)}V{number(plot.bottom)}"
                    if self.letter == "x"
                    else f"M{number(plot.left)} {number(at)}H{number(plot.right)}"
                )
        width = self.settings.get("gridwidth", 1)
        colour = paint(needed(self.settings, "gridcolor"))
        return element("path", d=path, stroke=colour, stroke_width=width, fill="none") if path else ""

    def drawn(self, scale: Scale, plot: Plot) -> str:
        """Its labels and its title."""
        return "".join(self._label(scale, plot, value, text) for value, text in self.labels(scale)) + self._heading(
            scale, plot
        )

    def _label(self, scale: Scale, plot: Plot, value: object, text: Text) -> str:
        at = scale.at(value)
        if self.side == "left":
            first = at + text.size * (_BESIDE - (len(text.lines) - 1) * fonts.LINE / 2)
            return text.at(plot.left - _GAP, first, "end")
        if self.side == "top":
            last = plot.top - _GAP - text.size * _ABOVE
            return text.at(at, last - (len(text.lines) - 1) * fonts.LINE * text.size, "middle")
        return text.at(at, plot.bottom + _GAP + text.size * _UNDER, "middle")

    def _heading(self, scale: Scale, plot: Plot) -> str:
        title = self.title()
        if title is None:
            return ""
        if self.side != "bottom":
            raise NotDrawn(f"title of the axis on the {self.side}")
        labels = self.labels(scale)
        depth = max((self._depth(text) for _value, text in labels), default=0)
        standing = plot.bottom + depth + get(self.settings, "title.standoff", 0) + fonts.ascent(title.size)
        lowest = plot.height - fonts.descent(title.size)
        return title.within(plot.width).at(plot.x(0.5), min(standing, lowest), "middle")

    def _is_whole(self, at: float, text: Text) -> bool:
        """Whether a label is not cut by the edge of the picture: Plotly hides those that would be."""
        half = text.width / 2
        return self.letter == "y" or (at - half >= 0 and at + half <= self.picture_width)

    def _depth(self, text: Text) -> float:
        if self.side == "left":
            return text.width + _GAP
        if self.side == "top":
            lines = (len(text.lines) - 1) * fonts.LINE * text.size
            return fonts.ascent(text.size) + lines + _ABOVE * text.size + _GAP
        return text.height + _GAP

    def _overhang(self, scale: Scale, value: object, text: Text, pad: float) -> Iterator[Push]:
        """What a label needs beyond the ends of its axis."""
        at = scale.at(value)
        low, high = sorted((scale.start, scale.end))
        if self.letter == "x":
            before, after, sides = at - text.width / 2, at + text.width / 2, ("l", "r")
            parts = (0, 1)
        else:
            base = at + text.size * _BESIDE
            before, after = base - fonts.ascent(text.size), base + fonts.descent(text.size)
            sides, parts = ("t", "b"), (1, 0)
        if before < low:
            yield Push(sides[0], parts[0], low - before + pad)
        if after > high:
            yield Push(sides[1], parts[1], after - high + pad)

    def _ticks(self) -> list:
        ticks = self.settings.get("tickvals")
        if ticks is None and (self.settings.get("showgrid", True) or self.settings.get("showticklabels", True)):
            raise NotDrawn(f"{self.letter}axis without tickvals")
        return list(ticks or ())

    def _written(self, value: object) -> str:
        if isinstance(value, int) or (isinstance(value, float) and value.is_integer()):
            return str(int(value))
        raise NotDrawn(f"{self.letter}axis: label of {value!r} without ticktext")


def scale_of(axis: Axis, figure: dict, bars: Layout | None, start: float, end: float) -> Scale:
    """The scale of ``axis`` from ``start`` to ``end`` px: its range where it has one, else what its data need."""
    given = axis.settings.get("range")
    if given is not None:
        first, last = (place(edge) for edge in given)
        if first == last:
            first, last = first - 1, last + 1
    else:
        first, last = _found(axis.letter, figure, bars, abs(end - start))
    return Scale(first, last, start, end)


def _found(letter: str, figure: dict, bars: Layout | None, length: float) -> tuple[float, float]:
    if bars is not None:
        if bars.is_horizontal == (letter == "x"):
            return scales.of_sizes([edge for bar in bars.bars for edge in (bar.near, bar.far)])
        return scales.of_positions(bars.places, bars.step)
    values = [place(value) for trace in figure["data"] for value in trace[letter] if value is not None]
    if not values:
        return scales.of_nothing(letter)
    if any(trace["type"] == "heatmap" for trace in figure["data"]):
        return scales.of_positions(values, 1)
    sizes = [size for trace in figure["data"] for size in each(get(trace, "marker.size", 0), 1)]
    radius = max(sizes) / 2 / DRAWN_RADIUS
    return scales.of_points(values, length, radius)
