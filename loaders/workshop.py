"""The folder in which something is built: beside its place, owned while in use, swept when its owner was killed."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PREFIX = ".build-"


@contextmanager
def workshop(beside: Path) -> Iterator[Path]:
    """A new folder inside ``beside``, so that the last step is a rename; gone at the end, whatever happens.

    What builds that were killed left there goes first. Raises OSError when nothing can be written.
    """
    beside.mkdir(parents=True, exist_ok=True)
    sweep(beside)
    work, owner = _owned_folder(beside)
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)
        os.close(owner)


def sweep(beside: Path) -> None:
    """Remove the folders in ``beside`` whose owner is gone; those of builds at work are left alone."""
    for left in beside.glob(f"{_PREFIX}*"):
        owner = _opened(left)
        if owner is None:
            continue
        try:
            fcntl.flock(owner, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(left, ignore_errors=True)
        except BlockingIOError:
            pass
        finally:
            os.close(owner)


def _owned_folder(beside: Path) -> tuple[Path, int]:
    """A folder and what holds its lock, which the system releases however the process ends."""
    while True:
        work = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=beside))
        owner = _opened(work)
        if owner is None:
            continue
        fcntl.flock(owner, fcntl.LOCK_EX)
        if work.is_dir():  # nobody swept it before it was locked
            return work, owner
        os.close(owner)


def _opened(folder: Path) -> int | None:
    try:
        return os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except (FileNotFoundError, NotADirectoryError):
        return None
