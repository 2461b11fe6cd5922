"""Vendors and alternatives in a browser: whole on a screen and on a phone, and moved by their own choices."""

from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PATIENCE_MS

pytestmark = pytest.mark.xdist_group("browser")

PATHS = (
    "fournisseurs",
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


def test_a_group_in_the_ranking_leads_to_its_page(site, visit):
    shown = visit(f"{site}/fournisseurs")
    shown.page.get_by_role("link", name="Nuage Atlantique", exact=True).first.click()
    shown.wait_for_lead("Nuage Atlantique a obtenu 5 marchés")
    assert shown.address == f"{site}/fournisseurs?v=1&groupe=nuage-atlantique"


def test_two_rivals_chosen_go_into_the_address_and_are_drawn(site, visit):
    shown = visit(f"{site}/alternatives")
    charts = shown.page.locator(".js-plotly-plot")
    expect(charts).to_have_count(3, timeout=PATIENCE_MS)
    chosen = shown.page.get_by_label("Deux groupes ou fournisseurs")
    for name, identifier in (("Nuage Atlantique", "nuage-atlantique"), ("Hexagone Hébergement", "000000240")):
        chosen.click()
        shown.page.get_by_role("option", name=name, exact=True).click()
        shown.page.wait_for_url(f"**{identifier}", timeout=PATIENCE_MS)
    expect(charts).to_have_count(4, timeout=PATIENCE_MS)
    assert unquote(shown.address) == f"{site}/alternatives?v=1&face=nuage-atlantique,000000240"
