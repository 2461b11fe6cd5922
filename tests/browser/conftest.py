"""The observatory in its own process, and a browser to visit it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from loaders import editions
from loaders.editions import Edition
from tests.browser.chromium import chromium

ROOT = Path(__file__).parents[2]
PATIENCE_MS = 30_000


@dataclass
class Visit:
    """A page in a browser, and what happened behind it."""

    page: Page
    hosts: set[str] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)

    def open(self, address: str) -> "Visit":
        """Go there and wait until the page is whole."""
        self.page.goto(address)
        return self.settled()

    def settled(self) -> "Visit":
        """Wait until the page is whole: its footer is the last thing drawn."""
        self.page.locator(".np-footer").wait_for(timeout=PATIENCE_MS)
        self.page.wait_for_function("!document.querySelector('[data-stale=true]')", timeout=PATIENCE_MS)
        return self

    @property
    def lead(self) -> str:
        return self.page.locator(".np-lead").inner_text()

    @property
    def address(self) -> str:
        return self.page.evaluate("location.href")

    def unfold(self, key: str) -> None:
        """Open the part of the page under ``key`` and wait until it has stopped moving: a click would miss its aim."""
        self.page.locator(f".st-key-{key} summary").click()
        settled = """part => Promise.all(
            part.getAnimations({subtree: true}).map(movement => movement.finished.catch(() => {}))
        )"""
        self.page.locator(f".st-key-{key} details").evaluate(settled)

    def wait_for_lead(self, words: str) -> None:
        expect(self.page.locator(".np-lead")).to_contain_text(words, timeout=PATIENCE_MS)


@contextmanager
def observatory(store: Path) -> Iterator[str]:
    """Start the observatory as its users do, on a free port; its address."""
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    server = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "NUAGES_EDITIONS": str(store)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.STDOUT,
    )
    try:
        _wait_for(f"http://localhost:{port}/_stcore/health", server)
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_for(address: str, server: subprocess.Popen) -> None:
    for _attempt in range(120):
        assert server.poll() is None, "the server stopped"
        try:
            with urlopen(address, timeout=1):
                return
        except (URLError, OSError):
            time.sleep(0.25)
    pytest.fail("the server did not start")


@pytest.fixture(scope="session")
def store(tiny_edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store whose current edition is the tiny one."""
    folder = tmp_path_factory.mktemp("store")
    (folder / tiny_edition.id).symlink_to(tiny_edition.folder)
    (folder / editions.POINTER_NAME).write_text(tiny_edition.id + "\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def site(store: Path) -> Iterator[str]:
    """The address of an observatory that shows the tiny edition."""
    with observatory(store) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The Chromium of the distribution."""
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def contexts(browser: Browser) -> Iterator[Callable[[int], BrowserContext]]:
    """One context for each width, so that scripts are read from the network once."""
    opened: dict[int, BrowserContext] = {}

    def context(width: int) -> BrowserContext:
        if width not in opened:
            size = {"width": width, "height": 900}
            opened[width] = browser.new_context(viewport=size, locale="fr-FR", accept_downloads=True)
        return opened[width]

    yield context
    for each in opened.values():
        each.close()


@pytest.fixture
def visit(contexts: Callable[[int], BrowserContext]) -> Iterator[Callable[..., Visit]]:
    """Opens a page at a width and listens to what it asks for and complains of."""
    visits: list[Visit] = []

    def opened(address: str, width: int = 1280) -> Visit:
        one = Visit(contexts(width).new_page())
        visits.append(one)
        listen(one)
        return one.open(address)

    yield opened
    for one in visits:
        one.page.close()


def listen(visit: Visit) -> None:
    """Keep the hosts that a page asks and what its console says is wrong."""
    page = visit.page
    page.on("request", lambda request: visit.hosts.add(urlsplit(request.url).netloc))
    page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    page.on("console", lambda said: visit.complaints.append(said.text) if said.type == "error" else None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Ask a browser once more when it missed its moment on a loaded machine; a wrong figure is wrong at once."""
    missed = ["^TimeoutError", "^Error: ", "AssertionError: Locator expected"]
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.flaky(reruns=1, only_rerun=missed))
