"""Raw rows with their values read, and the records that no contract can be made of put aside."""

from datetime import date

import polars as pl

from loaders import reference
from loaders.classify.text import folded
from loaders.clean import values
from loaders.clean.distinct import each_distinct_once

_CPV_SUFFIX = r"_\d{8}$"


def typed_rows(raw: pl.LazyFrame, latest: date) -> pl.LazyFrame:
    """Raw rows (``schema.RAW_ROWS`` and ``source_rank``) with dates, cents, months and clean text.

    Added: ``title_key``, the same for titles that read alike, ``title_length`` (letters once folded), ``base_id``
    (buyer and number) and ``reason`` why no contract can be made of the row, null when one can. ``latest`` is the last
    day that a date may have. Columns keep their names, except ``amount`` → ``amount_cents``.
    """
    names = ("buyer_name", "holder_name", "title", "lot", "descriptors")
    terms = ("nature", "procedure", "techniques", "execution_terms", "ccag")
    as_published = ("uid", "framework_id", "currency", "buyer_postcode", "published_anomaly", "source_dataset")
    cells = [
        *(values.plain_text(name) for name in (*names, *terms)),
        *(values.present(name) for name in (*as_published, "source_url")),
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
    ]
    rows = raw.collect()
    typed = rows.with_columns(each_distinct_once(rows, cell) for cell in cells).drop("amount")
    title = each_distinct_once(typed, folded(pl.col("title").fill_null("")))
    keyed = typed.with_columns(title_key=title.hash(), title_length=title.str.len_chars())
    is_test_record = pl.any_horizontal(False, *(each_distinct_once(keyed, tried) for tried in _test_records()))
    return _with_base_id(keyed.lazy()).with_columns(_reject_reason(is_test_record).alias("reason"))


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
    unnumbered = pl.when(pl.col("internal_id").is_null()).then("uid")
    from_uid = unnumbered.str.replace(_CPV_SUFFIX, "").str.strip_prefix(pl.col("buyer_id").fill_null(""))
    number = pl.coalesce("internal_id", from_uid.replace("", None))
    owner = pl.coalesce("buyer_id", "source_dataset", "source_id")
    return rows.with_columns(pl.concat_str(owner, number, separator="-").alias("base_id"))


def _reject_reason(is_test_record: pl.Expr) -> pl.Expr:
    """Why no contract can be made of a row (``REJECT_REASONS``); null when one can."""
    return (
        pl.when(pl.col("record_kind") == "concession")
        .then(pl.lit("concession"))
        .when(is_test_record)
        .then(pl.lit("test_record"))
        .when(pl.col("buyer_id").is_null() & pl.col("buyer_name").is_null())
        .then(pl.lit("no_buyer"))
        .when(pl.col("base_id").is_null())
        .then(pl.lit("no_contract_id"))
        .when(pl.col("title").is_null() & pl.col("holder_id").is_null() & pl.col("holder_name").is_null())
        .then(pl.lit("no_title_no_holder"))
    )


def _test_records() -> list[pl.Expr]:
    """Whether a platform published one of its own trials, by each field of ``data/reference/test_records.csv``.

    Titles are compared by their key.
    """
    tried = reference.table("test_records")
    names, titles = (tried.filter(pl.col("field") == field)["folded"] for field in ("buyer_name", "title"))
    by_name = folded(pl.col("buyer_name")).is_in(names.to_list()).fill_null(False)
    return [by_name.alias("_by_name"), pl.col("title_key").is_in(titles.hash().to_list()).alias("_by_title")]
