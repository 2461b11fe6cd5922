"""A whole HTML document without script, in our own paper and ink, and how it is sent."""

import gzip
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from language import current, mark
from language import gettext as _
from loaders.editions import Edition
from ui import markup
from web import caching
from web.appearance import THEMES

POLICY = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data:; frame-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)
MAIN, END_OF_MAIN = '<main id="contenu" tabindex="-1">', "</main>"
"""Around what a page is about, between its masthead and its footer."""

_STYLES = ("observatory", "paper")
_SKIP = mark("Aller au contenu")


@dataclass(frozen=True)
class Document:
    """A document as it is sent, and already compressed."""

    html: bytes
    compressed: bytes

    def __len__(self) -> int:
        return len(self.html) + len(self.compressed)


def document(head: str, body: str, appearance: str = "claire", is_bare: bool = False) -> Document:
    """The document of ``body`` under ``head``, in the current language; ``is_bare`` for one chart and nothing else.

    ``body`` has its main part between ``MAIN`` and ``END_OF_MAIN``.
    """
    styles = "".join(f'<link rel="stylesheet" href="../app/static/{name}.css">' for name in _STYLES)
    marks = markup.verdict_marks(THEMES[appearance])
    skip = "" if is_bare else f'<a class="np-skip" href="#contenu">{markup.escaped(_(_SKIP))}</a>'
    html = (
        f'<!doctype html><html lang="{current()}" data-appearance="{appearance}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="icon" href="../app/static/icon.png">{head}{styles}{marks}</head>'
        f'<body class="np-paper{" np-bare" if is_bare else ""}">{skip}<div class="np-page">{body}</div></body></html>'
    ).encode()
    return Document(html, gzip.compress(html, 6, mtime=0))


def answer(request: Request, whole: Document, edition: Edition, seconds: int, may_be_framed: bool = True) -> Response:
    """``whole`` for a reader who does not have it, compressed if the reader can read that."""
    frames = "*" if may_be_framed else "'self'"
    headers = caching.validators(edition, whole.html) | {
        "cache-control": caching.kept(seconds),
        "vary": "accept-encoding",
        "content-security-policy": f"{POLICY}; frame-ancestors {frames}",
    }
    body = whole.html
    if "gzip" in request.headers.get("accept-encoding", ""):
        body = whole.compressed
        headers["content-encoding"] = "gzip"
        headers["etag"] = headers["etag"][:-1] + '-gzip"'
    return caching.answer(request, body, headers, "text/html; charset=utf-8")
