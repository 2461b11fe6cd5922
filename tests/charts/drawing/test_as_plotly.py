"""The figure without a browser is the figure of the page: every label and every bar where Plotly puts them."""

import base64
import json
from collections.abc import Iterator

import pytest
from plotly.offline import get_plotlyjs

from charts.drawing.document import svg
from charts.theme import CONFIG, LIGHT
from tests.charts.drawing import figures, read
from tests.charts.test_rendering import CHROMIUM, FONT_FILE

WIDTHS_PX = (360, 1000)
TEXT_PX = 1.6
"""A px for what Plotly rounds, and what kerning takes from half a centred label."""

BAR_PX = 0.3
SHOWN = """
([figure, config]) => {
    const place = document.getElementById('place');
    Plotly.purge(place);
    place.replaceChildren(document.createElement('div'));
    const shown = place.firstChild;
    return Plotly.newPlot(shown, figure.data, figure.layout, config).then(() => {
        const origin = shown.getBoundingClientRect();
        const texts = [...shown.querySelectorAll('svg text')]
            .filter(text => text.textContent.trim() && text.getBoundingClientRect().width)
            .filter(text => getComputedStyle(text).visibility !== 'hidden')
            .flatMap(text => {
                const lines = [...text.querySelectorAll('tspan.line')];
                return (lines.length ? lines : [text]).map(line => {
                    const start = line.getStartPositionOfChar(0).matrixTransform(text.getScreenCTM());
                    return [line.textContent, start.x - origin.x, start.y - origin.y];
                });
            });
        const bars = [...shown.querySelectorAll('.bars path')]
            .map(bar => bar.getBoundingClientRect())
            .filter(box => box.width > 0.1 && box.height > 0.1)
            .map(box => [box.x - origin.x, box.y - origin.y, box.width, box.height]);
        return {texts, bars};
    });
}
"""

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine: make browser"),
    pytest.mark.xdist_group("browser"),
]


@pytest.fixture(scope="module")
def page() -> Iterator:
    from playwright.sync_api import sync_playwright

    faces = "".join(map(_face, (400, 600)))
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        shown = chromium.new_page()
        shown.set_content(
            f"<style>{faces} body{{margin:0}}</style><script>{get_plotlyjs()}</script><div id='place'></div>"
        )
        for weight in (400, 600):
            shown.evaluate(f"document.fonts.load('{weight} 14px \"Source Sans 3\"')")
        yield shown
        chromium.close()


@pytest.mark.parametrize("width", WIDTHS_PX)
def test_every_label_and_every_bar_is_where_plotly_puts_it(page, tiny_edition, width):
    page.set_viewport_size({"width": width, "height": 1000})
    for name, chart in figures.CHARTS.items():
        figure = chart(LIGHT, tiny_edition)
        theirs = page.evaluate(SHOWN, [json.loads(figure.to_json()), CONFIG])
        root = read.parsed(svg(figure, width))
        ours = read.lines(root)
        assert sorted(line.said for line in ours) == sorted(said for said, *_place in theirs["texts"]), name
        for said, x, y in theirs["texts"]:
            apart = min(max(abs(line.left - x), abs(line.base - y)) for line in ours if line.said == said)
            assert apart <= TEXT_PX, (name, said, apart)
        boxes = read.marks(root)
        for bar in theirs["bars"]:
            apart = min(max(abs(a - b) for a, b in zip(bar, box, strict=True)) for box in boxes)
            assert apart <= BAR_PX, (name, bar, apart)


def test_a_mark_is_reached_and_followed_with_the_keyboard_alone(page, tiny_edition):
    """In an image the links would be hidden from whoever cannot see: the figure is then a group."""
    drawn = svg(figures.CHARTS["interval"](LIGHT, tiny_edition), 700, lambda _known: "#behind", title="Titre")
    page.evaluate("drawn => document.getElementById('place').innerHTML = drawn", drawn)
    page.keyboard.press("Tab")
    focused = page.evaluate("[document.activeElement.tagName, document.activeElement.textContent]")
    assert focused[0] == "a"
    assert focused[1].startswith("Contrôle étranger, ")
    names = [link.get_attribute("href") for link in page.get_by_role("link", name="Inconnu").all()]
    assert names == ["#behind"]
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#behind"


def _face(weight: int) -> str:
    file = FONT_FILE.with_name(FONT_FILE.name.replace("400", str(weight)))
    content = base64.b64encode(file.read_bytes()).decode()
    source = f"url(data:font/woff2;base64,{content})"
    return f"@font-face{{font-family:'Source Sans 3';font-weight:{weight};src:{source}}}"
