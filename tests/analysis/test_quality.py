"""What the data are worth, on the tiny edition."""

from datetime import date

import polars as pl
import pytest

from analysis.quality import (
    Delay,
    Records,
    amount_flags,
    coverage,
    flagged_contracts,
    freshness,
    publication_delay,
    records,
    rejects_by_reason,
)
from analysis.selection import Selection
from tests import tiny_edition as tiny

AWARDS = tiny.awards()


def test_every_record_that_was_read_is_accounted_for(tiny_edition):
    found = records(tiny_edition)
    assert found == Records(read=23, kept=19, merged=2, rejected=2)
    assert found.read == found.kept + found.merged + found.rejected


def test_rejects_by_reason(tiny_edition):
    found = rejects_by_reason(tiny_edition)
    assert found.columns == ["reason", "source_id", "reject_count"]
    assert set(found["reason"]) == {"no_buyer", "concession", "unreadable_modification"}


def test_all_flags_are_named_even_those_that_nothing_carries():
    flags = dict(amount_flags(AWARDS, Selection()).iter_rows())
    assert flags["sentinel"] == flags["missing"] == flags["foreign_currency"] == 1
    assert flags["repeated_digit"] == 0


def test_flagged_contracts_are_listed_one_by_one():
    page = flagged_contracts(AWARDS, Selection())
    assert page.rows["contract_id"].to_list() == ["C12", "C14", "C13"]
    assert page.total == 3
    assert flagged_contracts(AWARDS, Selection(), limit=1, offset=1).rows["contract_id"].to_list() == ["C14"]


def test_coverage_of_each_axis_sums_to_one():
    axes = coverage(AWARDS, Selection())
    totals = axes.group_by("axis", maintain_order=True).agg(pl.col("award_share", "amount_share").sum())
    assert totals["axis"].to_list() == ["control", "product", "ministry", "category", "duration", "amount"]
    assert totals["award_share"].to_list() == pytest.approx([1] * 6)
    assert totals["amount_share"].to_list() == pytest.approx([1] * 6)


def test_coverage_values():
    axes = {
        (axis, value): count
        for axis, value, count in coverage(AWARDS, Selection()).select("axis", "value", "award_count").iter_rows()
    }
    assert axes["control", "gleif"] == 1
    assert axes["control", "none"] == 1
    assert axes["product", "known"] == 1
    assert axes["ministry", "not_known"] == 1
    assert axes["ministry", "outside_state"] == 3
    assert axes["duration", "not_known"] == 2
    assert axes["amount", "not_known"] == 3


def test_a_mistyped_year_makes_nothing_fresher(tiny_edition):
    found = freshness(tiny_edition, on=date(2026, 11, 11))
    assert found.latest_notification == date(2024, 10, 10)
    assert found.latest_publication == date(2024, 11, 9)
    assert found.edition_date == date(2026, 11, 1)
    assert (found.days_since_notification, found.days_since_edition) == (762, 10)


def test_publication_delay_counts_what_tells_no_date():
    found = publication_delay(AWARDS, Selection())
    assert found.median_days == 30
    assert found.share_in_time == pytest.approx(14 / 15)  # C03 came after four months
    assert (found.contract_count, found.undated_count) == (17, 2)  # C08 and C19


def test_publication_delay_of_nothing():
    assert publication_delay(AWARDS, Selection(vendor="nobody")) == Delay(None, None, None, 0, 0)
