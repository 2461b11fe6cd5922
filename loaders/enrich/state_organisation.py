"""To which ministry the State's own directory attaches its central services, by SIREN.

Source: DILA, « Référentiel de l'organisation administrative de l'État » (Licence Ouverte 2.0), a ZIP with one JSON of
the day: under the key ``service``, each service with its ``id``, ``nom``, ``type_organisme``, ``siren`` and, in
``hierarchie``, the services that stand below it (``type_hierarchie`` « Service Fils »).
"""

import re
import zipfile
import zlib
from datetime import date
from pathlib import Path

import msgspec
import polars as pl

from language import mark
from loaders.classify.buyer_rules import with_rules
from loaders.classify.text import folded
from loaders.errors import UnreadableSource
from loaders.read.bounds import Allowance, Exceeded

FILE_NAME = "state_organisation.parquet"

SCHEMA = pl.Schema({"siren": pl.String, "name": pl.String, "ministry": pl.String, "published_on": pl.Date})
"""One row a SIREN of a central service that stands below a ministry; ``published_on`` is the day of the file."""

CENTRAL = "Administration centrale (ou Ministère)"
"""The only type that is surely the State itself; operators, courts and authorities have types of their own."""

_CHILD = "Service Fils"
_MINISTRY_RULE = r"^name:(?:ministere|premier-ministre$)"
_UNDETERMINED = "etat-non-determine"


class _Link(msgspec.Struct):
    service: str
    type_hierarchie: str = ""


class _Service(msgspec.Struct):
    id: str
    nom: str = ""
    siren: str | None = None
    type_organisme: str | None = None
    hierarchie: list[_Link] = []


class _Directory(msgspec.Struct):
    service: list[_Service]


def read(folder: Path) -> pl.LazyFrame:
    """The extract in ``folder`` (columns of ``SCHEMA``), empty when none was built."""
    path = folder / FILE_NAME
    return pl.scan_parquet(path) if path.is_file() else pl.LazyFrame(schema=SCHEMA)


def build(archive: Path, folder: Path) -> Path:
    """Write the extract into ``folder`` from the DILA archive.

    Raises UnreadableSource when the archive is damaged, is not of the published format, or attaches no SIREN.
    """
    services, published_on = _services(archive)
    attached = _attached(services, published_on)
    if attached.is_empty():
        raise UnreadableSource(
            mark(
                "{file} ne rattache aucun SIREN à un ministère : le format a dû changer, l’extrait n’est pas remplacé."
            ),
            file=archive,
        )
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / f"{FILE_NAME}.new"
    attached.write_parquet(beside)
    return beside.replace(folder / FILE_NAME)


def _services(archive: Path) -> tuple[list[_Service], date | None]:
    try:
        with zipfile.ZipFile(archive) as opened:
            Allowance.of(archive).declare(len(opened.infolist()), sum(one.file_size for one in opened.infolist()))
            name = next(name for name in opened.namelist() if name.lower().endswith(".json"))
            directory = msgspec.json.decode(opened.read(name).removeprefix(b"\xef\xbb\xbf"), type=_Directory)
    except (OSError, StopIteration, zipfile.BadZipFile, zlib.error, Exceeded, msgspec.MsgspecError) as failure:
        raise UnreadableSource(
            mark("{file} n’est pas l’archive attendue de l’organisation de l’État ({cause})."),
            file=archive,
            cause=failure,
        ) from failure
    day = re.search(r"(20\d{2})(\d{2})(\d{2})", name)
    return directory.service, date(*map(int, day.groups())) if day else None


def _attached(services: list[_Service], published_on: date | None) -> pl.DataFrame:
    parents = {
        link.service: service.id
        for service in services
        for link in service.hierarchie
        if link.type_hierarchie == _CHILD
    }
    ministries = _ministries(services)
    rows = [
        (service.siren, service.nom, _nearest(service.id, parents, ministries), published_on)
        for service in services
        if service.siren and service.type_organisme == CENTRAL
    ]
    found = pl.DataFrame(rows, schema=SCHEMA, orient="row").drop_nulls("ministry")
    return found.sort("siren", "name").unique("siren", keep="first", maintain_order=True)


def _ministries(services: list[_Service]) -> dict[str, str]:
    """The services that are ministries by their name, with their code in our vocabulary."""
    names = pl.LazyFrame({"id": [service.id for service in services], "name": [service.nom for service in services]})
    nothing = pl.lit(None, pl.String)
    unclassified = names.select(
        "id",
        text=folded(pl.col("name")),
        buyer_siren=nothing,
        buyer_postcode=nothing,
        day=pl.lit(date.max),
        kind=nothing,
        status=nothing,
        ministry=nothing,
        rule=nothing,
    )
    is_ministry = pl.col("rule").str.contains(_MINISTRY_RULE) & (pl.col("ministry") != _UNDETERMINED)
    named = with_rules(unclassified).filter(is_ministry).collect()
    return dict(zip(named["id"], named["ministry"], strict=True))


def _nearest(service: str, parents: dict[str, str], ministries: dict[str, str]) -> str | None:
    """The ministry that a service is or stands below, climbing its parents; None when none is met."""
    seen: set[str] = set()
    while service is not None and service not in seen:
        if service in ministries:
            return ministries[service]
        seen.add(service)
        service = parents.get(service)
    return None
