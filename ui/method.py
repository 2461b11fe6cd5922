"""The tables of the method page: sources, records, rejects, coverage, accuracy, corrections, dictionary, grammar."""

import json
from datetime import date

import polars as pl

from language import formats
from language import gettext as _
from loaders import editions, reference, schema
from loaders.editions import Edition
from loaders.vocabulary import CONTROL_BASES
from ui import address, definitions

ACCURACY = editions.DATA_FOLDER / "accuracy.json"
CORRECTIONS = reference.FOLDER / "corrections.csv"


def sources(edition: Edition) -> pl.DataFrame:
    """The sources of an edition: ``title, publisher, licence, published_on, dates, records_read, page``."""
    by_source = edition.manifest["counts"].get("by_source", {})
    return pl.DataFrame(
        [
            {
                "title": source["title"],
                "publisher": source["publisher"],
                "licence": source["licence"],
                "published_on": date.fromisoformat(source["published_on"]) if source["published_on"] else None,
                "dates": formats.span(source.get("first_date"), source.get("last_date")),
                "records_read": by_source.get(source["id"], {}).get("records_read"),
                "page": source["page"],
            }
            for source in edition.manifest["sources"]
        ],
        schema={
            "title": pl.String,
            "publisher": pl.String,
            "licence": pl.String,
            "published_on": pl.Date,
            "dates": pl.String,
            "records_read": pl.Int64,
            "page": pl.String,
        },
    )


def coverage(frame: pl.DataFrame) -> pl.DataFrame:
    """``quality.coverage`` in the words of the current language."""
    values = {**CONTROL_BASES, **definitions.AXIS_VALUES}
    return frame.with_columns(
        pl.col("axis").replace({code: _(label) for code, label in definitions.AXES.items()}),
        pl.col("value").replace({code: _(label) for code, label in values.items()}),
    )


def accuracy() -> pl.DataFrame | None:
    """The accuracy measured on hand-labelled contracts: ``axis``, ``labelled`` and three shares.

    None when unmeasured.
    """
    if not ACCURACY.is_file():
        return None
    measured = json.loads(ACCURACY.read_text(encoding="utf-8"))
    axes = measured["axes"] if isinstance(measured, dict) else measured
    return pl.DataFrame(
        {
            "axis": _(definitions.MEASURED_AXES.get(measure["axis"], measure["axis"])),
            "labelled": measure["labelled"],
            **{f"{name}_share": measure[name] for name in ("precision", "recall", "coverage")},
        }
        for measure in axes
    )


def corrections() -> pl.DataFrame | None:
    """The corrections that readers asked for and that were made; None when there is no such table."""
    return reference.table("corrections") if CORRECTIONS.is_file() else None


def dictionary() -> pl.DataFrame:
    """Every column of every table: ``table, name, label, type, unit, description``, in the current language."""
    return pl.DataFrame(
        [
            {
                "table": table,
                "name": column.name,
                "label": _(column.label),
                "type": _("code") if column.vocabulary else str(column.dtype),
                "unit": _(column.unit) if column.unit else None,
                "description": _(column.description) if column.description else None,
            }
            for table, columns in schema.TABLES.items()
            for column in columns
        ]
    )


def grammar() -> pl.DataFrame:
    """The keys of an address: ``key, meaning, values``, in the current language."""
    return pl.DataFrame(list(address.documented()), schema=["key", "meaning", "values"], orient="row")


def open_addresses(edition: Edition) -> pl.DataFrame:
    """Where programs find the tables and the answers: ``address, content``, in the current language."""
    pinned = f"/donnees/{edition.id}"
    return pl.DataFrame(
        [
            ("/donnees/", _("les éditions conservées")),
            ("/donnees/derniere/datapackage.json", _("l’édition courante et ses tables décrites (Data Package)")),
            ("/donnees/derniere/awards.parquet", _("une table entière ; aussi en .csv, .csv.gz et .schema.json")),
            (f"{pinned}/awards.parquet", _("la même d’une édition, à une adresse qui ne change pas")),
            ("/api/v1/", _("les questions de l’API")),
            ("/api/v1/verdicts.json", _("une réponse, avec ses colonnes et ses paramètres ; aussi en .csv")),
            ("/api/v1/openapi.json", _("la description OpenAPI")),
        ],
        schema=["address", "content"],
        orient="row",
    )
