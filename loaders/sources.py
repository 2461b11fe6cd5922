"""The declared sources of ``data/sources.toml``, and how a local file is tied to one of them."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from language import mark
from loaders.editions import DATA_FOLDER
from loaders.errors import LoaderError

DECLARATION = DATA_FOLDER / "sources.toml"
UNDECLARED_ORDER = 50


@dataclass(frozen=True)
class Source:
    """One source: what a page must say of it, and what the loaders need to find and check it."""

    id: str
    title: str
    publisher: str = ""
    licence: str = ""
    page: str = ""
    role: str = "contracts"
    order: int = UNDECLARED_ORDER
    url: str = ""
    dataset_id: str = ""
    resource_title: str = ""
    resource_format: str = ""
    record_paths: tuple[str, ...] = ()
    frequency: str = ""
    smallest_bytes: int = 0
    largest_bytes: int = 0
    fewest_records: int = 0
    oldest_notification_days: int = 0
    published_on: str = ""


@dataclass(frozen=True)
class LocalFile:
    """A file on disk and the source that it belongs to."""

    path: Path
    source: Source


@dataclass(frozen=True)
class Bounds:
    """How far the totals of a national edition may move from those of the one before, as shares of 1."""

    largest_contract_drop: float
    largest_amount_change: float
    largest_digital_share_change: float


@cache
def declared() -> dict[str, Source]:
    """All sources of ``data/sources.toml`` by id, in the order that decides which one speaks for a contract."""
    sources = sorted((_source(entry) for entry in _declaration()["source"]), key=lambda source: source.order)
    return {source.id: source for source in sources}


def bounds() -> Bounds:
    """The bounds of ``data/sources.toml`` beyond which the totals of a national edition are not believed."""
    return Bounds(**_declaration()["bounds"])


def local_file(argument: str) -> LocalFile:
    """What ``--from`` was given: ``FILE``, or ``ID=FILE`` to tie the file to a declared source.

    Raises LoaderError when the id is not declared.
    """
    known = argument.partition("=")
    if known[1] and re.fullmatch(r"[a-z0-9_]+", known[0]):
        if known[0] not in declared():
            raise LoaderError(
                mark("La source « {id} » n’est pas déclarée dans data/sources.toml ; sources connues : {known}."),
                id=known[0],
                known=", ".join(declared()),
            )
        return LocalFile(Path(known[2]), declared()[known[0]])
    path = Path(argument)
    return LocalFile(path, Source(id=_slug(path.stem), title=path.name))


@cache
def _declaration() -> dict:
    with DECLARATION.open("rb") as file:
        return tomllib.load(file)


def _source(entry: dict) -> Source:
    return Source(**entry | {"record_paths": tuple(entry.get("record_paths", ()))})


def _slug(name: str) -> str:
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", ascii_name).strip("_") or "file"
