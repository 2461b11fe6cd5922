"""The timeline and the totals in a browser, on a screen and on a phone."""

from itertools import combinations

import pytest

from tests.browser.conftest import PATIENCE_MS

pytestmark = pytest.mark.xdist_group("browser")

TEXTS = """
figure => [...figure.querySelectorAll('svg text')]
    .map(text => [text.textContent, text.getBoundingClientRect()])
    .filter(([, box]) => box.width > 0)
    .map(([said, box]) => [said, box.left, box.top, box.right, box.bottom])
"""


@pytest.mark.parametrize("width", [1280, 390])
def test_no_label_covers_another_or_leaves_the_screen(site, visit, width):
    shown = visit(f"{site}/reperes", width)
    shown.page.locator(".js-plotly-plot .main-svg").nth(3).wait_for(timeout=PATIENCE_MS)
    assert shown.complaints == []
    assert shown.page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= width
    figures = shown.page.query_selector_all(".js-plotly-plot")
    assert len(figures) == 2
    for figure in figures:
        texts = figure.evaluate(TEXTS)
        assert len(texts) > 40
        assert all(left >= 0 and right <= width for _said, left, _top, right, _bottom in texts)
        for one, other in combinations(texts, 2):
            across = min(one[3], other[3]) - max(one[1], other[1])
            down = min(one[4], other[4]) - max(one[2], other[2])
            assert across <= 2 or down <= 4, (one[0], other[0])


def test_a_case_has_its_own_address_and_the_way_back(site, visit):
    shown = visit(f"{site}/reperes?v=1&theme=analytics")
    shown.page.get_by_role("link", name="DGSI : logiciel d’analyse de Palantir").first.click()
    shown.wait_for_lead("Un premier contrat avec Palantir")
    assert shown.address == f"{site}/reperes?v=1&theme=analytics&cas=dgsi-palantir-2016"
    shown.settled()
    shown.page.get_by_role("link", name="Tous les repères").click()
    shown.wait_for_lead("repères documentés")
    assert shown.address == f"{site}/reperes?v=1&theme=analytics"
