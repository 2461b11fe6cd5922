"""The HTML page that carries the application: its language, title, description and preview are ours.

Streamlit serves the same English shell for every address. This middleware rewrites it on its way out, so that a
link says what it shows before any script runs, in search engines, previews and screen readers.
"""

import html
import logging
import re
from pathlib import Path

from anyio import to_thread
from starlette.datastructures import URL, Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from language import gettext as _
from language import mark, speaking
from loaders.editions import UnknownEdition
from ui import editions, forms, sitemap
from ui.address import State, state_from
from web import bundle, head, words
from web.asked import origin
from web.gathered import gather, has_its_sentence
from web.head import Said

_log = logging.getLogger(__name__)
_NEEDS_SCRIPT = mark("Cette page interactive a besoin de JavaScript.")
_WITHOUT_SCRIPT = mark("La même vue, sans script")
_SERVED_BESIDE = ("vue", "integrer", "donnees", "api")
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

# After a cut, the connection may lead to a process that has never seen this page and would not understand the next
# click. It is told the address, as when the reader comes back to it: the address holds everything.
_SAME_PAGE_AGAIN = """
    let hasBeenOpen = false;
    window.WebSocket = class extends WebSocket {
      constructor(...asked) {
        super(...asked);
        this.addEventListener("open", () => {
          if (hasBeenOpen) setTimeout(() => window.dispatchEvent(new PopStateEvent("popstate")), 100);
          hasBeenOpen = true;
        });
      }
    };"""

_COPYING = (Path(__file__).parent / "copying.js").read_text(encoding="utf-8")


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
        address = URL(scope=self._scope)
        text = await to_thread.run_sync(rewritten, self._body.decode("utf-8"), address)
        body = text.encode("utf-8")
        headers = MutableHeaders(raw=self._start["headers"])
        for validator in ("etag", "last-modified"):
            del headers[validator]
        if self._scope["method"] == "GET":
            headers["content-length"] = str(len(body))
        await self._send(self._start)
        await self._send({"type": "http.response.body", "body": body if self._scope["method"] == "GET" else b""})


def rewritten(shell: str, address: URL) -> str:
    """Streamlit's ``shell`` with our language, title, description, preview and fonts for the page at ``address``."""
    page = _page_at(address.path)
    state, _notices = state_from(page.path, address.query)
    with speaking(state.language):
        tags = head.tags(_said(state), state, origin(address.replace(path="", query="", fragment="")))
        no_script = html.escape(_(_NEEDS_SCRIPT))
        without = html.escape(_(_WITHOUT_SCRIPT))
        said_otherwise = words.script()
    twin = html.escape(forms.twin(state, "."))
    preloads = "".join(
        f'<link rel="preload" href="./app/static/fonts/{name}.woff2" as="font" type="font/woff2" crossorigin>'
        for name in _PRELOADED_FONTS
    )
    scripts = "".join((_WHERE_THE_SERVER_IS, _ONE_STEP_BACK, _SAME_PAGE_AGAIN, _COPYING, said_otherwise))
    replacements = (
        (r'<html lang="en">', f'<html lang="{state.language}">'),
        (
            r"<title>.*?</title>",
            f"{tags}{preloads}<script>{scripts}</script>",
        ),
        (r"<noscript>.*?</noscript>", f'<noscript><p>{no_script} <a href="{twin}">{without}</a></p></noscript>'),
        (r'<link\s+rel="preload"[^>]*SourceSans[^>]*>', ""),
        (r'<link rel="service-desc"[^>]*>', ""),
        (r"</head>", f"{bundle.preloads(page.path)}</head>"),
        (r'<link rel="shortcut icon" href="[^"]*"', '<link rel="shortcut icon" href="./app/static/icon.png"'),
    )
    for pattern, ours in replacements:
        shell = re.sub(pattern, lambda _found, ours=ours: ours, shell, count=1, flags=re.DOTALL)
    return shell


def _said(state: State) -> Said:
    """The title and the sentence of the view; those of the page when the view has none to say."""
    page = sitemap.page(state.page)
    try:
        edition, _gone = editions.opened(state.edition)
        found = gather(state, edition, is_enough=has_its_sentence)
    except UnknownEdition:
        return Said(_(page.title), _(page.description))
    except Exception:
        # The page itself will say what is wrong: its frame must still be served
        _log.exception("no sentence for %s", page.path)
        return Said(_(page.title), _(page.description))
    return Said(found.title or _(page.title), found.lead or _(page.description))


def _is_page(path: str) -> bool:
    """Whether Streamlit answers ``path`` with its shell: pages have one-part names; files and our routes do not."""
    name = path.strip("/")
    return "/" not in name and "." not in name and not name.startswith("_") and name not in _SERVED_BESIDE


def _page_at(path: str) -> sitemap.Page:
    name = path.strip("/")
    return next((page for page in sitemap.PAGES if page.path == name), sitemap.PAGES[0])


def _plain(scope: Scope) -> Scope:
    """The same request for a whole, uncompressed answer.

    Without validators, because a browser may have kept a shell that an older version wrote.
    """
    unwanted = (b"if-none-match", b"if-modified-since", b"accept-encoding", b"range")
    return {**scope, "headers": [(name, value) for name, value in scope["headers"] if name not in unwanted]}
