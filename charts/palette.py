"""One colour and one pattern for each verdict, on paper and on a dark screen.

The colours were sought so that any two stay apart for four kinds of colour vision and from the background; the tests
hold the thresholds. Solid is established; a pattern is a shade of doubt.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from loaders import vocabulary


@dataclass(frozen=True)
class Mark:
    """How a verdict is drawn: its colour, a pattern (Plotly's name, empty for solid) over it, and the text upon it.

    ``fill`` lies under the pattern; it is ``colour`` except for what is drawn hollow.
    """

    colour: str
    fill: str
    pattern: str
    pattern_colour: str
    ink: str


def _mixed(colour: str, other: str, part: float) -> str:
    """``colour`` with ``part`` of ``other`` in it."""
    pairs = zip(bytes.fromhex(colour[1:]), bytes.fromhex(other[1:]), strict=True)
    return "#" + bytes(round(mine + (its - mine) * part) for mine, its in pairs).hex()


def _palette(paper: str, colours: Mapping[str, str], inks: Mapping[str, str]) -> dict[str, Mark]:
    def mark(verdict: str) -> Mark:
        colour = colours[verdict]
        is_hollow = verdict == "unknown"
        return Mark(
            colour=colour,
            fill=paper if is_hollow else colour,
            pattern=PATTERNS[verdict],
            pattern_colour=colour if is_hollow else _mixed(colour, paper, _PATTERN_STRENGTH[verdict]),
            ink=inks[verdict],
        )

    return {verdict: mark(verdict) for verdict in vocabulary.VERDICTS}


_PATTERN_STRENGTH = dict.fromkeys(vocabulary.VERDICTS, 0.5) | {"home_documented": 0.3}

PATTERNS = {
    "foreign_control": "",
    "foreign_product": ".",
    "hybrid": "x",
    "opaque": "/",
    "home_documented": "|",
    "home_presumed": "-",
    "unknown": "\\",
}

LIGHT_PAPER, DARK_PAPER = "#fdfcf8", "#171613"
_DARK_INK, _LIGHT_INK = "#14110c", "#ffffff"

LIGHT = _palette(
    LIGHT_PAPER,
    {
        "foreign_control": "#b83218",
        "foreign_product": "#cc7a12",
        "hybrid": "#8546a5",
        "opaque": "#8f877d",
        "home_documented": "#17305f",
        "home_presumed": "#6195c3",
        "unknown": "#6b655c",
    },
    {
        "foreign_control": _LIGHT_INK,
        "foreign_product": _DARK_INK,
        "hybrid": _LIGHT_INK,
        "opaque": _DARK_INK,
        "home_documented": _LIGHT_INK,
        "home_presumed": _DARK_INK,
        "unknown": _DARK_INK,
    },
)

DARK = _palette(
    DARK_PAPER,
    {
        "foreign_control": "#ee4e30",
        "foreign_product": "#fbc968",
        "hybrid": "#bd86d6",
        "opaque": "#8b857d",
        "home_documented": "#3563c4",
        "home_presumed": "#bfdcee",
        "unknown": "#b5aea2",
    },
    {
        "foreign_control": _DARK_INK,
        "foreign_product": _DARK_INK,
        "hybrid": _DARK_INK,
        "opaque": _DARK_INK,
        "home_documented": _LIGHT_INK,
        "home_presumed": _DARK_INK,
        "unknown": "#ece8dd",
    },
)
