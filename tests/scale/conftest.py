"""Three machines behind a proxy, their editions in an object store, and a browser."""

import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from loaders import editions
from loaders.editions import Edition
from tests.browser.chromium import chromium
from tests.object_storage import Server, object_storage, renamed
from tests.scale.machines import Machines, nginx, running

OLD = "2026-10-01-aaaaaa"


@pytest.fixture(scope="session")
def storage() -> Iterator[Server]:
    """An object store of its own."""
    with object_storage() as server:
        yield server


@pytest.fixture(scope="session")
def publish(storage: Server, tiny_edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> Callable:
    """Publishes the tiny edition under a name and a date, as the machine that updates does."""
    built = tmp_path_factory.mktemp("updating-machine")

    def published(edition_id: str, created_at: str) -> None:
        with pytest.MonkeyPatch.context() as patch:
            for name, value in {**storage.settings, "NUAGES_MIRROR": str(built)}.items():
                patch.setenv(name, value)
            renamed(tiny_edition, editions.store(), edition_id, created_at)
            editions.point_to(edition_id)

    return published


@pytest.fixture(scope="session")
def machines(storage: Server, publish: Callable, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    """Three machines that show the old edition."""
    if nginx() is None or shutil.which("openssl") is None:
        pytest.fail("no nginx or no openssl: « make proxy » installs them")
    publish(OLD, "2026-10-01T00:00:00")
    with running(storage.settings, tmp_path_factory.mktemp("machines")) as started:
        yield started


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium of the distribution."""
    with chromium() as launched:
        yield launched
