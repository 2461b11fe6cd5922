"""Where editions live: the store that ``update`` fills, the pointer to the current one, the starter edition.

The store is a folder (``NUAGES_EDITIONS``, by default ``data/editions``) with one folder an edition and a file
``current`` that names the one to show. Without it, the starter edition that ships with the project is current.
``NUAGES_EDITIONS=s3://bucket/prefix`` names an object store instead: what is read here is then this machine's copy of
it (``loaders.mirror``), and what is published or pointed to is published for all machines.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import polars as pl

from language import mark
from loaders.errors import LoaderError
from loaders.mirror import Mirror
from loaders.object_store import MANIFEST_NAME, POINTER_NAME, SCHEME, ObjectStore, is_name

DATA_FOLDER = Path(__file__).parents[1] / "data"
STARTER_FOLDER = DATA_FOLDER / "starter"
NATIONAL = "national"
SYNTHETIC = "synthetic"
"""Made up by benchmarks to measure; never shown."""


class UnknownEdition(LoaderError):
    """No edition of that name in the store."""


class EditionComing(UnknownEdition):
    """An edition that the object store keeps and that this machine has yet to bring."""


@dataclass(frozen=True)
class Edition:
    """One immutable, dated, checksummed build of all tables."""

    folder: Path

    @cached_property
    def manifest(self) -> dict:
        """What ``manifest.json`` says: id, kind, dates, sources, counts, tables, method version."""
        return json.loads((self.folder / MANIFEST_NAME).read_text(encoding="utf-8"))

    @property
    def id(self) -> str:
        """The name that addresses and citations carry."""
        return self.manifest["id"]

    @property
    def is_starter(self) -> bool:
        """Whether this is the small real edition that ships with the project."""
        return self.manifest["kind"] == "starter"

    @property
    def is_synthetic(self) -> bool:
        """Whether its contracts were made up to measure: such an edition is never shown."""
        return self.manifest["kind"] == SYNTHETIC

    def table_path(self, table: str) -> Path:
        """The Parquet file of ``table`` (a key of ``schema.TABLES``)."""
        return self.folder / f"{table}.parquet"

    def scan(self, table: str) -> pl.LazyFrame:
        """``table``, read only as far as a question needs it."""
        return pl.scan_parquet(self.table_path(table))


def store() -> Path:
    """The folder of published editions: the store itself, or this machine's copy of the object store."""
    mirror = _mirror()
    return mirror.folder if mirror else Path(_address())


@contextmanager
def following() -> Iterator[None]:
    """Keep up with the object store, if editions live in one; a folder needs nobody to follow it."""
    mirror = _mirror()
    if mirror is None:
        yield
    else:
        with mirror.following():
            yield


def catch_up() -> None:
    """Have here what the object store has now, if editions live in one; for whoever may wait for it.

    Raises StoreUnreachable and DamagedObject: what was here before stays.
    """
    mirror = _mirror()
    if mirror:
        mirror.catch_up()


def current() -> Edition:
    """The edition to show: the one that the pointer names, else the starter edition.

    Cheap enough to be asked at every page view: one small file is read. Raises UnknownEdition when neither is there.
    """
    pointed = _pointed()
    if pointed:
        return pointed
    if _is_edition(STARTER_FOLDER):
        return Edition(STARTER_FOLDER)
    raise UnknownEdition(
        mark("Aucune édition n’est disponible : lancez « python -m loaders update », ou rétablissez data/starter.")
    )


def current_national() -> Edition | None:
    """The national edition that readers see; None when they see another kind, or the starter edition."""
    pointed = _pointed()
    return pointed if pointed and pointed.manifest["kind"] == NATIONAL else None


def published() -> list[Edition]:
    """The editions of the store, the newest first; of one in an object store, the manifest may be all that is here."""
    mirror = _mirror()
    place = mirror.listing if mirror else store()
    if not place.is_dir():
        return []
    folders = [folder for folder in place.iterdir() if _is_edition(folder) and not folder.name.startswith(".")]
    real = [edition for edition in map(Edition, folders) if not edition.is_synthetic]
    return sorted(real, key=lambda edition: edition.manifest["created_at"], reverse=True)


def known() -> list[Edition]:
    """The editions of the store, the newest first, then the starter edition."""
    return [*published(), *([Edition(STARTER_FOLDER)] if _is_edition(STARTER_FOLDER) else [])]


