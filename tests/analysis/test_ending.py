"""The contracts that end soon, on the tiny edition."""

from datetime import date

import pytest

from analysis.ending import (
    contracts_ending,
    dated,
    ended_before,
    ending_by_ministry,
    ending_by_period,
    ending_by_year,
    ending_contracts,
    of_foreign,
)
from analysis.selection import Selection
from tests import tiny_edition

AWARDS = tiny_edition.awards()


def test_the_soonest_first_both_ends_included():
    found = ending_contracts(AWARDS, Selection(), start=date(2025, 5, 5), months=10)
    assert found["contract_id"].to_list() == ["C06", "C02", "C02", "C08"]
    assert found["end_date"].to_list()[0] == date(2025, 5, 5)
    assert "C06" not in ending_contracts(AWARDS, Selection(), date(2025, 5, 6), 10)["contract_id"]
    assert "C08" in ending_contracts(AWARDS, Selection(), date(2025, 5, 1), 3)["contract_id"]


def test_contracts_without_duration_never_end():
    ever = ending_contracts(AWARDS, Selection(), start=date(1900, 1, 1), months=12 * 300)
    assert not {"C04", "C19"} & set(ever["contract_id"])


def test_by_ministry_with_shared_amounts():
    found = ending_by_ministry(AWARDS, Selection(), start=date(2025, 5, 5), months=3)
    assert found.to_dicts() == [
        {
            "ministry": "interieur",
            "amount_cents": 90_000_100,
            "contract_count": 1,
            "first_end_date": date(2025, 6, 1),
        },
        {
            "ministry": "enseignement-superieur",
            "amount_cents": 50_000_000,
            "contract_count": 1,
            "first_end_date": date(2025, 5, 5),
        },
        {
            "ministry": "etat-non-determine",
            "amount_cents": 7_000_000,
            "contract_count": 1,
            "first_end_date": date(2025, 8, 1),
        },
    ]


FOREIGN = of_foreign(Selection())


@pytest.mark.parametrize(
    ("start", "months", "is_in"),
    [
        (date(2026, 3, 10), 3, True),
        (date(2026, 3, 11), 3, False),
        (date(2025, 12, 10), 3, True),
        (date(2025, 12, 9), 3, False),
        (date(2024, 3, 10), 24, True),
        (date(2024, 3, 9), 24, False),
    ],
)
def test_the_day_that_ends_a_contract_is_within_a_period_that_begins_or_ends_on_it(start, months, is_in):
    """C01 ends on 10 March 2026."""
    assert ("C01" in contracts_ending(AWARDS, FOREIGN, start, months)["contract_id"]) is is_in


def test_a_period_from_the_end_of_a_long_month_ends_with_the_short_one():
    """Three months from 30 November: C01 is past it, on 10 March; from 31 December they end on 31 March."""
    assert "C01" not in contracts_ending(AWARDS, FOREIGN, date(2025, 11, 30), 3)["contract_id"]
    assert "C01" in contracts_ending(AWARDS, FOREIGN, date(2025, 12, 31), 3)["contract_id"]


def test_a_contract_is_listed_once_with_the_foreign_holders_that_make_it_so():
    found = contracts_ending(AWARDS, FOREIGN, date(2025, 5, 5), 50)
    assert found["contract_id"].is_unique().all()
    twice = found.filter(found["contract_id"] == "C17").row(0, named=True)
    assert twice["vendor_names"] == ["Nuage Atlantique France"]
    assert twice["verdict"] == "foreign_control"
    assert twice["counted_cents"] == 66_666_667
    assert "C06" not in found["contract_id"]


def test_periods_hold_the_shorter_ones_and_agree_with_the_list():
    periods = (3, 6, 12, 24)
    start = date(2024, 12, 1)
    frame = ending_by_period(AWARDS, FOREIGN, start, periods)
    for months in periods:
        listed = contracts_ending(AWARDS, FOREIGN, start, months)
        assert frame[f"within_{months}"].sum() == listed.height
    assert frame["amount_cents"].sum() == contracts_ending(AWARDS, FOREIGN, start, 24)["counted_cents"].sum()
    rows = frame.select(f"within_{months}" for months in periods).rows()
    assert all(list(row) == sorted(row) for row in rows)


def test_the_last_to_end_before_a_day_that_day_apart():
    assert "C01" not in ended_before(AWARDS, FOREIGN, date(2026, 3, 10), 10)["contract_id"]
    assert ended_before(AWARDS, FOREIGN, date(2026, 3, 11), 1)["contract_id"].to_list() == ["C01"]


def test_known_ends_and_the_contracts_without_one():
    everything = dated(AWARDS, Selection())
    assert (everything.contract_count, everything.undated_count) == (17, 2)
    by_year = ending_by_year(AWARDS, Selection())
    once = by_year.unique("year")["year_contract_count"].sum()
    assert once == everything.contract_count - everything.undated_count
    # C02 and C17 have holders of two verdicts: under each of them, once in their year
    assert by_year["contract_count"].sum() == once + 2
    assert by_year["year"].to_list() == sorted(by_year["year"].to_list())
    assert (by_year["year"].min(), by_year["year"].max()) == (everything.first_end.year, everything.last_end.year)
