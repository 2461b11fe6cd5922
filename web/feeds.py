"""Feeds of a view at stable addresses: ``/flux/echeances.ics``, ``/flux/echeances.atom``, ``/flux/marches.atom``.

The keys are those of the pages; what is not understood is ignored. A feed reader polls: every answer says until when
it holds, and an unchanged one is answered by 304 without a body.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email.utils import format_datetime, parsedate_to_datetime
from functools import lru_cache

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from language import gettext as _
from language import speaking
from loaders.editions import Edition, UnknownEdition
from ui import address, editions
from ui.address import State, with_changes
from web import feed_contents, feed_documents
from web.feed_contents import Feed

KEPT_SECONDS = 3600
PINNED_SECONDS = 86_400


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
    headers = _validators(edition, state, body)
    headers["cache-control"] = f"public, max-age={PINNED_SECONDS if is_pinned else KEPT_SECONDS}"
    if _is_known(request, headers):
        return Response(status_code=304, headers=headers)
    headers |= {"content-disposition": f'inline; filename="{name}"', "content-length": str(len(body))}
    return Response(body if request.method == "GET" else b"", headers=headers, media_type=SERVED[name].media_type)


ROUTES = [Route("/flux/{name}", feed, methods=["GET"])]


@lru_cache(maxsize=32)
def _written(name: str, edition: Edition, state: State, origin: str) -> bytes:
    served = SERVED[name]
    with speaking(state.language):
        return served.write(served.content(edition, state, origin), address.feed_link(state, name, origin), name)


def _validators(edition: Edition, state: State, body: bytes) -> dict[str, str]:
    """What tells one answer from the next: the edition, and the body that the day and the query make of it."""
    made = datetime.fromisoformat(edition.manifest["created_at"]).astimezone(UTC)
    # What ends ahead changes with the day, so that an answer is never older than the day it counts from
    day = datetime.combine(min(state.as_of, datetime.now(UTC).date()), time.min, tzinfo=UTC)
    return {
        "etag": f'"{edition.id}-{hashlib.sha256(body).hexdigest()[:16]}"',
        "last-modified": format_datetime(max(made, day).replace(microsecond=0), usegmt=True),
    }


def _is_known(request: Request, validators: dict[str, str]) -> bool:
    """Whether the reader already has this very answer (RFC 9110, § 13.1: the tag wins over the date)."""
    tags = request.headers.get("if-none-match")
    if tags is not None:
        known = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        return "*" in known or validators["etag"] in known
    since = request.headers.get("if-modified-since")
    if since is None:
        return False
    try:
        return parsedate_to_datetime(validators["last-modified"]) <= parsedate_to_datetime(since).astimezone(UTC)
    except ValueError:
        return False
