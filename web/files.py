"""The files of one chart: ``/graphique/<page>.png|svg|csv|zip``, ``/image/<page>.png`` for previews, ``/id/<id>``.

The endpoints are plain functions, which the server runs in threads; what was drawn once is kept for everybody.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from threading import BoundedSemaphore, Condition

from cachetools import LRUCache, cached
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from charts.theme import Theme
from language import gettext as _
from language import mark, speaking
from loaders.editions import Edition
from ui import export, forms
from ui.address import State, with_changes
from web import appearance, caching, identifiers, numbers, package, pictures
from web.alone import Alone, alone_of
from web.asked import NO_PAGE, asked_or_refused, origin
from web.gathered import gather, has_its_sentence
from web.identifiers import UnreadableIdentifier

_KEPT_BYTES = 32_000_000
"""Of each kind of picture."""
_LEAST_BYTES = 2_000
"""What an address without a chart weighs all the same: there is no end of them."""
_MOST_AT_ONCE = BoundedSemaphore(2)
_NO_CHART = mark("Cette page n’a pas ce graphique, avec ces filtres.")


@dataclass(frozen=True)
class _Form:
    """One form of a chart: how it is written, and what it is called on the way."""

    write: Callable[[Alone], bytes]
    media_type: str


def _csv(alone: Alone) -> bytes:
    return "\n".join(numbers.written(frame) for frame in numbers.frames(alone.chart)).encode("utf-8")


FORMS = {
    "png": _Form(pictures.png, "image/png"),
    "svg": _Form(lambda alone: pictures.svg(alone).encode("utf-8"), "image/svg+xml"),
    "csv": _Form(_csv, "text/csv; charset=utf-8"),
    "zip": _Form(package.package, "application/zip"),
}


def file(request: Request) -> Response:
    """One chart in the form named by the path, for the state that the query describes."""
    name, extension = request.path_params["page"], request.path_params["extension"]
    return _answered(request, name, extension, _written)


def preview(request: Request) -> Response:
    """The picture that previews a link: the chart of its state, or the plain picture of the observatory."""
    return _answered(request, request.path_params["page"], "png", _previewed)


def narrow(request: Request) -> Response:
    """The figure alone, drawn for a phone, as an image."""
    chosen, _query = appearance.split(request.url.query)
    return _answered(request, request.path_params["page"], "svg", partial(_narrow, appearance.THEMES[chosen]))


def identified(request: Request) -> Response:
    """The chart that an identifier names: the way to its page without script."""
    try:
        found = identifiers.read(request.path_params["id"])
    except UnreadableIdentifier:
        return PlainTextResponse(_("Cet identifiant n’est pas des nôtres, ou a été mal recopié."), 404)
    return RedirectResponse(forms.shared(found.state, origin(request.base_url)), 302)


ROUTES = [
    Route("/graphique/{page}.{extension}", file),
    Route("/image/{page}.png", preview),
    Route("/figure/{page}.svg", narrow),
    Route("/id/{id}", identified),
]


def _answered(request: Request, name: str, extension: str, write: Callable) -> Response:
    if extension not in FORMS:
        return PlainTextResponse(_(NO_PAGE), 404)
    wanted = asked_or_refused(request, forms.path_of(name))
    if isinstance(wanted, Response):
        return wanted
    body = write(wanted.state, wanted.edition, origin(request.base_url), extension)
    if body is None:
        with speaking(wanted.state.language):
            return PlainTextResponse(_(_NO_CHART), 404)
    headers = caching.validators(wanted.edition, body) | {"cache-control": caching.kept(wanted.seconds)}
    if write is _written and extension != "svg":
        shown = export.file_name(wanted.state.chart or name, wanted.edition.id, extension)
        headers["content-disposition"] = f'attachment; filename="{shown}"'
    if extension == "svg":
        headers["content-security-policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return caching.answer(request, body, headers, FORMS[extension].media_type)


def _bytes(body: bytes | None) -> int:
    return max(len(body or b""), _LEAST_BYTES)


@cached(LRUCache(_KEPT_BYTES, getsizeof=_bytes), condition=Condition())
def _written(state: State, edition: Edition, site: str, extension: str) -> bytes | None:
    alone = alone_of(state, edition, site)
    if alone is None:
        return None
    with _MOST_AT_ONCE:
        return FORMS[extension].write(alone)


@cached(LRUCache(_KEPT_BYTES, getsizeof=_bytes), condition=Condition())
def _previewed(state: State, edition: Edition, site: str, _extension: str) -> bytes | None:
    shown = with_changes(state, embed=False)
    alone = alone_of(shown, edition, site)
    said = gather(shown, edition, site, is_enough=has_its_sentence)
    with _MOST_AT_ONCE:
        if alone is None:
            return pictures.without_chart(said.title, said.lead, edition, state.language)
        return pictures.preview(alone, said.title)


@cached(LRUCache(_KEPT_BYTES, getsizeof=_bytes), condition=Condition())
def _narrow(theme: Theme, state: State, edition: Edition, site: str, _extension: str) -> bytes | None:
    alone = alone_of(state, edition, site)
    return None if alone is None else pictures.narrow(alone, theme).encode("utf-8")
