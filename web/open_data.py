"""The tables of each edition at stable addresses: ``/donnees/<edition>/<file>``, ``/donnees/derniere/<file>``.

The endpoints are plain functions, which the server runs in threads: reading a disk never holds up other visitors.
What is asked of an edition never changes and may be kept for ever; ``derniere`` leads to the current one.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from re import fullmatch
from threading import BoundedSemaphore

import msgspec
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.types import Receive, Scope, Send

from language import gettext as _
from language import speaking
from loaders import editions, schema
from loaders.editions import Edition, EditionComing, UnknownEdition
from web import caching, descriptors, machine_csv

LATEST = "derniere"
MOST_STREAMS = 16
RETRY_SECONDS = 30
_EDITION_NAME = r"(?:[a-z]+-)?(20\d\d-\d\d-\d\d)-[0-9a-z]+"
_PARQUET = "application/vnd.apache.parquet"
_JSON = "application/json"
_streams = BoundedSemaphore(MOST_STREAMS)

ANYWHERE = Middleware(
    CORSMiddleware,
    allow_origins=["*"],
    allow_methods=["GET", "HEAD"],
    allow_headers=["range", "if-none-match", "if-modified-since", "if-range"],
    expose_headers=["etag", "link", "content-range", "content-disposition", "retry-after"],
)
"""Any site may read what is here: nothing depends on who asks, and no cookie is read."""


@dataclass(frozen=True)
class _File:
    """One file of an edition: what it holds, and how it is answered."""

    name: str
    table: str
    serve: Callable[[Request, Edition, "_File"], Response]


class _Streamed(StreamingResponse):
    """An answer written as it is read, which gives its turn back however it ends."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            _streams.release()


def file(request: Request) -> Response:
    """One file of the edition named in the path; 404 for a name that is none, 410 for an edition that is gone."""
    with speaking(reader_language(request)):
        known = FILES.get(request.path_params["file"])
        if known is None:
            return nowhere(request)
        try:
            edition = editions.find(request.path_params["edition"])
        except EditionComing as coming:
            return PlainTextResponse(str(coming), 503, {"retry-after": str(RETRY_SECONDS)})
        if edition is None:
            return _no_edition(request.path_params["edition"])
        try:
            return known.serve(request, edition, known)
        except FileNotFoundError:
            return _no_edition(edition.id)


def latest(request: Request) -> Response:
    """The same file of the current edition, under its lasting address."""
    with speaking(reader_language(request)):
        if request.path_params["file"] not in FILES:
            return nowhere(request)
        try:
            edition = editions.current()
        except UnknownEdition as nothing:
            return PlainTextResponse(str(nothing), 503)
    query = f"?{request.url.query}" if request.url.query else ""
    headers = {"cache-control": caching.kept(caching.CURRENT_SECONDS)}
    return RedirectResponse(f"/donnees/{edition.id}/{request.path_params['file']}{query}", 307, headers)


def index(request: Request) -> Response:
    """The editions kept here, the current one first, as JSON."""
    with speaking(reader_language(request)):
        try:
            current = editions.current()
        except UnknownEdition as nothing:
            return PlainTextResponse(str(nothing), 503)
    origin = f"{request.url.scheme}://{request.url.netloc}/donnees"
    others = [edition for edition in editions.known() if edition.id != current.id]
    body = msgspec.json.encode({"editions": [_listed(edition, origin) for edition in (current, *others)]})
    headers = caching.validators(current, body) | {"cache-control": caching.kept(caching.CURRENT_SECONDS)}
    return caching.answer(request, body, headers, _JSON)


def nowhere(request: Request) -> Response:
    """That there is no such file, and what there is."""
    with speaking(reader_language(request)):
        return PlainTextResponse(
            _(
                "Ce fichier n’existe pas. Chaque édition offre datapackage.json, manifest.json et, pour chaque table, "
                "table.parquet, table.csv, table.csv.gz et table.schema.json. Tables : {tables}."
            ).format(tables=", ".join(schema.TABLES)),
            404,
        )


def reader_language(request: Request) -> str:
    """The language to answer in: the one that the address asks for, else the one that the browser prefers."""
    asked = request.query_params.get("langue") or request.headers.get("accept-language", "")
    return "en" if asked.lower().startswith("en") else "fr"


def was_published(name: str) -> bool:
    """Whether ``name`` is that of an edition of the past, by its form: nothing else is kept of those that are gone."""
    dated = fullmatch(_EDITION_NAME, name)
    return dated is not None and dated[1] <= datetime.now(UTC).date().isoformat()


