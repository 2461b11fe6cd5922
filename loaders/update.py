"""Fetch the declared sources and publish the edition that they make."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from language import mark
from loaders import editions
from loaders.build import Plan, build_into_store
from loaders.editions import Edition
from loaders.errors import LoaderError
from loaders.fetch import downloads_folder, fetch, session
from loaders.sources import LocalFile, Source, declared
from loaders.stage import Report


class UpdateRunning(LoaderError):
    """Another update is at work on the same store."""


def update(only: Iterable[str], report: Report) -> Edition:
    """Fetch the sources of contracts (all, or those named in ``only``), build, check, publish.

    Raises LoaderError: another update at work, unknown source, failed download, unreadable file, failed checks. The
    current edition is untouched until the new one is in place.
    """
    wanted = _wanted(only)
    editions.store().mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(editions.store() / ".update.lock", timeout=0):
            http = session()
            files = [
                LocalFile(path, source) for source in wanted for path in fetch(source, downloads_folder(), report, http)
            ]
            return build_into_store(Plan(files, kind="national"), report)
    except Timeout as busy:
        raise UpdateRunning(
            mark("Une autre mise à jour est en cours dans {store} : attendez sa fin."), store=editions.store()
        ) from busy


def _day(path: Path) -> str:
    """The day on which a download was received, which is when its publisher last answered with something new."""
    return datetime.fromtimestamp(path.stat().st_mtime, UTC).date().isoformat()


def _wanted(only: Iterable[str]) -> list[Source]:
    named = list(only)
    unknown = [name for name in named if name not in declared() or declared()[name].role != "contracts"]
    possible = [source for source in declared().values() if source.role == "contracts"]
    if unknown:
        raise LoaderError(
            mark("Sources inconnues : {unknown}. Sources de marchés : {possible}."),
            unknown=", ".join(unknown),
            possible=", ".join(source.id for source in possible),
        )
    return [source for source in possible if not named or source.id in named]
