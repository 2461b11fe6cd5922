"""A reader without a mouse: every part is reached in the order of reading, the focus is seen, Enter and Space act."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PATIENCE_MS

pytestmark = pytest.mark.xdist_group("browser")

MOST_STEPS = 90
FOCUS = """
() => {
    const here = document.activeElement, before = window.lastFocus;
    const frames = [here, here.parentElement, here.closest('[data-testid]'), here.parentElement?.parentElement];
    window.lastFocus = here;
    return {
        name: (here.ariaLabel || here.querySelector('title')?.textContent || here.innerText || '').trim().slice(0, 80),
        kind: here.tagName.toLowerCase(),
        table: here.closest('table') !== null,
        isAfter: !before || !before.isConnected
            || Boolean(before.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_FOLLOWING),
        isSeen: frames.filter(Boolean).map(frame => getComputedStyle(frame)).some(style =>
            style.outlineStyle !== 'none' || style.boxShadow !== 'none') || here.matches('input'),
    };
}
"""


def _step_to(page: Page, is_there: Callable[[dict], bool]) -> dict:
    """Press Tab until the focus is there; on the way it follows the page, and is seen."""
    for _step in range(MOST_STEPS):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        assert focus["isAfter"], focus
        assert focus["isSeen"], focus
        if is_there(focus):
            return focus
    raise AssertionError("the keyboard does not lead there")


def _summary(words: str) -> Callable[[dict], bool]:
    return lambda focus: focus["kind"] == "summary" and words in focus["name"]


def test_filters_a_list_and_the_link_to_share_are_reached_without_a_mouse(site, visit):
    shown = visit(f"{site}/")
    keyboard = shown.page.keyboard
    _step_to(shown.page, _summary("Changer les filtres"))
    keyboard.press("Enter")
    shown.page.get_by_text("Compter aussi").wait_for(timeout=PATIENCE_MS)
    shown.page.wait_for_load_state("networkidle")
    _step_to(shown.page, lambda focus: focus["name"] == "Ministères" and focus["kind"] == "input")
    _step_to(shown.page, lambda focus: focus["name"].startswith("Compter aussi"))
    keyboard.press("Space")
    shown.page.wait_for_function("location.search.includes('signales=')", timeout=PATIENCE_MS)
    shown.settled()
    _step_to(shown.page, lambda focus: focus["table"])
    link = shown.page.evaluate("document.activeElement.href")
    _step_to(shown.page, _summary("Partager ou citer"))
    keyboard.press("Space")
    expect(shown.page.locator(".st-key-share .np-code").first).to_be_visible(timeout=PATIENCE_MS)
    _step_to(shown.page, lambda focus: focus["kind"] == "a")
    assert link.startswith(f"{site}/marches?v=1&signales=oui&verdict=")
    shown.page.locator(f'a[href$="{link.split("/")[-1]}"]').first.focus()
    keyboard.press("Enter")
    shown.wait_for_lead("répon")
    assert shown.address == link
    assert shown.complaints == []


def test_the_menu_can_be_skipped(site, visit):
    shown = visit(f"{site}/methode")
    shown.page.keyboard.press("Tab")
    assert shown.page.evaluate(FOCUS)["name"] == "Aller au contenu"
    shown.page.keyboard.press("Enter")
    shown.page.keyboard.press("Tab")
    assert shown.page.evaluate("document.activeElement.closest('[data-testid=stTopNav]')") is None
    assert shown.page.evaluate("document.activeElement.closest('main') !== null")


def test_a_mark_of_a_light_page_is_followed_without_a_mouse(site, contexts):
    page = contexts(1280).new_page()
    page.goto(f"{site}/vue/ministeres?v=1&ministere=interieur")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS)["name"] == "Aller au contenu"
    page.keyboard.press("Enter")
    mark = _step_to(page, lambda focus: focus["kind"] == "a" and focus["name"].startswith("Contrôle étranger, "))
    assert "€" in mark["name"]
    page.keyboard.press("Enter")
    page.wait_for_url("**/vue/marches?v=1&ministere=interieur&verdict=foreign_control", timeout=PATIENCE_MS)
    _step_to(page, lambda focus: focus["table"])
    page.close()
