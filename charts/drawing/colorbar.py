"""The scale of colours above a heat map, with its title and labels."""

from dataclasses import dataclass
from math import ceil

from charts.drawing import fonts
from charts.drawing.attributes import get, needed
from charts.drawing.margins import Plot, Push
from charts.drawing.markup import element, paint
from charts.drawing.scales import Scale
from charts.drawing.texts import Text, read

_PAD = 10
_UNDER_BAR = 14.9
_ABOVE_BAR = 5.6
_AROUND = 26
"""What Plotly keeps free around the bar, beside its labels and twice its title."""


@dataclass(frozen=True)
class Colorbar:
    """The scale of colours of ``trace``."""

    trace: dict
    title: Text
    labels: tuple[Text, ...]

    @property
    def settings(self) -> dict:
        """What the chart says of it."""
        return self.trace["colorbar"]

    @property
    def label_height(self) -> float:
        """What its labels take, in px."""
        return max((label.height for label in self.labels), default=0)

    def pushes(self, pad: float) -> list[Push]:
        """The room that it takes above the plot."""
        title = 2 * ceil(self.title.height) if self.title.lines else 0
        return [
            Push(
                "t",
                needed(self.settings, "y"),
                _AROUND + needed(self.settings, "thickness") + self.label_height + title + pad,
            )
        ]

    def drawn(self, plot: Plot, gradient: str) -> str:
        """The bar filled with the gradient of that id, its title above, its labels under."""
        left = plot.left + _PAD
        across = round(needed(self.settings, "len") * plot.across - 2 * _PAD)
        thick = needed(self.settings, "thickness")
        top = plot.y(needed(self.settings, "y")) - _PAD - self.label_height - thick
        scale = Scale(needed(self.trace, "zmin"), needed(self.trace, "zmax"), left, left + across)
        bar = element("rect", x=left, y=top, width=across, height=thick, fill=f"url(#{gradient})")
        ticks = "".join(
            label.at(scale.at(value), top + thick + _UNDER_BAR, "middle")
            for value, label in zip(needed(self.settings, "tickvals"), self.labels, strict=True)
        )
        first = top - _ABOVE_BAR - (len(self.title.lines) - 1) * fonts.LINE * self.title.size
        centre = max(left + across / 2, self.title.width / 2 + 1)
        return bar + self.title.at(centre, first, "middle") + ticks

    def gradient(self, identifier: str) -> str:
        """The colours of the scale as a gradient, to be written once in the figure."""
        stops = "".join(
            element("stop", offset=f"{part:.4g}", stop_color=paint(colour))
            for part, colour in needed(self.trace, "colorscale")
        )
        return element("linearGradient", stops, id=identifier)


def of(figure: dict, size: float, colour: str) -> Colorbar | None:
    """The scale of colours of ``figure``; None when it shows none."""
    for trace in figure["data"]:
        if trace["type"] == "heatmap" and trace.get("showscale", True):
            bar = needed(trace, "colorbar")
            title = read(get(bar, "title.text", ""), get(bar, "title.font.size", size), colour)
            tick_size, tick_colour = get(bar, "tickfont.size", size), get(bar, "tickfont.color", colour)
            return Colorbar(trace, title, tuple(read(text, tick_size, tick_colour) for text in needed(bar, "ticktext")))
    return None
