"""Readers while editions change: each page is of one edition, and the server answers while an update works."""

import hashlib
import os
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

from loaders import editions
from loaders.build import Plan, build_into_store
from loaders.sources import local_file
from tests.browser.conftest import observatory as running
from tests.faults.publisher import publishing, whole
from tests.faults.records import as_json

ROOT = Path(__file__).parents[2]
EDITIONS = 4
SLOWEST_SECONDS = 20


class Reader(threading.Thread):
    """Looks at the current edition over and over as pages do: its manifest, then its tables one by one."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.seen: set[str] = set()
        self.wrong: list[str] = []
        self.looks = 0
        self._ended = threading.Event()

    def run(self) -> None:
        while not self._ended.is_set():
            try:
                self._look()
            except Exception as failure:
                self.wrong.append(repr(failure))

    def _look(self) -> None:
        edition = editions.current()
        for table, sealed in edition.manifest["tables"].items():
            if hashlib.sha256(edition.table_path(table).read_bytes()).hexdigest() != sealed["sha256"]:
                self.wrong.append(f"{table} is not of {edition.id}")
            if edition.scan(table).collect().height != sealed["rows"]:
                self.wrong.append(f"{table} has not the rows of {edition.id}")
        self.seen.add(edition.id)
        self.looks += 1
        time.sleep(0.002)

    def stop(self) -> None:
        self._ended.set()
        self.join()


def test_no_reader_sees_two_editions_at_once_while_they_are_published(tmp_path, monkeypatch):
    """New editions, the same one again, and the way back, as fast as can be."""
    monkeypatch.setenv("NUAGES_EDITIONS", str(tmp_path / "store"))
    source = tmp_path / "source.json"
    plan = Plan([local_file(str(source))])

    def publish(contracts: int) -> str:
        source.write_bytes(as_json(contracts))
        return build_into_store(plan, lambda *_: None).id

    published = [publish(1)]
    reader = Reader()
    reader.start()
    for contracts in range(2, EDITIONS):
        published += [publish(contracts), publish(contracts)]
        assert editions.roll_back().id != published[-1]
        editions.point_to(published[-1])
    reader.stop()
    assert reader.wrong == []
    assert len(reader.seen) > 1
    assert reader.looks > EDITIONS
    assert len(set(published)) == EDITIONS - 1


def test_an_edition_published_twice_is_not_touched(tmp_path, monkeypatch):
    """The same content has the same name, and readers of the first keep the very same files."""
    monkeypatch.setenv("NUAGES_EDITIONS", str(tmp_path / "store"))
    source = tmp_path / "source.json"
    source.write_bytes(as_json(3))
    first = build_into_store(Plan([local_file(str(source))]), lambda *_: None)
    before = {path.name: (path.stat().st_ino, path.read_bytes()) for path in first.folder.iterdir()}
    again = build_into_store(Plan([local_file(str(source))]), lambda *_: None)
    assert again.folder == first.folder
    assert {path.name: (path.stat().st_ino, path.read_bytes()) for path in again.folder.iterdir()} == before


def test_an_edition_that_was_damaged_is_mended_when_it_is_built_again(tmp_path, monkeypatch):
    monkeypatch.setenv("NUAGES_EDITIONS", str(tmp_path / "store"))
    source = tmp_path / "source.json"
    source.write_bytes(as_json(3))
    edition = build_into_store(Plan([local_file(str(source))]), lambda *_: None)
    sound = edition.table_path("awards").read_bytes()
    edition.table_path("awards").write_bytes(sound[:-30])
    again = build_into_store(Plan([local_file(str(source))]), lambda *_: None)
    assert again.table_path("awards").read_bytes() == sound


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=SLOWEST_SECONDS) as answer:
            return answer.status == 200
    except OSError:
        return False


def test_the_server_answers_while_an_update_works_and_then_shows_the_new_edition(tmp_path):
    environment = os.environ | {"NUAGES_EDITIONS": str(tmp_path / "store"), "NUAGES_DOWNLOADS": str(tmp_path / "in")}
    with running(tmp_path / "store") as address, publishing(whole(as_json(4000))) as publisher:
        declaration = publisher.declare(tmp_path / "sources.toml")
        command = [sys.executable, "-m", "tests.faults.pipeline", declaration, "no", "--", "update"]
        update = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True)
        asked = []
        while update.poll() is None:
            asked += [answers(address + path) for path in ("/_stcore/health", "/", "/donnees/")]
        assert update.returncode == 0, update.stderr.read()
        assert len(asked) > 3
        assert all(asked)
        with urllib.request.urlopen(address + "/donnees/", timeout=SLOWEST_SECONDS) as answer:
            assert b'"kind":"national"' in answer.read()
