"""The first visitor does not wait for what the server could read before."""

import asyncio

from loaders import editions
from web import warm


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


def test_a_server_without_any_edition_starts_all_the_same(tmp_path, monkeypatch):
    monkeypatch.setenv("NUAGES_EDITIONS", str(tmp_path))
    monkeypatch.setattr(editions, "STARTER_FOLDER", tmp_path / "absente")
    warm.read_ahead()
