"""The contracts that end soon, on the tiny edition."""

from datetime import date

from analysis.ending import ending_by_ministry, ending_contracts
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
