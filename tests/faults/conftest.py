"""An edition that readers see, a publisher that feeds it, and updates run in this process."""

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from loaders import cli, editions, fetch, sources
from loaders.update import update
from tests.faults.publisher import Publisher, publishing, whole
from tests.faults.records import as_json

CONTRACTS = 20


@dataclass(frozen=True)
class Observatory:
    """The store and what feeds it; ``update`` is ``python -m loaders update``."""

    folder: Path
    publisher: Publisher
    capsys: pytest.CaptureFixture
    patch: pytest.MonkeyPatch

    @property
    def store(self) -> Path:
        """Where editions are published."""
        return self.folder / "store"

    @property
    def downloads(self) -> Path:
        """Where downloads are kept."""
        return self.folder / "downloads"

    def update(self, *arguments: str) -> tuple[int, str]:
        """The exit code of an update, and what it said, on one line."""
        return self.run("update", *arguments)

    def run(self, *arguments: str) -> tuple[int, str]:
        """The exit code of ``python -m loaders`` with these arguments, and what it said, on one line."""
        self.patch.setattr(sys, "argv", ["loaders", *arguments])
        code = 0
        try:
            cli.main()
        except SystemExit as end:
            code = int(end.code or 0)
        return code, " ".join(self.capsys.readouterr().err.split())

    def declare(self, line: str, instead_of: str = "") -> None:
        """Add a line to what is declared of the source, in the place of another or at the end."""
        text = sources.DECLARATION.read_text(encoding="utf-8")
        assert instead_of in text
        changed = text.replace(instead_of, line) if instead_of else f"{text}{line}\n"
        sources.DECLARATION.write_text(changed, encoding="utf-8")
        _forget_declaration()

    def served(self) -> tuple[str, dict[str, bytes]]:
        """What readers see: the name of the current edition and each byte of it."""
        current = editions.current()
        return current.id, {path.name: path.read_bytes() for path in sorted(current.folder.iterdir())}

    def left(self) -> list[str]:
        """What builds left behind in the store."""
        return sorted(path.name for path in self.store.iterdir() if path.name.startswith(".build"))

    def refused(self, *sentence: str) -> None:
        """The next update fails with a sentence that holds these words, and readers see what they saw."""
        before = self.served()
        code, said = self.update()
        assert code == 1, said
        assert "Traceback" not in said
        assert [words for words in sentence if words not in said] == [], said
        assert self.served() == before
        assert self.left() == []


@pytest.fixture(scope="session")
def first_update(tmp_path_factory) -> Path:
    """A folder with the store and the downloads of a first update, made once: tests begin with a copy of it."""
    folder = tmp_path_factory.mktemp("first")
    with pytest.MonkeyPatch.context() as patch, publishing(whole(as_json(CONTRACTS), etag='"first"')) as publisher:
        _settle(patch, folder, publisher)
        update([], lambda *_: None)
    _forget_declaration()
    return folder


@pytest.fixture
def observatory(tmp_path, monkeypatch, capsys, first_update) -> Iterator[Observatory]:
    """An edition of ``CONTRACTS`` contracts is current; the publisher may now change its mind."""
    for name in ("store", "downloads"):
        shutil.copytree(first_update / name, tmp_path / name)
    with publishing(whole(as_json(CONTRACTS), etag='"first"')) as publisher:
        _settle(monkeypatch, tmp_path, publisher)
        yield Observatory(tmp_path, publisher, capsys, monkeypatch)
    _forget_declaration()


def _settle(patch: pytest.MonkeyPatch, folder: Path, publisher: Publisher) -> None:
    patch.setenv("NUAGES_EDITIONS", str(folder / "store"))
    patch.setenv("NUAGES_DOWNLOADS", str(folder / "downloads"))
    patch.setattr(fetch, "RETRIES", 0)
    patch.setattr(sources, "DECLARATION", publisher.declare(folder / "sources.toml"))
    _forget_declaration()


def _forget_declaration() -> None:
    sources.declared.cache_clear()
    sources._declaration.cache_clear()
