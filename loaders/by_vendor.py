"""All awards, those of the vendors that sold most first, made with the edition to rank vendors of the whole country.

Contracts and buyers are numbers here, in the order of their identifiers: rankings count them and show none.
"""

from pathlib import Path

import polars as pl

from loaders import derived, notable, vocabulary
from loaders.classify.verdict import FACTS

TABLE = "by_vendor"
VENDOR = "vendor"
"""The vendor as a number, in the order of ``vendor_id``; null where there is none."""
MOST_CENTS = "most_cents"
"""The amounts of a vendor as published, flagged ones left out: more than its awards weigh under any convention."""
_COLUMNS = (
    "vendor_id vendor_name group_name vendor_kind channel control_country control_basis contract_date year ministry "
    "buyer_kind share_cents amount_cents holder_rank duration_months is_framework amount_flag"
).split()
_NUMBERED = ("contract_id", "buyer_key")


def by_vendor(awards: pl.LazyFrame, contracts: pl.LazyFrame) -> pl.LazyFrame:
    """``awards`` in the order of ``heaviest_first``, with their verdicts.

    ``contracts`` are theirs, in the order of ``contract_id``.
    """
    buyers = awards.select("buyer_key").drop_nulls().unique().sort("buyer_key")
    # In memory before all else, which then need not travel with identifiers of forty characters.
    numbers = pl.concat(
        [_numbers(awards, contracts.select("contract_id")), _numbers(awards, buyers)], how="horizontal"
    ).lazy()
    rows = pl.concat([awards.select({*_COLUMNS, *FACTS}), numbers], how="horizontal")
    return heaviest_first(notable.judged(rows).select(*_COLUMNS, *_NUMBERED, *_verdicts()))


def heaviest_first(awards: pl.LazyFrame) -> pl.LazyFrame:
    """``awards`` with ``VENDOR`` and ``MOST_CENTS``: those of a vendor together, the heaviest first, nobody’s last."""
    vendors = awards.group_by("vendor_id").agg(_most_cents()).sort("vendor_id", nulls_last=True).with_row_index(VENDOR)
    numbered = awards.join(vendors.drop_nulls("vendor_id"), on="vendor_id", how="left")
    return numbered.sort(
        *(MOST_CENTS, VENDOR, "contract_id", "holder_rank"), descending=[True, False, False, False], nulls_last=True
    )


def write(folder: Path) -> None:
    """Write the awards in ``folder`` beside them in that order."""
    awards, contracts = (pl.scan_parquet(folder / f"{table}.parquet") for table in ("awards", "contracts"))
    derived.write(by_vendor(awards, contracts), folder / f"{TABLE}.parquet", rules())


def rules() -> list[pl.Expr]:
    """What is said of an award here, and where it stands."""
    return [*map(pl.col, (*_COLUMNS, *_NUMBERED)), *notable.verdicts(), _most_cents()]


def is_faithful(found: pl.LazyFrame, awards: pl.LazyFrame) -> bool:
    """Whether ``found`` has as many awards, vendors, contracts and euros as ``awards``."""
    counted = [pl.col(column).n_unique() for column in ("vendor_id", *_NUMBERED)]
    measures = (pl.len(), pl.col("share_cents").sum(), *counted)
    ours, theirs = pl.collect_all([rows.select(measures) for rows in (found, awards)])
    return ours.equals(theirs)


def _numbers(awards: pl.LazyFrame, identifiers: pl.LazyFrame) -> pl.DataFrame:
    """For each of ``awards``, the place of its identifier among ``identifiers``, under the name of these."""
    (name,) = identifiers.collect_schema().names()
    numbered = identifiers.with_row_index("_number")
    found = awards.select(name).join(numbered, on=name, how="left", nulls_equal=True, maintain_order="left")
    return found.select(pl.col("_number").alias(name)).collect()


def _verdicts() -> list[str]:
    return [notable.verdict_column(definition) for definition in vocabulary.DEFINITIONS]


def _most_cents() -> pl.Expr:
    return pl.col("amount_cents").filter(pl.col("amount_flag").is_null()).clip(lower_bound=0).sum().alias(MOST_CENTS)
