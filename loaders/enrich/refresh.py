"""Fetch the registers that classification leans on, and keep the few facts that it needs of each."""

import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import polars as pl
import requests
from polars.exceptions import PolarsError

from language import mark
from loaders import editions, reference
from loaders.enrich import DERIVED_FOLDER, gleif, secnumcloud_catalogue, sirene, state_organisation
from loaders.errors import LoaderError, UnreadableSource
from loaders.fetch import Progress, downloads_folder, fetch, forget
from loaders.sources import Source

_DAMAGES = (OSError, EOFError, ValueError, RecursionError, PolarsError, zipfile.BadZipFile, zlib.error)
"""What libraries raise on a file cut short, or that is not what it says."""


def refresh(sources: list[Source], report: Progress, http: requests.Session) -> list[LoaderError]:
    """Bring the extracts of ``sources`` (those of role ``reference``) up to date.

    A register that cannot be had is no reason to stop: its last extract goes on serving, and the failure is returned
    so that it is said.
    """
    failures = []
    for source in sources:
        try:
            _extract(source, fetch(source, downloads_folder(), report, http))
        except LoaderError as failure:
            failures.append(failure)
    return failures


def _extract(source: Source, files: list[Path]) -> None:
    """Replace the extract of ``source``; a file of which none can be made is fetched again the next time."""
    try:
        _EXTRACTS[source.id](files, DERIVED_FOLDER)
    except LoaderError:
        forget(files)
        raise
    except _DAMAGES as damage:
        forget(files)
        raise UnreadableSource(
            mark("« {title} » n’a pas pu être lu ({cause}) : son dernier extrait continue de servir."),
            title=source.title,
            cause=str(damage) or type(damage).__name__,
        ) from damage


def _sirene(files: list[Path], folder: Path) -> None:
    sirene.build(files[0], _sirens_in_use(), folder)


def _sirens_in_use() -> list[str]:
    """The companies of our registry and of the edition being shown, not the thirty million others."""
    vendors = editions.current().scan("vendors").select(siren="vendor_siren")
    registered = reference.table("vendors").lazy().select("siren")
    return pl.concat([vendors, registered]).drop_nulls().unique().sort("siren").collect()["siren"].to_list()


_EXTRACTS: dict[str, Callable[[list[Path], Path], object]] = {
    "gleif": lambda files, folder: gleif.build(files[0], files[1], folder),
    "sirene": _sirene,
    "state_organisation": lambda files, folder: state_organisation.build(files[0], folder),
    "secnumcloud_catalogue": lambda files, folder: secnumcloud_catalogue.build(files[0], folder),
}
