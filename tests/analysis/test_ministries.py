"""Ministries side by side, on the tiny edition."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from polars.testing import assert_frame_equal

from analysis.ministries import ranking, sellers
from analysis.selection import Selection
from loaders.by_ministry import by_ministry
from loaders.by_vendor import by_vendor
from tests import tiny_edition
from tests.analysis.strategies import selections, tables_of_awards

AWARDS = tiny_edition.awards()


def test_the_largest_first_and_nobody_outside_the_state():
    rows = ranking(AWARDS, Selection())
    assert rows["ministry"].to_list() == ["interieur", "enseignement-superieur", "etat-non-determine"]
    assert rows["total_cents"].to_list() == [650_000_100, 235_000_000, 7_000_000]
    assert rows["award_count"].to_list() == [10, 6, 1]
    assert rows["vendor_count"].to_list() == [5, 5, 1]


def test_the_vendor_that_weighs_most():
    first = ranking(AWARDS, Selection()).row(0, named=True)
    assert (first["top_vendor_id"], first["top_vendor_name"]) == ("000000265", "Comptoir des Licences")
    assert first["top_vendor_cents"] == 430_000_000


def test_no_vendor_weighs_most_where_nothing_is_summed():
    row = ranking(AWARDS, Selection(search="supervision")).row(0, named=True)
    assert (row["ministry"], row["total_cents"], row["top_vendor_id"]) == ("interieur", 0, None)


def test_equal_vendors_are_told_apart_by_their_identifier():
    row = ranking(AWARDS, Selection(search="messagerie")).row(0, named=True)
    assert row["top_vendor_id"] == "000000216"


def test_it_carries_the_interval():
    row = ranking(AWARDS, Selection()).row(1, named=True)
    assert row["low"] == pytest.approx((25_000_000 + 66_666_667) / 235_000_000)


@settings(max_examples=80)
@given(awards=tables_of_awards, selection=selections)
def test_awards_in_the_order_of_sellers_add_up_to_the_same(awards, selection):
    asked = replace(selection, perimeter="tout", search="")
    contracts = awards.select("contract_id").unique().sort("contract_id")
    in_order = by_ministry(by_vendor(awards, contracts)).collect().lazy()
    assert_frame_equal(sellers(awards, asked), sellers(in_order, asked), check_row_order=False)
