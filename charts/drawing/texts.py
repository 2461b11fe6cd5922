"""Texts: Plotly's little markup read, measured, kept within the picture, and written as real SVG text."""

import html
import re
from dataclasses import dataclass

from charts.drawing import fonts
from charts.drawing.markup import element, escaped, number

_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_BOLD = re.compile(r"<b>(.*)</b>", re.DOTALL)
_ELLIPSIS = "…"
_KEPT = 0.5
ANCHORS = {"left": "start", "center": "middle", "right": "end"}


@dataclass(frozen=True)
class Text:
    """Some lines in one size and weight; the base line of the first is where the text stands."""

    lines: tuple[str, ...]
    size: float
    colour: str
    is_bold: bool = False

    @property
    def face(self) -> str:
        """The typeface that draws it."""
        return fonts.SANS_BOLD if self.is_bold else fonts.SANS

    @property
    def width(self) -> float:
        """The width of its longest line, in px."""
        return max((fonts.width(line, self.size, self.face) for line in self.lines), default=0)

    @property
    def height(self) -> float:
        """What its lines take, in px."""
        return fonts.height(self.size, len(self.lines))

    def at(self, x: float, y: float, anchor: str = "start", **attributes: object) -> str:
        """The text with its first base line at ``y``."""
        if len(self.lines) == 1:
            content = escaped(self.lines[0])
        else:
            step = number(self.size * fonts.LINE)
            content = "".join(
                element("tspan", escaped(line), x=x, dy=step if place else None)
                for place, line in enumerate(self.lines)
            )
        return element(
            "text",
            content,
            x=x,
            y=y,
            text_anchor=None if anchor == "start" else anchor,
            font_size=None if self.size == DEFAULT_SIZE else self.size,
            font_weight="600" if self.is_bold else None,
            fill=self.colour or None,
            **attributes,
        )

    def within(self, room: float) -> "Text":
        """The same with each line cut, and three dots, where it is wider than ``room`` px."""
        if self.width <= room:
            return self
        lines = tuple(cut(line, room, self.size, self.face) for line in self.lines)
        return Text(lines, self.size, self.colour, self.is_bold)


DEFAULT_SIZE = 12


def read(markup: object, size: float, colour: str) -> Text:
    """A text of Plotly's: lines parted by ``<br>``, bold when all of it is; other tags are left out as Plotly does."""
    said = "" if markup is None else str(markup)
    bold = _BOLD.fullmatch(said)
    lines = _BREAK.split(bold[1] if bold else said)
    return Text(tuple(plain(line) for line in lines), size, colour, bool(bold))


def wrapped(text: str, room: float, size: float, face: str = fonts.SANS) -> list[str]:
    """``text`` on as many lines as ``room`` px need, broken between words; a word wider than a line is cut."""
    lines = [""]
    # Not at the narrow no-break spaces that hold figures together
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip(" ")
        if lines[-1] and fonts.width(longer, size, face) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return [cut(line, room, size, face) for line in lines]


def plain(markup: str) -> str:
    """What is left of a line without its tags and with its entities read."""
    return html.unescape(_TAG.sub("", markup))


def cut(line: str, room: float, size: float, face: str = fonts.SANS) -> str:
    """``line``, or as much of it as ``room`` px hold with three dots."""
    if fonts.width(line, size, face) <= room:
        return line
    left = line
    while left and fonts.width(left.rstrip() + _ELLIPSIS, size, face) > room:
        left = left[:-1]
    words = left.rpartition(" ")[0]
    # Between words, unless that would throw away much of the line
    kept = words if len(words) > len(left) * _KEPT and not line[len(left) :].startswith(" ") else left
    return kept.rstrip(" ,;:·–") + _ELLIPSIS
