"""The HTML shell speaks French, names its page, and says nothing of Streamlit to whoever reads it without scripts."""

import asyncio
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import streamlit
from starlette.applications import Starlette
from starlette.datastructures import URL
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route

from loaders import editions
from web.shell import Shell, rewritten

INDEX = Path(streamlit.__file__).parent / "static" / "index.html"


@dataclass
class Answer:
    """What an ASGI application answered."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


def _ask(app, address: str, method: str = "GET", headers: dict[str, str] | None = None) -> Answer:
    parts, sent = urlsplit(address), []
    scope = {
        "type": "http",
        "method": method,
        "path": parts.path,
        "raw_path": parts.path.encode(),
        "root_path": "",
        "scheme": "http",
        "server": ("testserver", 80),
        "query_string": parts.query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in (headers or {}).items()],
    }

    async def receive() -> dict:
        return await asyncio.Future()  # nobody hangs up

    async def send(message: dict) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    kept = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return Answer(sent[0]["status"], kept, b"".join(message.get("body", b"") for message in sent[1:]))


def _shell(_request) -> Response:
    return FileResponse(INDEX)


def _light_twin(_request) -> Response:
    return HTMLResponse('<html lang="en"><title>Streamlit</title></html>')


def _script(_request) -> Response:
    return Response("export {}", media_type="text/javascript")


@pytest.fixture(scope="module")
def app():
    routes = [
        Route("/vue/", _light_twin),
        Route("/vue/marches", _light_twin),
        Route("/static/js/index.js", _script),
        Route("/{page:path}", _shell),
    ]
    return Starlette(routes=routes, middleware=[Middleware(Shell), Middleware(GZipMiddleware, minimum_size=10)])


@pytest.mark.parametrize(
    ("address", "language", "title"),
    [
        ("/", "fr", "De qui l’État dépend-il pour son numérique ? · Nuages publics"),
        ("/?ministere=justice", "fr", "Où vont les achats numériques publics · Nuages publics"),
        ("/ministeres?v=1&ministere=justice", "fr", "Justice · Nuages publics"),
        ("/ministeres?v=1&ministere=justice&langue=en", "en", "Justice · Public clouds"),
        ("/methode?langue=xx", "fr", "Méthode, sources et qualité · Nuages publics"),
        ("/nulle-part", "fr", "De qui l’État dépend-il pour son numérique ? · Nuages publics"),
    ],
)
def test_a_view_has_its_language_title_and_sentence_before_any_script_runs(app, address, language, title):
    shell = _ask(app, address, headers={"accept-encoding": "gzip"}).text
    assert f'<html lang="{language}">' in shell
    assert f"<title>{title}</title>" in shell
    description = re.search(r'<meta name="description" content="([^"]*)">', shell)[1]
    assert description.endswith((".", "…"))
    assert f'<meta property="og:description" content="{description}">' in shell


def test_the_preview_is_that_of_the_state_and_leads_to_the_page_without_script(app):
    shell = _ask(app, "/ministeres?v=1&ministere=justice&definition=france&embed=true").text
    query = "v=1&amp;ministere=justice&amp;definition=france"
    assert f'<meta property="og:url" content="http://testserver/vue/ministeres?{query}">' in shell
    assert f'<meta property="og:image" content="http://testserver/image/ministeres.png?{query}' in shell
    assert '<meta name="twitter:card" content="summary_large_image">' in shell
    assert f'<noscript><p>Cette page interactive a besoin de JavaScript. <a href="./vue/ministeres?{query}' in shell


def test_hostile_addresses_are_not_echoed(app):
    shell = _ask(app, "/marches?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&x=%3Cimg%20src=x%3E").text
    assert "<script>alert" not in shell
    assert "<img src=x" not in shell


def test_the_other_language_is_declared_too(app):
    assert '<html lang="en">' in _ask(app, "/marches?v=1&langue=en").text


def test_nothing_of_the_maker_is_left_for_readers_without_scripts(app):
    shell = _ask(app, "/").text
    assert "You need to enable JavaScript" not in shell
    assert "<title>Streamlit" not in shell
    assert "SourceSansVF" not in shell.split("<title>")[0]


def test_the_scripts_of_the_application_are_all_still_there():
    """Nothing is lost on the way: the same scripts and styles, in the same order, before those that we ask for."""
    before = INDEX.read_text(encoding="utf-8")
    after = rewritten(before, URL("http://localhost/marches"))
    scripts = [line for line in before.splitlines() if "modulepreload" in line or "stylesheet" in line]
    kept = [line for line in after.splitlines() if "modulepreload" in line or "stylesheet" in line]
    assert kept[: len(scripts)] == scripts
    assert all("fetchpriority" in line for line in kept[len(scripts) :])
    assert '<div id="root"></div>' in after


def test_what_is_not_a_page_passes_untouched(app):
    assert _ask(app, "/vue/").text == '<html lang="en"><title>Streamlit</title></html>'
    assert _ask(app, "/vue/marches").text == '<html lang="en"><title>Streamlit</title></html>'
    assert _ask(app, "/static/js/index.js").text == "export {}"


def test_a_browser_never_keeps_an_older_shell(app):
    """Streamlit validates its shell by the date of its own file, which does not change when ours does."""
    first = _ask(app, "/")
    assert "etag" not in first.headers
    assert "last-modified" not in first.headers
    again = _ask(app, "/", headers={"if-none-match": FileResponse(INDEX, stat_result=INDEX.stat()).headers["etag"]})
    assert again.status == 200


def test_an_unexpected_head_request_has_no_body(app):
    assert _ask(app, "/", "HEAD").body == b""


def test_without_any_edition_the_frame_is_served_all_the_same(app, tmp_path, monkeypatch):
    monkeypatch.setenv("NUAGES_EDITIONS", str(tmp_path))
    monkeypatch.setattr(editions, "STARTER_FOLDER", tmp_path / "absente")
    assert "<title>Marchés · Nuages publics</title>" in _ask(app, "/marches").text
