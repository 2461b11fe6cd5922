"""A visitor with a browser: every page whole on a screen and on a phone, links that show the same thing to others."""

from urllib.parse import urlsplit

import polars as pl
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PATIENCE_MS, Visit, listen, observatory

pytestmark = pytest.mark.xdist_group("browser")

PAGES = {
    "": True,
    "ministeres?v=1&ministere=interieur": True,
    "marches": False,
    "marche?v=1&id=C01": True,
    "methode": False,
}


def test_after_a_restart_the_first_visitor_may_come_by_any_page(store, browser):
    """Streamlit would serve file names as a menu to everybody until someone opened the first page."""
    with observatory(store) as address:
        page = browser.new_page()
        first = Visit(page)
        listen(first)
        first.open(f"{address}/methode")
        assert page.title() == "Méthode, sources et qualité · Nuages publics"
        menu = page.get_by_role("navigation").first
        expect(menu).not_to_contain_text("vue_ensemble")
        assert page.locator("h1").count() == 1
        assert first.complaints == []
        page.close()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_whole_asks_nobody_else_and_fits(site, visit, path, width):
    shown = visit(f"{site}/{path}", width)
    if PAGES[path]:
        shown.page.locator(".js-plotly-plot .main-svg").first.wait_for(timeout=PATIENCE_MS)
    assert shown.page.locator("[data-testid=stException]").count() == 0
    assert shown.complaints == []
    assert shown.hosts == {urlsplit(site).netloc}
    widths = shown.page.evaluate(
        "[document.documentElement, document.querySelector('[data-testid=stMain]')].map(e => e.scrollWidth)"
    )
    assert max(widths) <= width
    assert shown.page.evaluate("document.documentElement.lang") == "fr"


def test_our_own_fonts_are_used(site, visit):
    shown = visit(site)
    loaded = shown.page.evaluate("[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family)")
    assert {"Newsreader", "Source Sans 3"} <= {family.strip('"') for family in loaded}


def test_a_shared_link_shows_the_same_figures_to_someone_else(site, visit, browser):
    mine = visit(f"{site}/?v=1&ministere=interieur&definition=france")
    mine.unfold("share")
    link = mine.page.locator(".st-key-share .np-code").first.inner_text()
    assert "montant=partage" in link
    context = browser.new_context(locale="en-GB", viewport={"width": 390, "height": 844})
    theirs = Visit(context.new_page()).open(link)
    assert theirs.lead == mine.lead
    tables = [shown.page.locator("table").first.inner_text().split() for shown in (mine, theirs)]
    assert tables[0] == tables[1]
    context.close()


def test_a_choice_goes_into_the_address_which_shows_it_again(site, visit):
    shown = visit(site)
    before = shown.lead
    shown.unfold("filters")
    shown.page.get_by_role("combobox", name="Ministères").press_sequentially("Intérieur")
    shown.page.get_by_role("option", name="Intérieur").click(timeout=PATIENCE_MS)
    shown.wait_for_lead("par le ministère de l’Intérieur")
    assert shown.address == f"{site}/?v=1&ministere=interieur"
    after = shown.lead
    shown.page.reload()
    shown.settled()
    assert shown.lead == after != before


def test_the_menu_keeps_the_question_and_back_returns_to_it(site, visit):
    shown = visit(f"{site}/?v=1&ministere=interieur")
    asked = shown.lead
    shown.page.get_by_role("link", name="Marchés", exact=True).first.click()
    shown.wait_for_lead("9 marchés répondent")
    assert shown.address == f"{site}/marches?v=1&ministere=interieur"
    shown.page.go_back()
    shown.wait_for_lead(asked)
    assert shown.address == f"{site}/?v=1&ministere=interieur"


def test_a_row_leads_to_its_contract_in_the_same_tab_and_back(site, visit):
    shown = visit(f"{site}/marches?v=1&q=messagerie")
    shown.page.get_by_role("link", name="Messagerie en ligne").click()
    shown.page.locator(".np-title").wait_for(timeout=PATIENCE_MS)
    shown.settled()
    assert "/marche?v=1&id=C" in shown.address
    shown.page.get_by_role("link", name="Revenir aux marchés").click()
    shown.wait_for_lead("Un marché répond")
    assert shown.address == f"{site}/marches?v=1&q=messagerie"


def test_what_is_downloaded_is_what_is_shown(site, visit):
    shown = visit(f"{site}/marches?v=1&tri=ancien")
    titles = shown.page.locator("table tbody th").all_inner_texts()
    with shown.page.expect_download(timeout=PATIENCE_MS) as download:
        shown.page.get_by_role("link", name="CSV", exact=True).first.click()
    saved = pl.read_csv(download.value.path(), infer_schema=False)
    assert saved["Objet"].to_list() == titles
    assert download.value.suggested_filename == "nuages-publics_marches_2026-11-01-minuscule.csv"


def test_the_other_language_is_one_click_away_on_the_same_view(site, visit):
    shown = visit(f"{site}/ministeres?v=1&ministere=interieur")
    shown.page.get_by_role("link", name="English").click()
    shown.wait_for_lead("by the Ministry of the Interior")
    assert shown.address == f"{site}/ministeres?v=1&ministere=interieur&langue=en"
    assert shown.page.evaluate("document.documentElement.lang") == "en"
    assert shown.page.title() == "Interior · Public clouds"
    shown.page.get_by_role("link", name="Contracts", exact=True).first.click()
    shown.wait_for_lead("9 contracts match")


def test_an_embedded_view_is_a_bare_chart_that_leads_to_the_whole(site, contexts):
    page = contexts(1280).new_page()
    page.goto(f"{site}/?v=1&embed=true&ministere=interieur")
    page.locator(".js-plotly-plot .main-svg").first.wait_for(timeout=PATIENCE_MS)
    source = page.get_by_role("link", name="explorer cette vue")
    source.wait_for(timeout=PATIENCE_MS)
    assert page.locator("h1, .np-lead, .np-footer, .np-masthead").count() == 0
    assert "ministere=interieur" in source.get_attribute("href")
    page.close()
