"""Vendors and alternatives in a browser: whole on a screen and on a phone."""

from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import PATIENCE_MS

pytestmark = pytest.mark.xdist_group("browser")

PATHS = (
    "fournisseurs?v=1&q=atlantique",
    "fournisseurs?v=1&fournisseur=000000240",
    "alternatives?v=1&service=messaging&face=nuage-atlantique,000000240",
)


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_whole_asks_nobody_else_and_fits(site, visit, path, width):
    shown = visit(f"{site}/{path}", width)
    shown.page.locator(".js-plotly-plot .main-svg").first.wait_for(timeout=PATIENCE_MS)
    assert shown.page.locator("[data-testid=stException]").count() == 0
    assert shown.complaints == []
    assert shown.hosts == {urlsplit(site).netloc}
    widths = shown.page.evaluate(
        "[document.documentElement, document.querySelector('[data-testid=stMain]')].map(e => e.scrollWidth)"
    )
    assert max(widths) <= width
    bars = shown.page.locator(".legend .scrollbar").evaluate_all("bars => bars.map(bar => bar.getBBox().height)")
    assert not any(bars), "a legend is cut off"


def test_a_group_in_the_ranking_leads_to_its_page(site, visit):
    shown = visit(f"{site}/fournisseurs")
    shown.page.get_by_role("link", name="Nuage Atlantique", exact=True).first.click()
    shown.wait_for_lead("Nuage Atlantique a obtenu 5 marchés")
    assert shown.address == f"{site}/fournisseurs?v=1&groupe=nuage-atlantique"


def test_the_open_tab_is_in_the_address_and_a_link_opens_it(site, visit):
    shown = visit(f"{site}/fournisseurs")
    shown.page.get_by_role("tab", name="Par société (SIREN)").click()
    shown.page.wait_for_url(f"{site}/fournisseurs?v=1&onglet=unites-legales", timeout=PATIENCE_MS)
    other = visit(f"{site}/fournisseurs?v=1&onglet=unites-legales")
    opened = other.page.get_by_role("tab", name="Par société (SIREN)")
    assert opened.get_attribute("aria-selected") == "true"
