"""The store, the pointer, and the way back."""

import json

import pytest

from loaders import editions
from loaders.editions import UnknownEdition


def put(folder, edition_id, created_at="2026-01-01T00:00:00", kind="national"):
    folder.mkdir(parents=True)
    manifest = {"id": edition_id, "kind": kind, "created_at": created_at}
    (folder / "manifest.json").write_text(json.dumps(manifest))


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("NUAGES_EDITIONS", str(tmp_path / "store"))
    monkeypatch.setattr(editions, "STARTER_FOLDER", tmp_path / "starter")
    put(tmp_path / "starter", "demarrage-1", kind="starter")
    put(tmp_path / "store" / "old", "old", "2026-01-01T00:00:00")
    put(tmp_path / "store" / "new", "new", "2026-02-01T00:00:00")
    return tmp_path / "store"


def test_without_pointer_the_starter_edition_is_current(store):
    assert editions.current().id == "demarrage-1"
    assert editions.current().is_starter


def test_the_national_edition_that_readers_see_is_none_before_the_first_one(store):
    assert editions.current_national() is None
    editions.point_to("old")
    assert editions.current_national().id == "old"


def test_an_edition_of_another_kind_is_no_national_edition(store):
    put(store / "mine", "mine", kind="local")
    editions.point_to("mine")
    assert editions.current_national() is None


def test_the_pointer_moves_without_restart(store):
    editions.point_to("old")
    assert editions.current().id == "old"
    editions.point_to("new")
    assert editions.current().id == "new"


def test_a_pointer_to_an_edition_that_is_gone_shows_the_starter(store):
    (store / "current").write_text("gone")
    assert editions.current().is_starter


def test_pointing_to_nothing_is_refused_and_changes_nothing(store):
    editions.point_to("old")
    with pytest.raises(UnknownEdition):
        editions.point_to("nowhere")
    assert editions.current().id == "old"


def test_rollback_walks_back_to_the_starter_and_then_says_so(store):
    editions.point_to("new")
    assert editions.roll_back().id == "old"
    assert editions.roll_back().id == "demarrage-1"
    with pytest.raises(UnknownEdition):
        editions.roll_back()


def test_half_built_folders_are_no_editions(store):
    (store / ".build-x").mkdir()
    assert [edition.id for edition in editions.published()] == ["new", "old"]


def test_an_edition_is_found_by_id_by_folder_or_by_default(store):
    assert editions.named("old").id == "old"
    assert editions.named(str(store / "new")).id == "new"
    assert editions.named("").id == "demarrage-1"
    with pytest.raises(UnknownEdition):
        editions.named("nowhere")


def test_an_edition_made_up_to_measure_is_never_shown(store):
    put(store / "made-up", "made-up", "2026-03-01T00:00:00", kind="synthetic")
    editions.point_to("old")
    with pytest.raises(UnknownEdition):
        editions.point_to("made-up")
    (store / "current").write_text("made-up")
    assert editions.current().is_starter
    assert editions.find("made-up") is None
    assert [edition.id for edition in editions.published()] == ["new", "old"]
