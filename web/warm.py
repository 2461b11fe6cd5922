"""Readiness: what the first visitor would otherwise wait for is read while the server starts."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module

from analysis.held import awards_for
from analysis.selection import Selection
from loaders import editions

_SLOW_TO_IMPORT = ("plotly.graph_objects", "pandas", "xlsxwriter", "charts.verdicts", "ui.screen")


@asynccontextmanager
async def warm(app: object) -> AsyncIterator[None]:
    """The lifespan of the server: libraries and the current edition are read beside its start, not before it."""
    reading = asyncio.create_task(asyncio.to_thread(read_ahead))
    yield
    await reading


def read_ahead() -> None:
    """Import what pages need and hold the digital awards of the current edition, if there is one."""
    for module in _SLOW_TO_IMPORT:
        import_module(module)
    try:
        edition = editions.current()
    except editions.UnknownEdition:
        return
    awards_for(edition, Selection())
