"""Everything outside the interactive pages speaks the language of its address, refusals included."""

import re
from html import unescape

import polars as pl
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from language import catalogue
from loaders import reference
from ui import sitemap
from web import embedding, feeds, files, open_data, twins
from web.api import service
from web.security import Security
from web.spoken import Spoken

QUESTIONS = {"marche": "id=C01&", "ministeres": "ministere=interieur,justice&", "alternatives": "service=messaging&"}
TWINS = [f"/vue/{page.path}?v=1&{QUESTIONS.get(page.path, '')}" for page in sitemap.PAGES]
OTHERS = [
    "/integrer/?",
    "/integrer/ministeres?v=1&graphique=ranking&",
    "/flux/echeances.atom?v=1&au=2025-05-05&",
    "/flux/marches.atom?v=1&",
    "/api/v1/?",
    "/api/v1/openapi.json?",
    "/api/v1/part-etrangere.json?",
]
REFUSALS = {
    "/vue/nulle-part?": 404,
    f"/vue/?q={'a' * 5000}&": 414,
    f"/vue/?q={'a' * 9000}&": 414,
    "/integrer/nulle-part?": 404,
    "/graphique/accueil.csv?graphique=nul&": 404,
    "/id/rien?": 404,
    "/api/v1/nulle-part.json?": 404,
    "/api/v1/marche.json?": 400,
}
FRENCH = re.compile(
    r"(?<![\w/=&])(?:[Dd]e|[Ll]a|[Ll]es?|des|une|et|[Pp]our|[Dd]ans|sur|que|qui|par|est|du|aux|[Cc]ette|pas|ne)(?![\w=-])"
)


@pytest.fixture
def ask(store_of_the_tiny_edition):
    """Asks for anything that is served beside the interactive pages."""
    routes = [*twins.ROUTES, *files.ROUTES, *embedding.ROUTES, *feeds.ROUTES, *open_data.ROUTES, *service.ROUTES]
    app = Starlette(routes=routes, middleware=[Middleware(Spoken), Middleware(Security)])
    _forget()
    with TestClient(app, base_url="https://observatoire.example") as client:
        yield client.get
    _forget()


def _forget() -> None:
    twins._page.cache.clear()
    service._written.cache_clear()


@pytest.fixture
def nothing_said(monkeypatch):
    """A language in which every sentence of ours says nothing but what fills its blanks."""

    class Silent(dict):
        def get(self, sentence, _default=None):
            return "⟦" + " ".join(re.findall(r"\{\w*\}", sentence)) + "⟧"

    monkeypatch.setattr(catalogue, "_translations", lambda _language: Silent())


@pytest.fixture(scope="module")
def data(tiny_edition) -> str:
    """Every word of the data and of the reference: what keeps its language on a page in another."""
    tables = [pl.read_parquet(path) for path in sorted(tiny_edition.folder.glob("*.parquet"))]
    tables += [pl.read_csv(path, infer_schema=False) for path in sorted(reference.FOLDER.glob("*.csv"))]
    tables += [pl.read_parquet(path) for path in (reference.FOLDER.parent / "mail").glob("*.parquet")]
    words = {
        value
        for table in tables
        for name, dtype in table.schema.items()
        if dtype == pl.String
        for value in table[name].drop_nulls().unique()
    }
    manifests = [tiny_edition.folder / "manifest.json", reference.FOLDER.parent / "mail" / "manifest.json"]
    return "\n".join([*words, *(path.read_text(encoding="utf-8") for path in manifests)])


def _texts(body: str) -> set[str]:
    body = re.sub(r"<style.*?</style>|<pre.*?</pre>", "", body, flags=re.DOTALL)
    found = re.findall(r">([^<]+)<", body) + re.findall(r'(?:aria-label|alt|title|content|summary)="([^"]*)"', body)
    found += re.findall(r'"(?:[^"\\]|\\.)*"', body) if body.startswith("{") else []
    return {unescape(text).strip() for text in found}


def _left_in_french(body: str, data: str) -> set[str]:
    said = {text: re.sub("⟦.*?⟧", "", text).strip() for text in _texts(body)}
    return {text for text, rest in said.items() if FRENCH.search(rest) and rest.rstrip("…") not in data}


@pytest.mark.parametrize("address", [*TWINS, *OTHERS])
def test_no_sentence_of_ours_escapes_its_translation(ask, nothing_said, data, address):
    answer = ask(f"{address}langue=en")
    assert answer.status_code == 200
    assert "⟦" in answer.text
    assert not _left_in_french(answer.text, data)


@pytest.mark.parametrize(("address", "status"), REFUSALS.items(), ids=[address[:30] for address in REFUSALS])
def test_a_refusal_speaks_the_language_that_was_asked(ask, nothing_said, data, address, status):
    answer = ask(f"{address}langue=en", follow_redirects=False)
    assert answer.status_code == status
    assert "⟦" in answer.text
    assert not _left_in_french(f"<p>{answer.text}</p>", data)
    french = ask(f"{address}langue=fr", follow_redirects=False)
    assert FRENCH.search(french.text)


def test_what_would_be_left_in_french_is_seen(ask, data):
    """The measure itself: the page in French is full of what it looks for."""
    assert len(_left_in_french(ask("/vue/").text, data)) > 10
