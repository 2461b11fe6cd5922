"""The same contract published twice under two numbers: by two platforms, or in two notices."""

import polars as pl

from loaders.classify.text import folded

SHORTEST_TITLE = 25
"""Below this many letters a title is too common to prove that two contracts of unnamed buyers are one."""

DAYS_APART = 62
"""An award notice and the essential data of its contract are published within two months of each other."""


def duplicates(contracts: pl.LazyFrame, awards: pl.LazyFrame) -> pl.LazyFrame:
    """``contract_id`` of contracts that repeat another one, and ``kept_id`` of the one that stays.

    Two contracts are one when buyer, title, lot, amount, holders and date are the same and their origins differ; or
    when an award notice, which gives no SIRET, has the title and the amount of a contract notified within two months.
    Identical contracts of one origin are left alone: they are as many purchases.
    """
    return duplicates_among(compared(contracts, awards).collect().lazy())


def duplicates_among(compared: pl.LazyFrame) -> pl.LazyFrame:
    """``duplicates`` of contracts whose ``compared`` facts are in memory."""
    republished = _republished(compared)
    rest = compared.join(republished, on="contract_id", how="anti")
    return pl.concat([republished, _noticed(rest)])


def compared(contracts: pl.LazyFrame, awards: pl.LazyFrame) -> pl.LazyFrame:
    """What tells whether two contracts are one, a row a contract: texts are compared by their hash."""
    names = awards.select("holder_name").unique().with_columns(folded(pl.col("holder_name")).alias("_folded"))
    holder = pl.coalesce("_folded", "holder_id").fill_null("").hash()
    holders = (
        awards.join(names, on="holder_name", how="left", nulls_equal=True)
        .select("contract_id", holder.alias("holders"))
        .unique()
        .group_by("contract_id")
        .agg(pl.col("holders").bitwise_xor())
    )
    unnamed = pl.when(pl.col("buyer_id").is_null()).then("buyer_name")
    return (
        contracts.filter(pl.col("amount_flag").is_null() & pl.col("contract_date").is_not_null())
        .select(
            "contract_id",
            "amount_cents",
            "contract_date",
            "publication_date",
            pl.col("buyer_id").is_not_null().alias("has_siret"),
            pl.coalesce("buyer_id", folded(unnamed)).hash().alias("buyer"),
            pl.col("title_key").alias("title"),
            "title_length",
            folded(pl.col("lot").fill_null("")).hash().alias("lot"),
            pl.coalesce("source_url", "source_dataset", "source_id").hash().alias("origin"),
        )
        .join(holders, on="contract_id", how="left")
    )


def _republished(compared: pl.LazyFrame) -> pl.LazyFrame:
    same = ["buyer", "title", "lot", "amount_cents", "holders", "contract_date"]
    repeated = compared.filter(pl.struct(same).hash().is_duplicated()).collect().lazy()
    first = (
        repeated.sort("publication_date", "contract_id")
        .group_by(same)
        .agg(
            pl.col("contract_id").first().alias("kept_id"),
            pl.col("origin").first().alias("kept_origin"),
            pl.col("origin").n_unique().alias("origins"),
        )
        .filter(pl.col("origins") > 1)
    )
    return (
        repeated.join(first, on=same, how="inner")
        .filter(pl.col("origin") != pl.col("kept_origin"))
        .select("contract_id", "kept_id")
    )


def _noticed(compared: pl.LazyFrame) -> pl.LazyFrame:
    telling = compared.filter(pl.col("title_length") >= SHORTEST_TITLE)
    declared = telling.filter("has_siret").select(
        "title",
        "amount_cents",
        pl.col("contract_date").alias("declared_date"),
        pl.col("contract_id").alias("kept_id"),
    )
    apart = (pl.col("contract_date") - pl.col("declared_date")).dt.total_days().abs()
    return (
        telling.filter(~pl.col("has_siret"))
        .join(declared, on=["title", "amount_cents"], how="inner")
        .filter(apart <= DAYS_APART)
        .group_by("contract_id")
        .agg(pl.col("kept_id").min())
    )
