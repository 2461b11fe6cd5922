"""SVG as text: elements, numbers of one decimal, colours in their shortest form, everything escaped."""

import html
import re
from math import floor

from charts.drawing.attributes import NotDrawn

_RGB = re.compile(r"rgb\(\s*([\d.]+)\s*,\s*([\d.]+)\s*,\s*([\d.]+)\s*\)")
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HEX = re.compile(r"#[0-9a-fA-F]{6}")


def element(name: str, content: str = "", **attributes: object) -> str:
    """An element; a name of an attribute is written with ``-`` for ``_``, and one that is None is left out."""
    written = "".join(
        f' {key.strip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def number(value: float) -> str:
    """A number of px with at most one decimal: what is finer cannot be seen."""
    written = f"{value:.1f}".removesuffix(".0")
    return "0" if written == "-0" else written


def whole(value: float) -> int:
    """The nearest whole number, halves upwards as in a browser."""
    return floor(value + 0.5)


def escaped(text: str) -> str:
    """``text`` as the content of an element or of an attribute, without what XML cannot hold."""
    return html.escape(_NOT_XML.sub("", text), quote=True)


def paint(colour: str) -> str:
    """A colour of Plotly in its shortest form; what is transparent is not painted. Raises NotDrawn on any other."""
    if colour in ("rgba(0,0,0,0)", "rgba(0, 0, 0, 0)"):
        return "none"
    if match := _RGB.fullmatch(colour):
        return "#" + bytes(round(float(part)) for part in match.groups()).hex()
    if not _HEX.fullmatch(colour):
        raise NotDrawn(f"colour {colour!r}")
    return colour.lower()


def rectangle(x: float, y: float, across: float, down: float) -> str:
    """The path of a rectangle."""
    return f"M{number(x)} {number(y)}h{number(across)}v{number(down)}h{number(-across)}z"


def _value(value: object) -> str:
    return number(value) if isinstance(value, int | float) else escaped(str(value))
