"""How much an archive may become: what a small file can unfold to is not what a source holds."""

from pathlib import Path

MOST_UNPACKED_BYTES = 20_000_000_000
ALWAYS_ALLOWED_BYTES = 100_000_000
LARGEST_RATIO = 200
"""Published JSON and CSV shrink ten- to thirtyfold; gzip alone can unfold a thousandfold."""
MOST_MEMBERS = 1_000
LARGEST_DIRECTORY_BYTES = 1 << 20
"""A thousand members with names of a hundred letters fill a seventh of it."""


class Exceeded(Exception):
    """An archive that unfolds to more than it may."""


class Allowance:
    """What is left of what one source may become, all its archives within archives together."""

    def __init__(self, packed_bytes: int) -> None:
        self._bytes = min(MOST_UNPACKED_BYTES, max(ALWAYS_ALLOWED_BYTES, packed_bytes * LARGEST_RATIO))
        self._members = MOST_MEMBERS

    @classmethod
    def of(cls, path: Path) -> "Allowance":
        """What the file at ``path`` may become."""
        return cls(path.stat().st_size if path.is_file() else 0)

    def take(self, unpacked_bytes: int) -> None:
        """Count bytes that were unpacked. Raises Exceeded when they are too many."""
        self._bytes -= unpacked_bytes
        if self._bytes < 0:
            raise Exceeded

    def declare(self, members: int, unpacked_bytes: int) -> None:
        """Count members, and see what an archive says of itself. Raises Exceeded before anything is unpacked."""
        self._members -= members
        if self._members < 0 or unpacked_bytes > self._bytes:
            raise Exceeded
