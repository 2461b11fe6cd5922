"""How wide and how tall a text is in the typefaces that readers see, measured on the very files that draw it."""

from functools import cache
from pathlib import Path

from PIL import ImageFont

FOLDER = Path(__file__).parent / "typefaces"
SANS, SANS_BOLD, SERIF = "source-sans-3-400", "source-sans-3-600", "newsreader-500"
FALLBACK = "fallback-400"
FILES = tuple(str(FOLDER / f"{name}.ttf") for name in (SANS, SANS_BOLD, SERIF, FALLBACK))
LINE = 1.3
"""Lines of one text stand 1.3 times its size apart, as Plotly's do."""

_UNIT = 1000
_NARROW_SPACE = "\u202f"
# What a browser takes above and below the base line for Source Sans 3, in whole pixels
_ASCENT, _DESCENT = 1.024, 0.4


def width(text: str, size: float, face: str = SANS) -> float:
    """The width in px of one line of ``text``; kerning, which only narrows it a little, is left aside."""
    return sum(_advance(character, face) for character in text) * size / _UNIT


def ascent(size: float) -> int:
    """What a line takes above its base line, in px."""
    return round(_ASCENT * size)


def descent(size: float) -> int:
    """What a line takes below its base line, in px."""
    return round(_DESCENT * size)


def height(size: float, lines: int = 1) -> float:
    """What ``lines`` lines take, in px."""
    return ascent(size) + descent(size) + (lines - 1) * LINE * size


@cache
def _advance(character: str, face: str) -> float:
    # The typefaces lack this space: browsers then leave half an ordinary one
    if character == _NARROW_SPACE:
        return _advance(" ", face) / 2
    font = _font(face)
    if face != FALLBACK and font.getmask(character).getbbox() == _missing(face) and character.strip():
        return _advance(character, FALLBACK)
    return font.getlength(character)


@cache
def _missing(face: str) -> tuple | None:
    """The outline of a character that no typeface has."""
    return _font(face).getmask("\U0010fffd").getbbox()


@cache
def _font(face: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FOLDER / f"{face}.ttf", _UNIT, layout_engine=ImageFont.Layout.BASIC)
