"""What the tables of cases ask of an edition, and what the tiny edition answers."""

from datetime import date

import polars as pl
import pytest

from analysis import cases
from analysis.contracts import search_contracts
from analysis.selection import Selection
from tests import tiny_edition

CASE = {
    "case_id": "exemple",
    "title_fr": "Exemple",
    "starts_on": date(2022, 1, 1),
    "ministry": "interieur",
    "theme": "hosting",
    "status": "in_use",
    "group_id": "nuage-atlantique",
    "products": "Atlantique Base",
    "buyer_words": None,
}
NOWHERE = CASE | {"case_id": "nulle-part", "buyer_words": "bpifrance", "theme": "analytics"}
TWO_NAMES = CASE | {"case_id": "deux-noms", "buyer_words": "commune exemple|universite exemple", "status": "ended"}


@pytest.fixture(autouse=True)
def three_cases(monkeypatch):
    monkeypatch.setattr(
        cases.reference, "table", lambda name: pl.DataFrame([CASE, NOWHERE, TWO_NAMES], infer_schema_length=None)
    )


def test_filters_keep_the_cases_of_a_theme_a_status_or_a_ministry():
    assert cases.cases().height == 3
    assert cases.cases(themes=("analytics",))["case_id"].to_list() == ["nulle-part"]
    assert cases.cases(statuses=("ended",))["case_id"].to_list() == ["deux-noms"]
    assert cases.cases(ministries=("justice",)).is_empty()


def test_contracts_are_those_of_the_buyer_held_by_the_group_or_naming_the_product():
    found = cases.case_contracts(tiny_edition.awards(), Selection())
    by_case = found.group_by("case_id").agg(pl.col("contract_id").sort()).sort("case_id")
    assert dict(by_case.iter_rows()) == {
        "deux-noms": ["C17"],
        "exemple": ["C01", "C02", "C03", "C12", "C14"],
    }


def test_a_buyer_of_whom_the_edition_has_nothing_counts_zero():
    counts = cases.search_counts(tiny_edition.awards(), Selection(), ("nulle-part",))
    assert counts.select("criterion", "contract_count").rows() == [("buyer", 0), ("group", 0), ("product", 0)]


def test_each_count_is_the_length_of_the_list_that_its_link_opens():
    everything = cases.search_counts(tiny_edition.awards(), Selection())
    for case in cases.cases().iter_rows(named=True):
        counts = everything.filter(pl.col("case_id") == case["case_id"])
        for search, count in zip(cases.searches(case), counts["contract_count"], strict=True):
            assert search_contracts(tiny_edition.awards(), search.selection).total == count


def test_the_second_way_to_write_a_buyer_is_searched_too():
    searches = cases.searches(cases.cases(statuses=("ended",)).row(0, named=True))
    assert [search.value for search in searches if search.criterion == "buyer"] == [
        "commune exemple",
        "universite exemple",
    ]
    assert {(search.criterion, search.selection.search) for search in searches} >= {
        ("group", "universite exemple"),
        ("product", "commune exemple"),
    }
