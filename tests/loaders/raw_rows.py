"""Raw rows written as literals: what a reader would have yielded for a few cells."""

from datetime import date

import polars as pl

from loaders import schema
from loaders.clean.typed import typed_rows

LATEST = date(2026, 11, 22)

_USUAL = {
    "source_id": "test",
    "source_rank": 0,
    "record_kind": "contract",
    "buyer_id": "11001401600015",
    "buyer_name": "Ministère de l’Intérieur",
    "internal_id": "2024M001",
    "title": "Maintenance des serveurs",
    "holder_id": "33509231800120",
    "holder_id_type": "SIRET",
    "amount": "1000",
    "notification_date": "2024-03-07",
}


def raw_rows(*cells: dict) -> pl.LazyFrame:
    """One raw row for each dict: usual cells, changed by its own; records are numbered unless a dict says so."""
    of = {**schema.RAW_ROWS, "source_rank": pl.Int32, "row_id": pl.UInt32}
    rows = [{"record_number": rank + 1, "row_id": rank, **_USUAL, **row} for rank, row in enumerate(cells)]
    return pl.LazyFrame(rows, schema=of)


def usable_rows(*cells: dict) -> pl.LazyFrame:
    """The usable rows of ``raw_rows``, as ``contract_tables`` reads them."""
    return typed_rows(raw_rows(*cells), LATEST).filter(pl.col("reason").is_null())
