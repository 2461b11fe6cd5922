"""An update killed anywhere: what readers see stays whole, and the next one succeeds and leaves nothing behind.

``NUAGES_KILLS`` says how many times (``make faults``: 50); the suite takes a few of them.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from loaders import editions
from loaders.check import problems
from tests.faults.pipeline import STAGES
from tests.faults.publisher import Publisher, publishing, whole
from tests.faults.records import as_json

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("NUAGES_KILLS", "6"))
BY_THE_CLOCK = 5
"""One kill in so many is of any moment, inside the libraries too; the others are of an event of a stage."""
SECONDS = 120


@dataclass(frozen=True)
class Place:
    """A store, its downloads, and the publisher that feeds it."""

    folder: Path
    publisher: Publisher

    def started(self, kill: str = "no") -> subprocess.Popen:
        """An update at work."""
        self.publisher.declare(self.folder / "sources.toml")
        return subprocess.Popen(
            [sys.executable, "-m", "tests.faults.pipeline", self.folder / "sources.toml", kill, "--", "update"],
            cwd=ROOT,
            env=os.environ
            | {"NUAGES_EDITIONS": str(self.folder / "store"), "NUAGES_DOWNLOADS": str(self.folder / "downloads")},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )

    def updated(self, kill: str = "no") -> int:
        """The exit code of an update that came to its end, or was killed."""
        process = self.started(kill)
        _, said = process.communicate(timeout=SECONDS)
        assert "Traceback" not in said, said
        return process.returncode

    def publish(self, title: str) -> None:
        """From now on the contracts of the publisher have that title."""
        self.publisher.answer = whole(as_json(objet=title), etag=f'"{title}"')

    def left(self) -> list[str]:
        """What is in the store and is neither an edition, nor the pointer, nor the lock of updates."""
        named = {edition.id for edition in editions.published()} | {"current", ".update.lock"}
        return sorted(path.name for path in (self.folder / "store").iterdir() if path.name not in named)


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setenv("NUAGES_EDITIONS", str(tmp_path / "store"))
    with publishing(whole(b"")) as publisher:
        yield Place(tmp_path, publisher)


def titles() -> set[str]:
    """What the contracts of the current edition are called."""
    return set(editions.current().scan("contracts").collect()["title"])


def served() -> tuple[str, dict[str, bytes]]:
    """What readers see: the name of the current edition and each byte of it."""
    current = editions.current()
    return current.id, {path.name: path.read_bytes() for path in sorted(current.folder.iterdir())}


def moments(events: dict[str, int], seconds: float) -> list[str]:
    """Where to kill: stages in turn at random events, and now and then after random seconds."""
    chance = random.Random("fifty deaths")
    found = []
    for number in range(KILLS):
        stage = list(STAGES)[number % len(STAGES)]
        is_by_the_clock = number % BY_THE_CLOCK == BY_THE_CLOCK - 1
        at_event = f"{stage}:{chance.randrange(events[stage])}"
        found.append(f"after:{chance.uniform(0.2, seconds):.3f}" if is_by_the_clock else at_event)
    return found


def kill(place: Place, moment: str) -> int:
    """Start an update, kill it at that moment, give what it ended by."""
    if not moment.startswith("after:"):
        return place.updated(moment)
    process = place.started()
    time.sleep(float(moment.removeprefix("after:")))
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=SECONDS)
    return process.returncode


def test_an_update_killed_anywhere_leaves_readers_a_whole_edition_and_the_next_one_succeeds(place):
    place.publish("Serveurs")
    began = time.monotonic()
    assert place.updated(f"count:{place.folder / 'events.json'}") == 0
    events = json.loads((place.folder / "events.json").read_text())
    killed = []
    for number, moment in enumerate(moments(events, time.monotonic() - began)):
        before = served()
        place.publish(f"Serveurs {number}")
        code = kill(place, moment)
        after = served()
        killed.append((moment, code))
        assert problems(editions.current()) == []
        assert [edition.id for edition in editions.published() if problems(edition)] == []
        if after[0] != before[0]:
            assert titles() == {f"Serveurs {number}"}
        else:
            assert after == before
    assert place.updated() == 0
    assert titles() == {f"Serveurs {KILLS - 1}"}
    assert place.left() == []
    assert sum(code == -signal.SIGKILL for _, code in killed) >= KILLS * 3 // 4, killed
