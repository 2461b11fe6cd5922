"""Points: the symbols at them, the lines between them, the texts beside them."""

from collections.abc import Iterator

from charts.drawing import fonts
from charts.drawing.attributes import each, get, needed
from charts.drawing.markup import element, number, paint, rectangle
from charts.drawing.scales import Scale
from charts.drawing.texts import ANCHORS, read

_OPEN = "-open"
_WIDER, _TALLER, _SIDE = 1.3, 1.4, 1.155
_DASHES = {"solid": None, "dot": (1, 1), "dash": (3, 3)}
_LEAST_DASH = 3
_SIGNS = {"bottom": 1, "top": -1, "middle": 0, "left": -1, "center": 0, "right": 1}
_BASE_LINE = 0.75
_SIZE = 6

DRAWN_RADIUS = 0.8
"""Room is kept for a marker as if it were larger than it is, by this much."""


def dashes(style: str | None, width: float) -> str | None:
    """A dash of Plotly's as SVG's, for a line of ``width`` px; None for a solid line."""
    parts = _DASHES[style or "solid"]
    return parts and " ".join(number(part * max(width, _LEAST_DASH)) for part in parts)


def line(trace: dict, x: Scale, y: Scale) -> str:
    """The line of ``trace``, broken where a point is missing."""
    parts, path = [], ""
    for across, down in zip(trace["x"], trace["y"], strict=True):
        if across is None or down is None:
            parts, path = [*parts, path], ""
            continue
        at_x, at_y = number(x.at(across)), number(y.at(down))
        if not path:
            path = f"M{at_x} {at_y}"
        else:
            path += f"H{at_x}V{at_y}" if get(trace, "line.shape") == "hv" else f"L{at_x} {at_y}"
    width = get(trace, "line.width", 2)
    return element(
        "path",
        d="".join([*parts, path]),
        fill="none",
        stroke=paint(needed(trace, "line.color")),
        stroke_width=width,
        stroke_dasharray=dashes(get(trace, "line.dash"), width),
    )


def symbols(trace: dict, x: Scale, y: Scale) -> Iterator[tuple[int, str, dict]]:
    """Each symbol of ``trace`` within the axes: its point, its path, its paint; unseen ones are to be clicked."""
    count = len(trace["x"])
    names = each(get(trace, "marker.symbol", "circle"), count)
    sizes = each(get(trace, "marker.size", _SIZE), count)
    for point, (across, down, name) in enumerate(zip(trace["x"], trace["y"], names, strict=True)):
        if across is None or down is None or not (x.holds(across) and y.holds(down)):
            continue
        yield point, _path(name.removesuffix(_OPEN), x.at(across), y.at(down), sizes[point] / 2), _paint(trace, name)


def texts(trace: dict, x: Scale, y: Scale, size: float, colour: str) -> Iterator[str]:
    """Each text of ``trace`` where its position says."""
    count = len(trace["x"])
    size = get(trace, "textfont.size", size)
    colours = each(get(trace, "textfont.color", colour), count)
    positions = each(trace.get("textposition", "middle center"), count)
    has_markers = "markers" in trace["mode"]
    sizes = each(get(trace, "marker.size", _SIZE), count)
    points = zip(trace["x"], trace["y"], needed(trace, "text"), positions, colours, sizes, strict=True)
    for across, down, said, place, ink, marker in points:
        vertical, horizontal = place.split()
        text = read(said, size, ink)
        lines = (len(text.lines) - 1) * fonts.LINE + 1
        apart = marker / 2 / DRAWN_RADIUS + 1 if has_markers else 0
        sign = _SIGNS[vertical]
        rise = size * _BASE_LINE + sign * apart + (sign - 1) * lines * size / 2
        opposite = {"left": "end", "right": "start", "center": ANCHORS["center"]}[horizontal]
        yield text.at(x.at(across) + _SIGNS[horizontal] * apart, y.at(down) + rise, opposite)


def _paint(trace: dict, name: str) -> dict:
    if get(trace, "marker.opacity", 1) == 0:
        return {"fill": "none", "pointer_events": "all"}
    width = get(trace, "marker.line.width", 0)
    edge = paint(needed(trace, "marker.line.color")) if width and not name.endswith(_OPEN) else None
    if name == "line-ns":
        return {"fill": "none", "stroke": edge, "stroke_width": width}
    colour = paint(needed(trace, "marker.color"))
    if name.endswith(_OPEN):
        return {"fill": "none", "stroke": colour, "stroke_width": width or 1}
    return {"fill": colour, "stroke": edge, "stroke_width": width or None}


def _path(name: str, x: float, y: float, radius: float) -> str:
    def at(across: float, down: float) -> str:
        return f"M{number(x + across)} {number(y + down)}"

    r, wide, tall, side = (number(radius * factor) for factor in (1, _WIDER, 2 * _TALLER, _SIDE))
    double = number(2 * radius)
    return {
        "circle": lambda: f"{at(-radius, 0)}a{r} {r} 0 1 0 {double} 0a{r} {r} 0 1 0-{double} 0z",
        "diamond": lambda: f"{at(0, -radius * _WIDER)}l{wide} {wide}l-{wide} {wide}l-{wide}-{wide}z",
        "triangle-right": lambda: (
            f"{at(-radius / 2, -radius * _SIDE)}v{number(2 * radius * _SIDE)}l{number(1.5 * radius)}-{side}z"
        ),
        "square": lambda: rectangle(x - radius, y - radius, 2 * radius, 2 * radius),
        "line-ns": lambda: f"{at(0, -radius * _TALLER)}v{tall}",
        "x-thin": lambda: f"{at(-radius, -radius)}l{double} {double}m0-{double}l-{double} {double}",
    }[name]()
