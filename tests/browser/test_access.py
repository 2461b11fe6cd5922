"""Pages audited with axe-core, in both themes, both languages, on a screen and on a narrow phone."""

import json
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import PATIENCE_MS, Visit
from ui import sitemap
from web import words
from web.embedding import EXAMPLES

pytestmark = pytest.mark.xdist_group("browser")

SCREEN_PX, PHONE_PX = 1280, 360
QUESTIONS = {
    "ministeres": "v=1&ministere=interieur,enseignement-superieur",
    "fournisseurs": "v=1&groupe=nuage-atlantique",
    "alternatives": "v=1&service=messaging&face=nuage-atlantique,000000240",
    "marches": "v=1&ministere=interieur",
    "marche": "v=1&id=C01",
    "echeances": "v=1&au=2025-05-05&mois=24",
}
WAYS = (("light", SCREEN_PX, "fr"), ("dark", PHONE_PX, "fr"), ("light", PHONE_PX, "en"), ("dark", SCREEN_PX, "en"))
"""Theme, width and language: each page is seen in one way, its light page in the opposite one."""

# Rows and marks that repeat the first three are not audited again: ten times less to wait for
AUDIT = """
async rules => {
    document.querySelectorAll('tbody tr:nth-child(n+4), .points > .point:nth-child(n+4), figure svg a:nth-of-type(n+4)')
        .forEach(repeated => repeated.remove());
    const {violations} = await axe.run(document, {resultTypes: ['violations'], preload: false, rules});
    return violations.filter(found => ['serious', 'critical'].includes(found.impact)).map(found => [
        found.id, found.nodes.slice(0, 4).map(node => [node.target.join(' '), node.failureSummary])
    ]);
}
"""
RULES = {"target-size": {"enabled": True}}
WIDEST = """
Math.max(...[document.documentElement, document.querySelector('[data-testid=stMain]')].map(e => e?.scrollWidth ?? 0))
"""
NAMES = """
[...document.querySelectorAll('[aria-label], [placeholder], [title]')]
    .filter(e => !e.closest('[data-testid=stHtml], [data-testid=stPlotlyChart]'))
    .flatMap(e => ['aria-label', 'placeholder', 'title'].map(name => e.getAttribute(name)).filter(Boolean))
"""
HEADINGS = "[...document.querySelectorAll('h1, h2, h3, h4')].map(heading => Number(heading.tagName[1]))"
UNNAMED = """
[...document.querySelectorAll('.js-plotly-plot, figure svg, figure img')].filter(figure => !(
    figure.closest('[role=figure][aria-label]')?.ariaLabel || figure.getAttribute('alt')
    || figure.getAttribute('aria-label') || figure.querySelector('desc')?.textContent
)).length
"""


@pytest.fixture(scope="module")
def opened(browser: Browser) -> Iterator[Callable[[str, int], Page]]:
    """A new page in a theme and a width, without movement."""
    contexts: dict[tuple[str, int], BrowserContext] = {}

    def page(theme: str, width: int) -> Page:
        if (theme, width) not in contexts:
            size = {"width": width, "height": 900}
            contexts[theme, width] = browser.new_context(
                viewport=size, locale="fr-FR", color_scheme=theme, reduced_motion="reduce"
            )
        return contexts[theme, width].new_page()

    yield page
    for context in contexts.values():
        context.close()


def _address(path: str, language: str, dark: bool = False) -> str:
    query = "&".join([QUESTIONS.get(path, "v=1"), f"langue={language}"] + ["apparence=sombre"] * dark)
    return f"{path}?{query}"


def _is_in_order(levels: list[int]) -> bool:
    return levels[0] == 1 and levels.count(1) == 1 and all(b - a <= 1 for a, b in pairwise(levels))


