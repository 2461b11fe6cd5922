"""Which rows speak of the same contract: one stable id whatever the source and the year."""

import polars as pl

_NUMBERED_ID = r"^20\d{2}.{10}\d{2}$"
"""The 2019 schema: year, ten characters of the buyer's own, two digits that count modifications."""

_MODIFICATION_DIGITS = 2


def with_contract_id(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Add ``contract_id`` to rows that have ``base_id``, ``internal_id``, ``title_key``, ``cpv`` and their dates.

    Two corrections to the buyer's number: the modifications that platforms of 2019 published under a number of their
    own join their contract, and contracts of different titles and CPV that share a number are told apart by the CPV,
    the earliest keeping the plain number.
    """
    rows = _join_numbered_modifications(rows)
    return _part_shared_numbers(rows)


def _join_numbered_modifications(rows: pl.LazyFrame) -> pl.LazyFrame:
    stem = pl.col("base_id").str.head(-_MODIFICATION_DIGITS).alias("_stem")
    is_numbered = pl.col("internal_id").str.contains(_NUMBERED_ID)
    families = (
        rows.filter(is_numbered)
        .group_by(stem, "title_key")
        .agg(pl.col("base_id").min().alias("_first_id"), pl.col("base_id").n_unique().alias("_ids"))
        .filter(pl.col("_ids") > 1)
        .drop("_ids")
    )
    return (
        rows.with_columns(pl.when(is_numbered).then(stem).alias("_stem"))
        .join(families, on=["_stem", "title_key"], how="left")
        .with_columns(pl.coalesce("_first_id", "base_id").alias("base_id"))
        .drop("_stem", "_first_id")
    )


def _part_shared_numbers(rows: pl.LazyFrame) -> pl.LazyFrame:
    shared = (
        rows.group_by("base_id", "source_id")
        .agg(pl.col("cpv").drop_nulls().n_unique().alias("cpvs"), pl.col("title_key").n_unique().alias("titles"))
        .filter((pl.col("cpvs") > 1) & (pl.col("titles") > 1))
    )
    first_cpv = (
        rows.join(shared, on="base_id", how="semi")
        .group_by("base_id")
        .agg(pl.col("cpv").sort_by("notification_date", "cpv", nulls_last=True).first().alias("_first_cpv"))
    )
    is_other = (
        pl.col("_first_cpv").is_not_null() & pl.col("cpv").is_not_null() & (pl.col("cpv") != pl.col("_first_cpv"))
    )
    return (
        rows.join(first_cpv, on="base_id", how="left")
        .with_columns(
            pl.when(is_other)
            .then(pl.concat_str("base_id", "cpv", separator="~"))
            .otherwise("base_id")
            .alias("contract_id")
        )
        .drop("_first_cpv")
    )
