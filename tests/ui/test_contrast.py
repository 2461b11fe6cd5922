"""Text and focus can be read on both papers, as the stylesheets and the theme of the pages say them."""

import re
import tomllib
from pathlib import Path

import pytest

from charts.theme import DARK, LIGHT
from tests.charts.vision import contrast

ROOT = Path(__file__).parents[2]
STYLES = {
    name: (ROOT / "ui" / "static" / f"{name}.css").read_text(encoding="utf-8") for name in ("observatory", "paper")
}
PAGES = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
READABLE, PLAIN = 4.5, 3.0

THEMES = pytest.mark.parametrize("name", ["light", "dark"])


def _faded(ink: str, paper: str, percent: int) -> str:
    """``ink`` with only so much of it left over ``paper``: what ``color-mix`` with transparent shows."""
    pairs = zip(bytes.fromhex(ink[1:]), bytes.fromhex(paper[1:]), strict=True)
    return "#" + bytes(round(mine * percent / 100 + its * (100 - percent) / 100) for mine, its in pairs).hex()


def _shares(declared: str) -> set[int]:
    """The shares of ink that ``declared`` is given anywhere in our stylesheets."""
    pattern = rf"(?<![-\w]){declared}: (?:\d+px \w+ )?color-mix\(in srgb, currentColor (\d+)%, transparent\)"
    return {int(share) for style in STYLES.values() for share in re.findall(pattern, style)}


@THEMES
def test_soft_text_can_be_read_on_the_page_and_in_its_boxes(name):
    theme = PAGES[name]
    shares = _shares("color")
    assert shares
    for paper in (theme["backgroundColor"], theme["secondaryBackgroundColor"]):
        assert contrast(theme["textColor"], paper) >= 7
        for share in shares:
            assert contrast(_faded(theme["textColor"], paper, share), paper) >= READABLE, (share, paper)


@THEMES
def test_links_are_underlined_and_the_focus_is_drawn_in_a_line_that_can_be_seen(name):
    theme = PAGES[name]
    assert PAGES["linkUnderline"] is True
    for paper in (theme["backgroundColor"], theme["secondaryBackgroundColor"]):
        for share in _shares("text-decoration-color"):
            assert contrast(_faded(theme["textColor"], paper, share), paper) >= PLAIN, (share, paper)
        assert contrast(theme["primaryColor"], paper) >= PLAIN
        assert contrast(theme["linkColor"], paper) >= READABLE


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_the_light_pages_and_the_figures_have_the_paper_and_ink_of_the_others(theme):
    page = PAGES[theme.name]
    assert (theme.paper, theme.ink) == (page["backgroundColor"], page["textColor"])
    assert f"background: {theme.paper}; color: {theme.ink}" in STYLES["paper"]


def test_no_colour_stands_in_a_stylesheet_but_the_paper_and_the_ink():
    known = {colour for theme in (LIGHT, DARK) for colour in (theme.paper, theme.ink)}
    written = {colour for style in STYLES.values() for colour in re.findall(r"#[0-9a-f]{3,8}\b", style)}
    assert written <= known


def test_every_class_that_holds_links_underlines_them():
    """A link that only its colour tells apart is no link for some eyes; ours have the colour of the text."""
    holders = re.search(
        r"((?:\.np-[\w-]+ a,?\s+)+)\{\s+color: inherit; text-decoration: underline", STYLES["observatory"]
    )
    assert {"np-masthead", "np-text", "np-note", "np-table", "np-facts", "np-beside"} <= set(
        re.findall(r"\.(np-[\w-]+) a", holders[1])
    )
