"""What visitors and readers of a server wait for: start, first chart, memory, filter changes, crowds, light pages."""

import asyncio
import os
import random
import shutil
import time
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass

from playwright.sync_api import Error, sync_playwright

from benchmarks.serve_questions import percentile
from benchmarks.serve_server import Server, observatory, plain_streamlit
from benchmarks.serve_visits import Seen, Visitor, clicking, filter_changes, read_once, reading
from loaders.editions import Edition
from loaders.vocabulary import DEFINITIONS, MINISTRIES

FIRST_CHART = ".js-plotly-plot .main-svg"
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@dataclass(frozen=True)
class Waited:
    """What some views took: how many, milliseconds, the most bytes of one, how many failed, load of the machine."""

    views: int
    median: float
    p95: float
    most_bytes: int
    failed: int
    load: float

    @classmethod
    def of(cls, seen: list[Seen]) -> "Waited":
        """The summary of ``seen``, at least one view."""
        spent = [one.milliseconds for one in seen]
        failed = sum(not one.is_whole for one in seen)
        largest = max(one.bytes for one in seen)
        return cls(len(seen), percentile(spent, 50), percentile(spent, 95), largest, failed, os.getloadavg()[0])


@dataclass(frozen=True)
class Start:
    """Seconds from the start of the process to health and to the first chart in a browser (None without browser)."""

    health_seconds: float
    chart_seconds: float | None
    memory_mb: float


def start(edition: Edition) -> Start:
    """Start the observatory while a browser, open on an empty page, waits for its first chart."""
    with sync_playwright() as driver:
        executable = next(filter(None, map(shutil.which, _BROWSERS)), None)
        browser = driver.chromium.launch(executable_path=executable, args=_FLAGS) if executable else None
        page = browser.new_page() if browser else None
        with observatory(edition) as server:
            health = time.perf_counter() - server.started
            chart = None
            if page:
                with suppress(Error):
                    page.goto(f"http://{server.host}/")
                    page.locator(FIRST_CHART).first.wait_for(timeout=60_000)
                    chart = time.perf_counter() - server.started
            return Start(health, chart, server.memory_mb)


def changes(server: Server, count: int) -> Waited:
    """One visitor who changes filters, every time to a view that nobody has asked for."""

    async def visit() -> list[Seen]:
        visitor = await Visitor.arrive(server.host)
        await visitor.view(("", ""))
        chance = random.Random(7)
        asked: dict = {}
        while len(asked) < count:
            asked.setdefault(filter_changes(chance))
        seen = [await visitor.view(address) for address in asked]
        await visitor.leave()
        return seen

    return Waited.of(_run(visit()))


def memory_of_visitors(server: Server, visitors: int) -> float:
    """MB for each further visitor who has the first page open."""

    async def stay() -> float:
        first = await Visitor.arrive(server.host)
        await first.view(("", ""))
        before = server.memory_mb
        others = [await Visitor.arrive(server.host) for _ in range(visitors)]
        for other in others:
            await other.view(("", ""))
        after = server.memory_mb
        for visitor in (first, *others):
            await visitor.leave()
        return (after - before) / visitors

    return _run(stay())


def crowd(server: Server, visitors: int, seconds: float) -> Waited:
    """So many visitors who click every eight seconds."""
    return Waited.of(_run(clicking(server.host, visitors, seconds)))


def plain_crowd(edition: Edition, visitors: int, seconds: float) -> Waited:
    """The same on plain Streamlit with Plotly Express, on its one page."""
    with plain_streamlit(edition) as server:
        _run(_first_view(server.host))
        return crowd(server, visitors, seconds)


async def _first_view(host: str) -> None:
    """Let one visitor wait for imports and data, which several at once would find half done."""
    visitor = await Visitor.arrive(host)
    await visitor.view(("", ""))
    await visitor.leave()


def light_pages(server: Server, count: int) -> Waited:
    """Light pages that nobody has asked for, one after another: rendered from nothing."""

    async def read() -> list[Seen]:
        await read_once(server.host, "/vue/?v=1")
        return [await read_once(server.host, link) for link in _links(count, "hors-us")]

    return Waited.of(_run(read()))


def viral(server: Server, readers: int, seconds: float, links: int, visitors: int) -> tuple[Waited, Waited, Waited]:
    """Readers on a few new links, then again on the same while visitors click: cold, warm, and those visitors."""
    shared = _links(links, "europe")

    async def both() -> tuple[list[Seen], list[Seen], list[Seen]]:
        cold = await reading(server.host, shared, readers, seconds)
        warm, clicks = await asyncio.gather(
            reading(server.host, shared, readers, seconds), clicking(server.host, visitors, seconds)
        )
        return cold, warm, clicks

    cold, warm, clicks = _run(both())
    return Waited.of(cold), Waited.of(warm), Waited.of(clicks)


def _links(count: int, definition: str) -> list[str]:
    """Links to share, all different, of a definition that no visitor of ``filter_changes`` is alone to choose."""
    pages = ("", "ministeres", "fournisseurs", "marches", "alternatives", "echeances")
    ministries = list(MINISTRIES)
    assert definition in DEFINITIONS
    return [
        f"/vue/{pages[number % len(pages)]}?v=1&definition={definition}&montant=plafond"
        f"&ministere={ministries[number // len(pages) % len(ministries)]}&annees={2014 + number % 5}-2025"
        for number in range(count)
    ]


def _run(measure: Coroutine) -> object:
    return asyncio.run(measure)
