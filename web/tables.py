"""The files of one table: ``/tableau/<page>/<table>.csv|xlsx|parquet``, for the state that the query describes.

The endpoint is a plain function, which the server runs in threads.
"""

from threading import BoundedSemaphore

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from language import gettext as _
from language import mark, speaking
from ui import export, forms
from web import caching
from web.asked import NO_PAGE, Asked, asked_or_refused, origin
from web.gathered import gather, has_file

_MOST_AT_ONCE = BoundedSemaphore(2)
"""A spreadsheet of fifty thousand rows takes seconds: visitors must not wait for a crowd of them."""

_NO_TABLE = mark("Cette page n’a pas ce tableau, avec ces filtres.")


def table(request: Request) -> Response:
    """One table in the form named by the path: the rows that the page shows or offers, in their order."""
    name, extension = request.path_params["table"], request.path_params["extension"]
    if extension not in export.FORMATS:
        return PlainTextResponse(_(NO_PAGE), 404)
    wanted = asked_or_refused(request, forms.path_of(request.path_params["page"]))
    if isinstance(wanted, Response):
        return wanted
    with speaking(wanted.state.language):
        body = _written(wanted, name, extension, origin(request.base_url))
        if body is None:
            return PlainTextResponse(_(_NO_TABLE), 404)
    shown = export.file_name(name, wanted.edition.id, extension)
    headers = caching.validators(wanted.edition, body) | {
        "cache-control": caching.kept(wanted.seconds),
        "content-disposition": f'attachment; filename="{shown}"',
    }
    return caching.answer(request, body, headers, export.FORMATS[extension][0])


ROUTES = [Route("/tableau/{page}/{table}.{extension}", table)]


def _written(wanted: Asked, name: str, extension: str, site: str) -> bytes | None:
    found = gather(wanted.state, wanted.edition, site, is_enough=has_file(name))
    if name not in found.files:
        return None
    _media_type, write = export.FORMATS[extension]
    with _MOST_AT_ONCE:
        return write(found.files[name]())
