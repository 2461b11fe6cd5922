"""Editions in an object store: published whole, followed by every machine, served while the store is away."""

import json
import logging
import os
import socket
import sys
import time
from threading import Event, Thread

import pytest

from loaders import cli, editions, mirror
from loaders.editions import EditionComing, UnknownEdition
from loaders.mirror import Mirror
from loaders.object_store import DamagedObject, ObjectStore, StoreUnreachable
from tests.loaders.test_cli import GOOD, run
from tests.object_storage import ADDRESS, object_storage, renamed

OLD, NEW = "2026-10-01-aaaaaa", "2026-11-01-bbbbbb"


@pytest.fixture(scope="module")
def server():
    with object_storage() as running:
        yield running


@pytest.fixture
def storage(server, tmp_path, monkeypatch):
    """An empty object store, and the settings of a machine that keeps its editions there."""
    for name, value in server.settings.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("NUAGES_MIRROR", str(tmp_path / "first-machine"))
    monkeypatch.setattr(editions, "STARTER_FOLDER", tmp_path / "starter")
    editions._mirror_of.cache_clear()
    server.empty()
    return server


@pytest.fixture
def publish(tiny_edition, tmp_path):
    """Publishes the tiny edition under a name, from this machine."""

    def published(edition_id, created_at="2026-11-01T00:00:00"):
        renamed(tiny_edition, tmp_path / "built", edition_id, created_at)
        editions.store().mkdir(parents=True, exist_ok=True)
        (tmp_path / "built" / edition_id).replace(editions.store() / edition_id)
        editions.point_to(edition_id)

    return published


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """Turns this process into another machine, whose copy is empty."""

    def moved():
        monkeypatch.setenv("NUAGES_MIRROR", str(tmp_path / "second-machine"))

    return moved


def test_a_published_edition_is_current_on_a_machine_that_never_saw_it(storage, publish, elsewhere, tiny_edition):
    publish(NEW)
    elsewhere()
    with pytest.raises(UnknownEdition):
        editions.current()
    editions.catch_up()
    assert editions.current().id == NEW
    found, sent = (edition.scan("awards").collect() for edition in (editions.current(), tiny_edition))
    assert found.equals(sent)


def test_the_pointer_is_sent_after_the_manifest_and_the_manifest_after_the_tables(storage, publish, monkeypatch):
    sent = []
    write, point = ObjectStore._write, ObjectStore.point_to
    monkeypatch.setattr(
        ObjectStore, "_write", lambda store, name, *rest: (sent.append(name), write(store, name, *rest))
    )
    monkeypatch.setattr(ObjectStore, "point_to", lambda store, name: (sent.append("current"), point(store, name)))
    publish(NEW)
    assert sent[-2:] == [f"{NEW}/manifest.json", "current"]
    assert {f"{NEW}/awards.parquet", f"{NEW}/rejects.parquet"} <= set(sent[:-2])
    assert storage.names() == set(sent)


def test_an_edition_whose_manifest_has_not_come_is_none(storage, publish, elsewhere):
    publish(OLD)
    storage.write(f"{NEW}/awards.parquet", b"half")
    elsewhere()
    editions.catch_up()
    assert [edition.id for edition in editions.published()] == [OLD]


def test_a_damaged_table_is_not_shown_and_the_last_edition_stays(storage, publish, elsewhere):
    publish(OLD)
    elsewhere()
    editions.catch_up()
    storage.write(f"{NEW}/manifest.json", storage.read(f"{OLD}/manifest.json"))
    for name in storage.names():
        if name.startswith(OLD) and name.endswith(".parquet"):
            storage.write(name.replace(OLD, NEW), storage.read(name))
    storage.write(f"{NEW}/awards.parquet", b"not what was sealed")
    storage.write("current", NEW.encode())
    with pytest.raises(DamagedObject, match="awards"):
        editions.catch_up()
    assert editions.current().id == OLD


@pytest.mark.parametrize("said", ["../../etc", "", "a/b", "x" * 500])
def test_a_pointer_that_is_no_name_leads_nowhere(storage, publish, said):
    publish(OLD)
    storage.write("current", said.encode())
    with pytest.raises(DamagedObject):
        editions.catch_up()
    assert editions.current().id == OLD


