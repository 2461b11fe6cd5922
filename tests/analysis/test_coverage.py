"""What the edition holds of each ministry and buyer, on the tiny edition."""

import pytest

from analysis.coverage import by_ministry, delay_by_buyer, subcontractors
from analysis.ministries import ranking
from analysis.quality import publication_delay
from analysis.selection import Selection
from tests import tiny_edition

AWARDS = tiny_edition.awards()


def test_each_ministry_with_its_contracts_buyers_and_what_is_documented():
    rows = {row["ministry"]: row for row in by_ministry(AWARDS, Selection()).iter_rows(named=True)}
    assert list(rows) == ["interieur", "enseignement-superieur", "etat-non-determine"]
    ours = rows["interieur"]
    assert (ours["contract_count"], ours["buyer_count"], ours["award_count"]) == (9, 2, 10)
    # C07 and C18 are held by a firm whose parent nothing documents
    assert ours["documented_share"] == pytest.approx(8 / 10)
    # C12, C13 and C14 are outside every sum
    assert ours["flagged_share"] == pytest.approx(3 / 9)
    assert rows["etat-non-determine"]["documented_share"] == 0
    assert rows["etat-non-determine"]["median_days"] is None


def test_it_counts_the_contracts_that_the_ranking_counts():
    ranked = dict(ranking(AWARDS, Selection()).select("ministry", "contract_count").iter_rows())
    assert dict(by_ministry(AWARDS, Selection()).select("ministry", "contract_count").iter_rows()) == ranked


def test_a_delay_is_that_of_the_question_on_the_same_contracts():
    """Co-holders do not count twice: C02 has two, C17 three."""
    for code in ("interieur", "enseignement-superieur"):
        selection = Selection(ministries=(code,))
        whole = publication_delay(AWARDS, selection)
        row = by_ministry(AWARDS, selection).row(0, named=True)
        assert row["median_days"] == whole.median_days
        assert row["in_time_share"] == pytest.approx(whole.share_in_time)


def test_delays_by_buyer_the_busiest_first():
    rows = delay_by_buyer(AWARDS, Selection(), limit=2)
    assert rows["contract_count"].to_list() == [5, 4]
    late = delay_by_buyer(AWARDS, Selection(ministries=("interieur",)), limit=5)
    prefecture = late.filter(late["buyer_key"] == "000000117").row(0, named=True)
    # C03 was published after four months, the three others after thirty days
    assert prefecture["in_time_share"] == pytest.approx(3 / 4)
    assert prefecture["median_days"] == 30


def test_a_buyer_without_dates_of_publication_has_no_delay():
    row = delay_by_buyer(AWARDS, Selection(ministries=("etat-non-determine",)), limit=5).row(0, named=True)
    assert (row["undated_count"], row["median_days"], row["in_time_share"]) == (1, None, None)


def test_subcontractors_of_the_selected_contracts_named_when_they_are_vendors_too(tiny_edition):
    found = subcontractors(tiny_edition, Selection(ministries=("enseignement-superieur",)))
    assert found.to_dicts() == [
        {
            "subcontractor_id": "000000208",
            "vendor_name": "Nuage Atlantique France",
            "control_country": "US",
            "act_count": 1,
            "contract_count": 1,
            "amount_cents": 15_000_000,
        }
    ]
    assert subcontractors(tiny_edition, Selection(ministries=("interieur",))).is_empty()
