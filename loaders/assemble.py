"""From raw rows on disk to the tables of an edition: clean, merge, classify, write."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from loaders import aggregates
from loaders.classify.axes import classify
from loaders.clean.contracts import ContractTables, contract_tables
from loaders.clean.duplicates import duplicates
from loaders.clean.names import with_known_names
from loaders.clean.typed import record_rejects, typed_rows, typed_subcontracts
from loaders.publish import write_table
from loaders.stage import StagedSource
from loaders.totals import buyer_totals, vendor_totals

_STATE = ("yes", "operator")


@dataclass(frozen=True)
class Assembly:
    """Where the raw rows are, where the tables go, and what stays."""

    raw: Path
    folder: Path
    latest: date
    only_digital_or_state: bool


def assemble(assembly: Assembly, staged: list[StagedSource]) -> pl.LazyFrame:
    """Write every table of the edition into ``assembly.folder``.

    Returns ``record_contracts``: source_id, record_number and contract_id of each record that a contract kept speaks
    for, for the balance of counts.
    """
    rejected = _write_typed(assembly, staged)
    tables = contract_tables(assembly.raw / "typed.parquet")
    repeated = duplicates(tables.contracts, tables.awards).collect().lazy()
    awards = _of_one_perimeter(classify(tables.awards.join(repeated, on="contract_id", how="anti").collect().lazy()))
    kept = _kept_contracts(awards, assembly.only_digital_or_state).collect().lazy()
    awards = awards.join(kept, on="contract_id", how="semi")
    record_contracts = _record_contracts(tables, repeated)
    speaking = record_contracts.join(kept, on="contract_id", how="semi").collect().lazy()
    outside = record_contracts.join(kept, on="contract_id", how="anti")
    of_awards = awards.select("contract_id", "buyer_key", "holder_count").unique("contract_id")

    write_table("awards", awards, assembly.folder)
    aggregates.write(assembly.folder)
    write_table("contracts", tables.contracts.join(of_awards, on="contract_id"), assembly.folder)
    write_table("versions", tables.versions.join(kept, on="contract_id", how="semi"), assembly.folder)
    write_table("subcontracts", _subcontracts(assembly, speaking), assembly.folder)
    write_table("vendors", vendor_totals(awards), assembly.folder)
    write_table("buyers", buyer_totals(awards), assembly.folder)
    write_table("rejects", _rejects(assembly, rejected, outside), assembly.folder)
    return speaking


def _write_typed(assembly: Assembly, staged: list[StagedSource]) -> pl.LazyFrame:
    """Write the usable rows as ``typed.parquet``; return the records that no contract can be made of."""
    ranks = _source_ranks(staged).lazy()
    raw = pl.scan_parquet(assembly.raw / "rows.parquet", row_index_name="row_id")
    everything = assembly.raw / "everything.parquet"
    typed_rows(raw.join(ranks, on="source_id", how="left"), assembly.latest).sink_parquet(everything)
    rows = pl.scan_parquet(everything)
    rejected = record_rejects(rows).collect().lazy()
    usable = rows.join(rejected, on=["source_id", "record_number"], how="anti").filter(pl.col("reason").is_null())
    with_known_names(usable).sink_parquet(assembly.raw / "typed.parquet")
    return rejected


def _source_ranks(staged: list[StagedSource]) -> pl.DataFrame:
    by_order = sorted({source.source.id: source.source for source in staged}.values(), key=lambda source: source.order)
    return pl.DataFrame(
        {"source_id": [source.id for source in by_order], "source_rank": range(len(by_order))},
        schema={"source_id": pl.String, "source_rank": pl.Int32},
    )


def _of_one_perimeter(awards: pl.LazyFrame) -> pl.LazyFrame:
    """Co-holders of one contract sell one thing: what the most telling of their trades says of it goes for all."""
    perimeter = ["is_digital", "is_cloud", "digital_category", "perimeter_rule"]
    told = (
        awards.filter(pl.col("holder_count") > 1)
        .sort(pl.col("is_digital").fill_null(False), "holder_rank", descending=[True, False])
        .group_by("contract_id", maintain_order=True)
        .agg(pl.struct(perimeter).first().alias("_told"))
    )
    return (
        awards.join(told, on="contract_id", how="left")
        .with_columns(
            pl.when(pl.col("_told").is_not_null()).then(pl.col("_told").struct.field(name)).otherwise(name).alias(name)
            for name in perimeter
        )
        .drop("_told")
        .collect()
        .lazy()
    )


def _kept_contracts(awards: pl.LazyFrame, only_digital_or_state: bool) -> pl.LazyFrame:
    if only_digital_or_state:
        awards = awards.filter(pl.col("is_digital").fill_null(False) | pl.col("state_status").is_in(_STATE))
    return awards.select("contract_id").unique()


def _record_contracts(tables: ContractTables, repeated: pl.LazyFrame) -> pl.LazyFrame:
    return (
        tables.record_contracts.join(repeated, on="contract_id", how="left")
        .with_columns(pl.coalesce("kept_id", "contract_id").alias("contract_id"))
        .drop("kept_id")
        .unique(["source_id", "record_number"])
    )


def _subcontracts(assembly: Assembly, speaking: pl.LazyFrame) -> pl.LazyFrame:
    raw = pl.scan_parquet(assembly.raw / "subcontracts.parquet")
    return typed_subcontracts(raw, assembly.latest).join(speaking, on=["source_id", "record_number"], how="inner")


def _rejects(assembly: Assembly, rejected: pl.LazyFrame, outside: pl.LazyFrame) -> pl.LazyFrame:
    """What reading, cleaning and the scope of the edition put aside; the last without its text, which is published."""
    columns = ["source_id", "record_number", "scope", "reason", "raw_text"]
    raw = pl.scan_parquet(assembly.raw / "rows.parquet").unique(
        ["source_id", "record_number"], keep="first", maintain_order=True
    )
    named = [name for name in raw.collect_schema().names() if name not in columns]
    cleaned = raw.join(rejected, on=["source_id", "record_number"], how="inner").with_columns(
        pl.lit("record").alias("scope"), pl.struct(named).struct.json_encode().alias("raw_text")
    )
    out_of_scope = outside.with_columns(
        pl.lit("record").alias("scope"),
        pl.lit("outside_starter").alias("reason"),
        pl.lit(None, pl.String).alias("raw_text"),
    )
    parts = [pl.scan_parquet(assembly.raw / "rejects.parquet"), cleaned, out_of_scope]
    return pl.concat([part.select(columns).with_columns(pl.col("reason").cast(pl.String)) for part in parts])
