"""What a drawn figure holds, read from its SVG: texts with their places, and the rectangles of its bars."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from charts.drawing import fonts

_SVG = "{http://www.w3.org/2000/svg}"
_RECTANGLE = re.compile(r"M(-?[\d.]+) (-?[\d.]+)h(-?[\d.]+)v(-?[\d.]+)h-?[\d.]+z")


@dataclass(frozen=True)
class Line:
    """One line of text: what it says, which of its ends is placed, both ends, its base line, its size."""

    said: str
    anchor: str
    left: float
    right: float
    base: float
    size: float


def parsed(svg: str) -> etree._Element:
    """The tree of ``svg``; an error when it is not XML."""
    return etree.fromstring(svg.encode())


def size(root: etree._Element) -> tuple[float, float]:
    """The width and height of the picture."""
    return tuple(float(part) for part in root.get("viewBox").split()[2:])


def lines(root: etree._Element) -> list[Line]:
    """Every line of text, where it stands."""
    return [line for text in root.iter(f"{_SVG}text") for line in _lines_of(text)]


def rectangles(root: etree._Element, colour: str) -> list[tuple[float, float, float, float]]:
    """Left, top, width and height of every mark whose paint, or the ground under it, is ``colour``."""
    found = []
    for path in root.iter(f"{_SVG}path"):
        painted = next((one.get("fill") for one in (path, *path.iterancestors()) if one.get("fill")), None)
        if painted == colour and path.getparent().get("transform") is None:
            found += [tuple(map(float, part)) for part in _RECTANGLE.findall(path.get("d"))]
    return found


def marks(root: etree._Element) -> list[tuple[float, float, float, float]]:
    """Left, top, width and height of every rectangle, whatever its paint."""
    paths = "".join(path.get("d") for path in root.iter(f"{_SVG}path"))
    return [tuple(map(float, part)) for part in _RECTANGLE.findall(paths)]


def _lines_of(text: etree._Element) -> Iterator[Line]:
    said = [(span.text, span.get("dy")) for span in text.iter(f"{_SVG}tspan")] or [(text.text, None)]
    size = float(_inherited(text, "font-size"))
    face = fonts.SANS_BOLD if text.get("font-weight") == "600" else fonts.SANS
    x, base = float(text.get("x")), float(text.get("y"))
    for words, down in said:
        base += float(down or 0)
        width = fonts.width(words or "", size, face)
        anchor = _inherited(text, "text-anchor") or "start"
        left = x - {"start": 0, "middle": width / 2, "end": width}[anchor]
        yield Line(words or "", anchor, left, left + width, base, size)


def _inherited(element: etree._Element, name: str) -> str | None:
    return next((one.get(name) for one in (element, *element.iterancestors()) if one.get(name)), None)
