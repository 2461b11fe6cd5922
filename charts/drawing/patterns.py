"""Fills: plain colours, and Plotly's patterns as SVG patterns, each defined once under an id of its figure."""

from math import pi, sqrt

from charts.drawing.attributes import get, needed
from charts.drawing.markup import element, number, paint

_DIAGONAL = "/\\x"
_HALF_STRENGTH = 0.5
_SMALL = {"size": 10, "solidity": 0.2, "fillmode": "overlay"}


class Patterns:
    """The patterns that a figure has needed so far."""

    def __init__(self, prefix: str, origin: tuple[float, float] = (0, 0)) -> None:
        self._prefix, self._origin = prefix, origin
        self._defined: dict[str, str] = {}

    def ground(self, trace: dict) -> str | None:
        """The colour that lies under the pattern of a trace; None when it has no pattern.

        It is painted apart: within a pattern, some renderers leave seams between its tiles.
        """
        if not get(trace, "marker.pattern.shape"):
            return None
        return paint(get(trace, "marker.pattern.bgcolor") or needed(trace, "marker.color"))

    def identifier(self, trace: dict) -> str:
        """The id of what is painted twice for a trace."""
        return f"{self._prefix}b{trace['index']}"

    def fill(self, trace: dict, scale: float = 1) -> str:
        """The fill of a trace's bars: a colour, ``none``, or a reference to a pattern without its ground.

        At its own ``scale`` a pattern starts at the corner of the plot; at another, where its mark does.
        """
        if not get(trace, "marker.pattern.shape"):
            return paint(needed(trace, "marker.color"))
        body = _pattern(trace, scale, self._origin if scale == 1 else (0, 0))
        identifier = self._defined.setdefault(body, f"{self._prefix}p{len(self._defined)}")
        return f"url(#{identifier})"

    def strokes(self, trace: dict) -> dict:
        """The edge of a trace's bars."""
        width = get(trace, "marker.line.width", 0)
        if not width:
            return {}
        return {"stroke": paint(needed(trace, "marker.line.color")), "stroke_width": None if width == 1 else width}

    def definitions(self) -> str:
        """All of them, to be written once in the figure."""
        return "".join(body.replace("<pattern", f'<pattern id="{name}"', 1) for body, name in self._defined.items())


def _pattern(trace: dict, scale: float, origin: tuple[float, float]) -> str:
    asked = {**_SMALL, **get(trace, "marker.pattern", {})}
    shape, is_overlay = asked["shape"], asked["fillmode"] == "overlay"
    side = asked["size"] * (sqrt(2) if shape in _DIAGONAL else 1)
    strength = _HALF_STRENGTH if is_overlay else None
    return element(
        "pattern",
        _figure(asked, side, paint(needed(asked, "fgcolor")), strength),
        x=origin[0] or None,
        y=origin[1] or None,
        width=_exact(side),
        height=_exact(side),
        patternUnits="userSpaceOnUse",
        patternTransform=None if scale == 1 else f"scale({scale:g})",
    )


def _figure(asked: dict, side: float, colour: str, strength: float | None) -> str:
    shape, size, solidity = asked["shape"], asked["size"], asked["solidity"]
    if shape == ".":
        radius = sqrt(solidity * size * size / pi)
        return element("circle", cx=side / 2, cy=side / 2, r=_exact(radius), fill=colour, opacity=strength)
    # Two crossed lines cover part of each other: thinner, for the same share of ink
    width = (1 - sqrt(1 - solidity)) * size if shape == "x" else solidity * size
    return element(
        "path", d=_lines(shape, side), stroke=colour, stroke_width=_exact(width), stroke_opacity=strength, fill="none"
    )


def _lines(shape: str, side: float) -> str:
    half, quarter = number(side / 2), side / 4
    if shape == "|":
        return f"M{half} 0v{_exact(side)}"
    if shape == "-":
        return f"M0 {half}h{_exact(side)}"
    near, far, whole, step = _exact(-quarter), _exact(side - quarter), _exact(side), _exact(side / 2)
    over = _exact(side + quarter)
    rising = f"M{near} {_exact(quarter)}l{step}-{step}M0 {whole}L{whole} 0M{far} {over}l{step}-{step}"
    falling = f"M{far} {near}l{step} {step}M0 0L{whole} {whole}M{near} {far}l{step} {step}"
    return {"/": rising, "\\": falling, "x": rising + falling}[shape]


def _exact(value: float) -> str:
    """Two decimals: what repeats across a bar must not drift."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
