"""The light twin of a view: the same words, figures and tables as on screen, without script, kept for everybody."""

import random
import re
from html import unescape
from xml.etree import ElementTree

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from analysis.selection import Selection
from charts.theme import LIGHT
from loaders import editions, vocabulary
from tests.pages.conftest import opened, table_rows
from ui import address, forms, sitemap
from ui.address import State
from web import twins
from web.gathered import gather

ORIGIN = "https://observatoire.example"
PAGES = list(sitemap.PAGES)
STATES = 20
MOST_BYTES_SENT = 60_000


@pytest.fixture
def ask(store_of_the_tiny_edition):
    """Asks for twins of the tiny edition."""
    twins._page.cache.clear()
    with TestClient(Starlette(routes=twins.ROUTES), base_url=ORIGIN) as client:
        yield client.get


def _texts(markup: str) -> list[str]:
    return [unescape(text).replace("\u00a0", " ") for text in re.findall(r'<p class="np-lead">(.*?)</p>', markup)]


def _tables(markup: str) -> list:
    return [table_rows(table) for table in re.findall(r"<table.*?</table>", markup, flags=re.DOTALL)]


def _random_states() -> list[State]:
    chance = random.Random(20)
    states = []
    for _rank in range(STATES):
        page = chance.choice([page for page in PAGES if "ministere" in page.keys])
        selection = Selection(
            ministries=tuple(chance.sample(list(vocabulary.MINISTRIES), chance.randint(0, 2))),
            years=chance.choice([None, (2021, 2023), (2022, 2022)]),
            perimeter=chance.choice(list(vocabulary.PERIMETERS)),
            definition=chance.choice(list(vocabulary.DEFINITIONS)),
            amount=chance.choice(list(vocabulary.AMOUNT_CONVENTIONS)),
            include_flagged=chance.random() < 0.3,
        )
        asked = address.link(State(page=page.path, selection=selection, language=chance.choice(["fr", "en"])))
        states.append(address.state_from(page.path, asked.split("?", 1)[1])[0])
    return states


def _same_as_on_screen(twin: str, state: State, edition) -> None:
    query = address.query_of(state)
    screen = opened(sitemap.page(state.page).file, **query)
    assert _texts(twin) == [screen.lead]
    assert _tables(twin) == _tables(screen.markup)
    charts = gather(state, edition).charts
    on_screen = {chart.proto.alt for chart in screen.test.get("plotly_chart")}
    assert {chart.text for chart in charts} == on_screen
    described = [unescape(text) for text in re.findall(r"<desc[^>]*>(.*?)</desc>", twin)]
    assert described == [chart.text for chart in charts]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.file)
def test_every_page_has_a_twin_that_says_and_shows_the_same(ask, tiny_edition, page):
    answer = ask(f"/vue/{page.path}")
    assert answer.status_code == 200
    assert "<script" not in answer.text
    _same_as_on_screen(answer.text, State(page=page.path), tiny_edition)


@pytest.mark.parametrize("state", _random_states(), ids=lambda state: address.link(state))
def test_random_states_say_and_show_the_same(ask, tiny_edition, state):
    _same_as_on_screen(ask(forms.twin(state)).text, state, tiny_edition)


def test_figures_are_well_formed_and_their_marks_lead_to_twins(ask):
    page = ask("/vue/ministeres?v=1&definition=france").text
    figures = re.findall(r"<svg.*?</svg>", page, flags=re.DOTALL)
    assert len(figures) == 3
    links = set()
    for figure in figures:
        tree = ElementTree.fromstring(figure)
        links |= {link.get("href") for link in tree.iter("{http://www.w3.org/2000/svg}a")}
    assert "marches?v=1&ministere=interieur&definition=france&verdict=foreign_control" in links
    assert all(ask(f"/vue/{link}").status_code == 200 for link in sorted(links)[:5])


