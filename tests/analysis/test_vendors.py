"""Who sells, on the tiny edition."""

import polars as pl
import pytest

from analysis.selection import Selection
from analysis.vendors import (
    control_evidence,
    group_names,
    top_buyers,
    top_groups,
    top_products,
    top_resellers,
    top_vendors,
    vendor_names,
)
from tests import tiny_edition

AWARDS = tiny_edition.awards()


def row_of(frame, **key):
    return frame.filter(**key).row(0, named=True)


def test_vendors_by_their_shares():
    vendors = top_vendors(AWARDS, Selection())
    assert vendors["amount_cents"].to_list() == sorted(vendors["amount_cents"], reverse=True)
    first = vendors.row(0, named=True)
    assert (first["vendor_id"], first["amount_cents"], first["contract_count"]) == ("000000265", 430_000_000, 2)
    assert vendors["amount_cents"].sum() == 921_500_100
    assert vendors["share"].sum() == pytest.approx(1)


def test_a_vendor_twice_in_a_contract_counts_once():
    cloud = row_of(top_vendors(AWARDS, Selection()), vendor_id="000000208")
    assert (cloud["contract_count"], cloud["award_count"], cloud["buyer_count"]) == (3, 4, 2)
    assert cloud["flagged_count"] == 1
    assert cloud["amount_cents"] == 120_000_000 + 66_666_667
    assert (cloud["first_year"], cloud["last_year"]) == (2022, 2024)


def test_an_award_without_a_vendor_is_no_vendor_more():
    """Real data: holders without an identifier or a name. Counting nulls made one vendor of them all."""
    bought = top_buyers(AWARDS, Selection())
    nobodys = AWARDS.with_columns(vendor_id=pl.when(pl.col("holder_rank") > 1).then("vendor_id"))
    some = top_buyers(nobodys, Selection())
    assert some["contract_count"].sum() == bought["contract_count"].sum()
    theirs = nobodys.filter("is_digital", buyer_key=some["buyer_key"][0]).collect()["vendor_id"]
    assert theirs.null_count()
    assert some["vendor_count"][0] == theirs.drop_nulls().n_unique()


def test_under_the_ceiling_each_holder_carries_the_amount_as_published_once():
    vendors = top_vendors(AWARDS, Selection(amount="plafond"))
    assert row_of(vendors, vendor_id="000000208")["amount_cents"] == 120_000_000 + 100_000_000
    assert row_of(vendors, vendor_id="000000273")["amount_cents"] == 8_000_000 + 2_000_000 + 100_000_000
    assert vendors["share"].sum() > 1


def test_the_verdict_of_a_vendor_is_the_one_that_weighs_most():
    """The reseller's latest contract names a foreign product; its largest names nothing."""
    reseller = row_of(top_vendors(AWARDS, Selection()), vendor_id="000000265")
    assert reseller["verdict"] == "opaque"
    named = top_vendors(AWARDS, Selection(years=(2023, 2023)))
    assert row_of(named, vendor_id="000000265")["verdict"] == "foreign_product"


def test_a_group_adds_its_vendors():
    groups = top_groups(AWARDS, Selection())
    assert groups["group_id"].to_list() == ["nuage-atlantique"]
    group = groups.row(0, named=True)
    assert (group["vendor_count"], group["amount_cents"]) == (2, 120_000_000 + 66_666_667 + 45_000_050)


def test_names_are_those_of_the_rankings():
    for selection in (Selection(), Selection(amount="plafond", years=(2022, 2023))):
        vendors, groups = top_vendors(AWARDS, selection, 3), top_groups(AWARDS, selection, 3)
        assert vendor_names(AWARDS, selection, 3).equals(vendors.select("vendor_id", "vendor_name"))
        assert group_names(AWARDS, selection, 3).equals(groups.select("group_id", "group_name"))


def test_resellers_by_what_passes_through_them():
    assert top_resellers(AWARDS, Selection())["vendor_name"].to_list() == ["Comptoir des Licences"]


def test_products_that_titles_name():
    assert top_products(AWARDS, Selection()).to_dicts() == [
        {
            "product": "Atlantique Base",
            "country": "US",
            "amount_cents": 30_000_000,
            "contract_count": 1,
            "buyer_count": 1,
            "vendor_count": 1,
        }
    ]


def test_buyers_of_one_vendor():
    buyers = top_buyers(AWARDS, Selection(vendor="000000208"))
    assert buyers["buyer_key"].to_list() == ["000000109", "000000125"]
    assert buyers["amount_cents"].to_list() == [120_000_000, 66_666_667]


def test_a_limit_and_nothing_at_all():
    assert top_vendors(AWARDS, Selection(), limit=2).height == 2
    nothing = top_vendors(AWARDS, Selection(vendor="nobody"))
    assert nothing.is_empty()
    assert nothing.columns == top_vendors(AWARDS, Selection()).columns


def test_the_share_is_null_where_nothing_is_summed():
    assert top_vendors(AWARDS, Selection(search="supervision"))["share"].to_list() == [None]


def test_evidence_of_control():
    evidence = control_evidence(AWARDS, Selection(vendor="000000208")).row(0, named=True)
    assert (evidence["control_country"], evidence["control_basis"]) == ("US", "registry")
    assert evidence["control_source"] == "https://example.org/nuage-atlantique"
    assert evidence["contract_count"] == 3


@pytest.mark.parametrize(
    ("words", "vendors", "groups"),
    [
        ("editions", ["000000216"], ["nuage-atlantique"]),
        ("ATLANTIQUE nuage", ["000000208", "000000216"], ["nuage-atlantique"]),
        ("heberg", ["000000240"], []),
        ("000000240", ["000000240"], []),
        ("bergement", [], []),
    ],
)
def test_words_are_sought_at_the_beginning_of_names_and_keep_whole_amounts(words, vendors, groups):
    found, every = (top_vendors(AWARDS, Selection(), 50, asked) for asked in (words, ""))
    assert sorted(found["vendor_id"]) == vendors
    assert found.drop("share").equals(every.filter(pl.col("vendor_id").is_in(vendors)).drop("share"))
    # Sums of shares vary with the order in which they are made
    assert found["share"].sum() == pytest.approx(every.filter(pl.col("vendor_id").is_in(vendors))["share"].sum())
    assert top_groups(AWARDS, Selection(), 50, words)["group_id"].to_list() == groups
