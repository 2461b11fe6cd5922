"""The qualifications that end, on our own table: only decisions state an end."""

from datetime import date

import polars as pl
import pytest

from analysis.qualifications import ending_qualifications, undated_qualifications
from loaders import reference

DECIDED = {"status": "qualified", "to_basis": "decision"}


@pytest.fixture(autouse=True)
def _table(monkeypatch):
    rows = [
        {"service_id": "soon", **DECIDED, "valid_from": date(2023, 6, 1), "valid_to": date(2026, 6, 1)},
        {"service_id": "later", **DECIDED, "valid_from": date(2026, 1, 1), "valid_to": date(2028, 12, 31)},
        {"service_id": "ended", **DECIDED, "valid_from": date(2020, 1, 1), "valid_to": date(2023, 1, 1)},
        {"service_id": "listed", "status": "qualified", "to_basis": "catalogue", "valid_to": date(2026, 6, 1)},
        {"service_id": "wanted", "status": "in_progress"},
    ]
    columns = "service_id provider service service_type status decision to_basis third_party_technology".split()
    columns += "technology_country source verified".split()
    schema = {**dict.fromkeys(columns, pl.String), "valid_from": pl.Date, "valid_to": pl.Date}
    frame = pl.DataFrame([{"service": row["service_id"], **row} for row in rows], schema=schema)
    monkeypatch.setattr(reference, "table", lambda name: {"secnumcloud": frame}[name])


@pytest.mark.parametrize(
    ("start", "months", "found"),
    [
        (date(2026, 3, 1), 3, ["soon"]),
        (date(2026, 6, 1), 3, ["soon"]),
        (date(2026, 6, 2), 3, []),
        (date(2026, 2, 28), 3, []),
        (date(2026, 2, 1), 36, ["soon", "later"]),
        (date(2023, 5, 31), 60, []),
    ],
)
def test_in_force_and_ending_in_the_period_both_ends_included(start, months, found):
    assert ending_qualifications(start, months)["service_id"].to_list() == found


def test_the_day_a_catalogue_was_read_is_no_end():
    assert undated_qualifications() == ["listed"]
