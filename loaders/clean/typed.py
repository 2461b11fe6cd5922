"""Raw rows with their values read, and the records that no contract can be made of put aside."""

from datetime import date

import polars as pl

from loaders import reference
from loaders.classify.text import folded
from loaders.clean import values

_CPV_SUFFIX = r"_\d{8}$"


def typed_rows(raw: pl.LazyFrame, latest: date) -> pl.LazyFrame:
    """Raw rows (``schema.RAW_ROWS`` and ``source_rank``) with dates, cents, months and clean text.

    Added: ``base_id`` (buyer and number) and ``reason`` why no contract can be made of the row, null when one can.
    ``latest`` is the last day that a date may have. Columns keep their names, except ``amount`` → ``amount_cents``.
    """
    names = ("buyer_name", "holder_name", "title", "lot", "descriptors")
    terms = ("nature", "procedure", "techniques", "execution_terms", "ccag")
    as_published = ("uid", "framework_id", "currency", "buyer_postcode", "published_anomaly", "source_dataset")
    typed = raw.with_columns(
        *(values.plain_text(name) for name in (*names, *terms)),
        *(values.present(name) for name in as_published),
        values.present("source_url"),
        values.internal_id("internal_id"),
        values.siret("buyer_id"),
        values.siret("holder_id"),
        values.holder_id_type("holder_id_type"),
        values.day("notification_date", latest),
        values.day("publication_date", latest),
        values.cents("amount").alias("amount_cents"),
        values.months("duration_months"),
        values.whole_number("version_number"),
        values.whole_number("holder_rank"),
        values.whole_number("offers_received"),
        values.boolean("is_current"),
        values.cpv("cpv"),
    ).drop("amount")
    return _with_base_id(typed).with_columns(_reject_reason().alias("reason"))


def typed_subcontracts(raw: pl.LazyFrame, latest: date) -> pl.LazyFrame:
    """Raw subcontracting acts (``schema.RAW_SUBCONTRACTS``) with dates, cents and months."""
    return raw.with_columns(
        values.present("uid"),
        values.internal_id("internal_id"),
        values.siret("buyer_id"),
        values.present("act_id"),
        values.siret("subcontractor_id"),
        values.holder_id_type("subcontractor_id_type"),
        values.whole_number("change_number"),
        values.cents("amount").alias("amount_cents"),
        values.months("duration_months"),
        values.day("notification_date", latest),
        values.day("publication_date", latest),
    ).drop("amount")


def record_rejects(rows: pl.LazyFrame) -> pl.LazyFrame:
    """``source_id``, ``record_number`` and ``reason`` of the records none of whose rows can be used."""
    return (
        rows.group_by("source_id", "record_number")
        .agg(pl.col("reason").is_not_null().all().alias("_unusable"), pl.col("reason").drop_nulls().first())
        .filter("_unusable")
        .drop("_unusable")
    )


def _with_base_id(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Add ``base_id``: the buyer and its own number, whatever form the source's ``uid`` has.

    Where a source has no number of its own, it is what ``uid`` holds between the buyer and the CPV suffix that uids
    carry since the summer of 2026. Buyers without SIRET are told apart by the data set that names them.
    """
    from_uid = pl.col("uid").str.replace(_CPV_SUFFIX, "").str.strip_prefix(pl.col("buyer_id").fill_null(""))
    number = pl.coalesce("internal_id", from_uid.replace("", None))
    owner = pl.coalesce("buyer_id", "source_dataset", "source_id")
    return rows.with_columns(pl.concat_str(owner, number, separator="-").alias("base_id"))


def _reject_reason() -> pl.Expr:
    """Why no contract can be made of a row (``REJECT_REASONS``); null when one can."""
    return (
        pl.when(pl.col("record_kind") == "concession")
        .then(pl.lit("concession"))
        .when(_is_test_record())
        .then(pl.lit("test_record"))
        .when(pl.col("buyer_id").is_null() & pl.col("buyer_name").is_null())
        .then(pl.lit("no_buyer"))
        .when(pl.col("base_id").is_null())
        .then(pl.lit("no_contract_id"))
        .when(pl.col("title").is_null() & pl.col("holder_id").is_null() & pl.col("holder_name").is_null())
        .then(pl.lit("no_title_no_holder"))
    )


def _is_test_record() -> pl.Expr:
    """Whether a platform published one of its own trials (``data/reference/test_records.csv``)."""
    tried = reference.table("test_records")
    return pl.any_horizontal(
        folded(pl.col(field)).is_in(tried.filter(pl.col("field") == field)["folded"].to_list()).fill_null(False)
        for field in tried["field"].unique().sort()
    )
