"""The HTML page that carries the application: its language, title and description are ours.

Streamlit serves the same English shell for every address. This middleware rewrites it on its way out, so that a
link has a French title before any script runs, in search engines, previews and screen readers.
"""

import html
import re
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from language import LANGUAGES, mark, speaking
from language import gettext as _
from ui import sitemap

SITE_NAME = mark("Nuages publics")
_NEEDS_SCRIPT = mark("Cette page interactive a besoin de JavaScript.")
_PRELOADED_FONTS = ("source-sans-3-latin-400-normal", "newsreader-latin-500-normal")

# Told where the server is, the page does not first look for it under its own path, in vain.
_WHERE_THE_SERVER_IS = 'window.__streamlit = {BACKEND_BASE_URL: location.origin + "/"};'

# A click on the menu leads to an address without its question, which the server then completes. Were that a step of
# the history, "back" would return to the incomplete address and be sent forward again.
_ONE_STEP_BACK = """
    const push = history.pushState;
    history.pushState = function (state, title, address) {
      const next = new URL(address ?? "", location.href);
      const completes = location.search === "" && next.pathname === location.pathname;
      return (completes ? history.replaceState : push).call(this, state, title, address);
    };"""


class Shell:
    """ASGI middleware: the HTML shell with the language, title and description of the page asked for."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve ``scope``; only the shell of a page is changed."""
        if scope["type"] == "http" and scope["method"] in ("GET", "HEAD") and _is_page(scope["path"]):
            await self.app(_plain(scope), receive, _Rewriting(scope, send).send)
        else:
            await self.app(scope, receive, send)


class _Rewriting:
    """Holds back an HTML answer until it is whole, then sends it rewritten; lets anything else through."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._scope = scope
        self._send = send
        self._start: Message | None = None
        self._body = b""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start" and self._is_shell(message):
            self._start = message
        elif message["type"] == "http.response.body" and self._start is not None:
            self._body += message.get("body", b"")
            if not message.get("more_body"):
                await self._send_rewritten()
        else:
            await self._send(message)

    def _is_shell(self, message: Message) -> bool:
        is_html = Headers(raw=message["headers"]).get("content-type", "").startswith("text/html")
        return is_html and message["status"] == 200

    async def _send_rewritten(self) -> None:
        language = parse_qs(self._scope["query_string"].decode("latin-1")).get("langue", ["fr"])[-1]
        body = rewritten(self._body.decode("utf-8"), self._scope["path"], language).encode("utf-8")
        headers = MutableHeaders(raw=self._start["headers"])
        for validator in ("etag", "last-modified"):
            del headers[validator]
        if self._scope["method"] == "GET":
            headers["content-length"] = str(len(body))
        await self._send(self._start)
        await self._send({"type": "http.response.body", "body": body if self._scope["method"] == "GET" else b""})


def rewritten(shell: str, path: str, language: str) -> str:
    """Streamlit's ``shell`` with our language, title, description and fonts for the page at ``path``."""
    page = _page_at(path)
    language = language if language in LANGUAGES else "fr"
    with speaking(language):
        title = _(SITE_NAME) if not page.path else f"{_(page.title)} · {_(SITE_NAME)}"
        description = html.escape(_(page.description))
        no_script = html.escape(_(_NEEDS_SCRIPT))
    preloads = "".join(
        f'<link rel="preload" href="./app/static/fonts/{name}.woff2" as="font" type="font/woff2" crossorigin>'
        for name in _PRELOADED_FONTS
    )
    said = f'<title>{html.escape(title)}</title>\n    <meta name="description" content="{description}">'
    head = f"{said}{preloads}<script>{_WHERE_THE_SERVER_IS}{_ONE_STEP_BACK}</script>"
    for pattern, ours in (
        (r'<html lang="en">', f'<html lang="{language}">'),
        (r"<title>.*?</title>", head),
        (r"<noscript>.*?</noscript>", f"<noscript><p>{no_script}</p></noscript>"),
        (r'<link\s+rel="preload"[^>]*SourceSans[^>]*>', ""),
        (r'<link rel="service-desc"[^>]*>', ""),
        (r'(<link rel="shortcut icon" href=")[^"]*"', r'\1./app/static/icon.png"'),
    ):
        shell = re.sub(pattern, ours, shell, count=1, flags=re.DOTALL)
    return shell


def _is_page(path: str) -> bool:
    """Whether Streamlit answers ``path`` with its shell: pages have one-part names; files and our routes do not."""
    name = path.strip("/")
    return "/" not in name and "." not in name and not name.startswith("_")


def _page_at(path: str) -> sitemap.Page:
    name = path.strip("/")
    return next((page for page in sitemap.PAGES if page.path == name), sitemap.PAGES[0])


def _plain(scope: Scope) -> Scope:
    """The same request for a whole, uncompressed answer.

    Without validators, because a browser may have kept a shell that an older version wrote.
    """
    unwanted = (b"if-none-match", b"if-modified-since", b"accept-encoding", b"range")
    return {**scope, "headers": [(name, value) for name, value in scope["headers"] if name not in unwanted]}
