"""How much memory of its own a process has."""

import threading
from pathlib import Path

_SAMPLED_EVERY_SECONDS = 0.02


class AnonymousMemory:
    """The most memory of our own, without the pages of mapped files, that the process had while watched."""

    def __init__(self) -> None:
        self.peak_bytes = 0
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "AnonymousMemory":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self._thread.join()
        self.sample()

    def sample(self) -> None:
        """Look once more."""
        self.peak_bytes = max(self.peak_bytes, _status_bytes("RssAnon"))

    def _watch(self) -> None:
        while not self._is_over.wait(_SAMPLED_EVERY_SECONDS):
            self.sample()


def peak_bytes() -> int:
    """The most memory that this process has had, mapped files included.

    Not what ``getrusage`` says: that counts the memory of the process that started this one.
    """
    return _status_bytes("VmHWM")


def _status_bytes(name: str) -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    (line,) = (line for line in status.splitlines() if line.startswith(name))
    return int(line.split()[1]) * 1024
