"""A click on a mark of a chart opens what it counts, Back returns, and a finger on a chart still scrolls the page."""

import re

import pytest

from tests.browser.conftest import PATIENCE_MS

pytestmark = pytest.mark.xdist_group("browser")

PLACE = """
([name, trace, point]) => {
    const figure = document.querySelector(`.st-key-chart-${name} .js-plotly-plot`);
    figure.scrollIntoView({block: 'center'});
    const {x, y} = figure._fullData[trace], {xaxis, yaxis} = figure._fullLayout;
    const {left, top} = figure.getBoundingClientRect();
    return [left + xaxis._offset + xaxis.d2p(x[point]), top + yaxis._offset + yaxis.d2p(y[point])];
}
"""
SCROLLED = "document.querySelector('[data-testid=stMain]').scrollTop"
AT_REST = f"""
new Promise(done => {{
    const look = before => {SCROLLED} === before ? done() : setTimeout(look, 200, {SCROLLED});
    look(-1);
}})
"""
CURSOR = "getComputedStyle(document.querySelector('.st-key-chart-heat-map .nsewdrag')).cursor"


def _drawn(shown, name: str) -> None:
    shown.page.locator(f".st-key-chart-{name} .main-svg").first.wait_for(timeout=PATIENCE_MS)


def _sum(shown) -> str:
    return shown.page.get_by_text("Leur somme").inner_text().replace("\u00a0", " ")


def test_a_bar_opens_its_contracts_and_back_returns_for_good(site, visit):
    shown = visit(f"{site}/ministeres?v=1&ministere=interieur")
    asked = shown.lead
    _drawn(shown, "interval")
    bar = shown.page.locator(".st-key-chart-interval .barlayer .point path").first.bounding_box()
    shown.page.mouse.click(bar["x"] + bar["width"] / 2, bar["y"] + bar["height"] / 2)
    # C01, C02 (half of it), C12 (flagged) and C14 (in dollars)
    shown.wait_for_lead("4 marchés répondent")
    shown.settled()
    assert shown.address == f"{site}/marches?v=1&ministere=interieur&verdict=foreign_control"
    assert _sum(shown).startswith("Leur somme : 1,7 M€ (1 650 000,50 €)")
    assert "Hors de la somme : 2 marchés" in _sum(shown)
    shown.page.go_back()
    shown.wait_for_lead(asked)
    shown.settled()
    assert shown.address == f"{site}/ministeres?v=1&ministere=interieur"
    shown.page.reload()
    shown.settled()
    assert shown.lead == asked
    assert shown.complaints == []


def test_a_cell_of_the_heat_map_opens_its_contracts_under_a_pointer(site, visit):
    shown = visit(f"{site}/ministeres?v=1&montant=plafond")
    _drawn(shown, "heat-map")
    place = shown.page.evaluate(PLACE, ["heat-map", 1, 3])
    shown.page.mouse.move(*place)
    shown.page.locator(".st-key-chart-heat-map .hovertext").wait_for(timeout=PATIENCE_MS)
    assert shown.page.evaluate(CURSOR) == "pointer"
    shown.page.mouse.click(*place)
    shown.wait_for_lead("Un marché répond")
    assert shown.address == f"{site}/marches?v=1&ministere=interieur&montant=plafond&verdict=opaque"
    assert _sum(shown).startswith("Leur somme : 4 M€ (4 000 000 €), convention « Montant tel que publié »")


def test_a_department_opens_the_town_halls_it_counts(site, visit):
    shown = visit(f"{site}/messageries")
    _drawn(shown, "map")
    point = shown.page.evaluate(
        "document.querySelector('.st-key-chart-map .js-plotly-plot').data[1].text.indexOf('35')"
    )
    place = shown.page.evaluate(PLACE, ["map", 1, point])
    shown.page.mouse.move(*place)
    hover = shown.page.locator(".st-key-chart-map .hovertext")
    hover.wait_for(timeout=PATIENCE_MS)
    counted = re.search(r"(\d+) mairies sur", hover.text_content())[1]
    shown.page.mouse.click(*place)
    shown.wait_for_lead("(Ille-et-Vilaine)")
    shown.settled()
    assert shown.address == f"{site}/messageries?v=1&departement=35&pays=etranger"
    assert shown.page.get_by_text(f"{counted} mairies répondent à ces filtres.").count() == 1


def test_a_finger_that_starts_on_a_chart_scrolls_the_page_and_a_tap_opens(site, browser):
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{site}/ministeres?v=1")
    page.locator(".np-footer").wait_for(timeout=PATIENCE_MS)
    page.locator(".st-key-chart-heat-map .main-svg").first.wait_for(timeout=PATIENCE_MS)
    x, y = page.evaluate(PLACE, ["heat-map", 1, 3])
    before = page.evaluate(SCROLLED)
    fingers = context.new_cdp_session(page)
    fingers.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for moved in range(20, 221, 20):
        fingers.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": y - moved}]})
    fingers.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_function(f"{SCROLLED} > {before} + 100", timeout=PATIENCE_MS)
    # A tap on a page that still slides only stops it
    page.evaluate(AT_REST)
    assert page.url == f"{site}/ministeres?v=1"
    page.touchscreen.tap(*page.evaluate(PLACE, ["heat-map", 1, 3]))
    page.wait_for_url(f"{site}/marches?v=1&ministere=interieur&verdict=opaque", timeout=PATIENCE_MS)
    context.close()
