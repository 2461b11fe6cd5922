"""The file being read: where it is, how it is called, where its temporary copies go, and how it is refused."""

from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from loaders.errors import UnreadableSource
from loaders.read.bounds import Allowance


class Scratch:
    """A temporary folder, made when first needed and gone when closed or forgotten."""

    def __init__(self, inside: Path | None = None) -> None:
        self._inside = inside
        self._folder: TemporaryDirectory[str] | None = None
        self._files = 0

    def new_file(self) -> Path:
        """A path that no other copy uses."""
        self._files += 1
        return self._path() / f"copy-{self._files}"

    def part(self) -> "Scratch":
        """A folder inside this one, that can be closed earlier."""
        return Scratch(self._path())

    def _path(self) -> Path:
        if self._folder is None:
            self._folder = TemporaryDirectory(prefix="nuages-", dir=self._inside)
        return Path(self._folder.name)

    def close(self) -> None:
        """Remove the folder and all that is in it."""
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None


@dataclass(frozen=True)
class Source:
    """One file to read. ``name`` is what errors call it: the file's own name, or its name inside an archive."""

    path: Path
    source_id: str
    name: str
    mapping: Path | None = None
    scratch: Scratch = field(default_factory=Scratch)
    allowance: Allowance = field(default_factory=lambda: Allowance(0))

    def refusal(self, sentence: str, **details: object) -> UnreadableSource:
        """The error to raise when this file cannot be read; ``{name}`` in ``sentence`` is the file's name."""
        return UnreadableSource(sentence, name=self.name, **details)
