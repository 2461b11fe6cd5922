"""The tables behind ``add_buyers``: sound numbers, known codes, sources, and rules that do what their example says."""

import re

import polars as pl
import pytest

from loaders import reference, vocabulary
from loaders.classify.buyers import add_buyers
from loaders.classify.identifiers import is_siren

SIREN_TABLES = ("ministries", "state_buyers", "operators")
UNLISTED_SIREN = "13009999700017"


@pytest.mark.parametrize("name", SIREN_TABLES)
def test_every_siren_is_one_and_stands_once(name):
    table = reference.table(name)
    assert table.filter(~is_siren(pl.col("siren"))).is_empty()
    assert table["siren"].is_unique().all()


def test_no_siren_stands_in_two_tables():
    sirens = pl.concat([reference.table(name).select("siren") for name in SIREN_TABLES])["siren"]
    assert sirens.is_unique().all()


@pytest.mark.parametrize("name", [*SIREN_TABLES, "buyer_rules"])
def test_codes_are_of_the_vocabulary_and_each_row_has_a_source(name):
    table = reference.table(name)
    assert set(table["kind"]) <= set(vocabulary.BUYER_KINDS)
    assert set(table["ministry"].drop_nulls()) <= set(vocabulary.MINISTRIES)
    assert set(table["verified"]) <= set(reference.VERIFIED_TO_CONFIDENCE)
    assert table["source"].null_count() == table["checked_on"].null_count() == 0


def test_the_state_and_operators_have_a_ministry_and_others_have_none():
    rows = pl.concat(
        [reference.table(name).select("kind", "ministry", "state_status") for name in ("state_buyers", "buyer_rules")]
    )
    has_one = rows["ministry"].is_not_null()
    assert (has_one == (rows["state_status"] != "no")).all()


def test_rules_have_an_id_each_and_an_example():
    rules = reference.table("buyer_rules")
    assert rules["id"].is_unique().all()
    assert rules["example"].null_count() == 0


def test_each_rule_on_names_decides_its_own_example():
    rules = reference.table("buyer_rules").filter(pl.col("pattern").is_not_null())
    buyers = rules.select(
        "id",
        buyer_name="example",
        buyer_id=pl.when(pl.col("siren").is_not_null()).then(pl.lit(UNLISTED_SIREN)),
        buyer_postcode=pl.col("postcode").str.extract(r"\^(\d{5})"),
        contract_date=pl.coalesce("valid_to", "valid_from"),
    )
    # The Conservatoire's postal codes are two; the example carries the special one.
    buyers = buyers.with_columns(
        buyer_postcode=pl.coalesce(pl.col("buyer_name").str.extract(r"\((\d{5})\)"), "buyer_postcode"),
        buyer_name=pl.col("buyer_name").str.replace(r" \(\d{5}\)", ""),
    )
    decided = add_buyers(buyers.lazy()).collect()
    astray = decided.filter(pl.col("ministry_rule") != "name:" + pl.col("id")).select(
        "id", "buyer_name", "ministry_rule"
    )
    assert astray.rows() == []


def test_each_rule_on_sirens_matches_the_siren_of_its_example():
    rules = reference.table("buyer_rules").filter(pl.col("pattern").is_null() & pl.col("siren").is_not_null())
    assert [rule["id"] for rule in rules.to_dicts() if not re.match(rule["siren"], rule["example"])] == []
