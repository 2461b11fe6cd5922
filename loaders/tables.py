"""The tables of an edition, written from the parts that slices have put."""

from functools import partial

import polars as pl

from loaders import aggregates, by_ministry, by_vendor, digital, known, notable, search_texts, vendor_texts
from loaders.assembly import PERIOD, RECORD, Assembly, ahead
from loaders.clean.typed import typed_subcontracts
from loaders.publish import in_order, write_parts, write_table
from loaders.totals import buyer_totals, vendor_totals


def write_tables(assembly: Assembly, numbers: list[int], speaking: pl.LazyFrame) -> None:
    """Write the tables of contracts kept, and those made of them, from what slices ``numbers`` have put.

    ``speaking``: the records that speak of contracts kept, each with the hash of its ``contract``.
    """
    write_parts("awards", ahead(partial(_awards, assembly), assembly.tables(PERIOD)), assembly.folder)
    write_parts("contracts", ahead(partial(_contracts, assembly), numbers), assembly.folder)
    write_parts("versions", ahead(partial(_versions, assembly), numbers), assembly.folder)
    aggregates.write(assembly.folder)
    search_texts.write(assembly.folder)
    notable.write(assembly.folder)
    digital.write(assembly.folder)
    by_vendor.write(assembly.folder)
    vendor_texts.write(assembly.folder)
    by_ministry.write(assembly.folder)
    known.write(assembly.folder)
    written = pl.scan_parquet(assembly.folder / "awards.parquet")
    write_table("vendors", vendor_totals(written), assembly.folder)
    write_table("buyers", buyer_totals(written), assembly.folder)
    write_table("subcontracts", _subcontracts(assembly, speaking), assembly.folder)


def _awards(assembly: Assembly, period: str) -> pl.DataFrame:
    return _ordered("awards", assembly.all_parts(period))


def _contracts(assembly: Assembly, number: int) -> pl.DataFrame:
    kept = assembly.part("kept", number)
    return _ordered("contracts", assembly.part("contracts", number).join(kept, on="contract_id"))


def _versions(assembly: Assembly, number: int) -> pl.DataFrame:
    kept = assembly.part("kept", number)
    return _ordered("versions", assembly.part("versions", number).join(kept, on="contract_id", how="semi"))


def _ordered(table: str, rows: pl.LazyFrame) -> pl.DataFrame:
    return in_order(table, rows).collect(engine="in-memory")


def _subcontracts(assembly: Assembly, speaking: pl.LazyFrame) -> pl.LazyFrame:
    raw = pl.scan_parquet(assembly.raw / "subcontracts.parquet")
    contracts = pl.scan_parquet(assembly.folder / "contracts.parquet").select(
        "contract_id", pl.col("contract_id").hash().alias("contract")
    )
    typed = typed_subcontracts(raw, assembly.latest)
    return typed.join(speaking, on=RECORD, how="inner").join(contracts, on="contract")


def write_rejects(assembly: Assembly, rejected: pl.LazyFrame, outside: pl.LazyFrame) -> None:
    """Write what reading, cleaning and the scope of the edition put aside; the last without its text, which is
    published.
    """
    columns = ["source_id", "record_number", "scope", "reason", "raw_text"]
    raw = pl.scan_parquet(assembly.raw / "rows.parquet")
    named = [name for name in raw.collect_schema().names() if name not in columns]
    cleaned = (
        raw.join(rejected, on=RECORD, how="inner", maintain_order="left")
        .unique(RECORD, keep="first", maintain_order=True)
        .with_columns(pl.lit("record").alias("scope"), pl.struct(named).struct.json_encode().alias("raw_text"))
    )
    out_of_scope = outside.with_columns(
        pl.lit("record").alias("scope"),
        pl.lit("outside_starter").alias("reason"),
        pl.lit(None, pl.String).alias("raw_text"),
    )
    parts = [pl.scan_parquet(assembly.raw / "rejects.parquet"), cleaned, out_of_scope]
    rejects = pl.concat([part.select(columns).with_columns(pl.col("reason").cast(pl.String)) for part in parts])
    write_table("rejects", rejects, assembly.folder)
