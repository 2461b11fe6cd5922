"""A figure of our charts as one SVG: the parts of this room put together, in the order of Plotly's layers."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import plotly.graph_objects as go

from charts.drawing import axes, bars, colorbar, legend, margins, marks, notes
from charts.drawing.attributes import checked, get, needed
from charts.drawing.axes import Axis
from charts.drawing.markup import element, escaped, number, paint
from charts.drawing.patterns import Patterns
from charts.drawing.scales import Scale
from charts.drawing.texts import DEFAULT_SIZE

FAMILY = "'Source Sans 3',sans-serif"
_PREFIX = "\ue000"
"""Stands in a drawn body for the start of its ids, which follow from its content."""

_ROUNDS = 2
"""Labels take room, which moves labels: twice is where it settles."""


@dataclass(frozen=True)
class Drawn:
    """A figure drawn: its size in px, and what stands inside its ``svg`` element."""

    width: float
    height: float
    body: str

    def named(self, prefix: str) -> str:
        """The body with its ids under ``prefix``, so that several figures stand in one page."""
        return self.body.replace(_PREFIX, prefix)


def svg(
    figure: go.Figure | Mapping,
    width: int,
    link: Callable[[dict], str | None] | None = None,
    title: str = "",
    text: str = "",
) -> str:
    """``figure`` as an SVG as wide as its container, drawn for ``width`` px.

    ``title`` names it and ``text`` says the same in words, for whoever cannot see it. ``link`` gives the address of
    what stands behind a mark (an entry of its trace's ``meta["behind"]``), or None: the mark then leads there, named
    by its hover text. Raises NotDrawn when the figure uses anything of Plotly that is not known here.
    """
    drawn = draw(figure, width, link)
    prefix = prefix_of(title, drawn)
    body = drawn.named(prefix)
    named = element("title", escaped(title), id=f"{prefix}t") if title else ""
    said = element("desc", escaped(text), id=f"{prefix}d") if text else ""
    return element(
        "svg",
        named + said + body,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {number(drawn.width)} {number(drawn.height)}",
        width="100%",
        # What is an image to assistive technologies hides the links within it
        role="group" if "<a " in body else "img",
        aria_labelledby=f"{prefix}t" if title else None,
        aria_describedby=f"{prefix}d" if text else None,
        font_family=FAMILY,
        font_size=DEFAULT_SIZE,
    )


def draw(figure: go.Figure | Mapping, width: int, link: Callable[[dict], str | None] | None = None) -> Drawn:
    """``figure`` drawn for ``width`` px, its ids still to be prefixed. Raises NotDrawn."""
    known = checked(figure)
    canvas = _Canvas(known, width)
    plot, x, y = canvas.laid_out()
    places = notes.Places(plot, x, y)
    patterns = Patterns(_PREFIX, (plot.left, plot.top))
    write = marks.Marks(x, y, canvas.size, canvas.colour, patterns, link)
    shapes = [(shape.get("layer", "above"), notes.shape(shape, places)) for shape in canvas.layout.get("shapes") or ()]
    annotate = partial(notes.annotation, places=places, size=canvas.size, colour=canvas.colour)
    layers = [
        canvas.x.hairlines(x, plot) + canvas.y.hairlines(y, plot),
        *(drawn for layer, drawn in shapes if layer == "below"),
        write.all(known, canvas.bars),
        *(drawn for layer, drawn in shapes if layer == "above"),
        canvas.x.drawn(x, plot) + canvas.y.drawn(y, plot),
        canvas.legend.drawn(plot, patterns),
        canvas.colorbar.drawn(plot, f"{_PREFIX}g") if canvas.colorbar else "",
        *(annotate(note) for note in canvas.layout.get("annotations") or ()),
    ]
    defined = patterns.definitions() + (canvas.colorbar.gradient(f"{_PREFIX}g") if canvas.colorbar else "")
    # What has the colour of the text says nothing of it
    body = "".join(layers).replace(f' fill="{canvas.colour}"', "")
    return Drawn(
        width, canvas.height, (element("defs", defined) if defined else "") + element("g", body, fill=canvas.colour)
    )


class _Canvas:
    """What a figure is made of, before its places are known."""

    def __init__(self, figure: dict, width: int) -> None:
        self.figure, self.layout, self.width = figure, figure["layout"], width
        self.height = needed(self.layout, "height")
        self.size = get(self.layout, "font.size", DEFAULT_SIZE)
        self.colour = paint(needed(self.layout, "font.color"))
        self.bars = bars.laid_out(figure)
        self.legend = legend.of(figure, self.size, self.colour)
        self.colorbar = colorbar.of(figure, self.size, self.colour)
        self.x, self.y = (
            Axis(letter, self.layout.get(f"{letter}axis") or {}, self.colour, self.size, width) for letter in "xy"
        )

    def laid_out(self) -> tuple[margins.Plot, Scale, Scale]:
        """The plot and its two scales, once everything around has its room."""
        margin = {side: needed(self.layout, f"margin.{side}") for side in "lrtb"}
        pad = margins.pad(margin)
        fixed = [*self.legend.pushes(pad), *(self.colorbar.pushes(pad) if self.colorbar else ())]
        plot = margins.plot(self.width, self.height, margin, fixed)
        for _round in range(_ROUNDS):
            x, y = self._scales(plot)
            plot = margins.plot(
                self.width, self.height, margin, [*fixed, *self.x.pushes(x, pad), *self.y.pushes(y, pad)]
            )
        return plot, *self._squared(plot, *self._scales(plot))

    def _scales(self, plot: margins.Plot) -> tuple[Scale, Scale]:
        return (
            axes.scale_of(self.x, self.figure, self.bars, plot.left, plot.right),
            axes.scale_of(self.y, self.figure, self.bars, plot.bottom, plot.top),
        )

    def _squared(self, plot: margins.Plot, x: Scale, y: Scale) -> tuple[Scale, Scale]:
        """The same scales, shortened so that a unit is as long on both where the chart asks for it."""
        if self.y.settings.get("scaleanchor") != "x":
            return x, y
        unit = min(x.px_per_unit, y.px_per_unit)
        across, down = unit * abs(x.last - x.first), unit * abs(y.last - y.first)
        return (
            Scale(x.first, x.last, plot.left, plot.left + across),
            Scale(y.first, y.last, plot.top + down, plot.top),
        )


def prefix_of(title: str, drawn: Drawn) -> str:
    """The start of the ids of one figure: several stand in one page."""
    content = f"{title}{drawn.width}{drawn.body}".encode()
    return "f" + hashlib.blake2s(content, digest_size=4).hexdigest()
