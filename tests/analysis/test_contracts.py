"""The contracts behind a figure."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from analysis.contracts import SORTS, Place, Total, contract, search_contracts, search_words, total
from analysis.selection import Selection
from loaders.vocabulary import AMOUNT_CONVENTIONS
from tests import tiny_edition as tiny
from tests.analysis.strategies import narrowings, selections, tables_of_awards

AWARDS = tiny.awards()


def ids(selection: Selection, **order: object) -> list[str]:
    return search_contracts(AWARDS, selection, Place(**order)).rows["contract_id"].to_list()


def test_one_row_a_contract_with_all_its_holders_by_rank_and_its_amount_once():
    page = search_contracts(AWARDS, Selection(search="calcul"))
    row = page.rows.row(0, named=True)
    assert page.total == 1
    assert row["vendor_names"] == ["Nuage Atlantique France", "Nuage Atlantique France", "Atelier Numérique du Bocage"]
    assert (row["amount_cents"], row["counted_cents"]) == (100_000_000, 100_000_000)


def test_the_verdict_is_the_first_in_order_among_the_selected_holders():
    assert search_contracts(AWARDS, Selection(search="messagerie")).rows["verdict"].to_list() == ["foreign_control"]
    home = search_contracts(AWARDS, Selection(search="messagerie", verdicts=("home_documented",)))
    row = home.rows.row(0, named=True)
    assert row["verdict"] == "home_documented"
    assert row["vendor_ids"] == ["000000240", "000000216"]
    assert row["counted_cents"] == 45_000_050


def test_as_many_contracts_as_the_verdict_announces():
    page = search_contracts(AWARDS, Selection(verdicts=("home_documented",)))
    assert page.total == 5  # C02, C06, C11, C13, C19


def test_latest_first_and_undated_last():
    found = ids(Selection())
    assert found[:2] == ["C18", "C17"]
    assert found[-1] == "C19"
    assert ids(Selection(), descending=False)[0] == "C04"
    assert ids(Selection(), descending=False)[-1] == "C19"


def test_largest_amount_first_and_missing_last():
    found = ids(Selection(), sort="amount")
    assert found[:2] == ["C12", "C04"]
    assert found[-1] == "C13"


def test_sort_by_verdict_and_by_end():
    assert ids(Selection(), sort="verdict", descending=False)[-1] == "C08"
    assert ids(Selection(years=(2024, 2024)), sort="end", descending=False)[0] == "C07"


@pytest.mark.parametrize("sort", SORTS)
def test_pages_follow_one_another_and_cover_the_list(sort):
    whole = ids(Selection(), sort=sort)
    pages = [ids(Selection(), sort=sort, limit=5, offset=offset) for offset in range(0, 20, 5)]
    assert [contract_id for page in pages for contract_id in page] == whole
    assert len(set(whole)) == search_contracts(AWARDS, Selection()).total == 17


def test_beyond_the_end_is_an_empty_page_of_the_same_columns():
    page = search_contracts(AWARDS, Selection(), Place(offset=100))
    assert page.rows.is_empty()
    assert page.rows.columns == search_contracts(AWARDS, Selection()).rows.columns
    assert page.total == 17


def test_an_unknown_order_is_refused():
    with pytest.raises(KeyError):
        search_contracts(AWARDS, Selection(), Place("price"))


def test_one_contract_with_its_versions_subcontracts_and_provenance(tiny_edition):
    found = contract(tiny_edition, "C01")
    assert found.record["source_url"] == "https://example.org/decp"
    assert found.versions["version_number"].to_list() == [0, 1, 2]
    assert found.versions["is_current"].to_list() == [False, False, True]
    assert found.subcontracts.is_empty()
    assert contract(tiny_edition, "C06").subcontracts["act_id"].to_list() == ["A1"]


def test_one_contract_is_judged_under_every_definition(tiny_edition):
    verdicts = contract(tiny_edition, "C09").verdicts
    assert dict(verdicts.select("definition", "verdict").iter_rows()) == {
        "france": "foreign_control",
        "ue": "foreign_control",
        "europe": "home_documented",
        "hors-us": "home_documented",
    }


def test_each_holder_is_judged(tiny_edition):
    verdicts = contract(tiny_edition, "C02").verdicts
    in_europe = verdicts.filter(definition="ue").sort("holder_rank")
    assert in_europe["verdict"].to_list() == ["home_documented", "foreign_control"]


def test_a_contract_that_the_edition_does_not_have(tiny_edition):
    assert contract(tiny_edition, "gone") is None


def test_a_list_adds_up_to_its_counted_amounts_and_says_what_stands_outside():
    interior = Selection(ministries=("interieur",))
    # C12 is flagged, C14 in dollars, C13 publishes none; C02 has two holders
    assert total(AWARDS, interior) == Total(
        amount_cents=650_000_100, contract_count=9, award_count=10, flagged_count=2, missing_count=1, undivided_count=0
    )
    with_flagged = total(AWARDS, replace(interior, include_flagged=True))
    assert with_flagged.amount_cents == 650_000_100 + 1_231_111_111_100
    assert with_flagged.flagged_count == 1
    assert total(AWARDS, replace(interior, amount="annualise")).undivided_count == 1


def test_an_empty_list_adds_up_to_nothing():
    assert total(AWARDS, Selection(vendor="nobody")) == Total(0, 0, 0, 0, 0, 0)


@pytest.mark.parametrize("amount", AMOUNT_CONVENTIONS)
def test_the_rows_of_a_list_make_its_total(amount):
    for selection in (Selection(amount=amount), Selection(amount=amount, verdicts=("foreign_control",))):
        rows = search_contracts(AWARDS, selection, Place(limit=100)).rows
        listed = total(AWARDS, selection)
        assert (rows["counted_cents"].sum(), rows.height) == (listed.amount_cents, listed.contract_count)


@settings(deadline=None, max_examples=40)
@given(
    awards=tables_of_awards,
    selection=selections,
    narrowing=narrowings,
    sort=st.sampled_from(list(SORTS)),
    descending=st.booleans(),
)
def test_words_sought_apart_find_the_same_page(awards, selection, narrowing, sort, descending):
    awards = awards.collect().lazy()
    asked = replace(selection, **{**narrowing, "perimeter": "tout", "search": "hebergement"})
    place = Place(sort, descending, 2, 1)
    saying = Selection(perimeter="tout", search=asked.search).filtered(awards)
    found, sought = search_words(saying, awards, asked, place), search_contracts(awards, asked, place)
    assert found.total == sought.total
    assert_frame_equal(found.rows, sought.rows)
