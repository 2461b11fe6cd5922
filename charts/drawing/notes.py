"""Annotations and shapes: words, arrows, lines and boxes that a chart places itself."""

from charts.drawing import fonts
from charts.drawing.attributes import NotDrawn, get, needed
from charts.drawing.margins import Plot
from charts.drawing.markup import element, number, paint, rectangle, whole
from charts.drawing.points import dashes
from charts.drawing.scales import Scale
from charts.drawing.texts import read

_BORDER = 2
"""Plotly leaves a px for an edge and one more around the words of an annotation, even when no edge is seen."""

_THIRD = 1 / 3
_SHARES = {"left": 0, "center": 0.5, "right": 1, "top": 0, "middle": 0.5, "bottom": 1}


class Places:
    """Where annotations and shapes stand: in data, or in parts of the plot."""

    def __init__(self, plot: Plot, x: Scale, y: Scale) -> None:
        self.plot, self._x, self._y = plot, x, y

    def x(self, value: object, reference: str) -> float:
        """A place across, in px."""
        return self.plot.x(value) if reference == "paper" else self._x.at(value)

    def y(self, value: object, reference: str) -> float:
        """A place down, in px."""
        return self.plot.y(value) if reference == "paper" else self._y.at(value)

    def holds(self, note: dict) -> bool:
        """Whether what a note points at is within the axes it refers to."""
        refers_x, refers_y = note.get("xref", "x") != "paper", note.get("yref", "y") != "paper"
        return not (refers_x and not self._x.holds(needed(note, "x"))) and not (
            refers_y and not self._y.holds(needed(note, "y"))
        )


def annotation(note: dict, places: Places, size: float, colour: str) -> str:
    """The words of ``note`` in whole px, as Plotly rounds them, and its arrow."""
    if not places.holds(note):
        return ""
    x, y = places.x(needed(note, "x"), note.get("xref", "x")), places.y(needed(note, "y"), note.get("yref", "y"))
    if note.get("showarrow", True) and not (note.get("axref") and note.get("ayref")):
        raise NotDrawn("layout.annotations[] with an arrow measured in px")
    arrow = ""
    if note.get("showarrow", True):
        tail_x, tail_y = places.x(needed(note, "ax"), "x"), places.y(needed(note, "ay"), "y")
        arrow = element(
            "path",
            d=f"M{number(tail_x)} {number(tail_y)}L{number(x)} {number(y)}",
            stroke=paint(needed(note, "arrowcolor")),
            stroke_width=get(note, "arrowwidth", 1),
        )
        x, y = tail_x, tail_y
    text = read(note.get("text"), get(note, "font.size", size), get(note, "font.color", colour))
    text = text.within(places.plot.width - 2 * _BORDER)
    across, down = whole(text.width) + 2 * _BORDER, whole(text.height) + 2 * _BORDER
    anchors = _anchor(note, "x"), _anchor(note, "y")
    left = whole(x - _SHARES[anchors[0]] * across) + _BORDER
    top = whole(y - _SHARES[anchors[1]] * down) + _BORDER
    left = max(0, min(left, places.plot.width - text.width))
    # Where its anchor is, a text stays within the figure when a reader's font is wider than ours
    aligned = _SHARES[anchors[0]]
    anchor = {0: "start", 0.5: "middle", 1: "end"}[aligned]
    return arrow + text.at(left + aligned * text.width, top + fonts.ascent(text.size), anchor)


def _anchor(note: dict, letter: str) -> str:
    """Where the words of ``note`` are held; in the middle when it does not say and Plotly is known to."""
    said = note.get(f"{letter}anchor")
    in_the_middle = note.get(f"{letter}ref") == "paper" and _THIRD < note[letter] < 1 - _THIRD
    if said is None and not in_the_middle and not note.get("showarrow", True):
        raise NotDrawn(f"layout.annotations[].{letter}anchor left to Plotly")
    return said or {"x": "center", "y": "middle"}[letter]


def shape(settings: dict, places: Places) -> str:
    """A line or a box, cut where it leaves the plot."""
    plot, reference = places.plot, settings.get("xref", "x")
    left, right = (places.x(needed(settings, edge), reference) for edge in ("x0", "x1"))
    top, bottom = (min(max(places.y(needed(settings, edge), "y"), plot.top), plot.bottom) for edge in ("y0", "y1"))
    width = get(settings, "line.width", 2)
    style = {
        "stroke": paint(needed(settings, "line.color")),
        "stroke_width": width,
        "stroke_dasharray": dashes(get(settings, "line.dash"), width),
    }
    if needed(settings, "type") == "line":
        return element("path", d=f"M{number(left)} {number(top)}L{number(right)} {number(bottom)}", **style)
    fill = paint(settings.get("fillcolor", "rgba(0,0,0,0)"))
    return element("path", d=rectangle(left, top, right - left, bottom - top), fill=fill, **style)