def test_a_table_is_brought_from_where_it_broke_off(storage, publish, elsewhere, monkeypatch):
    publish(NEW)
    elsewhere()
    awards = storage.read(f"{NEW}/awards.parquet")
    arriving = editions.store() / ".arriving" / NEW
    arriving.mkdir(parents=True)
    (arriving / "awards.part").write_bytes(awards[:1000])
    steps = []
    monkeypatch.setattr("loaders.object_store._CHUNK_BYTES", 500)
    _the_mirror().catch_up(lambda label, done, _total: steps.append(done) if "awards" in label else None)
    assert steps[0] == 1500
    assert (editions.current().table_path("awards")).read_bytes() == awards


def test_what_is_published_under_a_name_never_changes(storage, publish):
    publish(NEW)
    before = storage.read(f"{NEW}/manifest.json")
    other = json.loads(before)
    other["tables"]["awards"]["sha256"] = "0" * 64
    (editions.store() / NEW / "manifest.json").write_text(json.dumps(other))
    with pytest.raises(DamagedObject, match="tables différentes"):
        editions.point_to(NEW)
    assert storage.read(f"{NEW}/manifest.json") == before


def test_rollback_is_for_every_machine_and_ends_at_the_starter(storage, publish, elsewhere, tiny_edition):
    publish(OLD, "2026-10-01T00:00:00")
    publish(NEW, "2026-11-01T00:00:00")
    elsewhere()
    editions.catch_up()
    assert editions.roll_back().id == OLD
    assert storage.read("current").decode().strip() == OLD
    editions.STARTER_FOLDER.symlink_to(tiny_edition.folder)
    assert editions.roll_back().id == tiny_edition.id
    assert "current" not in storage.names()


def test_an_older_edition_that_an_address_pins_comes_in_a_moment(storage, publish, elsewhere):
    publish(OLD, "2026-10-01T00:00:00")
    publish(NEW, "2026-11-01T00:00:00")
    elsewhere()
    editions.catch_up()
    assert [edition.id for edition in editions.published()] == [NEW, OLD]
    with pytest.raises(EditionComing, match="arrive"):
        editions.find(OLD)
    editions.catch_up()
    assert editions.find(OLD).scan("awards").collect().height
    assert editions.find("2025-01-01-cccccc") is None


def test_a_person_who_names_an_older_edition_waits_for_it(storage, publish, elsewhere):
    publish(OLD, "2026-10-01T00:00:00")
    publish(NEW, "2026-11-01T00:00:00")
    elsewhere()
    editions.catch_up()
    assert editions.named(OLD).scan("awards").collect().height


def test_the_copy_is_bounded_and_keeps_the_current_edition_and_those_asked_for(storage, publish, monkeypatch):
    monkeypatch.setattr(mirror, "MOST_WHOLE", 2)
    names = [f"2026-0{month}-01-aaaaaa" for month in range(1, 6)]
    for name in names:
        publish(name)
    _age(names[:-2])
    editions.catch_up()
    here = {folder.name for folder in editions.store().iterdir() if _the_mirror().has(folder.name)}
    assert here == set(names[-2:])
    assert {edition.id for edition in editions.published()} == set(names)


def test_an_edition_in_use_is_not_let_go_and_another_waits_for_its_room(storage, publish, elsewhere, monkeypatch):
    monkeypatch.setattr(mirror, "MOST_WHOLE", 1)
    publish(OLD)
    publish(NEW)
    elsewhere()
    editions.catch_up()
    with pytest.raises(EditionComing):
        editions.find(OLD)
    editions.catch_up()
    with pytest.raises(EditionComing):
        editions.find(OLD)
    assert editions.current().id == NEW


def test_a_running_process_finds_a_new_edition_by_itself(storage, publish, elsewhere, monkeypatch):
    monkeypatch.setattr(mirror, "FOLLOW_SECONDS", 0.05)
    publish(OLD)
    elsewhere()
    with editions.following():
        _wait_for(lambda: _shown() == OLD)
        storage.write(f"{NEW}/manifest.json", storage.read(f"{OLD}/manifest.json").replace(OLD.encode(), NEW.encode()))
        for name in storage.names():
            if name.startswith(OLD) and name.endswith(".parquet"):
                storage.write(name.replace(OLD, NEW), storage.read(name))
        storage.write("current", NEW.encode())
        _wait_for(lambda: _shown() == NEW)


