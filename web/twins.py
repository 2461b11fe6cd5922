"""The light twin of every view: ``/vue/<page>?…``, the same page without script, for thousands of readers at once.

The endpoints are plain functions, which the server runs in threads; a page drawn once is kept for everybody.
"""

from contextlib import suppress
from datetime import date
from threading import Condition

from cachetools import LRUCache, cached
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from language import gettext as _
from language import speaking
from ui import sitemap
from web import appearance, documents, head
from web.asked import Asked, asked_or_refused, origin
from web.documents import Document
from web.gathered import Enough, cited, draw_page
from web.head import Said
from web.paper import Paper

_KEPT_BYTES = 32_000_000


def twin(request: Request) -> Response:
    """The page named in the path, for the state that the query describes; 404 for a page that there is not."""
    wanted = asked_or_refused(request, request.path_params.get("page", ""))
    if isinstance(wanted, Response):
        return wanted
    chosen, _query = appearance.split(request.url.query)
    page = _page(wanted, chosen, origin(request.base_url), date.today())
    return documents.answer(request, page, wanted.edition, wanted.seconds)


ROUTES = [Route("/vue/{page}", twin), Route("/vue/", twin)]


@cached(LRUCache(_KEPT_BYTES, getsizeof=len), condition=Condition())
def _page(wanted: Asked, chosen: str, site: str, _today: date) -> Document:
    state = wanted.state
    with speaking(state.language):
        paper = Paper(state, wanted.edition, appearance.THEMES[chosen], site, cited(state))
        with suppress(Enough):
            paper.framed(draw_page, wanted.notices)
        said = Said(paper.found.title or _(sitemap.page(state.page).title), paper.found.lead)
        return documents.document(head.tags(said, state, site), "".join(paper.parts), chosen, state.embed)
