"""The versions of each contract, in order, and which one is in force."""

import polars as pl

_ORDER = ("notification_date", "publication_date", "version_number", "record_number")


def versions(rows: pl.LazyFrame) -> pl.LazyFrame:
    """One line a version: what it says, since when, who holds it, and the row that speaks for it.

    In: rows with ``contract_id``, ``source_rank``, ``title_key``, ``holder_key`` and typed values. A contract that
    several sources publish takes its versions from the first of them. Versions that say the same (amount, duration,
    title, holders) are one, notified at their earliest date.
    Out: contract_id, version_number (0, 1, …), is_current, notification_date, publication_date, amount_cents,
    duration_months, holder_rows (row ids of its holders, in order), row_id (the row that speaks for the version).
    """
    ordered = _distinct(_published_versions(_of_first_source(rows))).sort(*_ORDER, "row_id", nulls_last=False)
    return (
        ordered.with_columns(
            (pl.int_range(pl.len()).over("contract_id")).cast(pl.Int32).alias("version_number"),
            pl.len().over("contract_id").alias("_count"),
            _in_force().over("contract_id").alias("_current_row"),
        )
        .with_columns((pl.col("row_id") == pl.col("_current_row")).alias("is_current"))
        .drop("_count", "_current_row", "record_number", "title_key", "holder_keys", "published_as_current")
    )


def _in_force() -> pl.Expr:
    """The last version that the source calls current; the last one when it calls none so."""
    called_current = pl.col("row_id").filter(pl.col("published_as_current")).last()
    return called_current.fill_null(pl.col("row_id").last())


def _of_first_source(rows: pl.LazyFrame) -> pl.LazyFrame:
    first = rows.group_by("contract_id").agg(pl.col("source_rank").min())
    return rows.join(first, on=["contract_id", "source_rank"], how="semi")


def _published_versions(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Put together the holders of one version: rows of one record, or rows of one version number."""
    record = pl.when(pl.col("holder_rank").is_null()).then(0).otherwise(pl.col("record_number")).alias("_record")
    return (
        rows.with_columns(record)
        .sort("holder_rank", "record_number", "row_id")
        .group_by("contract_id", "internal_id", "version_number", "_record")
        .agg(
            *(pl.col(name).min() for name in ("notification_date", "publication_date", "record_number")),
            pl.col("is_current").any().alias("published_as_current"),
            *(pl.col(name).first(ignore_nulls=True) for name in ("amount_cents", "duration_months", "title_key")),
            pl.col("row_id").alias("holder_rows"),
            pl.col("row_id").first(),
            pl.col("holder_key").alias("holder_keys"),
        )
        .drop("_record", "internal_id")
    )


def _distinct(published: pl.LazyFrame) -> pl.LazyFrame:
    said = ["contract_id", "amount_cents", "duration_months", "title_key", "holder_keys"]
    holders = pl.col("holder_keys").list.unique().list.agg(pl.element().bitwise_xor())
    told_apart = published.with_columns(holders).collect().lazy()
    distinct = (
        told_apart.drop("holder_rows")
        .sort("row_id")
        .group_by(said)
        .agg(
            *(pl.col(name).min() for name in _ORDER),
            pl.col("published_as_current").any(),
            pl.col("row_id").last(),
        )
    )
    return distinct.join(told_apart.select("row_id", "holder_rows"), on="row_id", how="left")
