"""From raw rows on disk to the tables of an edition: clean, merge, classify, write.

Each step works on one slice of the buyers at a time, so memory follows the size of a slice, not of the sources; what
must be compared across slices (duplicates, records) is kept as numbers only. What many slices share, distinct texts
and holders, is classified once for all of them; that alone is held whole.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import polars as pl
import polars.selectors as cs

from loaders import schema
from loaders.assembly import PERIOD, RECORD, Assembly, at_once, in_memory
from loaders.classify import axes
from loaders.classify.control import KnownHolders, known_holders
from loaders.classify.evidence import distinct_texts
from loaders.classify.holders import HOLDER
from loaders.clean.contracts import ContractTables, awards_of, contract_tables
from loaders.clean.duplicates import compared, duplicates_among
from loaders.clean.names import known_names, with_known_names
from loaders.clean.typed import record_rejects, typed_rows
from loaders.slices import Slices
from loaders.stage import StagedSource
from loaders.tables import write_rejects, write_tables

_STATE = ("yes", "operator")
BATCH_ROWS = 100_000
_OF_MINISTRIES = 9999
"""The period of all awards of ministries, which are few; it sorts behind the years of the others."""


def assemble(assembly: Assembly, staged: list[StagedSource]) -> pl.LazyFrame:
    """Write every table of the edition into ``assembly.folder``.

    Returns ``record_contracts``: source_id and record_number of each record that a contract kept speaks for, for the
    balance of counts.
    """
    assembly.parts.mkdir()
    slices = _cut(assembly, staged)
    rejected = _rejected(assembly, slices).lazy()
    to_compare, records = _clean(assembly, slices)
    repeated = duplicates_among(to_compare).collect().lazy()
    del to_compare  # what nobody reads any more would take a tenth of all memory to the end
    kept = _classify(assembly, slices, repeated)
    speaking, outside = _records(records, repeated, kept)
    del records, repeated, kept
    write_tables(assembly, slices.numbers, speaking.lazy())
    write_rejects(assembly, rejected, outside.lazy())
    return speaking.lazy()


def typed_rows_of(raw: Path) -> pl.LazyFrame:
    """All usable rows that ``assemble`` read in the folder ``raw``."""
    return Slices(raw / "typed").scan()


# Reading


def _cut(assembly: Assembly, staged: list[StagedSource]) -> Slices:
    """The usable rows in slices; the others, with their reason, in ``unusable.arrow``."""
    raw = pl.scan_parquet(assembly.raw / "rows.parquet", row_index_name="row_id")
    rank = pl.col("source_id").replace_strict(_source_ranks(staged), return_dtype=pl.Int32).alias("source_rank")
    slices = Slices.over(raw, assembly.raw / "typed")
    row_count = raw.select(pl.len()).collect().item()

    def typed(start: int) -> pl.DataFrame:
        batch = raw.slice(start, BATCH_ROWS).with_columns(rank).collect()
        rows = typed_rows(batch.lazy(), assembly.latest).collect()
        slices.add(rows.filter(pl.col("reason").is_null()), start // BATCH_ROWS)
        return rows.filter(pl.col("reason").is_not_null()).select(*RECORD, "reason")

    with in_memory():
        unusable = at_once(typed, range(0, max(row_count, 1), BATCH_ROWS))
    pl.concat(unusable).write_ipc(assembly.raw / "unusable.arrow")
    return slices


def _source_ranks(staged: list[StagedSource]) -> dict[str, int]:
    by_order = sorted({source.source.id: source.source for source in staged}.values(), key=lambda source: source.order)
    return {source.id: rank for rank, source in enumerate(by_order)}


def _rejected(assembly: Assembly, slices: Slices) -> pl.DataFrame:
    """The records none of whose rows can be used, each with its first reason."""
    unusable = pl.scan_ipc(assembly.raw / "unusable.arrow")
    rows = [unusable, slices.scan().select(*RECORD, "reason").join(unusable, on=RECORD, how="semi")]
    return record_rejects(pl.concat(rows)).collect()


# Cleaning


def _clean(assembly: Assembly, slices: Slices) -> tuple[pl.LazyFrame, pl.LazyFrame]:
    """Write contracts, holders and versions of each slice, without their classification.

    Returns what tells whether two contracts are one, and which contract each record speaks of.
    """
    known = known_names(slices.scan())
    with in_memory():
        cleaned = at_once(lambda number: _clean_slice(assembly, slices.scan(number), known, number), slices.numbers)
    to_compare, records = zip(*cleaned, strict=True)
    return pl.concat(to_compare).lazy(), pl.concat(records).lazy()


def _clean_slice(
    assembly: Assembly, rows: pl.LazyFrame, known: dict[str, pl.LazyFrame], number: int
) -> tuple[pl.DataFrame, pl.DataFrame]:
    tables = contract_tables(with_known_names(rows, known))
    holders = tables.holders.collect().lazy()
    assembly.put("holders", number, holders)
    assembly.put("contracts", number, tables.contracts)
    assembly.put("versions", number, tables.versions)
    return compared(tables.contracts, holders).collect(), _record_contracts(tables)


def _record_contracts(tables: ContractTables) -> pl.DataFrame:
    return tables.record_contracts.select(
        pl.col("source_id").cast(pl.Categorical), "record_number", pl.col("contract_id").hash().alias("contract")
    ).collect()


# Classifying


def _classify(assembly: Assembly, slices: Slices, repeated: pl.LazyFrame) -> pl.LazyFrame:
    """Classify the awards of each slice and put them by period; returns ``contract``, the contracts that are kept."""
    classify = partial(axes.classify, holders=_known_holders(assembly), texts=_read_texts(assembly))
    with in_memory():
        kept = at_once(lambda number: _classify_slice(assembly, repeated, classify, number), slices.numbers)
    return pl.concat(kept).lazy()


def _known_holders(assembly: Assembly) -> KnownHolders:
    holders = assembly.all_parts("holders").select(HOLDER).unique().collect().lazy()
    with in_memory():
        return known_holders(holders)


def _read_texts(assembly: Assembly) -> axes.ReadTexts:
    texts = distinct_texts(assembly.all_parts("contracts")).collect()
    starts = range(0, max(texts.height, 1), BATCH_ROWS)
    with in_memory():
        read = at_once(lambda start: axes.read_texts(texts.slice(start, BATCH_ROWS).lazy()), starts)
    return axes.ReadTexts(*(pl.concat(parts).collect().lazy() for parts in zip(*read, strict=True)))


def _classify_slice(
    assembly: Assembly, repeated: pl.LazyFrame, classify: Callable[[pl.LazyFrame], pl.LazyFrame], number: int
) -> pl.DataFrame:
    contracts = assembly.part("contracts", number).join(repeated, on="contract_id", how="anti").collect().lazy()
    cleaned = awards_of(assembly.part("holders", number), _of_awards(contracts)).collect().lazy()
    awards = _of_one_perimeter(classify(cleaned))
    scope = _kept_contracts(awards, assembly.only_digital_or_state).collect().lazy()
    awards = awards.join(scope, on="contract_id", how="semi").collect()
    _put_by_period(assembly, number, awards)
    of_awards = awards.lazy().select("contract_id", "buyer_key", "holder_count").unique("contract_id")
    assembly.put("kept", number, of_awards)
    return scope.select(pl.col("contract_id").hash().alias("contract")).collect()


def _of_awards(contracts: pl.LazyFrame) -> pl.LazyFrame:
    """What awards keep of contracts, and what their classification reads: every step copies all that it is given."""
    return contracts.select(cs.by_name(*schema.polars_schema("awards"), *axes.READ, require_all=False))


def _put_by_period(assembly: Assembly, number: int, awards: pl.DataFrame) -> None:
    """Awards are read by ministry and date: a period is what is ordered in memory at once."""
    period = (
        pl.when(pl.col("ministry").is_null()).then(pl.col("year").fill_null(0).cast(pl.Int32)).otherwise(_OF_MINISTRIES)
    )
    columns = [name for name in awards.columns if name in schema.polars_schema("awards")]
    for (of,), part in awards.group_by(period):
        assembly.put(f"{PERIOD}{of:04}", number, part.lazy().select(columns))


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


# Balancing


def _records(records: pl.LazyFrame, repeated: pl.LazyFrame, kept: pl.LazyFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The records that speak of contracts kept, and the others, each once with its ``contract``."""
    instead = repeated.select(pl.col("contract_id").hash().alias("contract"), pl.col("kept_id").hash().alias("_kept"))
    spoken = (
        records.join(instead, on="contract", how="left")
        .select(pl.col("source_id").cast(pl.String), "record_number", contract=pl.coalesce("_kept", "contract"))
        .unique(RECORD)
        .collect()
        .lazy()
    )
    return tuple(spoken.join(kept, on="contract", how=how).collect() for how in ("semi", "anti"))
