"""The light twin of every view: ``/vue/<page>?…``, the same page without script, for thousands of readers at once."""

import gzip
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from threading import Condition
from urllib.parse import parse_qs

from cachetools import LRUCache, cached
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from charts import theme as chart_theme
from language import gettext as _
from language import mark, speaking
from loaders.editions import UnknownEdition
from ui import sitemap
from web import caching, head
from web.asked import Asked, asked, origin
from web.gathered import Enough, cited, draw_page
from web.head import Said
from web.paper import Paper

APPEARANCES = {"claire": chart_theme.LIGHT, "sombre": chart_theme.DARK}
APPEARANCE_KEY = "apparence"
_KEPT_BYTES = 64_000_000
_LONGEST_QUERY = 4_000
_TOO_LONG = mark("Cette adresse est trop longue.")
_STYLE = "".join(f'<link rel="stylesheet" href="../app/static/{name}.css">' for name in ("observatory", "paper"))


@dataclass(frozen=True)
class _Page:
    """A page as it is sent, and already compressed."""

    html: bytes
    compressed: bytes

    def __len__(self) -> int:
        return len(self.html) + len(self.compressed)


def twin(request: Request) -> Response:
    """The page named in the path, for the state that the query describes; 404 for a page that there is not."""
    path = request.path_params.get("page", "")
    if path not in {page.path for page in sitemap.PAGES}:
        return PlainTextResponse(_("Cette page n’existe pas."), 404)
    if len(request.url.query) > _LONGEST_QUERY:
        return PlainTextResponse(_(_TOO_LONG), 414)
    appearance, query = _appearance(request.url.query)
    try:
        wanted = asked(path, query)
    except UnknownEdition as nothing:
        return PlainTextResponse(str(nothing), 503)
    page = _page(wanted, appearance, origin(request.base_url), date.today())
    headers = caching.validators(wanted.edition, page.html) | {
        "cache-control": caching.kept(_seconds(wanted)),
        "vary": "accept-encoding",
        "content-security-policy": "default-src 'none'; style-src 'self' 'unsafe-inline'; font-src 'self'; "
        "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors *",
    }
    body = page.html
    if "gzip" in request.headers.get("accept-encoding", ""):
        body = page.compressed
        headers["content-encoding"] = "gzip"
        headers["etag"] = headers["etag"][:-1] + '-gzip"'
    return caching.answer(request, body, headers, "text/html; charset=utf-8")


ROUTES = [Route("/vue/{page}", twin), Route("/vue/", twin)]


def _appearance(query: str) -> tuple[str, str]:
    """Paper or dark screen, and the query without the word for it."""
    parts = [part for part in query.split("&") if not part.startswith(f"{APPEARANCE_KEY}=")]
    said = parse_qs(query).get(APPEARANCE_KEY, [""])[-1]
    return (said if said in APPEARANCES else "claire"), "&".join(parts)


def _seconds(wanted: Asked) -> int:
    is_pinned = wanted.state.edition == wanted.edition.id
    return caching.PINNED_SECONDS if is_pinned else caching.CURRENT_SECONDS


@cached(LRUCache(_KEPT_BYTES, getsizeof=len), condition=Condition())
def _page(wanted: Asked, appearance: str, site: str, _today: date) -> _Page:
    with speaking(wanted.state.language):
        html = rendered(wanted, appearance, site).encode("utf-8")
    return _Page(html, gzip.compress(html, 6, mtime=0))


def rendered(wanted: Asked, appearance: str, site: str) -> str:
    """The whole HTML of the twin of a view, in the current language."""
    state = wanted.state
    paper = Paper(state, wanted.edition, APPEARANCES[appearance], site, cited(state))
    with suppress(Enough):
        paper.framed(draw_page, wanted.notices)
    said = Said(paper.found.title or _(sitemap.page(state.page).title), paper.found.lead)
    body = "".join(paper.parts)
    kind = "np-paper np-bare" if state.embed else "np-paper"
    return (
        f'<!doctype html><html lang="{state.language}" data-appearance="{appearance}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"{head.tags(said, state, site)}{_STYLE}</head>"
        f'<body class="{kind}"><main>{body}</main></body></html>'
    )
