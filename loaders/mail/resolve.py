"""Refresh a list of domains by real look-ups: politely, and from where the last run stopped."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from language import gettext, mark
from loaders.errors import UnreadableSource
from loaders.fetch import Progress
from loaders.mail.answers import Answers, appended, read_answers
from loaders.mail.lookup import Asker, Manners


@dataclass(frozen=True)
class Done:
    """What a run did: domains ``asked`` now, and those ``skipped`` because an earlier run had their answer."""

    asked: int
    skipped: int


def resolve(domains: Path, out: Path, manners: Manners, resolver: str, report: Progress) -> Done:
    """Ask the MX and SPF records of every domain of ``domains`` (a CSV with a column ``domain``), into ``out``.

    Answers are appended as they come (columns of loaders.mail.schema.ANSWERS; the last line of a domain counts). A
    second run asks only what has no answer yet, time-outs and errors included. Raises UnreadableSource when there is
    no column ``domain``, LoaderError when ``out`` is another file or the resolver's address is none.
    """
    wanted = _wanted(domains)
    with appended(out) as answers:
        known = set(read_answers(out)["domain"]) if out.stat().st_size else set()
        waiting = [domain for domain in wanted if domain not in known]
        label = gettext("Recherches DNS")
        asyncio.run(
            _ask_all(
                waiting, answers, Asker(resolver, manners), manners.at_once, lambda n: report(label, n, len(waiting))
            )
        )
    return Done(len(waiting), len(wanted) - len(waiting))


async def _ask_all(waiting: list[str], answers: Answers, asker: Asker, at_once: int, report: object) -> None:
    queue = iter(enumerate(waiting, 1))
    async with asyncio.TaskGroup() as group:
        for _worker in range(at_once):
            group.create_task(_ask_some(queue, answers, asker, report))


async def _ask_some(queue: Iterator[tuple[int, str]], answers: Answers, asker: Asker, report: object) -> None:
    for rank, domain in queue:
        answers.add(domain, await asker.records(domain), datetime.now(UTC).date())
        report(rank)


def _wanted(path: Path) -> list[str]:
    try:
        column = pl.read_csv(path, infer_schema=False, columns=["domain"]).to_series()
    except (OSError, pl.exceptions.PolarsError) as failure:
        raise UnreadableSource(
            mark("« {file} » n’est pas un tableau CSV avec une colonne « domain »."), file=path.name
        ) from failure
    cleaned = column.str.strip_chars().str.to_lowercase().drop_nulls()
    return cleaned.filter(cleaned != "").unique(maintain_order=True).to_list()
