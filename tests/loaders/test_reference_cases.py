"""The tables of documented cases, milestones and official figures: whole, sourced, in both languages."""

import re

import polars as pl
import pytest

from loaders import reference, vocabulary

CASES = reference.table("cases")
MILESTONES = reference.table("milestones")
FIGURES = reference.table("official_figures")
TABLES = {"case_id": CASES, "milestone_id": MILESTONES, "figure_id": FIGURES}
LONGEST_TITLE = 46
"""What stands above a bar on a phone without reaching the words on its right."""


@pytest.mark.parametrize("key", TABLES)
def test_identifiers_are_unique_and_fit_in_an_address(key):
    identifiers = TABLES[key][key]
    assert identifiers.is_unique().all()
    assert all(re.fullmatch(r"[a-z0-9-]{1,60}", identifier) for identifier in identifiers)


@pytest.mark.parametrize("key", TABLES)
def test_every_fact_has_public_sources_and_says_how_and_when_it_was_checked(key):
    frame = TABLES[key]
    column = "sources" if "sources" in frame.columns else "source"
    addresses = [address for cell in frame[column] for address in cell.split(" ")]
    assert all(re.fullmatch(r"https://[^/\s]+\.[a-z]{2,}/\S*", address) for address in addresses)
    assert set(frame["verified"]) <= set(vocabulary.VERIFICATIONS)
    assert frame["checked_on"].null_count() == 0


@pytest.mark.parametrize("key", TABLES)
def test_every_text_is_in_both_languages(key):
    frame = TABLES[key]
    texts = [column.removesuffix("_fr") for column in frame.columns if column.endswith("_fr")]
    assert "title" in texts
    for text in texts:
        both = frame.select(f"{text}_fr", f"{text}_en")
        assert sum(both.null_count().row(0)) == 0
    assert frame.filter(pl.col("title_fr").str.len_chars() > LONGEST_TITLE).is_empty()
    assert frame.filter(pl.col("title_en").str.len_chars() > LONGEST_TITLE).is_empty()


@pytest.mark.parametrize("key", ["case_id", "milestone_id"])
def test_summaries_are_sentences(key):
    for language in ("fr", "en"):
        assert TABLES[key][f"summary_{language}"].str.contains(r"^[A-ZÀ-Ý].*\.$").all()


def test_cases_use_closed_lists_and_known_ministries_groups_and_products():
    assert set(CASES["theme"]) <= set(vocabulary.CASE_THEMES)
    assert set(CASES["status"]) <= set(vocabulary.CASE_STATUSES)
    assert set(CASES["ministry"].drop_nulls()) <= set(vocabulary.MINISTRIES)
    assert set(CASES["group_id"].drop_nulls()) <= set(reference.table("groups")["group_id"])
    products = {product for cell in CASES["products"].drop_nulls() for product in cell.split("|")}
    assert products <= set(reference.table("products")["product"])
    assert set(CASES["date_precision"]) | set(MILESTONES["date_precision"]) <= {"day", "month", "year"}
    assert set(MILESTONES["kind"]) <= set(vocabulary.MILESTONE_KINDS)


def test_dates_are_ordered():
    for frame in (CASES, FIGURES):
        assert frame.filter(pl.col("ends_on") < pl.col("starts_on")).is_empty()
    assert CASES.filter(pl.col("starts_on") > pl.col("checked_on")).is_empty()
    assert MILESTONES.filter(pl.col("happened_on") > pl.col("checked_on")).is_empty()


def test_figures_have_a_nature_a_unit_and_a_question():
    assert set(FIGURES["nature"]) <= set(vocabulary.FIGURE_NATURES)
    assert set(FIGURES["unit"]) == {"euro", "percent"}
    assert FIGURES.filter((pl.col("unit") == "percent") != (pl.col("nature") == "share")).is_empty()
    assert (FIGURES["value"].cast(pl.Int64) > 0).all()
    assert set(FIGURES["perimeter"]) <= set(vocabulary.PERIMETERS)
    assert set(FIGURES["group_id"].drop_nulls()) <= set(reference.table("groups")["group_id"])
    assert set(FIGURES["buyers"].drop_nulls()) <= {"etat", *vocabulary.MINISTRIES}
