"""What stands on the first screen, ministries side by side, and a feed that a calendar can read."""

import pytest
from icalendar import Calendar

from tests.browser.conftest import PATIENCE_MS

pytestmark = pytest.mark.xdist_group("browser")

SCREEN_PX = 900


def _bottom(shown, selector: str) -> float:
    box = shown.page.locator(selector).first.bounding_box()
    return box["y"] + box["height"]


def _whole(shown, width: int) -> None:
    assert shown.page.locator("[data-testid=stException]").count() == 0
    assert shown.complaints == []
    assert shown.page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= width


@pytest.mark.parametrize(
    ("width", "on_screen"),
    [(1280, (".np-lead", ".js-plotly-plot", ".np-doors")), (390, (".np-lead", ".js-plotly-plot"))],
)
def test_the_first_screen_holds_the_answer(site, visit, width, on_screen):
    shown = visit(site, width)
    shown.page.locator(".js-plotly-plot .main-svg").first.wait_for(timeout=PATIENCE_MS)
    for selector in on_screen:
        assert _bottom(shown, selector) <= SCREEN_PX, selector


@pytest.mark.parametrize("width", [1280, 390])
def test_what_ends_is_whole_and_fits(site, visit, width):
    shown = visit(f"{site}/echeances?v=1&au=2025-05-05&mois=24", width)
    shown.page.locator(".js-plotly-plot .main-svg").first.wait_for(timeout=PATIENCE_MS)
    _whole(shown, width)


def test_the_same_measure_is_at_the_same_height_on_a_screen_and_below_on_a_phone(site, visit):
    path = f"{site}/ministeres?v=1&ministere=interieur,enseignement-superieur"
    places = (
        "[...document.querySelectorAll('.np-beside section')]"
        ".map(section => [...section.querySelectorAll('dt')].map(term => term.getBoundingClientRect().top))"
    )
    wide, phone = visit(path, 1280), visit(path, 390)
    one, other = wide.page.evaluate(places)
    assert one == pytest.approx(other, abs=1)
    one, other = phone.page.evaluate(places)
    assert max(one) < min(other)
    _whole(wide, 1280)
    _whole(phone, 390)


def test_the_feed_on_the_page_is_a_calendar(site, visit):
    shown = visit(f"{site}/echeances?v=1&au=2025-05-05&mois=24&ministere=interieur")
    shown.unfold("subscribe")
    feed = shown.page.locator(".st-key-subscribe .np-code").first.inner_text()
    assert feed.startswith(f"{site}/flux/echeances.ics?v=1&ministere=interieur")
    answer = shown.page.request.get(f"{feed}&au=2025-05-05")
    assert [
        event["summary"]
        for event in Calendar.from_ical(answer.body()).walk("VEVENT")
        if "SecNum" not in event["summary"]
    ] == [
        "Fin prévue : Messagerie en ligne",
        "Fin prévue : Hébergement à la demande",
    ]
    again = shown.page.request.get(f"{feed}&au=2025-05-05", headers={"if-none-match": answer.headers["etag"]})
    assert again.status == 304
