"""What holds for every page, on the tiny edition and on the real starter edition."""

import re

import pytest

from loaders import editions
from tests.pages.conftest import opened
from tests.tiny_edition import EDITION_ID
from ui import sitemap

FILES = [page.file for page in sitemap.PAGES]
SENTENCES = [page.file for page in sitemap.PAGES if "definition" in page.keys and page.file != "marche"]


@pytest.mark.parametrize("page", FILES)
def test_a_page_opens_with_a_title_and_a_sentence_and_says_where_its_figures_come_from(open_page, page):
    visit = open_page(page)
    assert len(visit.test.title) == 1 or '<h1 class="np-title">' in visit.markup
    assert visit.lead.endswith((".", "?"))
    for origin in ("Licence Ouverte 2.0", "Personne", EDITION_ID, "méthode test", "1 novembre 2026"):
        assert origin in visit.text


@pytest.mark.parametrize("page", FILES)
def test_the_starter_edition_says_that_it_is_incomplete(open_page, page):
    visit = open_page(page)
    assert "Édition de démarrage : des données réelles, mais une partie seulement" in visit.text
    assert any(link.startswith("methode?") and link.endswith("#edition-nationale") for link in visit.links)


@pytest.mark.parametrize("page", FILES)
def test_a_page_speaks_english_when_asked(open_page, page):
    visit = open_page(page, langue="en")
    assert "Public clouds" in visit.text
    assert visit.lead != open_page(page).lead
    assert not re.search(r"\b(marchés|ministère|achats|édition|Télécharger)\b", visit.text), visit.text


@pytest.mark.parametrize("page", FILES)
def test_hostile_addresses_are_harmless_and_told(open_page, page):
    hostile = "<img src=x onerror=alert(1)>![x](http://evil.example)"
    visit = open_page(page, **dict.fromkeys(["ministere", "annees", "definition", "id", "q", "x", "edition"], hostile))
    assert "ignoré" in visit.text
    assert "<img" not in visit.markup
    labels = " ".join(expander.label for expander in visit.test.expander)
    assert "![" not in labels
    assert "<img" not in labels


@pytest.mark.parametrize("page", FILES)
def test_a_pinned_edition_that_is_gone_is_told(open_page, page):
    visit = open_page(page, edition="2019-01-01-disparue")
    assert "2019-01-01-disparue, qui n’est plus conservée ici" in visit.text


@pytest.mark.parametrize("page", SENTENCES)
def test_an_embedded_page_is_a_bare_chart_with_its_source(store_of_the_tiny_edition, monkeypatch, page):
    if page == "marches":
        pytest.skip("a list of contracts has no chart")
    monkeypatch.setattr("streamlit.runtime.context.ContextProxy.is_embedded", True)
    visit = opened(page)
    assert len(visit.test.get("plotly_chart")) == 1
    assert not visit.test.title
    assert not visit.test.expander
    assert f"Nuages publics, édition {EDITION_ID} : explorer cette vue" in visit.text


@pytest.mark.parametrize("page", FILES)
def test_every_page_opens_on_the_starter_edition(page, tmp_path, monkeypatch):
    if not (editions.STARTER_FOLDER / editions.MANIFEST_NAME).is_file():
        pytest.skip("the starter edition is not there")
    monkeypatch.setenv("NUAGES_EDITIONS", str(tmp_path))
    visit = opened(page)
    assert visit.lead