def test_while_the_store_is_down_the_last_edition_is_served_and_the_log_says_so_once(
    storage, publish, monkeypatch, caplog
):
    publish(NEW)
    monkeypatch.setattr(mirror, "FOLLOW_SECONDS", 0.01)
    tries = []

    def nobody(_store):
        tries.append(1)
        raise StoreUnreachable("Le dépôt {store} ne répond pas ({cause}).", store=ADDRESS, cause="essai")

    monkeypatch.setattr(ObjectStore, "pointed_id", nobody)
    stopped = Event()
    thread = Thread(target=_the_mirror().follow, args=(stopped,))
    with caplog.at_level(logging.WARNING, "loaders.mirror"):
        thread.start()
        _wait_for(lambda: len(tries) > 3)
        assert editions.current().id == NEW
        stopped.set()
        thread.join()
    said = [record.message for record in caplog.records if record.name == "loaders.mirror"]
    assert len(said) == 1
    assert "ne répond pas (essai)" in said[0]


def test_every_verb_works_on_an_object_store(storage, elsewhere, tmp_path, monkeypatch, capsys):
    published = []
    for day in ("a", "b"):
        (tmp_path / f"{day}.json").write_bytes(GOOD.replace(b"2024M001", f"2024{day}".encode()))
        assert run(monkeypatch, capsys, "build", "--from", tmp_path / f"{day}.json", "--out", tmp_path / day)[0] == 0
        assert run(monkeypatch, capsys, "publish", tmp_path / day)[0] == 0
        published.append(storage.read("current").decode().strip())
        time.sleep(1)  # editions are told apart by the second
    elsewhere()
    monkeypatch.setattr(sys, "argv", ["loaders", "list"])
    with pytest.raises(SystemExit):
        cli.main()
    listed = capsys.readouterr().out
    assert all(name in listed for name in published)
    assert run(monkeypatch, capsys, "check")[0] == 0
    assert run(monkeypatch, capsys, "check", published[0])[0] == 0
    assert run(monkeypatch, capsys, "rollback")[0] == 0
    assert storage.read("current").decode().strip() == published[0]


def test_a_store_that_accepts_and_never_answers_holds_up_nobody(storage, publish, monkeypatch):
    publish(NEW)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{silent.getsockname()[1]}")
        stopped = Event()
        Thread(target=Mirror(ObjectStore(ADDRESS), editions.store()).follow, args=(stopped,), daemon=True).start()
        held, _address = silent.accept()
        began = time.perf_counter()
        assert editions.current().id == NEW
        assert editions.find(NEW).id == NEW
        assert time.perf_counter() - began < 0.1
        stopped.set()
        held.close()


def test_a_store_that_nobody_answers_for_is_said_in_a_sentence(storage, monkeypatch):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}")
    with pytest.raises(StoreUnreachable, match="ne répond pas"):
        Mirror(ObjectStore(ADDRESS), editions.store()).catch_up()


def _the_mirror() -> Mirror:
    return editions._mirror()


def _shown() -> str:
    try:
        return editions.current().id
    except UnknownEdition:
        return ""


def _age(names) -> None:
    for name in names:
        os.utime(editions.store() / name, (0, 0))


def _wait_for(is_so, seconds=10) -> None:
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_a_machine_without_any_edition_waits_for_its_first(storage, publish, elsewhere):
    publish(NEW)
    elsewhere()
    with editions.following():
        assert _shown() == NEW


def test_a_machine_without_any_edition_does_not_wait_for_a_store_that_refuses(storage, elsewhere, monkeypatch):
    def nobody(_store):
        raise StoreUnreachable("Le dépôt {store} ne répond pas.", store=ADDRESS)

    monkeypatch.setattr(ObjectStore, "pointed_id", nobody)
    elsewhere()
    began = time.perf_counter()
    with editions.following():
        assert time.perf_counter() - began < mirror.FIRST_SECONDS / 10
