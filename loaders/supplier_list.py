"""A journalist's own list: read as it is, classified like any award, given back row by row."""

import csv
import io
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl

from language import mark
from loaders.classify.axes import classify
from loaders.classify.verdict import trace, verdict
from loaders.clean import values
from loaders.errors import LoaderError, UnreadableSource
from loaders.read.encoding import decoded
from loaders.vocabulary import DEFINITIONS, MINISTRIES

COLUMNS = {
    "supplier_name": "holder_name",
    "supplier_id": "holder_id",
    "title": "title",
    "lot": "lot",
    "cpv": "cpv",
    "descriptors": "descriptors",
    "buyer_name": "buyer_name",
    "buyer_id": "buyer_id",
    "buyer_postcode": "buyer_postcode",
    "date": "contract_date",
    "amount": "amount",
}
"""Columns that a list may have, and the ones of ``schema`` that they fill."""

APPENDED = (
    "control_country control_basis control_confidence vendor_kind channel is_digital is_cloud digital_category "
    "products product_countries ministry is_state buyer_kind verdict trace"
).split()

_UNKNOWN_MINISTRY = "etat-non-determine"
_SNIFFED_CHARACTERS = 65_536
_ROW = "_row"


@dataclass(frozen=True)
class _List:
    rows: pl.DataFrame
    delimiter: str


def classify_list(source: Path, out: Path, definition: str = "ue") -> int:
    """Write ``source`` to ``out`` with the columns ``APPENDED``: same rows, same order; return how many.

    Booleans are true, false or empty; lists are joined by ``|``; the ministry is its French name. A column of the list
    that has the name of an appended one is kept under that name with ``_in`` added. Raises UnreadableSource when the
    file is no table or has none of ``COLUMNS``, LoaderError for an unknown definition or an unwritable ``out``.
    """
    if definition not in DEFINITIONS:
        raise LoaderError(
            mark("Définition inconnue : « {definition} ». Définitions possibles : {known}."),
            definition=definition,
            known=", ".join(DEFINITIONS),
        )
    read = _read(source)
    classified = classify(_awards(read.rows).lazy()).with_columns(
        verdict(definition).alias("verdict"), trace().alias("trace")
    )
    appended = _as_text(classified).sort(_ROW).drop(_ROW).collect()
    kept = read.rows.rename({name: f"{name}_in" for name in read.rows.columns if name in APPENDED})
    try:
        kept.hstack(appended).write_csv(out, separator=read.delimiter)
    except OSError as failure:
        raise LoaderError(
            mark("{out} n’a pas pu être écrit ({cause}) : la liste d’origine n’a pas changé."),
            out=out,
            cause=failure.strerror or failure,
        ) from failure
    return read.rows.height


def _read(source: Path) -> _List:
    text = _decoded(source)
    delimiter = _delimiter(text)
    try:
        rows = pl.read_csv(io.BytesIO(text.encode()), separator=delimiter, infer_schema=False)
    except pl.exceptions.PolarsError as failure:
        raise UnreadableSource(
            mark("{file} n’est pas un tableau CSV lisible ({cause})."), file=source, cause=failure
        ) from failure
    if not set(rows.columns) & set(COLUMNS):
        raise UnreadableSource(
            mark("{file} n’a aucune des colonnes attendues. Il en faut au moins une parmi : {columns}."),
            file=source,
            columns=", ".join(COLUMNS),
        )
    return _List(rows, delimiter)


def _decoded(source: Path) -> str:
    try:
        content = source.read_bytes()
    except OSError as failure:
        raise UnreadableSource(
            mark("{file} n’a pas pu être lu ({cause})."), file=source, cause=failure.strerror or failure
        ) from failure
    return decoded(content)


def _delimiter(text: str) -> str:
    header = text[:_SNIFFED_CHARACTERS].splitlines()[:1]
    if not header:
        return ","
    try:
        return csv.Sniffer().sniff(header[0], delimiters=",;\t").delimiter
    except csv.Error:
        return ","


def _awards(rows: pl.DataFrame) -> pl.DataFrame:
    """The list in the columns that classification reads, typed by the same rules as any source."""
    filled = rows.select(
        pl.int_range(pl.len(), dtype=pl.Int64).alias(_ROW),
        *(
            (pl.col(theirs) if theirs in rows.columns else pl.lit(None, pl.String)).alias(ours)
            for theirs, ours in COLUMNS.items()
        ),
    )
    return filled.with_columns(
        *(values.plain_text(name) for name in ("holder_name", "title", "lot", "buyer_name")),
        values.plain_text("descriptors").str.replace_all(r"^\[|\]$|[\"']", "").str.replace_all(", ", " | "),
        values.siret("holder_id"),
        values.siret("buyer_id"),
        values.cpv("cpv"),
        values.day("contract_date", _today()),
        values.cents("amount").alias("amount_cents"),
        *(pl.lit(None, pl.String).alias(name) for name in ("contract_id", "holder_id_type", "ccag")),
    ).drop("amount")


def _today() -> date:
    return datetime.now(UTC).date()


def _as_text(classified: pl.LazyFrame) -> pl.LazyFrame:
    ministry = pl.col("ministry").cast(pl.String)
    named = pl.when(ministry != _UNKNOWN_MINISTRY).then(ministry.replace(MINISTRIES))
    as_they_are = ("control_country", "trace")
    codes = (
        "control_basis",
        "control_confidence",
        "vendor_kind",
        "channel",
        "digital_category",
        "buyer_kind",
        "verdict",
    )
    return classified.select(
        _ROW,
        *(pl.col(name).cast(pl.String) for name in (*as_they_are, *codes, "is_digital", "is_cloud")),
        pl.col("products").list.join("|"),
        pl.col("product_countries").list.eval(pl.element().fill_null("")).list.join("|"),
        named.alias("ministry"),
        pl.col("state_status").cast(pl.String).alias("is_state"),
    ).select(_ROW, *APPENDED)
