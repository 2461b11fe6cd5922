"""What an address outside the interactive pages asks for: a state, on an edition, and what was left aside."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import PlainTextResponse

from language import gettext as _
from language import mark, speaking
from loaders.editions import Edition, UnknownEdition
from ui import address, editions, sitemap
from ui.address import State
from web import appearance, caching

LONGEST_QUERY = 4_000
NO_PAGE = mark("Cette page n’existe pas.")
_TOO_LONG = mark("Cette adresse est trop longue.")


@dataclass(frozen=True)
class Asked:
    """A state asked for, the edition that answers, and the sentences that the reader must be told."""

    state: State
    edition: Edition
    notices: tuple[str, ...]

    @property
    def seconds(self) -> int:
        """How long an answer holds: longer when its address pins the edition."""
        is_pinned = self.state.edition == self.edition.id
        return caching.PINNED_SECONDS if is_pinned else caching.CURRENT_SECONDS


def asked(path: str, query: str) -> Asked:
    """What ``query`` asks of the page at ``path``. Raises editions.UnknownEdition when there is no edition at all."""
    state, notices = address.state_from(path, query)
    with speaking(state.language):
        edition, gone = editions.opened(state.edition)
        sentences = (*(notice.sentence() for notice in notices), gone)
    return Asked(state, edition, tuple(sentence for sentence in sentences if sentence))


def asked_or_refused(request: Request, path: str) -> Asked | PlainTextResponse:
    """What ``request`` asks of the page at ``path``, its appearance left aside; or why it is refused, in a sentence.

    404 for a page that there is not, 414 for a query that is too long, 503 while there is no edition.
    """
    if path not in {page.path for page in sitemap.PAGES}:
        return PlainTextResponse(_(NO_PAGE), 404)
    if len(request.url.query) > LONGEST_QUERY:
        return PlainTextResponse(_(_TOO_LONG), 414)
    try:
        return asked(path, appearance.split(request.url.query)[1])
    except UnknownEdition as nothing:
        return PlainTextResponse(str(nothing), 503)


def origin(base_url: object) -> str:
    """The address of the site of a request, without a page; ``base_url`` is the request's own."""
    return str(base_url).rstrip("/")
