"""From typed rows to the tables of contracts, awards and versions."""

from dataclasses import dataclass

import polars as pl

from loaders.classify.text import folded
from loaders.clean import amounts
from loaders.clean.identity import with_contract_id
from loaders.clean.versions import versions

_CONTRACT_FIELDS = (
    "uid internal_id buyer_id buyer_name buyer_postcode title lot cpv descriptors ccag nature procedure techniques "
    "execution_terms framework_id offers_received title_key title_length currency published_anomaly source_id "
    "record_number source_dataset source_url"
).split()


@dataclass(frozen=True)
class ContractTables:
    """What cleaning makes of typed rows; awards and contracts still lack the axes of classification."""

    holders: pl.LazyFrame
    """contract_id, holder_rank, holder_count and the holder as published: what ``awards_of`` joins to contracts."""
    contracts: pl.LazyFrame
    versions: pl.LazyFrame
    record_contracts: pl.LazyFrame
    """source_id, record_number → contract_id, for the balance of counts."""

    @property
    def awards(self) -> pl.LazyFrame:
        """One line a contract and holder."""
        return awards_of(self.holders, self.contracts)


def contract_tables(typed: pl.LazyFrame) -> ContractTables:
    """The contracts that the usable rows ``typed`` speak of (see ``typed.typed_rows``).

    A contract counts once, dated at its earliest notification over all rows; amount, holders and title are those of
    the version in force.
    """
    rows = typed.collect().lazy()
    skeleton = with_contract_id(_skeleton(rows)).collect().lazy()
    all_versions = versions(skeleton).collect().lazy()
    current = all_versions.filter("is_current")
    contracts = _contracts(rows, skeleton, current, all_versions).collect().lazy()
    return ContractTables(
        holders=_holders(rows, current),
        contracts=contracts,
        versions=_version_table(rows, all_versions),
        record_contracts=skeleton.select("source_id", "record_number", "contract_id").unique(),
    )


def awards_of(holders: pl.LazyFrame, contracts: pl.LazyFrame) -> pl.LazyFrame:
    """One line a contract of ``contracts`` and holder, with the holder's share in cents and the year."""
    share = amounts.share_cents(pl.col("amount_cents"), pl.col("holder_rank"), pl.col("holder_count"))
    return holders.join(contracts, on="contract_id", how="inner").with_columns(
        share.alias("share_cents"), pl.col("contract_date").dt.year().cast(pl.Int16).alias("year")
    )


def _skeleton(rows: pl.LazyFrame) -> pl.LazyFrame:
    """What ordering and grouping need, and nothing heavier: texts are compared by their hash."""
    return rows.select(
        "row_id",
        "source_id",
        "source_rank",
        "record_number",
        "base_id",
        "internal_id",
        "cpv",
        "version_number",
        "is_current",
        "notification_date",
        "publication_date",
        "holder_rank",
        "amount_cents",
        "duration_months",
        "title_key",
        _holder().hash().alias("holder_key"),
    )


def _holder() -> pl.Expr:
    """What tells a holder from another: its identifier, else its name however it is written."""
    unidentified = pl.when(pl.col("holder_id").is_null()).then("holder_name")
    return pl.coalesce("holder_id", folded(unidentified)).fill_null("")


def _contracts(
    rows: pl.LazyFrame, skeleton: pl.LazyFrame, current: pl.LazyFrame, all_versions: pl.LazyFrame
) -> pl.LazyFrame:
    first_dates = skeleton.group_by("contract_id").agg(
        pl.col("notification_date").min().alias("contract_date"), pl.col("publication_date").min()
    )
    version_counts = all_versions.group_by("contract_id").agg(pl.len().cast(pl.Int32).alias("version_count"))
    said = rows.select("row_id", *_CONTRACT_FIELDS)
    return (
        current.select("contract_id", "row_id", "amount_cents", "duration_months")
        .join(said, on="row_id", how="left")
        .join(first_dates, on="contract_id", how="left")
        .join(version_counts, on="contract_id", how="left")
        .with_columns(
            pl.col("uid").alias("published_uid"),
            amounts.amount_flag(pl.col("amount_cents"), pl.col("currency")).alias("amount_flag"),
            amounts.is_framework().alias("is_framework"),
            pl.col("contract_date")
            .dt.offset_by(pl.concat_str(pl.col("duration_months").cast(pl.String), pl.lit("mo")))
            .alias("end_date"),
        )
        .drop("uid", "currency", "row_id")
    )


def _holders(rows: pl.LazyFrame, current: pl.LazyFrame) -> pl.LazyFrame:
    holder = rows.select("row_id", "holder_id", "holder_id_type", "holder_name")
    return (
        current.select("contract_id", "holder_rows")
        .explode("holder_rows")
        .join(holder, left_on="holder_rows", right_on="row_id", how="left")
        .with_columns(_holder().alias("_holder"))
        .sort("holder_rows")
        .unique(["contract_id", "_holder"], keep="first", maintain_order=True)
        .with_columns(
            (pl.int_range(pl.len()).over("contract_id") + 1).cast(pl.Int32).alias("holder_rank"),
            pl.len().over("contract_id").cast(pl.Int32).alias("holder_count"),
        )
        .drop("_holder", "holder_rows")
    )


def _version_table(rows: pl.LazyFrame, all_versions: pl.LazyFrame) -> pl.LazyFrame:
    holder = rows.select("row_id", pl.coalesce("holder_id", "holder_name").alias("holder"))
    named = (
        all_versions.select("contract_id", "version_number", "holder_rows")
        .explode("holder_rows")
        .join(holder, left_on="holder_rows", right_on="row_id", how="left")
        .drop_nulls("holder")
        .group_by("contract_id", "version_number")
        .agg(pl.col("holder").sort_by("holder_rows").unique(maintain_order=True).alias("holders"))
    )
    said = rows.select("row_id", "title", "source_id", "record_number")
    return all_versions.join(said, on="row_id", how="left").join(
        named, on=["contract_id", "version_number"], how="left"
    )
