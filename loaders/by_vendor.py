"""All awards in the order of their vendors, made with the edition to rank vendors of the whole country.

Contracts and buyers are numbers here, in the order of their identifiers: rankings count them and show none.
"""

from pathlib import Path

import polars as pl

from loaders import derived, notable
from loaders.search_texts import SELLER_NAMES, SELLER_TEXT, searched

TABLE = "by_vendor"
VENDOR = "vendor"
"""The vendor as a number, in the order of ``vendor_id``; null where there is none."""
_COLUMNS = (
    "vendor_id vendor_name group_name vendor_kind channel control_country control_basis contract_date year ministry "
    "buyer_kind share_cents amount_cents holder_rank duration_months is_framework amount_flag"
).split()
_NUMBERED = ("contract_id", "buyer_key")
_ORDER = ("vendor_id", "contract_id", "holder_rank")
_ROW_GROUP_ROWS = 100_000


def by_vendor(awards: pl.LazyFrame) -> pl.LazyFrame:
    """``awards`` in the order of vendors, with ``vendor``, verdicts, and the text that vendors are sought in."""
    rows = awards.select(*_COLUMNS, *_NUMBERED, *notable.verdicts())
    for column in _NUMBERED:
        numbers = awards.select(column).unique().sort(column).with_row_index("_number")
        rows = rows.join(numbers, on=column, how="left", nulls_equal=True).drop(column).rename({"_number": column})
    # Texts weigh as much as all the rest: made after sorting, they are never all in memory.
    return rows.sort(_ORDER).with_columns(_prepared())


def write(folder: Path) -> None:
    """Write the awards in ``folder`` beside them in that order, compressed for speed."""
    by_vendor(pl.scan_parquet(folder / "awards.parquet")).sink_parquet(
        folder / f"{TABLE}.parquet",
        compression="lz4",
        row_group_size=_ROW_GROUP_ROWS,
        maintain_order=True,
        metadata=derived.carried(rules()),
    )


def rules() -> list[pl.Expr]:
    """What is said of an award here, and where it stands."""
    return [*map(pl.col, (*_COLUMNS, *_NUMBERED, *_ORDER)), *notable.verdicts(), *_prepared()]


def is_faithful(found: pl.LazyFrame, awards: pl.LazyFrame) -> bool:
    """Whether ``found`` has as many awards, vendors, contracts and euros as ``awards``."""
    counted = [pl.col(column).n_unique() for column in ("vendor_id", *_NUMBERED)]
    measures = (pl.len(), pl.col("share_cents").sum(), *counted)
    ours, theirs = pl.collect_all([rows.select(measures) for rows in (found, awards)])
    return ours.equals(theirs)


def _prepared() -> list[pl.Expr]:
    vendor = pl.when(pl.col("vendor_id").is_not_null()).then(pl.col("vendor_id").rle_id())
    return [vendor.alias(VENDOR), searched(SELLER_NAMES).alias(SELLER_TEXT)]
