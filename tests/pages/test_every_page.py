"""What holds for every page, on the tiny edition and on the real starter edition."""

import json
import re
import shutil

import pytest
from streamlit.testing.v1 import AppTest

from loaders import editions
from tests.pages.conftest import PAGES, opened
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


def test_a_new_edition_is_shown_without_a_restart(store_of_the_tiny_edition, tiny_edition, tmp_path_factory):
    visit = opened("methode")
    newer = tmp_path_factory.mktemp("newer")
    for file in tiny_edition.folder.iterdir():
        shutil.copy(file, newer)
    manifest = {**tiny_edition.manifest, "id": "2026-11-02-suivante", "method_version": "suivante"}
    (newer / editions.MANIFEST_NAME).write_text(json.dumps(manifest), encoding="utf-8")
    (store_of_the_tiny_edition / "2026-11-02-suivante").symlink_to(newer)
    editions.point_to("2026-11-02-suivante")
    assert "méthode suivante" in visit.run().text
    assert f"Édition {EDITION_ID}, méthode test" in opened("methode", edition=EDITION_ID).text


def test_without_any_edition_the_reader_is_told_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setenv("NUAGES_EDITIONS", str(tmp_path))
    monkeypatch.setattr(editions, "STARTER_FOLDER", tmp_path / "absente")
    test = AppTest.from_file(str(PAGES / "vue_ensemble.py"), default_timeout=30).run()
    assert not test.exception
    assert "python -m loaders update" in test.error[0].value


@pytest.mark.parametrize("page", SENTENCES)
def test_an_embedded_page_is_a_bare_chart_with_its_source(store_of_the_tiny_edition, monkeypatch, page):
    monkeypatch.setattr("streamlit.runtime.context.ContextProxy.is_embedded", True)
    visit = opened(page)
    assert len(visit.test.get("plotly_chart")) == (page != "marches")
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
