"""Where editions live: the store that ``update`` fills, the pointer to the current one, the starter edition.

The store is a folder (``NUAGES_EDITIONS``, by default ``data/editions``) with one folder an edition and a file
``current`` that names the one to show. Without it, the starter edition that ships with the project is current.
"""

import json
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import polars as pl

from language import mark
from loaders.errors import LoaderError

DATA_FOLDER = Path(__file__).parents[1] / "data"
STARTER_FOLDER = DATA_FOLDER / "starter"
POINTER_NAME = "current"
MANIFEST_NAME = "manifest.json"
NATIONAL = "national"


class UnknownEdition(LoaderError):
    """No edition of that name in the store."""


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

    def table_path(self, table: str) -> Path:
        """The Parquet file of ``table`` (a key of ``schema.TABLES``)."""
        return self.folder / f"{table}.parquet"

    def scan(self, table: str) -> pl.LazyFrame:
        """``table``, read only as far as a question needs it."""
        return pl.scan_parquet(self.table_path(table))


def store() -> Path:
    """The folder of published editions."""
    return Path(os.environ.get("NUAGES_EDITIONS", DATA_FOLDER / "editions"))


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
    """The editions of the store, the newest first."""
    if not store().is_dir():
        return []
    folders = [folder for folder in store().iterdir() if _is_edition(folder)]
    return sorted(map(Edition, folders), key=lambda edition: edition.manifest["created_at"], reverse=True)


def known() -> list[Edition]:
    """The editions of the store, the newest first, then the starter edition."""
    return [*published(), *([Edition(STARTER_FOLDER)] if _is_edition(STARTER_FOLDER) else [])]


def find(edition_id: str) -> Edition | None:
    """The edition of that id, in the store or the starter one; None when it is gone."""
    return next((edition for edition in known() if edition.id == edition_id), None)


def named(argument: str) -> Edition:
    """The edition that a person names: a folder, an id, or nothing for the current one.

    Raises UnknownEdition when there is none.
    """
    if not argument:
        return current()
    if _is_edition(Path(argument)):
        return Edition(Path(argument))
    found = find(argument)
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

    Raises UnknownEdition when the store has none of that id.
    """
    if not _is_edition(store() / edition_id):
        raise UnknownEdition(
            mark("L’édition « {edition} » n’est pas dans {store} : « python -m loaders list » les énumère."),
            edition=edition_id,
            store=store(),
        )
    beside = store() / f"{POINTER_NAME}.new"
    beside.write_text(edition_id + "\n", encoding="utf-8")
    beside.replace(store() / POINTER_NAME)


def roll_back() -> Edition:
    """Go back to the edition published before the current one, or to the starter edition when there is none.

    Raises UnknownEdition when the starter edition is already current.
    """
    pointed = _pointed_id()
    if pointed is None:
        raise UnknownEdition(mark("L’édition de démarrage est déjà l’édition courante : il n’y a rien avant elle."))
    ids = [edition.id for edition in published()]
    older = ids[ids.index(pointed) + 1 :] if pointed in ids else ids
    if older:
        point_to(older[0])
    else:
        (store() / POINTER_NAME).unlink()
    return current()


def _pointed() -> Edition | None:
    pointed_id = _pointed_id()
    return Edition(store() / pointed_id) if pointed_id and _is_edition(store() / pointed_id) else None


def _pointed_id() -> str | None:
    try:
        return (store() / POINTER_NAME).read_text(encoding="utf-8").strip() or None
    except FileNotFoundError:
        return None


def _is_edition(folder: Path) -> bool:
    return (folder / MANIFEST_NAME).is_file()
