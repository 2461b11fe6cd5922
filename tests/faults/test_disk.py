"""The disk fills: for real on a small file system of memory where one may be mounted, else by what a write raises."""

import errno
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.records import as_json

ROOT = Path(__file__).parents[2]
SMALL_BYTES = 400_000
CONTRACTS = 6_000


@pytest.fixture
def small_disk(tmp_path):
    """A file system of four hundred kilobytes."""
    place = tmp_path / "small"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SMALL_BYTES}", "tmpfs", place], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no file system may be mounted here: the tests of limits say the same")
    yield place
    subprocess.run(["umount", "--lazy", place], check=True)


def built(source: Path, out: Path, limit_bytes: int = 0) -> tuple[int, str]:
    """The exit code of a build, and what it said; no file may grow beyond the limit."""

    def limit() -> None:
        if limit_bytes:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit_bytes, limit_bytes))

    done = subprocess.run(
        [sys.executable, "-m", "loaders", "build", "--from", source, "--out", out],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=limit,
    )
    return done.returncode, " ".join(done.stderr.split())


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture
def sources(tmp_path) -> tuple[Path, Path]:
    """A file that fits, and one that does not."""
    small, large = tmp_path / "small.json", tmp_path / "large.json"
    small.write_bytes(as_json(20))
    large.write_bytes(as_json(CONTRACTS))
    return small, large


def test_a_full_disk_leaves_the_current_edition_and_says_so(small_disk, sources):
    small, large = sources
    out = small_disk / "edition"
    assert built(small, out)[0] == 0
    before = content(out)
    fill(small_disk, leaving_bytes=60_000)
    code, said = built(large, out)
    assert code == 1, said
    assert "Traceback" not in said
    assert "est plein" in said
    assert content(out) == before
    assert [path.name for path in small_disk.iterdir() if path.name.startswith(".build")] == []


def fill(folder: Path, leaving_bytes: int) -> None:
    free = os.statvfs(folder).f_bavail * os.statvfs(folder).f_frsize
    (folder / "filler").write_bytes(b"\0" * max(0, free - leaving_bytes))


def test_a_full_disk_that_is_freed_is_no_longer_one(small_disk, sources):
    small, _ = sources
    fill(small_disk, leaving_bytes=0)
    assert built(small, small_disk / "edition")[0] == 1
    (small_disk / "filler").unlink()
    code, said = built(small, small_disk / "edition")
    assert code == 0, said


@pytest.mark.parametrize("limit_bytes", [1, 20_000])
def test_a_file_that_may_not_grow_leaves_the_current_edition_and_says_so(tmp_path, sources, limit_bytes):
    """The system refuses to write beyond a size (RLIMIT_FSIZE): another error than a full disk, the same promise."""
    small, large = sources
    out = tmp_path / "edition"
    assert built(small, out)[0] == 0
    before = content(out)
    code, said = built(large, out, limit_bytes)
    assert code == 1, said
    assert "Traceback" not in said
    assert "courante reste en place" in said
    assert content(out) == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".build")] == []


def test_a_download_that_fills_the_disk_is_said_and_the_current_edition_stays(observatory, monkeypatch):
    def full(*_arguments, **_named):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("loaders.download._write", full)
    observatory.publisher.answer = lambda handler: handler.say(200, Content_Length=0)
    observatory.refused("n’a pas pu être écrit", "Libérez de la place")


def test_a_store_that_may_not_be_written_is_said(observatory, monkeypatch):
    def refuse(*_arguments, **_named):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr("loaders.workshop.tempfile.mkdtemp", refuse)
    observatory.refused("Permission denied", "courante reste en place")
