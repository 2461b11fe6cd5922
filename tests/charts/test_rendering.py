"""What a phone and a wide screen show: no text over another, none cut off."""

import base64
import shutil
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest
from plotly.offline import get_plotlyjs

from analysis.contracts import contract
from analysis.shares import Interval
from charts.amounts import amounts_by_year
from charts.endings import endings_by_year
from charts.gauges import documented
from charts.heat_map import heat_map
from charts.interval import interval_bar
from charts.theme import CONFIG, LIGHT
from charts.timeline import versions_timeline
from charts.verdicts import interval_by_key, interval_by_year
from language import LANGUAGES, speaking
from loaders.editions import Edition
from loaders.vocabulary import MINISTRIES
from tests.charts.frames import BY_MINISTRY, BY_YEAR, COVERAGE, ENDINGS, INTERVAL, NARROW

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FONT_FILE = Path(__file__).parents[2] / "ui/static/fonts/source-sans-3-latin-400-normal.woff2"
WIDTHS_PX = (360, 390, 760, 1280)
REDRAW = """
Promise.all([...document.querySelectorAll('.plotly-graph-div')].map(
    figure => Plotly.newPlot(figure, figure.data, figure.layout, {displayModeBar: false, responsive: true})
))
"""
TEXTS = """
figure => [...figure.querySelectorAll('svg text')]
    .filter(text => text.textContent.trim() && getComputedStyle(text).visibility !== 'hidden')
    .map(text => [text.textContent, text.getBoundingClientRect()])
    .filter(([, box]) => box.width > 0)
    .map(([said, box]) => [said, box.left, box.top, box.right, box.bottom])
"""

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine: make browser"),
    pytest.mark.xdist_group("browser"),
]


@pytest.fixture
def page(tiny_edition) -> Iterator:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        shown = chromium.new_page()
        shown.set_content(_document(tiny_edition))
        shown.evaluate("document.fonts.load('14px \"Source Sans 3\"')")
        yield shown
        chromium.close()


def test_no_text_overlaps_another_or_leaves_the_screen(page):
    for width_px in WIDTHS_PX:
        page.set_viewport_size({"width": width_px, "height": 900})
        page.evaluate(REDRAW)
        for figure in page.query_selector_all(".plotly-graph-div"):
            texts = figure.evaluate(TEXTS)
            assert texts
            for said, left, _top, right, _bottom in texts:
                assert left >= 0, (width_px, said)
                assert right <= width_px, (width_px, said)
            for one, other in combinations(texts, 2):
                assert not _overlap(one, other), (width_px, one[0], other[0])


def _document(edition: Edition) -> str:
    drawn = []
    for language in LANGUAGES:
        with speaking(language):
            drawn += [
                figure.to_html(full_html=False, include_plotlyjs=False, config=CONFIG) for figure in _figures(edition)
            ]
    face = f"@font-face{{font-family:'Source Sans 3';src:url(data:font/woff2;base64,{_font()})}}"
    return (
        f"<style>{face} body{{margin:8px;background:{LIGHT.paper}}}</style>"
        f"<script>{get_plotlyjs()}</script><body>{''.join(drawn)}"
    )


def _font() -> str:
    return base64.b64encode(FONT_FILE.read_bytes()).decode()


def _figures(edition: Edition) -> list:
    years = BY_YEAR.filter(BY_YEAR["year"] < 2030)
    longest_names = dict.fromkeys(MINISTRIES, max(MINISTRIES.values(), key=len))
    return [
        interval_bar(INTERVAL),
        interval_bar(NARROW),
        interval_bar(Interval(0.002, 0.004, 0.976, 0.02, 1, 1, 0, 0)),
        interval_bar(Interval(0.8, 0.85, 0.9, 0.09, 1, 1, 0, 0)),
        interval_bar(Interval(0.0, 0.0, 0.0, 1.0, 1, 1, 0, 0)),
        interval_by_year(years),
        interval_by_key(BY_MINISTRY, longest_names),
        heat_map(BY_MINISTRY, longest_names),
        documented(COVERAGE, longest_names),
        endings_by_year(ENDINGS, date(2025, 7, 1)),
        endings_by_year(ENDINGS, date(2040, 1, 1)),
        amounts_by_year(years),
        versions_timeline(contract(edition, "C01").versions),
    ]


def _overlap(one: list, other: list) -> bool:
    """More than the two pixels that leading leaves between neighbouring lines."""
    across = min(one[3], other[3]) - max(one[1], other[1])
    down = min(one[4], other[4]) - max(one[2], other[2])
    return across > 2 and down > 4
