"""This machine's copy of the editions of an object store: what readers are shown is always a whole local folder.

Readers never wait for the store. A thread follows its pointer, brings a new edition in full, checks it, and only then
points to it here; while the store is slow or down, the last edition that came stays served. Several processes of one
machine share the copy. Scanning the store itself instead would put several round trips into every question.
"""

import logging
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

from filelock import FileLock, Timeout

from language import mark
from loaders.object_store import MANIFEST_NAME, POINTER_NAME, DamagedObject, ObjectStore, Report, is_name

FOLLOW_SECONDS = 5
LISTING_SECONDS = 60
FIRST_SECONDS = 60
"""How long a machine that never had an edition waits for its first before it answers with the starter edition."""
MOST_WHOLE = 4
"""Editions held whole on this machine: the current one and those asked for last."""
IDLE_SECONDS = 600
"""How long an edition that nobody asked for is still held: a page that is being drawn may be reading it."""
_LISTING = ".listed"
_ARRIVING = ".arriving"

_log = logging.getLogger(__name__)


def _silent(_label: str, _done: int, _total: int) -> None:
    pass


@dataclass
class Mirror:
    """The copy of ``remote`` in ``folder``, which is laid out as a local store is."""

    remote: ObjectStore
    folder: Path
    _wanted: set[str] = field(default_factory=set)
    _listed_at: float = -LISTING_SECONDS
    _tried: Event = field(default_factory=Event)

    @property
    def listing(self) -> Path:
        """A folder for each edition of the store, with its manifest alone."""
        return self.folder / _LISTING

    def has(self, edition_id: str) -> bool:
        """Whether the edition is here, whole."""
        return is_name(edition_id) and (self.folder / edition_id / MANIFEST_NAME).is_file()

    def want(self, edition_id: str) -> bool:
        """Whether the store keeps that edition; one that is not here yet will be brought by ``follow``."""
        if not is_name(edition_id) or not (self.listing / edition_id).is_dir():
            return False
        if self.has(edition_id):
            os.utime(self.folder / edition_id)
        else:
            self._wanted.add(edition_id)
        return True

    def catch_up(self, report: Report = _silent, patience_seconds: float = -1) -> None:
        """Learn what the store holds, bring its current edition and the wanted ones, then point to the current one.

        Raises StoreUnreachable, DamagedObject and OSError; what was here before stays. Waits for its turn for
        ``patience_seconds`` (for ever by default), then leaves the work to whoever is at it.
        """
        with self._turn(patience_seconds) as is_ours:
            if is_ours:
                pointed = self.remote.pointed_id()
                self._list(pointed)
                if pointed:
                    self._bring(pointed, report)
                self._point(pointed)
                self._bring_wanted(report)
                self._make_room(MOST_WHOLE)
                self._tried.set()

    def bring(self, edition_id: str, report: Report = _silent) -> None:
        """Bring one edition of the listing now. Raises as ``catch_up`` does."""
        with self._turn(-1):
            self._bring(edition_id, report)

    def publish(self, edition_id: str, report: Report = _silent) -> None:
        """Make an edition the current one for every machine; it is sent first when it was built here.

        The pointer moves last, so that nobody sees half an edition. Raises as ``catch_up`` does.
        """
        if self.has(edition_id):
            self.remote.send(self.folder / edition_id, edition_id, report)
        self.remote.point_to(edition_id)
        self._listed_at = -LISTING_SECONDS
        self.catch_up(report)

    def unpublish(self) -> None:
        """Make the starter edition the current one for every machine. Raises as ``catch_up`` does."""
        self.remote.point_to_nothing()
        self.catch_up()

    def follow(self, stopped: Event) -> None:
        """Catch up every few seconds until ``stopped``; what fails is said in the log once, and tried again."""
        trouble = ""
        while not stopped.is_set():
            try:
                self.catch_up(patience_seconds=0)
            except Exception as failure:
                # Whatever the store holds or answers, the next edition must still be found
                if str(failure) != trouble:
                    trouble = str(failure)
                    _log.warning("editions of %s: %s", self.remote.address, trouble)
                self._tried.set()
            else:
                if trouble:
                    _log.warning("editions of %s: followed again", self.remote.address)
                trouble = ""
            stopped.wait(FOLLOW_SECONDS)

    @contextmanager
    def following(self) -> Iterator[None]:
        """Follow the store in a thread; without any edition yet, wait for the first one or for what prevents it."""
        stopped = Event()
        thread = Thread(target=self.follow, args=(stopped,), name="editions", daemon=True)
        thread.start()
        until = time.monotonic() + FIRST_SECONDS
        while self._pointed() is None and not self._tried.wait(0.1) and time.monotonic() < until:
            pass
        try:
            yield
        finally:
            stopped.set()
            thread.join(FOLLOW_SECONDS)

    @contextmanager
    def _turn(self, patience_seconds: float) -> Iterator[bool]:
        """One process of this machine works on the copy at a time."""
        self.folder.mkdir(parents=True, exist_ok=True)
        turn = FileLock(self.folder / ".turn.lock", timeout=patience_seconds)
        try:
            turn.acquire()
        except Timeout:
            yield False
            return
        try:
            yield True
        finally:
            turn.release()

    def _list(self, pointed: str | None) -> None:
        is_fresh = time.monotonic() - self._listed_at < LISTING_SECONDS
        if is_fresh and (pointed is None or (self.listing / pointed).is_dir()):
            return
        self.listing.mkdir(parents=True, exist_ok=True)
        there = self.remote.edition_names()
        here = {folder.name for folder in self.listing.iterdir()}
        for gone in here - there:
            shutil.rmtree(self.listing / gone, ignore_errors=True)
        for name in there - here:
            manifest = self.remote.manifest(name)
            if manifest is not None:
                arriving = self._arriving(f"{name}.manifest")
                (arriving / MANIFEST_NAME).write_bytes(manifest)
                arriving.replace(self.listing / name)
        self._listed_at = time.monotonic()

    def _bring(self, edition_id: str, report: Report) -> None:
        if self.has(edition_id):
            return
        text = self._listed_manifest(edition_id)
        arriving = self._arriving(edition_id)
        self.remote.fetch_tables(edition_id, text, arriving, report)
        (arriving / MANIFEST_NAME).write_bytes(text)
        arriving.replace(self.folder / edition_id)

    def _listed_manifest(self, edition_id: str) -> bytes:
        try:
            return (self.listing / edition_id / MANIFEST_NAME).read_bytes()
        except FileNotFoundError:
            raise DamagedObject(
                mark("Le dépôt {store} n’a pas l’édition {edition} entière : celle qui était servie le reste."),
                store=self.remote.address,
                edition=edition_id,
            ) from None

    def _bring_wanted(self, report: Report) -> None:
        while self._wanted:
            self._make_room(MOST_WHOLE - 1)
            if len(self._whole()) >= MOST_WHOLE:
                return
            wanted = self._wanted.pop()
            if (self.listing / wanted).is_dir():
                self._bring(wanted, report)

    def _point(self, edition_id: str | None) -> None:
        pointer = self.folder / POINTER_NAME
        before = self._pointed()
        if before == edition_id:
            return
        if before and self.has(before):
            os.utime(self.folder / before)
        if edition_id is None:
            pointer.unlink()
            return
        beside = self.folder / f"{POINTER_NAME}.new"
        beside.write_text(edition_id + "\n", encoding="utf-8")
        beside.replace(pointer)

    def _pointed(self) -> str | None:
        pointer = self.folder / POINTER_NAME
        return pointer.read_text(encoding="utf-8").strip() if pointer.is_file() else None

    def _whole(self) -> list[Path]:
        """The editions that are here: the current one, then those asked for last."""
        current = self._pointed()
        folders = [folder for folder in self.folder.iterdir() if self.has(folder.name)]
        return sorted(folders, key=lambda folder: (folder.name != current, -folder.stat().st_mtime))

    def _make_room(self, most: int) -> None:
        """Let go of the editions beyond ``most`` that nobody has asked for lately, and of what never arrived."""
        long_ago = time.time() - IDLE_SECONDS
        for folder in self._whole()[max(most, 1) :]:
            if folder.stat().st_mtime < long_ago:
                folder.replace(self._arriving(f"{folder.name}.gone") / folder.name)
        for left in (self.folder / _ARRIVING).glob("*"):
            if left.stat().st_mtime < long_ago or left.name.endswith(".gone"):
                shutil.rmtree(left, ignore_errors=True)

    def _arriving(self, name: str) -> Path:
        """The folder in which an edition is gathered before it is shown."""
        folder = self.folder / _ARRIVING / name
        folder.mkdir(parents=True, exist_ok=True)
        return folder
