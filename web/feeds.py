"""Feeds of a view at stable addresses: ``/flux/echeances.ics``, ``/flux/echeances.atom``, ``/flux/marches.atom``.

The keys are those of the pages; what is not understood is ignored. A feed reader polls: every answer says until when
it holds, and an unchanged one is answered by 304 without a body.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from language import gettext as _
from language import speaking
from loaders.editions import Edition, UnknownEdition
from ui import address, editions
from ui.address import State, with_changes
from web import caching, feed_contents, feed_documents
from web.feed_contents import Feed


@dataclass(frozen=True)
class _Served:
    """One feed: the page whose keys it obeys, what it holds, how it is written."""

    page: str
    content: Callable[[Edition, State, str], Feed]
    write: Callable[[Feed, str, str], bytes]
    media_type: str


SERVED = {
    "echeances.ics": _Served(
        "echeances", feed_contents.deadlines, feed_documents.calendar, "text/calendar; charset=utf-8"
    ),
    "echeances.atom": _Served(
        "echeances", feed_contents.deadlines, feed_documents.atom, "application/atom+xml; charset=utf-8"
    ),
    "marches.atom": _Served(
        "marches", feed_contents.contracts, feed_documents.atom, "application/atom+xml; charset=utf-8"
    ),
}


def feed(request: Request) -> Response:
    """The feed named in the path, for the state that the query describes; 404 for another name."""
    name = request.path_params["name"]
    if name not in SERVED:
        return PlainTextResponse(_("Ce flux n’existe pas."), 404)
    asked, _notices = address.state_from(SERVED[name].page, request.url.query)
    with speaking(asked.language):
        try:
            edition, _gone = editions.opened(asked.edition)
        except UnknownEdition as nothing:
            return PlainTextResponse(str(nothing), 503)
    is_pinned = asked.as_of is not None and asked.edition == edition.id
    state = with_changes(asked, as_of=asked.as_of or date.today(), edition="", embed=False, page_number=1)
    origin = f"{request.url.scheme}://{request.url.netloc}"
    body = _written(name, edition, state, origin)
    # What ends ahead changes with the day, so that an answer is never older than the day it counts from
    headers = caching.validators(edition, body, state.as_of)
    headers["cache-control"] = caching.kept(caching.PINNED_SECONDS if is_pinned else caching.KEPT_SECONDS)
    headers["content-disposition"] = f'inline; filename="{name}"'
    return caching.answer(request, body, headers, SERVED[name].media_type)


ROUTES = [Route("/flux/{name}", feed, methods=["GET"])]


@lru_cache(maxsize=32)
def _written(name: str, edition: Edition, state: State, origin: str) -> bytes:
    served = SERVED[name]
    with speaking(state.language):
        return served.write(served.content(edition, state, origin), address.feed_link(state, name, origin), name)