def _no_edition(name: str) -> Response:
    if was_published(name):
        text = _("Cette édition n’est plus conservée ici. /donnees/ énumère celles qui le sont.")
        return PlainTextResponse(text, 410, {"cache-control": caching.kept(caching.CURRENT_SECONDS)})
    return PlainTextResponse(_("Aucune édition ne porte ce nom. /donnees/ les énumère."), 404)


def _listed(edition: Edition, origin: str) -> dict:
    manifest = edition.manifest
    return {
        "id": edition.id,
        "kind": manifest["kind"],
        "created_at": manifest["created_at"],
        "method_version": manifest["method_version"],
        "manifest": f"{origin}/{edition.id}/manifest.json",
        "datapackage": f"{origin}/{edition.id}/datapackage.json",
    }


def _parquet(request: Request, edition: Edition, known: _File) -> Response:
    digest = edition.manifest["tables"][known.table]["sha256"]
    return _on_disk(request, edition, edition.table_path(known.table), digest, _PARQUET)


def _manifest(request: Request, edition: Edition, known: _File) -> Response:
    path = edition.folder / editions.MANIFEST_NAME
    return _on_disk(request, edition, path, path.read_text(encoding="utf-8"), _JSON)


def _on_disk(request: Request, edition: Edition, path: Path, content: str, media_type: str) -> Response:
    headers = caching.validators(edition, content) | {"cache-control": caching.IMMUTABLE}
    if caching.is_known(request, headers):
        return Response(status_code=304, headers=headers)
    headers["content-disposition"] = f'inline; filename="{_file_name(edition, path.name)}"'
    return FileResponse(path, headers=headers, media_type=media_type, stat_result=path.stat())


def _csv(request: Request, edition: Edition, known: _File) -> Response:
    headers = _of_our_making(edition, f"{known.name} {edition.manifest['tables'][known.table]['sha256']}")
    if caching.is_known(request, headers):
        return Response(status_code=304, headers=headers)
    headers["content-disposition"] = f'attachment; filename="{_file_name(edition, known.name)}"'
    headers["accept-ranges"] = "none"
    is_gzip = known.name.endswith(".gz")
    media_type = "application/gzip" if is_gzip else "text/csv; charset=utf-8"
    if request.method == "HEAD":
        return Response(headers=headers, media_type=media_type)
    if not _streams.acquire(blocking=False):
        return PlainTextResponse(
            _("Trop de fichiers CSV sont en cours d’envoi : réessayez dans un instant, ou prenez le fichier Parquet."),
            503,
            {"retry-after": str(RETRY_SECONDS)},
        )
    return _Streamed(_parts(edition.table_path(known.table), is_gzip), headers=headers, media_type=media_type)


def _parts(path: Path, is_gzip: bool) -> Iterator[bytes]:
    parts = machine_csv.table(path)
    return machine_csv.gzipped(parts) if is_gzip else parts


def _table_schema(request: Request, edition: Edition, known: _File) -> Response:
    return _described(request, edition, descriptors.table_schema(known.table))


def _data_package(request: Request, edition: Edition, known: _File) -> Response:
    here = f"{request.url.scheme}://{request.url.netloc}/donnees/{edition.id}/{known.name}"
    return _described(request, edition, descriptors.data_package(edition, here))


def _described(request: Request, edition: Edition, description: dict) -> Response:
    body = msgspec.json.format(msgspec.json.encode(description), indent=1)
    return caching.answer(request, body, _of_our_making(edition, body), _JSON)


def _of_our_making(edition: Edition, content: str | bytes) -> dict[str, str]:
    # Written by this program from the edition: a newer program may write it better
    return caching.validators(edition, content) | {"cache-control": caching.kept(caching.PINNED_SECONDS)}


def _file_name(edition: Edition, name: str) -> str:
    return f"nuages-publics_{edition.id}_{name}"


FILES = {
    known.name: known
    for known in (
        _File("manifest.json", "", _manifest),
        _File("datapackage.json", "", _data_package),
        *(_File(f"{table}.parquet", table, _parquet) for table in schema.TABLES),
        *(_File(f"{table}.csv", table, _csv) for table in schema.TABLES),
        *(_File(f"{table}.csv.gz", table, _csv) for table in schema.TABLES),
        *(_File(f"{table}.schema.json", table, _table_schema) for table in schema.TABLES),
    )
}

ROUTES = [
    Mount(
        "/donnees",
        routes=[
            Route("/", index),
            Route(f"/{LATEST}/{{file}}", latest),
            Route("/{edition}/{file}", file),
            Route("/{anything:path}", nowhere),
        ],
        middleware=[ANYWHERE],
    )
]
