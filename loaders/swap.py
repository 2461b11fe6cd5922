"""Put one folder in the place of another so that there is always one of the two there, whole."""

import ctypes
import errno
import os
import shutil
from pathlib import Path

_HERE = -100  # AT_FDCWD
_EXCHANGE = 2  # RENAME_EXCHANGE of renameat2(2), Linux 3.15
_NOT_OFFERED = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP}


def exchange(one: Path, other: Path) -> None:
    """Each of the two folders stands where the other stood, in one step.

    Where the system offers no such step there are two, and ``restore`` repairs what a kill between them leaves.
    Raises OSError, and then nothing has moved.
    """
    if not _exchanged(one, other):
        _exchanged_in_turn(one, other)


def restore(place: Path) -> None:
    """Put back what stood at ``place`` when an exchange was killed half-way; else remove what was replaced."""
    aside = _aside(place)
    if not aside.exists():
        return
    if place.exists():
        shutil.rmtree(aside, ignore_errors=True)
    else:
        aside.replace(place)


def _exchanged(one: Path, other: Path) -> bool:
    """Whether the system exchanged the two."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    if rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in _NOT_OFFERED:
        return False
    raise OSError(code, os.strerror(code), str(one), None, str(other))


def _exchanged_in_turn(one: Path, other: Path) -> None:
    aside = _aside(other)
    other.replace(aside)
    try:
        one.replace(other)
    except OSError:
        aside.replace(other)
        raise
    aside.replace(one)


def _aside(place: Path) -> Path:
    return place.with_name(f".{place.name}.replaced")
