"""The first visitor does not wait for what the server could read before."""

import asyncio
import gc
from collections.abc import Iterator

import polars as pl
import pytest

from loaders import editions
from tests.object_storage import renamed
from web import warm


@pytest.fixture(autouse=True)
def _engine_of_other_tests() -> Iterator[None]:
    with pl.Config():
        yield


def test_a_server_asks_with_the_engine_that_suits_tables_in_memory(monkeypatch, tmp_path):
    monkeypatch.setenv("NUAGES_EDITIONS", str(tmp_path))

    async def serve() -> str | None:
        async with warm.warm(object()):
            return pl.Config.state()["POLARS_ENGINE_AFFINITY"]

    assert asyncio.run(serve()) == "in-memory"


def test_the_current_edition_is_held_once_the_server_is_up(tiny_edition, tmp_path, monkeypatch):
    (tmp_path / tiny_edition.id).symlink_to(tiny_edition.folder)
    monkeypatch.setenv("NUAGES_EDITIONS", str(tmp_path))
    editions.point_to(tiny_edition.id)
    asked = []
    monkeypatch.setattr(warm, "awards_for", lambda edition, selection: asked.append((edition.id, selection.perimeter)))

    async def serve() -> None:
        async with warm.warm(object()):
            pass

    asyncio.run(serve())
    assert asked == [(tiny_edition.id, "numerique")]


def test_the_first_page_is_worked_out_before_all_awards_are_read(tiny_edition, monkeypatch):
    read = []
    monkeypatch.setattr(editions, "current", lambda: tiny_edition)
    monkeypatch.setattr(warm, "gather", lambda state, *_, **__: read.append(state.page))
    monkeypatch.setattr(warm, "awards_for", lambda _edition, selection: read.append(selection.perimeter))
    warm.read_ahead()
    assert read == ["", "numerique"]


def test_a_server_without_any_edition_starts_all_the_same(tmp_path, monkeypatch):
    monkeypatch.setenv("NUAGES_EDITIONS", str(tmp_path))
    monkeypatch.setattr(editions, "STARTER_FOLDER", tmp_path / "absente")
    warm.read_ahead()


def test_the_edition_that_takes_its_place_is_held_without_restart(tiny_edition, tmp_path, monkeypatch):
    for name in ("old", "new"):
        renamed(tiny_edition, tmp_path, name, "2026-11-01T00:00:00")
    monkeypatch.setenv("NUAGES_EDITIONS", str(tmp_path))
    monkeypatch.setattr(warm, "STAY_WARM_SECONDS", 0.01)
    editions.point_to("old")
    asked = []
    monkeypatch.setattr(warm, "awards_for", lambda edition, _selection: asked.append(edition.id))

    async def serve() -> None:
        async with warm.warm(object()):
            await _until(lambda: "old" in asked)
            editions.point_to("new")
            await _until(lambda: "new" in asked)

    asyncio.run(serve())


def test_an_edition_that_cannot_be_read_does_not_end_the_reading_ahead_of_the_next(monkeypatch):
    tries = []

    def unreadable() -> None:
        tries.append(1)
        if len(tries) == 2:
            raise OSError("essai")

    monkeypatch.setattr(warm, "read_ahead", unreadable)
    monkeypatch.setattr(warm, "STAY_WARM_SECONDS", 0.01)

    async def serve() -> None:
        async with warm.warm(object()):
            await _until(lambda: len(tries) > 3)

    asyncio.run(serve())


def test_what_stays_for_ever_is_left_out_of_full_collections(monkeypatch):
    monkeypatch.setattr(warm, "read_ahead", lambda: None)

    async def serve() -> None:
        async with warm.warm(object()):
            await _until(lambda: gc.get_freeze_count() > 10_000)

    asyncio.run(serve())
    assert gc.get_freeze_count() == 0


async def _until(is_so) -> None:
    async with asyncio.timeout(10):
        while not is_so():
            await asyncio.sleep(0.01)
