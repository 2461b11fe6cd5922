"""Fetch the declared sources and publish the edition that they make."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import requests
from filelock import FileLock, Timeout

from language import mark
from loaders import editions
from loaders.build import Plan, build_into_store
from loaders.editions import Edition
from loaders.enrich.refresh import refresh
from loaders.errors import LoaderError, PublicationRefused, UnreadableSource
from loaders.fetch import downloads_folder, fetch, forget, session
from loaders.plausibility import suspicions
from loaders.sources import LocalFile, Source, declared
from loaders.stage import Report

_FETCHED_ROLES = ("contracts", "reference")


class UpdateRunning(LoaderError):
    """Another update is at work on the same store."""


@dataclass(frozen=True)
class Update:
    """What an update did: the edition it published, if contracts were asked for, and the registers it went without.

    ``accepted`` says what astonished in the edition and was published all the same, because it was asked for.
    """

    edition: Edition | None
    failures: list[LoaderError]
    accepted: list[str]


def update(only: Iterable[str], report: Report, accept_suspicious: bool = False) -> Update:
    """Fetch all sources (or those named in ``only``), build, check, publish.

    Registers come first, so that the new edition knows what they say; one that fails is said and gone without.
    Raises LoaderError: another update at work, unknown source, contracts that cannot be had, unreadable file, failed
    checks, numbers that astonish (``plausibility.suspicions``) unless ``accept_suspicious``. The current edition is
    untouched until the new one is in place.
    """
    wanted = _wanted(only)
    try:
        editions.store().mkdir(parents=True, exist_ok=True)
        with FileLock(editions.store() / ".update.lock", timeout=0):
            editions.catch_up()
            http = session()
            failures = refresh([source for source in wanted if source.role == "reference"], report, http)
            files = _fetched([source for source in wanted if source.role == "contracts"], report, http)
            if not files:
                return Update(None, failures, [])
            before = editions.current_national()
            plan = Plan(files, kind=editions.NATIONAL, accepts_suspicious=accept_suspicious)
            edition = _published(plan, report)
            return Update(edition, failures, suspicions(edition, plan.sources, before))
    except Timeout as busy:
        raise UpdateRunning(
            mark("Une autre mise à jour est en cours dans {store} : attendez sa fin."), store=editions.store()
        ) from busy
    except OSError as failure:
        raise PublicationRefused(
            mark("L’édition n’a pas pu être construite dans {folder} ({cause}) ; l’édition courante reste en place."),
            folder=editions.store(),
            cause=failure.strerror or failure,
        ) from failure


def _published(plan: Plan, report: Report) -> Edition:
    try:
        return build_into_store(plan, report)
    except UnreadableSource as refusal:
        # Its publisher will say that it has not changed: without this, what cannot be read would stay for ever.
        forget(file.path for file in plan.files)
        raise UnreadableSource(
            mark(
                "{refusal} L’édition courante reste en place ; la prochaine mise à jour téléchargera le fichier à neuf."
            ),
            refusal=refusal,
        ) from refusal


def _fetched(sources: list[Source], report: Report, http: requests.Session) -> list[LocalFile]:
    return [
        LocalFile(path, replace(source, published_on=_day(path)))
        for source in sources
        for path in fetch(source, downloads_folder(), report, http)
    ]


def _day(path: Path) -> str:
    """The day on which a download was received, which is when its publisher last answered with something new."""
    return datetime.fromtimestamp(path.stat().st_mtime, UTC).date().isoformat()


def _wanted(only: Iterable[str]) -> list[Source]:
    named = set(only)
    possible = [source for source in declared().values() if source.role in _FETCHED_ROLES]
    unknown = named - {source.id for source in possible}
    if unknown:
        raise LoaderError(
            mark("Sources inconnues : {unknown}. Sources possibles : {possible}."),
            unknown=", ".join(sorted(unknown)),
            possible=", ".join(source.id for source in possible),
        )
    return [source for source in possible if not named or source.id in named]
