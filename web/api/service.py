"""The routes of the API.

The endpoints are plain functions, which the server runs in threads: a question never holds up the event loop. Only a
few are worked out at once and a few more wait, so that the other threads stay free for light pages.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from threading import BoundedSemaphore

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from language import gettext as _
from language import speaking
from loaders import editions
from loaders.editions import Edition, EditionComing, UnknownEdition
from ui import address
from web import caching, machine_csv
from web.api import answers, openapi, parameters, problems
from web.api.answers import ADDRESS
from web.api.asking import Asked
from web.api.problems import Problem
from web.api.questions import QUESTIONS
from web.open_data import ANYWHERE, reader_language, was_published

MOST_AT_ONCE = 4
MOST_WAITING = 12
_PATIENCE_SECONDS = 2
_MEDIA_TYPES = {"json": "application/json", "csv": "text/csv; charset=utf-8"}
_turns = BoundedSemaphore(MOST_AT_ONCE)
_places = BoundedSemaphore(MOST_AT_ONCE + MOST_WAITING)


def question(request: Request) -> Response:
    """The answer to the question named in the path, for the query; a problem document when there is none."""
    with speaking(reader_language(request)):
        try:
            return _answer(request, request.path_params["name"], request.path_params["extension"])
        except Problem as problem:
            return problems.response(problem)


def nowhere(request: Request) -> Response:
    """That there is no such question."""
    with speaking(reader_language(request)):
        return problems.response(Problem("unknown-question", understood=QUESTIONS))


def index(request: Request) -> Response:
    """The questions, the problems and the description, as JSON."""
    with speaking(reader_language(request)):
        origin = _origin(request)
        said = {
            "openapi": f"{origin}{ADDRESS}/openapi.json",
            "questions": [
                {"name": known.name, "title": _(known.title), "json": f"{origin}{ADDRESS}/{known.name}.json"}
                for known in QUESTIONS.values()
            ],
            "problems": {kind: _(sentence) for kind, (_status, sentence) in problems.KINDS.items()},
        }
    return _of_this_program(request, said)


def description(request: Request) -> Response:
    """The OpenAPI description."""
    with speaking(reader_language(request)):
        return _of_this_program(request, openapi.document(_origin(request)))


def _answer(request: Request, name: str, extension: str) -> Response:
    if name not in QUESTIONS or extension not in _MEDIA_TYPES:
        raise Problem("unknown-question", understood=QUESTIONS)
    known = QUESTIONS[name]
    names = (*known.keys, "page")
    read = parameters.read(request.scope["query_string"], known.page, names, known.required)
    edition = _edition(read.state.edition)
    is_pinned = read.state.edition == edition.id
    state = address.with_changes(read.state, edition="")
    if known.counts_from_a_day:
        is_pinned = is_pinned and state.as_of is not None
        state = address.with_changes(state, as_of=state.as_of or date.today())
    asked = Asked(edition, state, read.lines)
    body, links = _written(name, extension, asked, edition.id, _origin(request))
    # What ends ahead changes with the day, so that an answer is never older than the day it counts from
    headers = caching.validators(edition, body, state.as_of if known.counts_from_a_day else None)
    headers["cache-control"] = caching.kept(caching.PINNED_SECONDS if is_pinned else caching.CURRENT_SECONDS)
    headers["link"] = links
    headers["content-language"] = state.language
    return caching.answer(request, body, headers, _MEDIA_TYPES[extension])


@lru_cache(maxsize=32)
def _written(name: str, extension: str, asked: Asked, _edition_id: str, origin: str) -> tuple[bytes, str]:
    with _turn(), speaking(asked.state.language):
        answer = answers.answered(QUESTIONS[name], asked, extension, origin)
    links = [f'<{answer.link}>; rel="alternate"; type="text/html"', f'<{ADDRESS}/openapi.json>; rel="service-desc"']
    if answer.next:
        links.append(f'<{answer.next}>; rel="next"')
    body = machine_csv.written(answer.rows) if extension == "csv" else msgspec.json.encode(answer.document)
    return body, ", ".join(links)


@contextmanager
def _turn() -> Iterator[None]:
    with _held(_places, 0), _held(_turns, _PATIENCE_SECONDS):
        yield


@contextmanager
def _held(semaphore: BoundedSemaphore, patience_seconds: float) -> Iterator[None]:
    if not semaphore.acquire(timeout=patience_seconds):
        raise Problem("busy")
    try:
        yield
    finally:
        semaphore.release()


def _edition(name: str) -> Edition:
    try:
        current = editions.current()
    except UnknownEdition:
        raise Problem("no-edition") from None
    if name in ("", current.id):
        return current
    try:
        found = editions.find(name)
    except EditionComing:
        raise Problem("edition-coming", "edition") from None
    if found is None:
        raise Problem("edition-gone" if was_published(name) else "unknown-edition", "edition")
    return found


def _origin(request: Request) -> str:
    return f"{request.url.scheme}://{request.url.netloc}"


def _of_this_program(request: Request, document: dict) -> Response:
    body = msgspec.json.encode(document)
    try:
        headers = caching.validators(editions.current(), body)
    except UnknownEdition:
        return problems.response(Problem("no-edition"))
    headers["cache-control"] = caching.kept(caching.KEPT_SECONDS)
    return caching.answer(request, body, headers, _MEDIA_TYPES["json"])


ROUTES = [
    Mount(
        "/api",
        routes=[
            Route("/v1/", index),
            Route("/v1/openapi.json", description),
            Route("/v1/{name}.{extension}", question),
            Route("/{anything:path}", nowhere),
        ],
        middleware=[ANYWHERE],
    )
]
