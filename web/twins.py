"""The light twin of every view: ``/vue/<page>?…``, the same page without script, for thousands of readers at once.

The endpoints are plain functions, which the server runs in threads; a page drawn once is kept for everybody.
"""

from contextlib import suppress
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
from web import caching, documents, head
from web.asked import Asked, asked, origin
from web.documents import Document
from web.gathered import Enough, cited, draw_page
from web.head import Said
from web.paper import Paper

APPEARANCES = {"claire": chart_theme.LIGHT, "sombre": chart_theme.DARK}
APPEARANCE_KEY = "apparence"
LONGEST_QUERY = 4_000
_KEPT_BYTES = 64_000_000
_NO_PAGE = mark("Cette page n’existe pas.")
_TOO_LONG = mark("Cette adresse est trop longue.")


def twin(request: Request) -> Response:
    """The page named in the path, for the state that the query describes; 404 for a page that there is not."""
    path = request.path_params.get("page", "")
    if path not in {page.path for page in sitemap.PAGES}:
        return PlainTextResponse(_(_NO_PAGE), 404)
    if len(request.url.query) > LONGEST_QUERY:
        return PlainTextResponse(_(_TOO_LONG), 414)
    appearance, query = _appearance(request.url.query)
    try:
        wanted = asked(path, query)
    except UnknownEdition as nothing:
        return PlainTextResponse(str(nothing), 503)
    page = _page(wanted, appearance, origin(request.base_url), date.today())
    return documents.answer(request, page, wanted.edition, seconds(wanted))


ROUTES = [Route("/vue/{page}", twin), Route("/vue/", twin)]


def seconds(wanted: Asked) -> int:
    """How long an answer holds: longer when its address pins the edition."""
    is_pinned = wanted.state.edition == wanted.edition.id
    return caching.PINNED_SECONDS if is_pinned else caching.CURRENT_SECONDS


def _appearance(query: str) -> tuple[str, str]:
    """Paper or dark screen, and the query without the word for it."""
    others = [part for part in query.split("&") if not part.startswith(f"{APPEARANCE_KEY}=")]
    said = parse_qs(query).get(APPEARANCE_KEY, [""])[-1]
    return (said if said in APPEARANCES else "claire"), "&".join(others)


@cached(LRUCache(_KEPT_BYTES, getsizeof=len), condition=Condition())
def _page(wanted: Asked, appearance: str, site: str, _today: date) -> Document:
    state = wanted.state
    with speaking(state.language):
        paper = Paper(state, wanted.edition, APPEARANCES[appearance], site, cited(state))
        with suppress(Enough):
            paper.framed(draw_page, wanted.notices)
        said = Said(paper.found.title or _(sitemap.page(state.page).title), paper.found.lead)
        return documents.document(head.tags(said, state, site), "".join(paper.parts), appearance, state.embed)
