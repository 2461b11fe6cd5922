"""What must be true of any reading, whatever was read: every record has a fate, and nothing was run."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.loaders.read.reading import Whole, read_whole

_RUNS = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "socket.connect", "pickle.find_class")
_seen: list[str] | None = None


def _watch(event: str, arguments: tuple) -> None:
    if _seen is not None and event.startswith(_RUNS) and not _is_language_data(event, arguments):
        _seen.append(f"{event}{arguments}")


def _is_language_data(event: str, arguments: tuple) -> bool:
    """Babel keeps the words and formats of each language in pickles of its own."""
    return event == "pickle.find_class" and arguments[0].startswith("babel.")


sys.addaudithook(_watch)


@contextmanager
def nothing_is_run() -> Iterator[None]:
    """Fail when a process is started, an address is connected to or an object is unpickled meanwhile."""
    global _seen
    _seen = []
    try:
        yield
        assert not _seen, _seen
    finally:
        _seen = None


def read_with_every_fate(path: Path, mapping: Path | None = None) -> Whole:
    """Read ``path``; each of its records is in the rows or among the rejects, and no other is."""
    read = read_whole(path, mapping)
    if read.records:
        kept = set(read.rows["record_number"])
        rejected = set(read.rejects.filter(scope="record")["record_number"])
        assert not kept & rejected
        assert kept | rejected == set(range(1, read.records + 1))
    return read
