"""The map of town halls in a browser: whole on a screen and on a phone, from nobody else's host."""

from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import PATIENCE_MS

pytestmark = pytest.mark.xdist_group("browser")


@pytest.mark.parametrize("width", [1280, 390])
def test_the_map_is_whole_asks_nobody_else_and_leads_to_a_department(site, visit, width):
    shown = visit(f"{site}/messageries", width)
    figure = shown.page.locator(".js-plotly-plot .heatmaplayer image").first
    figure.wait_for(timeout=PATIENCE_MS)
    numbers = shown.page.locator(".js-plotly-plot .textpoint text").all_text_contents()
    assert {"01", "2A", "75", "974", "988"} <= set(numbers)
    widths = shown.page.evaluate(
        "[document.documentElement, document.querySelector('[data-testid=stMain]')].map(e => e.scrollWidth)"
    )
    assert max(widths) <= width
    shown.unfold("departments-table")
    shown.page.get_by_role("link", name="La Réunion").click()
    shown.wait_for_lead("(La Réunion)")
    assert shown.address == f"{site}/messageries?v=1&departement=974"
    assert shown.complaints == []
    assert shown.hosts == {urlsplit(site).netloc}
