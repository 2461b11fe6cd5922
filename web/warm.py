"""Readiness: what the first visitor would otherwise wait for is read while the server starts."""

import asyncio
import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module

import polars as pl

from analysis.held import awards_for
from analysis.selection import Selection
from loaders import editions
from ui import sitemap
from ui.address import State
from web import kept_theme
from web.gathered import gather, has_chart

STAY_WARM_SECONDS = 5
_log = logging.getLogger(__name__)
_SLOW_TO_IMPORT = ("xlsxwriter", *(f"pages.{page.file}" for page in sitemap.PAGES))


@asynccontextmanager
async def warm(app: object) -> AsyncIterator[None]:
    """The lifespan of the server: libraries are read before the first visitor, the current edition beside its start.

    So is each edition that takes its place; one that lives in an object store is brought here meanwhile.
    """
    # Two visitors who were first at once would each find the other's imports half done
    for module in _SLOW_TO_IMPORT:
        import_module(module)
    kept_theme.keep()
    answer_from_memory()
    with editions.following():
        reading = asyncio.create_task(asyncio.to_thread(read_ahead))
        staying = asyncio.create_task(_stay_warm(reading))
        yield
        staying.cancel()
        await reading
    gc.unfreeze()


def answer_from_memory() -> None:
    """Ask questions with the engine of Polars that is quickest for tables held in memory, as most of ours are."""
    pl.Config.set_engine_affinity("in-memory")


async def _stay_warm(reading: asyncio.Task[None]) -> None:
    await reading
    # What stays for ever need not be looked through at each full collection, for which every visitor waits
    gc.collect()
    gc.freeze()
    while True:
        await asyncio.sleep(STAY_WARM_SECONDS)
        try:
            await asyncio.to_thread(read_ahead)
        except Exception:
            # What cannot be read ahead is said on the page that needs it; the next edition is another matter
            _log.exception("nothing read ahead")


def read_ahead() -> None:
    """Hold what the first page of the current edition says, if there is one, then its digital awards.

    In this order: the page that most visitors open first does not wait for all the awards to be read.
    """
    try:
        edition = editions.current()
    except editions.UnknownEdition:
        return
    gather(State(), edition, is_enough=has_chart(""))
    awards_for(edition, Selection())
