"""The light twin of every view: ``/vue/<page>?…``, the same page without script, for thousands of readers at once.

The endpoints are plain functions, which the server runs in threads; a page drawn once is kept for everybody.
"""

from contextlib import suppress
from datetime import date
from threading import Condition

from cachetools import LRUCache, cached
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from language import gettext as _
from language import mark, speaking
from loaders.editions import UnknownEdition
from ui import sitemap
from web import appearance, caching, documents, head
from web.asked import Asked, asked, origin
from web.documents import Document
from web.gathered import Enough, cited, draw_page
from web.head import Said
from web.paper import Paper

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
    chosen, query = appearance.split(request.url.query)
    try:
        wanted = asked(path, query)
    except UnknownEdition as nothing:
        return PlainTextResponse(str(nothing), 503)
    page = _page(wanted, chosen, origin(request.base_url), date.today())
    return documents.answer(request, page, wanted.edition, seconds(wanted))


ROUTES = [Route("/vue/{page}", twin), Route("/vue/", twin)]


def seconds(wanted: Asked) -> int:
    """How long an answer holds: longer when its address pins the edition."""
    is_pinned = wanted.state.edition == wanted.edition.id
    return caching.PINNED_SECONDS if is_pinned else caching.CURRENT_SECONDS


@cached(LRUCache(_KEPT_BYTES, getsizeof=len), condition=Condition())
def _page(wanted: Asked, chosen: str, site: str, _today: date) -> Document:
    state = wanted.state
    with speaking(state.language):
        paper = Paper(state, wanted.edition, appearance.THEMES[chosen], site, cited(state))
        with suppress(Enough):
            paper.framed(draw_page, wanted.notices)
        said = Said(paper.found.title or _(sitemap.page(state.page).title), paper.found.lead)
        return documents.document(head.tags(said, state, site), "".join(paper.parts), chosen, state.embed)
