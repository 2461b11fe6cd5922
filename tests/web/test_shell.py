"""The HTML shell speaks French, names its page, and says nothing of Streamlit to whoever reads it without scripts."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import streamlit
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route

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
        Route("/vue/marches", _light_twin),
        Route("/static/js/index.js", _script),
        Route("/{page:path}", _shell),
    ]
    return Starlette(routes=routes, middleware=[Middleware(Shell), Middleware(GZipMiddleware, minimum_size=10)])


@pytest.mark.parametrize(
    ("address", "language", "title"),
    [
        ("/", "fr", "Nuages publics"),
        ("/marches?v=1", "fr", "Marchés · Nuages publics"),
        ("/methode?langue=xx", "fr", "Méthode · Nuages publics"),
        ("/nulle-part", "fr", "Nuages publics"),
    ],
)
def test_a_page_has_its_language_and_title_before_any_script_runs(app, address, language, title):
    shell = _ask(app, address, headers={"accept-encoding": "gzip"}).text
    assert f'<html lang="{language}">' in shell
    assert f"<title>{title}</title>" in shell
    assert '<meta name="description" content="' in shell


def test_the_other_language_is_declared_too(app):
    assert '<html lang="en">' in _ask(app, "/marches?v=1&langue=en").text


def test_nothing_of_the_maker_is_left_for_readers_without_scripts(app):
    shell = _ask(app, "/").text
    assert "You need to enable JavaScript" not in shell
    assert "<title>Streamlit" not in shell
    assert "SourceSansVF" not in shell.split("<title>")[0]


def test_the_scripts_of_the_application_are_all_still_there():
    """Nothing is lost on the way: the same scripts and styles, in the same order."""
    before = INDEX.read_text(encoding="utf-8")
    after = rewritten(before, "/marches", "fr")
    scripts = [line for line in before.splitlines() if "modulepreload" in line or "stylesheet" in line]
    assert [line for line in after.splitlines() if "modulepreload" in line or "stylesheet" in line] == scripts
    assert '<div id="root"></div>' in after


def test_what_is_not_a_page_passes_untouched(app):
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
