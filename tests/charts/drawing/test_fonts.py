"""Widths are those of a browser, and every character that our figures write has an outline."""

import pytest
from PIL import ImageFont

from charts.drawing import fonts
from charts.drawing.texts import cut, read, wrapped

FRENCH = "àâæçéèêëîïôœùûüÿÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸ€–—’“”«»…·°²×−"
ELSEWHERE = "≥≤≠→ąęłńóśźżűőșțŠžČ"


@pytest.mark.parametrize(
    ("text", "px"),
    [("Tour Étoile, 2024", 96.7), ("Étrangère 12", 73.2), ("a\u202fa", 15.5), ("Md€", 24.9)],
)
def test_a_line_is_as_wide_as_in_chromium(text, px):
    """Measured at 14 px with the woff2 files of the page; kerning may make it up to 2 % narrower there."""
    assert px - 0.1 <= fonts.width(text, 14) <= px * 1.02


def test_bold_is_wider_and_a_line_takes_whole_px_above_and_below_its_base():
    assert fonts.width("21", 14, fonts.SANS_BOLD) > fonts.width("21", 14)
    assert [fonts.height(size) for size in (10, 12, 13, 14)] == [14, 17, 18, 20]
    assert fonts.height(12, 2) == pytest.approx(32.6)


@pytest.mark.parametrize("face", [fonts.SANS, fonts.SANS_BOLD, fonts.SERIF])
def test_french_is_written_with_our_typefaces(face):
    font = ImageFont.truetype(fonts.FOLDER / f"{face}.ttf", 100)
    missing = bytes(font.getmask("\U0010fffd"))
    assert not [character for character in FRENCH if bytes(font.getmask(character)) == missing]


def test_names_from_elsewhere_and_comparisons_have_a_typeface_to_fall_back_on():
    font = ImageFont.truetype(fonts.FOLDER / f"{fonts.FALLBACK}.ttf", 100)
    missing = bytes(font.getmask("\U0010fffd"))
    assert not [one for one in ELSEWHERE if one not in "óÿ" and bytes(font.getmask(one)) == missing]
    assert fonts.width("≥", 100) == pytest.approx(font.getlength("≥"), rel=0.01)


def test_each_typeface_has_its_licence_beside_it():
    licences = {path.name.removesuffix("-OFL.txt") for path in fonts.FOLDER.glob("*-OFL.txt")}
    assert all(any(path.name.startswith(name) for name in licences) for path in fonts.FOLDER.glob("*.ttf"))


def test_a_text_is_read_as_plotly_reads_it():
    text = read("<b>a &amp; b<br>&lt;c</b>", 12, "#000000")
    assert (text.lines, text.is_bold) == (("a & b", "<c"), True)
    assert read("<i>x</i> < 1 %", 12, "").lines == ("x < 1 %",)


def test_a_line_too_long_is_cut_between_words_and_says_so():
    room = fonts.width("Ministère de la transition", 14)
    said = cut("Ministère de la transition écologique", room, 14)
    assert said == "Ministère de la…"
    assert fonts.width(said, 14) <= room
    assert cut("court", room, 14) == "court"


def test_lines_break_between_words_and_never_within_an_amount():
    lines = wrapped("Au total 1,2\u202fMd€ en 2024", fonts.width("Au total 1,2", 14), 14)
    assert lines == ["Au total", "1,2\u202fMd€ en", "2024"]
