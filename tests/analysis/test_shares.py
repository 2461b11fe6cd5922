"""The interval, by hand on the tiny edition and as properties on any."""

import pytest
from hypothesis import given, settings

from analysis.selection import Selection
from analysis.shares import VERDICTS, Interval, by_verdict, interval, interval_by
from loaders import vocabulary
from tests import tiny_edition
from tests.analysis.strategies import selections, tables_of_awards

AWARDS = tiny_edition.awards()
BY_HAND_CENTS = {
    "foreign_control": 271_666_717,  # C01, half of C02, C09, C10, two thirds of C17
    "foreign_product": 30_000_000,  # C03
    "hybrid": 60_000_000,  # C05
    "opaque": 400_000_000,  # C04
    "home_documented": 109_500_050,  # half of C02, C06, C11, C19
    "home_presumed": 43_333_333,  # C07, a third of C17, C18
    "unknown": 7_000_000,  # C08
}
TOTAL_CENTS = 921_500_100
NARROWEST_TO_WIDEST = ("france", "ue", "europe", "hors-us")


def test_every_verdict_in_its_order_with_amounts_counted_by_hand():
    shares = by_verdict(AWARDS, Selection())
    assert dict(shares.select("verdict", "amount_cents").iter_rows()) == BY_HAND_CENTS
    assert shares["verdict"].to_list() == list(vocabulary.VERDICTS)
    assert shares["amount_cents"].sum() == TOTAL_CENTS
    assert shares["share"].sum() == pytest.approx(1)


def test_verdicts_that_nothing_has_are_there_with_zero():
    shares = by_verdict(AWARDS, Selection(vendor="000000208"))
    assert shares.height == 7
    assert shares["contract_count"].to_list() == [3, 0, 0, 0, 0, 0, 0]
    assert shares["award_count"].to_list() == [4, 0, 0, 0, 0, 0, 0]


def test_a_contract_whose_holders_differ_is_listed_under_each_verdict():
    shares = by_verdict(AWARDS, Selection(search="messagerie"))
    assert shares["contract_count"].to_list() == [1, 0, 0, 0, 1, 0, 0]


def test_shares_are_null_when_nothing_is_summed():
    assert by_verdict(AWARDS, Selection(vendor="nobody"))["share"].to_list() == [None] * 7


def test_interval_by_amount():
    found = interval(AWARDS, Selection())
    cents = BY_HAND_CENTS
    assert found.low == pytest.approx(cents["foreign_control"] / TOTAL_CENTS)
    assert found.middle == pytest.approx((cents["foreign_control"] + cents["foreign_product"]) / TOTAL_CENTS)
    assert found.high == pytest.approx(sum(list(cents.values())[:4]) / TOTAL_CENTS)
    assert found.unknown == pytest.approx(cents["unknown"] / TOTAL_CENTS)
    assert (found.total_cents, found.contract_count) == (TOTAL_CENTS, 17)
    assert (found.flagged_count, found.missing_count, found.undivided_count) == (2, 1, 0)


def test_interval_by_contracts_counts_each_once_under_its_first_verdict():
    found = interval(AWARDS, Selection(), measure="contracts")
    # C01 C02 C09 C10 C12 C14 C17 | C03 | C05 C04 | unknown C08, of 17
    assert (found.low, found.middle, found.high) == pytest.approx((7 / 17, 8 / 17, 10 / 17))
    assert found.unknown == pytest.approx(1 / 17)
    assert found.total_cents == TOTAL_CENTS


def test_another_measure_is_refused():
    with pytest.raises(ValueError, match="unknown measure"):
        interval(AWARDS, Selection(), measure="value")


def test_nothing_selected_gives_no_share_rather_than_zero():
    assert interval(AWARDS, Selection(vendor="nobody")) == Interval(
        None, None, None, None, 0, 0, 0, 0, weights=(0,) * 7
    )


def test_nothing_but_flagged_amounts_gives_no_share_but_counts():
    found = interval(AWARDS, Selection(search="supervision"))
    assert (found.low, found.total_cents, found.contract_count, found.flagged_count) == (None, 0, 1, 1)


def test_interval_of_each_year_with_undated_contracts_last():
    years = interval_by(AWARDS, Selection(), "year")
    assert years["year"].to_list() == [2021, 2022, 2023, 2024, 2062, None]
    assert years["total_cents"].sum() == TOTAL_CENTS
    assert years.columns == [
        "year",
        "total_cents",
        "contract_count",
        *(f"{verdict}_cents" for verdict in VERDICTS),
        "low",
        "middle",
        "high",
        "unknown",
    ]
    assert years.row(0, named=True)["opaque_cents"] == 400_000_000


def test_interval_of_each_ministry_in_the_order_of_the_vocabulary():
    ministries = interval_by(AWARDS, Selection(), "ministry")
    assert ministries["ministry"].to_list() == ["interieur", "enseignement-superieur", "etat-non-determine", None]
    assert ministries["contract_count"].to_list() == [9, 4, 1, 3]


def test_interval_of_a_key_where_nothing_is_summed_is_null():
    months = interval_by(AWARDS, Selection(search="supervision"), "year")
    assert months.select("low", "middle", "high", "unknown").row(0) == (None, None, None, None)


@settings(max_examples=40, deadline=None)
@given(tables_of_awards, selections)
def test_the_edges_are_in_order_and_leave_room_for_the_unknown(awards, selection):
    found = interval(awards, selection)
    if found.low is not None:
        assert 0 <= found.low <= found.middle <= found.high <= 1
        assert found.high + found.unknown <= 1 + 1e-9


@settings(max_examples=25, deadline=None)
@given(tables_of_awards, selections)
def test_a_wider_home_never_raises_what_is_under_foreign_control(awards, selection):
    lows = [
        interval(awards, Selection(**{**vars(selection), "definition": definition})).low
        for definition in NARROWEST_TO_WIDEST
    ]
    if lows[0] is not None:
        assert lows == sorted(lows, reverse=True)


@settings(max_examples=25, deadline=None)
@given(tables_of_awards, selections)
def test_the_rows_of_a_key_sum_to_the_whole(awards, selection):
    rows = interval_by(awards, selection, "vendor_kind")
    assert rows["total_cents"].sum() == interval(awards, selection).total_cents


def test_the_same_question_twice_gives_the_same_rows_in_the_same_order():
    first, second = (interval_by(AWARDS, Selection(), "vendor_id") for _ in range(2))
    assert first.equals(second)