def find(edition_id: str) -> Edition | None:
    """The edition of that id, in the store or the starter one; None when it is gone.

    Raises EditionComing when the object store keeps it and it is not here yet: it will be, in a moment.
    """
    mirror = _mirror()
    is_kept = mirror is not None and mirror.want(edition_id)
    places = [store() / edition_id, STARTER_FOLDER] if is_name(edition_id) else []
    found = next((Edition(place) for place in places if _is_shown(place) and Edition(place).id == edition_id), None)
    if found is None and is_kept:
        raise EditionComing(
            mark("L’édition {edition} arrive sur ce serveur : revenez à cette adresse dans un instant."),
            edition=edition_id,
        )
    return found


def fetched(edition_id: str) -> Edition | None:
    """The edition of that id, as ``find``, for whoever may wait for what the object store keeps.

    Raises StoreUnreachable and DamagedObject.
    """
    mirror = _mirror()
    if mirror:
        mirror.catch_up()
        if mirror.want(edition_id):
            mirror.bring(edition_id)
    return find(edition_id)


def named(argument: str) -> Edition:
    """The edition that a person names: a folder, an id, or nothing for the current one.

    A person waits for what the object store keeps. Raises UnknownEdition when there is none.
    """
    if not argument:
        catch_up()
        return current()
    if _is_edition(Path(argument)):
        return Edition(Path(argument))
    found = fetched(argument)
    if found is None:
        raise UnknownEdition(
            mark(
                "« {edition} » n’est ni un dossier d’édition ni une édition connue : voyez « python -m loaders list »."
            ),
            edition=argument,
        )
    return found


def point_to(edition_id: str) -> None:
    """Make an edition of the store the current one, in one step that no reader sees half done.

    An edition that was built here goes to the object store first, if editions live in one. Raises UnknownEdition when
    the store has none of that id, or one that was made up to measure; StoreUnreachable and DamagedObject when the
    object store does not take it.
    """
    mirror = _mirror()
    kept = [mirror.listing / edition_id] if mirror else []
    if not is_name(edition_id) or not any(map(_is_shown, [store() / edition_id, *kept])):
        raise UnknownEdition(
            mark("L’édition « {edition} » n’est pas dans {store} : « python -m loaders list » les énumère."),
            edition=edition_id,
            store=_address(),
        )
    if mirror:
        mirror.publish(edition_id)
        return
    beside = store() / f"{POINTER_NAME}.new"
    beside.write_text(edition_id + "\n", encoding="utf-8")
    beside.replace(store() / POINTER_NAME)


def roll_back() -> Edition:
    """Go back to the edition published before the current one, or to the starter edition when there is none.

    Raises UnknownEdition when the starter edition is already current.
    """
    catch_up()
    pointed = _pointed_id()
    if pointed is None:
        raise UnknownEdition(mark("L’édition de démarrage est déjà l’édition courante : il n’y a rien avant elle."))
    ids = [edition.id for edition in published()]
    older = ids[ids.index(pointed) + 1 :] if pointed in ids else ids
    mirror = _mirror()
    if older:
        point_to(older[0])
    elif mirror:
        mirror.unpublish()
    else:
        (store() / POINTER_NAME).unlink()
    return current()


def _address() -> str:
    return os.environ.get("NUAGES_EDITIONS") or str(DATA_FOLDER / "editions")


def _mirror() -> Mirror | None:
    address = _address()
    return _mirror_of(address, os.environ.get("NUAGES_MIRROR", "")) if address.startswith(SCHEME) else None


@lru_cache(maxsize=8)
def _mirror_of(address: str, folder: str) -> Mirror:
    """One for each store, in a folder of its own."""
    store_digest = hashlib.sha256(address.encode()).hexdigest()[:12]
    return Mirror(ObjectStore(address), Path(folder or DATA_FOLDER / "mirror") / store_digest)


def _pointed() -> Edition | None:
    pointed_id = _pointed_id()
    return Edition(store() / pointed_id) if pointed_id and _is_shown(store() / pointed_id) else None


def _pointed_id() -> str | None:
    try:
        return (store() / POINTER_NAME).read_text(encoding="utf-8").strip() or None
    except FileNotFoundError:
        return None


def _is_shown(folder: Path) -> bool:
    return _is_edition(folder) and not Edition(folder).is_synthetic


def _is_edition(folder: Path) -> bool:
    return (folder / MANIFEST_NAME).is_file()
