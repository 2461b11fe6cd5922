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
        status = Path("/proc/self/status").read_text(encoding="ascii")
        (line,) = (line for line in status.splitlines() if line.startswith("RssAnon"))
        self.peak_bytes = max(self.peak_bytes, int(line.split()[1]) * 1024)

    def _watch(self) -> None:
        while not self._is_over.wait(_SAMPLED_EVERY_SECONDS):
            self.sample()
