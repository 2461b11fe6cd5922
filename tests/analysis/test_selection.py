"""What a selection keeps, and what it weighs."""

import polars as pl
import pytest
from hypothesis import given, settings
from polars.testing import assert_frame_equal

from analysis.selection import VERDICT_TYPE, Selection
from analysis.shares import by_verdict, interval
from loaders.digital import prepared
from loaders.known import contracts_of
from loaders.vocabulary import AMOUNT_CONVENTIONS, DEFINITIONS, VERDICTS
from tests import tiny_edition
from tests.analysis.strategies import narrowings, selections, tables_of_awards

EVERYTHING = Selection(perimeter="tout")


def kept(**filters: object) -> list[str]:
    rows = Selection(**{"perimeter": "tout", **filters}).filtered(tiny_edition.awards())
    return rows.select(pl.col("contract_id").unique().sort()).collect()["contract_id"].to_list()


def total_cents(**filters: object) -> int:
    return interval(tiny_edition.awards(), Selection(**filters)).total_cents


def cents_of(contract_id: str, **filters: object) -> list[int | None]:
    judged = Selection(**{"perimeter": "tout", **filters}).judged(tiny_edition.awards())
    mine = judged.filter(pl.col("contract_id") == contract_id).sort("holder_rank")
    return mine.collect()["counted_cents"].to_list()


def test_equal_selections_are_one_key():
    assert {Selection(years=(2020, 2024)): 1}[Selection(years=(2020, 2024))] == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"perimeter": "cloud"},
        {"definition": "eu"},
        {"amount": "total"},
        {"ministries": ("defense",)},
        {"buyer_kinds": ("mairie",)},
        {"verdicts": ("foreign",)},
        {"control": "known"},
    ],
)
def test_an_unknown_code_is_refused_rather_than_ignored(wrong):
    with pytest.raises(ValueError, match="unknown codes"):
        Selection(**wrong)


def test_whole_perimeter_keeps_every_award_and_column():
    awards = tiny_edition.awards()
    assert EVERYTHING.filtered(awards).collect().equals(awards.collect())


def test_digital_perimeter_leaves_out_what_is_not_digital_and_what_nobody_knows():
    assert set(kept()) - set(kept(perimeter="numerique")) == {"C15", "C16"}


def test_cloud_perimeter():
    assert kept(perimeter="nuage") == ["C01", "C02", "C05", "C06", "C09", "C13", "C17", "C19"]


def test_years_are_inclusive_and_leave_out_contracts_without_a_date():
    assert kept(years=(2021, 2021)) == ["C04", "C10"]
    assert "C19" not in kept(years=(1900, 2100))


def test_filters_on_ministry_buyer_vendor_group_and_product():
    assert kept(ministries=("enseignement-superieur",)) == ["C05", "C06", "C09", "C17"]
    assert kept(ministries=("interieur",), buyer_kinds=("decentralised",)) == ["C03", "C07", "C13", "C18"]
    assert kept(vendor="000000216") == ["C02", "C14"]
    assert kept(group="nuage-atlantique") == ["C01", "C02", "C12", "C14", "C17"]
    assert kept(product="Atlantique Base") == ["C03"]


def test_filter_on_verdict_follows_the_definition():
    assert "C09" in kept(verdicts=("foreign_control",), definition="ue")
    assert "C09" not in kept(verdicts=("foreign_control",), definition="europe")


def test_filter_on_the_years_of_the_end_leaves_out_contracts_without_one():
    assert kept(end_years=(2025, 2025)) == ["C02", "C06", "C07", "C08", "C13"]
    assert "C04" not in kept(end_years=(1900, 2100))


def test_filter_on_documented_control_keeps_awards_and_cuts_the_whole_in_two():
    awards = tiny_edition.awards()
    documented, others = (Selection(control=state) for state in ("documente", "non-documente"))
    bases = [one.filtered(awards).collect()["control_basis"].cast(pl.String) for one in (documented, others)]
    assert set(bases[1]) == {"siren_only", "none"}
    assert set(bases[0]).isdisjoint(bases[1])
    assert bases[0].len() + bases[1].len() == Selection().filtered(awards).collect().height


@pytest.mark.parametrize("amount", AMOUNT_CONVENTIONS)
def test_the_lists_of_all_verdicts_add_up_to_the_whole(amount):
    """C02 and C17 are held by vendors of two verdicts: as a ceiling, their amount is that of the first holder."""
    found = interval(tiny_edition.awards(), Selection(amount=amount))
    lists = [total_cents(amount=amount, verdicts=(verdict,)) for verdict in VERDICTS]
    assert tuple(lists) == found.weights
    assert sum(lists) == found.total_cents


def test_filters_compose_whatever_their_order():
    awards = tiny_edition.awards()
    years, ministry = Selection(years=(2022, 2024)), Selection(ministries=("interieur",))
    both = Selection(years=(2022, 2024), ministries=("interieur",))
    one_way = years.filtered(ministry.filtered(awards)).collect()
    assert one_way.equals(both.filtered(awards).collect())
    assert one_way.equals(ministry.filtered(years.filtered(awards)).collect())


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("hebergement", ["C01", "C06", "C13", "C19"]),  # C02's holder too, but as a co-holder: see below
        ("œuvres NUMÉRISÉES", ["C07"]),
        ("oeuvres numerisees", ["C07"]),
        ("mainten", ["C07"]),
        ("prefecture bocage", ["C07", "C18"]),
        ("tenance", []),
        ("atlantique base support", ["C03"]),
    ],
)
def test_search_needs_the_beginning_of_every_word_without_accents_or_capitals(search, found):
    assert [contract for contract in kept(search=search) if contract != "C02"] == found


