"""The cloud services that ANSSI's catalogue lists as qualified SecNumCloud, read from the published PDF.

Source: ANSSI, catalogue of certified, qualified and approved products and services, section 3.3.1. Offers that are
still being evaluated are not in it.
"""

import re
from dataclasses import astuple
from datetime import date
from pathlib import Path

import polars as pl

from language import mark
from loaders import reference
from loaders.enrich import catalogue_table
from loaders.errors import LoaderError, UnreadableSource

FILE_NAME = "secnumcloud_catalogue.parquet"

SCHEMA = pl.Schema(
    {
        "provider": pl.String,
        "provider_siren": pl.String,
        "vendor_aliases": pl.String,
        "service": pl.String,
        "service_type": pl.String,
        "decision": pl.String,
        "valid_from": pl.Date,
        "valid_to": pl.Date,
        "third_party_technology": pl.String,
        "technology_country": pl.String,
        "checked_on": pl.Date,
    }
)
"""One row a qualified service, as in data/reference/secnumcloud.csv; ``checked_on`` is the catalogue's day."""

FEWEST_SERVICES = 15
"""About twenty services since 2025: fewer would betray a layout that this reader no longer follows."""

_AS_READ = ("provider", "service", "service_type", "decision", "valid_from", "valid_to")
_CATALOGUE_DAY = re.compile(r"mis à jour le (\d{2}/\d{2}/\d{4})")
_SECTION = re.compile(r"^3\.3\.1\b(?!.*\.\.\.).*services qualifiés")
_NEXT_SECTION = re.compile(r"^3\.3\.2\b")


class CatalogueRefused(LoaderError):
    """A catalogue that was read but cannot be believed."""


def read(folder: Path) -> pl.LazyFrame:
    """The extract in ``folder`` (columns of ``SCHEMA``), empty when none was built."""
    path = folder / FILE_NAME
    return pl.scan_parquet(path) if path.is_file() else pl.LazyFrame(schema=SCHEMA)


def build(catalogue: Path, folder: Path) -> Path:
    """Write the extract into ``folder`` from the catalogue. Raises as ``services`` does; the former extract stays."""
    found = services(catalogue)
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / f"{FILE_NAME}.new"
    found.write_parquet(beside)
    return beside.replace(folder / FILE_NAME)


def services(catalogue: Path) -> pl.DataFrame:
    """The qualified services of ``catalogue`` (columns of ``SCHEMA``).

    Raises UnreadableSource when the PDF is damaged, or lacks its day or the section; CatalogueRefused when it lists
    fewer services than ever, or none that is still valid on its own day.
    """
    lines = catalogue_table.lines(_words(catalogue))
    published_on = _published_on(lines, catalogue)
    rows = [astuple(service) for service in catalogue_table.services(_section(lines, catalogue))]
    found = _with_known_facts(pl.DataFrame(rows, schema={name: SCHEMA[name] for name in _AS_READ}, orient="row"))
    _refuse_if_doubtful(found, published_on, catalogue)
    return found.with_columns(checked_on=pl.lit(published_on)).select(SCHEMA.names()).sort("provider", "valid_from")


def _words(catalogue: Path) -> list[dict]:
    # Read only when a catalogue is: the library takes half a second to import, and classifying needs it never.
    import pdfplumber
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        with pdfplumber.open(catalogue) as pdf:
            return [word for page in pdf.pages for word in page.extract_words()]
    except (OSError, PdfminerException) as failure:
        raise UnreadableSource(
            mark("{file} n’est pas un PDF lisible ({cause})."), file=catalogue, cause=failure
        ) from failure


def _published_on(lines: list[catalogue_table.Line], catalogue: Path) -> date:
    found = next((match for line in lines if (match := _CATALOGUE_DAY.search(line.text))), None)
    if found is None:
        raise UnreadableSource(
            mark("{file} n’est pas le catalogue de l’ANSSI : la date « mis à jour le » est introuvable."),
            file=catalogue,
        )
    return catalogue_table.day(found.group(1))


def _section(lines: list[catalogue_table.Line], catalogue: Path) -> list[catalogue_table.Line]:
    start = max((place for place, line in enumerate(lines) if _SECTION.match(line.text)), default=len(lines))
    end = next((place for place in range(start, len(lines)) if _NEXT_SECTION.match(lines[place].text)), None)
    if end is None:
        raise UnreadableSource(
            mark("{file} n’est pas le catalogue de l’ANSSI : la section 3.3.1 est introuvable."), file=catalogue
        )
    return lines[start + 1 : end]


def _with_known_facts(found: pl.DataFrame) -> pl.DataFrame:
    """SIREN and aliases of providers, technology of services, from our table: the catalogue gives none of them."""
    known = reference.table("secnumcloud")
    providers = known.select("provider", "provider_siren", "vendor_aliases").unique("provider", keep="first")
    technology = known.drop_nulls("decision").select(
        "decision", "valid_from", "third_party_technology", "technology_country"
    )
    return found.join(providers, on="provider", how="left").join(technology, on=["decision", "valid_from"], how="left")


def _refuse_if_doubtful(found: pl.DataFrame, published_on: date, catalogue: Path) -> None:
    if found.height < FEWEST_SERVICES:
        raise CatalogueRefused(
            mark(
                "Seulement {count} services qualifiés lus dans {file}, au moins {fewest} attendus : la mise en page a "
                "dû changer ; l’extrait précédent reste en place."
            ),
            count=found.height,
            file=catalogue,
            fewest=FEWEST_SERVICES,
        )
    if (found["valid_to"] < published_on).all():
        raise CatalogueRefused(
            mark("Tous les services lus dans {file} sont expirés à sa date ; l’extrait précédent reste en place."),
            file=catalogue,
        )
