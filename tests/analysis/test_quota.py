"""The quota, by hand on the tiny edition and as properties on any."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.quota import contracts_to_move, enough_on, quota, quota_by_ministry
from analysis.selection import Selection
from tests import tiny_edition
from tests.analysis.strategies import selections, tables_of_awards

AWARDS = tiny_edition.awards()
percents = st.integers(1, 100)


def test_the_parts_and_the_distance_counted_by_hand():
    found = quota(AWARDS, Selection(), 60)
    assert found.total_cents == 921_500_100
    assert found.home_cents == 109_500_050 + 43_333_333
    assert found.presumed_cents == 43_333_333
    assert found.undecided_cents == 60_000_000 + 400_000_000 + 7_000_000  # C05, C04, C08
    assert found.foreign_cents == 271_666_717 + 30_000_000
    assert found.target_cents == 552_900_060
    assert found.missing_low_cents == 0  # 619 833 383 might be home
    assert found.missing_high_cents == 552_900_060 - 152_833_383


def test_the_definition_of_home_moves_the_distance():
    """C11 is German: home for the Union, foreign for France."""
    france, union = (quota(AWARDS, Selection(definition=code), 60) for code in ("france", "ue"))
    assert france.missing_high_cents - union.missing_high_cents == 12_000_000


def test_each_ministry_by_hand():
    by_ministry = {row["ministry"]: row for row in quota_by_ministry(AWARDS, Selection(), 50).to_dicts()}
    university = by_ministry["enseignement-superieur"]
    # C05 hybrid 600 000 €, C06 home 500 000 €, C09 foreign 250 000 €, C17 two thirds foreign of 1 000 000 €
    assert university["total_cents"] == 235_000_000
    assert university["home_cents"] == 50_000_000 + 33_333_333
    assert university["undecided_cents"] == 60_000_000
    assert university["missing_low_cents"] == 0
    assert university["missing_high_cents"] == 117_500_000 - 83_333_333


def test_running_contracts_are_those_that_end_later_and_are_not_home():
    moving = contracts_to_move(AWARDS, Selection(), date(2026, 1, 1))
    assert moving.select("contract_id", "verdict").rows() == [
        ("C01", "foreign_control"),  # 10 March 2026
        ("C05", "hybrid"),  # 1 February 2027
        ("C17", "foreign_control"),  # 10 October 2028, two awards
        ("C17", "foreign_control"),
    ]
    assert moving["cumulated_cents"].to_list() == [120_000_000, 180_000_000, 213_333_334, 246_666_667]
    assert moving["cumulated_foreign_cents"].to_list() == [120_000_000, 120_000_000, 153_333_334, 186_666_667]


def test_the_day_when_enough_has_ended():
    moving = contracts_to_move(AWARDS, Selection(), date(2026, 1, 1))
    assert enough_on(moving, "cumulated_cents", 150_000_000) == date(2027, 2, 1)
    assert enough_on(moving, "cumulated_foreign_cents", 150_000_000) == date(2028, 10, 10)
    assert enough_on(moving, "cumulated_cents", 10**12) is None
    assert enough_on(moving, "cumulated_cents", 0) is None


@settings(max_examples=25, deadline=None)
@given(tables_of_awards, selections, percents, percents)
def test_distances_are_ordered_grow_with_the_quota_and_end_at_it(awards, selection, one, other):
    lower, higher = (quota(awards, selection, percent) for percent in sorted((one, other)))
    assert 0 <= lower.missing_low_cents <= lower.missing_high_cents <= lower.total_cents
    assert lower.missing_low_cents <= higher.missing_low_cents
    assert lower.missing_high_cents <= higher.missing_high_cents
    assert lower.home_cents + lower.undecided_cents + lower.foreign_cents == lower.total_cents
    if lower.home_cents * 100 >= lower.percent * lower.total_cents:
        assert lower.missing_high_cents == 0


@settings(max_examples=15, deadline=None)
@given(tables_of_awards, selections, percents)
def test_ministries_are_at_the_same_distance_alone_as_in_the_table(awards, selection, percent):
    for row in quota_by_ministry(awards, selection, percent).head(2).to_dicts():
        alone = quota(awards.filter(ministry=row["ministry"]), selection, percent)
        assert (row["missing_low_cents"], row["missing_high_cents"]) == (
            alone.missing_low_cents,
            alone.missing_high_cents,
        )
