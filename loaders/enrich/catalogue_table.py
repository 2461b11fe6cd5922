"""The table of cloud services in ANSSI's catalogue, put together again from the words of its pages.

A row has a provider, a service whose name may overflow above and below, crosses under SaaS, PaaS, CaaS and IaaS, two
dates and a decision number. Columns move from page to page: they are read again on each line of headings.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise

TYPES = ("SaaS", "PaaS", "CaaS", "IaaS")

_DATE = re.compile(r"^\d{2}/\d{2}/\d{4}$")
_SAME_LINE_POINTS = 3
_OVERFLOW_POINTS = 30
"""A line further than this from a dated one is a page's header or footer, not part of a name."""
_ROW_GAP = 1.7
"""Lines further apart than this many times the letters' height stand in different rows of the table."""
_COLUMN_GAP = 0.8
"""Words further apart than this part of the letters' height stand in different columns."""


@dataclass(frozen=True)
class Service:
    """One row of the table, as published."""

    provider: str
    service: str
    service_type: str
    decision: str | None
    valid_from: date
    valid_to: date


@dataclass
class Line:
    """A line of text: its words from left to right, and how far down the document it is, in points."""

    top: float
    words: list[dict]

    @property
    def text(self) -> str:
        """The words as one reads them."""
        return " ".join(word["text"] for word in self.words)

    @property
    def dates(self) -> list[dict]:
        """The words that are dates."""
        return [word for word in self.words if _DATE.match(word["text"])]


@dataclass
class _Row:
    """A dated line under its headings, with the lines into which its service's name overflows."""

    dated: Line
    centres: dict[str, float]
    around: list[Line] = field(default_factory=list)


def lines(words: Iterable[dict]) -> list[Line]:
    """The lines that ``words`` stand on; each word has text, x0, x1, top, bottom and doctop, in points."""
    found: list[Line] = []
    for word in sorted(words, key=lambda word: word["doctop"]):
        if not found or word["doctop"] - found[-1].top > _SAME_LINE_POINTS:
            found.append(Line(word["doctop"], []))
        found[-1].words.append(word)
    for line in found:
        line.words.sort(key=lambda word: word["x0"])
    return found


def day(text: str) -> date:
    """A date as the catalogue writes it, such as 31/07/2026."""
    return datetime.strptime(text, "%d/%m/%Y").date()


def services(section: list[Line]) -> list[Service]:
    """The rows of the tables in ``section``."""
    return [_service(row) for centres, below in _tables(section) for row in _rows(centres, below)]


def _tables(section: list[Line]) -> Iterator[tuple[dict[str, float], list[Line]]]:
    """Each line of headings, as the centre of each type's column, with the lines below it."""
    centres: dict[str, float] = {}
    below: list[Line] = []
    for line in section:
        headings = {word["text"]: _centre(word) for word in line.words if word["text"] in TYPES}
        if len(headings) == len(TYPES):
            yield centres, below
            centres, below = headings, []
        elif centres:
            below.append(line)
    yield centres, below


def _rows(centres: dict[str, float], below: list[Line]) -> list[_Row]:
    """The dated lines, each with those of its own block; a line between blocks goes to the nearest dated one."""
    rows = [_Row(line, centres) for line in below if _is_dated(line)]
    for block in _blocks(below):
        inside = [row for row in rows if row.dated in block] or rows
        for line in block:
            nearest = min(inside, key=lambda row: abs(row.dated.top - line.top), default=None)
            if nearest and not _is_dated(line) and abs(nearest.dated.top - line.top) <= _OVERFLOW_POINTS:
                nearest.around.append(line)
    return rows


def _is_dated(line: Line) -> bool:
    return len(line.dates) >= 2


def _blocks(below: list[Line]) -> list[list[Line]]:
    """Lines that stand close together: the rows of the table have white between them."""
    blocks: list[list[Line]] = []
    for line in below:
        height = line.words[0]["bottom"] - line.words[0]["top"]
        if not blocks or line.top - blocks[-1][-1].top > _ROW_GAP * height:
            blocks.append([])
        blocks[-1].append(line)
    return blocks


def _service(row: _Row) -> Service:
    first_type = min(row.centres.values())
    left = [word for word in row.dated.words if word["x1"] < first_type and not _is_cross(word)]
    cut = _first_gap(left)
    name_from = left[cut]["x0"] - 1 if cut < len(left) else left[-1]["x1"]
    overflow = [Line(line.top, [word for word in line.words if word["x0"] >= name_from]) for line in row.around]
    name = sorted([Line(row.dated.top, left[cut:]), *overflow], key=lambda line: line.top)
    first, last = row.dated.dates[:2]
    return Service(
        provider=Line(0, left[:cut]).text,
        service=_joined(line.text for line in name if line.words),
        service_type=" ".join(_types(row)),
        decision=next(
            (word["text"] for word in row.dated.words if word["x0"] > last["x1"] and word["text"].isdigit()), None
        ),
        valid_from=day(first["text"]),
        valid_to=day(last["text"]),
    )


def _centre(word: dict) -> float:
    return (word["x0"] + word["x1"]) / 2


def _is_cross(word: dict) -> bool:
    return word["text"].upper() == "X"


def _first_gap(words: list[dict]) -> int:
    """How many words stand before the first wide gap: those of the provider."""
    for place, (left, right) in enumerate(pairwise(words), start=1):
        if right["x0"] - left["x1"] > _COLUMN_GAP * (left["bottom"] - left["top"]):
            return place
    return len(words)


def _types(row: _Row) -> list[str]:
    crosses = [_centre(word) for word in row.dated.words if _is_cross(word)]
    crossed = {min(row.centres, key=lambda name: abs(row.centres[name] - cross)) for cross in crosses}
    return [name for name in TYPES if name in crossed]


def _joined(pieces: Iterable[str]) -> str:
    """The lines of a name as one; a word cut by a hyphen at the end of a line is put together again."""
    return re.sub(r"(?<=\w)- (?=\w)", "-", " ".join(pieces))