def test_one_click_leads_to_the_interactive_page_and_to_the_other_language(ask):
    page = ask("/vue/ministeres?v=1&ministere=justice").text
    assert 'href="../ministeres?v=1&amp;ministere=justice"' in page
    assert 'href="ministeres?v=1&amp;ministere=justice&amp;langue=en"' in page


def test_it_may_be_kept_as_long_as_its_edition_and_is_not_sent_twice(ask, tiny_edition):
    current, pinned = ask("/vue/"), ask(f"/vue/?v=1&edition={tiny_edition.id}")
    assert current.headers["cache-control"] == "public, max-age=300"
    assert pinned.headers["cache-control"] == "public, max-age=86400"
    assert current.headers["etag"].startswith(f'"{tiny_edition.id}')
    again = ask("/vue/", headers={"if-none-match": current.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_compressed_or_not_it_is_the_same_page(ask):
    plain, compressed = (ask("/vue/", headers={"accept-encoding": coding}) for coding in ("identity", "gzip"))
    assert compressed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert plain.text == compressed.text
    assert plain.headers["etag"] != compressed.headers["etag"]
    assert int(compressed.headers["content-length"]) < int(plain.headers["content-length"])


def test_it_asks_nothing_of_another_host_and_runs_nothing(ask):
    answer = ask("/vue/messageries")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script" not in policy
    assert "frame-ancestors *" in policy
    fetched = re.findall(r'(?:src|<link[^>]* href)="([^"]*)"', answer.text)
    assert all(there.startswith(("../", ORIGIN)) for there in fetched)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.file)
def test_hostile_addresses_are_harmless_and_told(ask, page):
    hostile = "%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E%22'"
    query = "&".join(f"{key}={hostile}" for key in ("ministere", "annees", "id", "q", "fournisseur", "x", "apparence"))
    answer = ask(f"/vue/{page.path}?{query}")
    assert answer.status_code == 200
    assert "<img src=x" not in answer.text
    assert "ignoré" in answer.text


def test_what_there_is_not_and_what_is_too_long_is_refused_with_a_sentence(ask):
    assert ask("/vue/nulle-part").status_code == 404
    assert ask(f"/vue/?q={'a' * 5000}").status_code == 414
    assert ask("/vue/..%2f..%2fetc").status_code == 404


def test_a_bare_view_is_one_chart_with_its_source(ask, tiny_edition):
    page = ask("/vue/?v=1&embed=true&graphique=years&apparence=sombre").text
    assert page.count("<svg") == 1
    assert 'data-appearance="sombre"' in page
    assert "<h1" not in page
    assert "explorer cette vue" in page
    assert tiny_edition.id in page


def test_a_bare_view_of_a_chart_that_is_not_there_says_so(ask):
    page = ask("/vue/?v=1&embed=true&graphique=disparu").text
    assert "n’a pas ce graphique" in page
    assert "<svg" not in page


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.file)
def test_on_the_starter_edition_it_stays_light(page, tmp_path, monkeypatch):
    monkeypatch.setenv("NUAGES_EDITIONS", str(tmp_path))
    if not (editions.STARTER_FOLDER / editions.MANIFEST_NAME).is_file():
        pytest.skip("the starter edition is not there")
    with TestClient(Starlette(routes=twins.ROUTES), base_url=ORIGIN) as client:
        sent = client.get(f"/vue/{page.path}", headers={"accept-encoding": "gzip"})
    assert int(sent.headers["content-length"]) < MOST_BYTES_SENT


def test_every_chart_has_its_own_name_on_its_page(tiny_edition):
    for page in PAGES:
        names = [chart.name for chart in gather(State(page=page.path), tiny_edition).charts]
        assert len(names) == len(set(names))
        assert all(chart.figure(LIGHT) for chart in gather(State(page=page.path), tiny_edition).charts)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path or "accueil")
def test_no_page_leads_to_the_site_that_someone_else_asked(ask, page):
    """Tables are kept for everybody: whoever asked first under another name must not be where others are led."""
    path = forms.twin(State(page=page.path))
    ask(path, headers={"host": "ailleurs.example"})
    assert "ailleurs.example" not in ask(path).text