def test_search_finds_the_award_of_the_holder_that_is_named():
    rows = Selection(search="hexagone", perimeter="tout").filtered(tiny_edition.awards()).collect()
    assert rows.filter(pl.col("contract_id") == "C02")["vendor_name"].to_list() == ["Hexagone Hébergement"]


def test_a_search_of_signs_alone_filters_nothing():
    assert kept(search=" – ") == kept()


def test_prepared_awards_answer_as_plain_ones():
    ready = prepared(tiny_edition.awards())
    for definition in DEFINITIONS:
        wanted = Selection(search="hébergement", definition=definition, verdicts=("foreign_control", "home_documented"))
        plain = wanted.judged(tiny_edition.awards()).collect()
        assert_frame_equal(wanted.judged(ready).select(plain.columns).collect(), plain, check_row_order=False)


def test_prepared_text_and_verdicts_are_not_worked_out_again():
    emptied = prepared(tiny_edition.awards()).with_columns(
        search_text=pl.lit(" RIEN"), verdict_ue=pl.lit("unknown", VERDICT_TYPE)
    )
    assert Selection(search="hébergement").filtered(emptied).collect().is_empty()
    assert set(Selection().judged(emptied).collect()["verdict"]) == {"unknown"}


def test_shared_amount_sums_to_the_published_one():
    assert cents_of("C17") == [33_333_334, 33_333_333, 33_333_333]


def test_ceiling_counts_once_a_contract_and_once_a_vendor_in_rankings():
    assert cents_of("C17", amount="plafond") == [100_000_000, 0, 0]
    by_vendor = Selection(amount="plafond").amount_cents(once_per=("contract_id", "vendor_id"))
    rows = tiny_edition.awards().filter(pl.col("contract_id") == "C17").sort("holder_rank").select(by_vendor)
    assert rows.collect()["counted_cents"].to_list() == [100_000_000, 0, 100_000_000]


def test_ceiling_counts_whole_when_only_a_second_holder_is_selected():
    assert total_cents(amount="plafond", vendor="000000273", years=(2024, 2024)) == 100_000_000 + 8_000_000


def test_annualised_amount_divides_by_years_from_a_year_on():
    assert cents_of("C01", amount="annualise") == [30_000_000]  # 48 months
    assert cents_of("C11", amount="annualise") == [8_000_000]  # 18 months
    assert cents_of("C06", amount="annualise") == [50_000_000]  # 12 months
    assert cents_of("C07", amount="annualise") == [8_000_000]  # 6 months: whole


def test_annualised_amount_without_duration_stays_whole_and_is_counted_so():
    assert cents_of("C04", amount="annualise") == [400_000_000]
    assert interval(tiny_edition.awards(), Selection(amount="annualise")).undivided_count == 2  # C04, C19


def test_simple_amounts_leave_frameworks_out_of_sums_but_count_them():
    assert cents_of("C04", amount="simples") == [None]
    whole, simple = (interval(tiny_edition.awards(), Selection(amount=name)) for name in ("partage", "simples"))
    assert whole.total_cents - simple.total_cents == 400_000_000 + 100_000_000
    assert simple.contract_count == whole.contract_count


def test_flagged_amounts_enter_sums_only_when_asked_and_other_currencies_never():
    assert cents_of("C12") == [None]
    assert cents_of("C12", include_flagged=True) == [1_231_111_111_100]
    assert cents_of("C14", include_flagged=True) == [None]


@settings(max_examples=40, deadline=None)
@given(tables_of_awards, selections, narrowings)
def test_narrowing_never_adds(awards, selection, narrowing):
    wide = interval(awards, selection)
    narrow = interval(awards, Selection(**{**vars(selection), **_both(selection, narrowing)}))
    assert narrow.total_cents <= wide.total_cents
    assert narrow.contract_count <= wide.contract_count
    assert narrow.flagged_count <= wide.flagged_count


def _both(selection: Selection, narrowing: dict) -> dict:
    """``narrowing`` without what would widen: another ministry than those already chosen."""
    if selection.ministries and "interieur" not in selection.ministries:
        return {name: value for name, value in narrowing.items() if name != "ministries"}
    return narrowing


@settings(max_examples=40, deadline=None)
@given(tables_of_awards, selections)
def test_amounts_by_verdict_sum_to_the_total_and_never_multiply_co_holders(awards, selection):
    total = interval(awards, selection).total_cents
    assert by_verdict(awards, selection)["amount_cents"].sum() == total
    published = (
        selection.filtered(awards)
        .filter(pl.col("amount_flag").is_null() | selection.include_flagged)
        .unique("contract_id")
        .select(pl.col("amount_cents").filter(pl.col("amount_flag").ne_missing("foreign_currency")).sum())
    )
    assert total <= published.collect().item()


@settings(max_examples=40, deadline=None)
@given(tables_of_awards, selections, narrowings)
def test_each_contract_is_told_once_with_what_its_holders_share(awards, selection, narrowing):
    selected = Selection(**{**vars(selection), **narrowing}).filtered(awards)
    told = ["title", "contract_date"]
    one_by_one = selected.unique("contract_id").select(told)
    assert_frame_equal(contracts_of(selected, *told).sort(told).collect(), one_by_one.sort(told).collect())