def _sound(page: Page, width: int, language: str) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })")
    # Our letters are narrower than those that stand in for them while they arrive
    page.evaluate("document.fonts.ready.then(() => true)")
    assert page.evaluate(WIDEST) <= width
    assert page.evaluate("document.documentElement.lang") == language
    assert _is_in_order(page.evaluate(HEADINGS)), page.evaluate(HEADINGS)
    assert page.evaluate(UNNAMED) == 0
    page.evaluate(AXE_SCRIPT)
    findings = page.evaluate(AUDIT, RULES)
    assert not findings, json.dumps(findings, indent=1, ensure_ascii=False)


def _speaks_french(page: Page) -> None:
    """Nothing that Streamlit says by itself is left in English, of what was ever met."""
    english = {its for its, ours in words.LABELS.items() if its != ours}
    left = {name for name in page.evaluate(NAMES) if name in english or name.startswith(("Remove ", "Clear "))}
    assert not left


@pytest.mark.parametrize("rank", range(len(sitemap.PAGES)), ids=lambda rank: sitemap.PAGES[rank].file)
def test_a_page_has_no_serious_finding_and_fits(site, opened, rank):
    theme, width, language = WAYS[rank % len(WAYS)]
    page = opened(theme, width)
    shown = Visit(page).open(f"{site}/{_address(sitemap.PAGES[rank].path, language)}")
    if page.locator("[data-testid=stPlotlyChart]").count():
        page.locator(".js-plotly-plot .main-svg").first.wait_for(timeout=PATIENCE_MS)
    if language == "fr":
        _speaks_french(page)
    assert shown.complaints == []
    _sound(page, width, language)
    page.close()


@pytest.mark.parametrize("rank", range(len(sitemap.PAGES)), ids=lambda rank: sitemap.PAGES[rank].file)
def test_a_light_page_has_no_serious_finding_and_fits(site, opened, rank):
    theme, width, language = WAYS[(rank + 1) % len(WAYS)]
    page = opened(theme, width)
    page.goto(f"{site}/vue/{_address(sitemap.PAGES[rank].path, language, dark=theme == 'dark')}")
    _sound(page, width, language)
    page.close()


@pytest.mark.parametrize("width", [SCREEN_PX, PHONE_PX])
def test_the_pages_that_give_code_have_no_serious_finding(site, opened, width):
    path = "" if width == PHONE_PX else f"ministeres?v=1&graphique={EXAMPLES['ministeres'][0]}"
    page = opened("light", width)
    page.goto(f"{site}/integrer/{path}")
    _sound(page, width, "fr")
    page.close()


def test_movement_is_left_out_for_those_who_ask(site, opened):
    page = opened("light", SCREEN_PX)
    Visit(page).open(f"{site}/")
    durations = page.evaluate(
        "[...document.querySelectorAll('*')].map(e => getComputedStyle(e))"
        ".flatMap(style => [style.transitionDuration, style.animationDuration])"
        ".flatMap(times => times.split(', ')).map(parseFloat)"
    )
    assert len(durations) > 100
    assert max(durations) <= 0.01
    page.close()


def test_what_streamlit_says_by_itself_is_said_in_the_language_of_the_page(site, opened):
    page = opened("light", SCREEN_PX)
    shown = Visit(page).open(f"{site}/nulle-part")
    said = page.get_by_role("dialog")
    expect(said).to_contain_text("Cette page n’existe pas.", timeout=PATIENCE_MS)
    said.get_by_role("button", name="Fermer").click()
    shown.settled()
    shown.unfold("filters")
    ministries = page.get_by_role("combobox", name="Ministères")
    ministries.fill("introuvable")
    expect(page.get_by_text("Aucun résultat").first).to_be_visible(timeout=PATIENCE_MS)
    ministries.fill("Intérieur")
    page.get_by_role("option", name="Intérieur").click(timeout=PATIENCE_MS)
    page.get_by_role("button", name="Retirer Intérieur").wait_for(timeout=PATIENCE_MS)
    page.close()
