"""Where things are built: gone at the end, swept when its owner was killed, left alone while it works."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from loaders.workshop import sweep, workshop

ROOT = Path(__file__).parents[2]
OWNER = """
import sys, time
from pathlib import Path
from loaders.workshop import workshop
with workshop(Path(sys.argv[1])) as work:
    (work / "half.parquet").write_bytes(b"PAR1")
    print("ready", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def owner(tmp_path):
    """Another process that builds in the same folder."""
    process = subprocess.Popen([sys.executable, "-c", OWNER, tmp_path], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "ready\n"
    yield process
    process.kill()
    process.communicate()


def test_what_another_process_builds_is_left_alone_until_it_is_killed(owner, tmp_path):
    with workshop(tmp_path):
        assert len(list(tmp_path.glob(".build-*/half.parquet"))) == 1
    os.kill(owner.pid, signal.SIGKILL)
    owner.wait()
    with workshop(tmp_path) as work:
        assert list(tmp_path.iterdir()) == [work]
    assert list(tmp_path.iterdir()) == []


def test_it_is_gone_when_the_work_failed(tmp_path):
    with pytest.raises(ZeroDivisionError), workshop(tmp_path):
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


def test_only_folders_of_builds_are_swept(tmp_path):
    (tmp_path / ".build-notes.txt").write_text("mine")
    (tmp_path / "edition").mkdir()
    sweep(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".build-notes.txt", "edition"]
