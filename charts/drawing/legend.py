"""The legend: a square of each mark beside its name, in columns, above the plot or under it."""

from dataclasses import dataclass
from math import ceil

from charts.drawing import fonts
from charts.drawing.attributes import NotDrawn, get, needed
from charts.drawing.margins import Plot, Push
from charts.drawing.markup import element, number, rectangle
from charts.drawing.patterns import Patterns
from charts.drawing.texts import Text, read

_BEFORE, _SQUARE, _BEFORE_NAME = 14, 12, 40
_EDGE = 5
_LEAST, _BETWEEN = 16, 3
_BASE_LINE = 0.3
_SMALLER = 0.8


@dataclass(frozen=True)
class Legend:
    """The names of the traces of bars, as a chart asks for them."""

    settings: dict
    names: tuple[Text, ...]
    traces: tuple[dict, ...]

    @property
    def columns(self) -> int:
        """How many names stand side by side."""
        return max(int(1 / needed(self.settings, "entrywidth")), 1)

    @property
    def height(self) -> int:
        """What it takes, in whole px."""
        return ceil(2 * _EDGE + sum(self._rows()))

    def pushes(self, pad: float) -> list[Push]:
        """The room that it takes above or under the plot."""
        if not self.names:
            return []
        side = "t" if needed(self.settings, "yanchor") == "bottom" else "b"
        return [Push(side, needed(self.settings, "y"), self.height + pad)]

    def drawn(self, plot: Plot, patterns: Patterns) -> str:
        """Its squares and names."""
        if not self.names:
            return ""
        anchor = plot.y(needed(self.settings, "y"))
        top = anchor - self.height if needed(self.settings, "yanchor") == "bottom" else anchor
        column_width = needed(self.settings, "entrywidth") * plot.across
        rows, drawn = self._rows(), ""
        for rank, (trace, name) in enumerate(zip(self.traces, self.names, strict=True)):
            row, column = divmod(rank, self.columns)
            x = plot.left + column * column_width
            middle = top + _EDGE + sum(rows[:row]) + _height(name) / 2
            drawn += self._square(trace, x + _BEFORE + _SQUARE / 2, middle, patterns)
            first = middle + name.size * fonts.LINE * (_BASE_LINE - (len(name.lines) - 1) / 2)
            # A name may go on to the next square, and the last of a row to the edge of the picture
            room = (plot.width - x if column == self.columns - 1 else column_width + _BEFORE) - _BEFORE_NAME
            drawn += name.within(room).at(x + _BEFORE_NAME, first)
        return drawn

    def _square(self, trace: dict, x: float, y: float, patterns: Patterns) -> str:
        """The mark of ``trace``, its pattern a little smaller and starting at the centre, as Plotly draws it."""
        square = rectangle(-_SQUARE / 2, -_SQUARE / 2, _SQUARE, _SQUARE)
        ground = patterns.ground(trace)
        under = element("path", d=square, fill=ground) if ground else ""
        mark = element("path", d=square, fill=patterns.fill(trace, _SMALLER), **patterns.strokes(trace))
        return element("g", under + mark, transform=f"translate({number(x)} {number(y)})")

    def _rows(self) -> list[float]:
        names = self.names
        return [
            max(_height(name) for name in names[start : start + self.columns])
            for start in range(0, len(names), self.columns)
        ]


def of(figure: dict, size: float, colour: str) -> Legend:
    """The legend of ``figure``: empty when its chart asks for none."""
    settings = get(figure, "layout.legend", {})
    if not get(figure, "layout.showlegend", False):
        return Legend(settings, (), ())
    traces = tuple(figure["data"])
    if any(trace["type"] != "bar" for trace in traces):
        raise NotDrawn("a legend of anything but bars")
    size, colour = get(settings, "font.size", size), get(settings, "font.color", colour)
    return Legend(settings, tuple(read(trace.get("name"), size, colour) for trace in traces), traces)


def _height(name: Text) -> float:
    return max(len(name.lines) * name.size * fonts.LINE, _LEAST) + _BETWEEN
