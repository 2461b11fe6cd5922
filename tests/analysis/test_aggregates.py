"""The sums made with an edition and a scan of its awards give equal answers, whatever the filters."""

import polars as pl
import pytest
from hypothesis import given, settings
from polars.testing import assert_frame_equal

from analysis import aggregates, contracts, ministries, quota, reconciliation, shares, vendors
from analysis.held import notable_for
from analysis.selection import Selection
from loaders import vocabulary
from loaders.aggregates import SCHEMA, aggregated
from loaders.editions import STARTER_FOLDER, Edition
from loaders.notable import notable
from tests import tiny_edition
from tests.analysis.strategies import selections, tables_of_awards

ASKED = [
    (shares.by_verdict, ()),
    (shares.interval, ()),
    (shares.interval, ("contracts",)),
    (shares.interval_by, ("year",)),
    (shares.interval_by, ("ministry",)),
    (shares.interval_by, ("buyer_kind",)),
    (contracts.total, ()),
    (contracts.search_contracts, ()),
    (contracts.search_contracts, (contracts.Place("date", True, 1),)),
    (contracts.search_contracts, (contracts.Place("date", False, 1),)),
    (contracts.search_contracts, (contracts.Place("end", True, 1, 1),)),
    (contracts.search_contracts, (contracts.Place("amount", True, 2),)),
    (contracts.search_contracts, (contracts.Place("title", False, 3),)),
    (contracts.search_contracts, (contracts.Place("verdict", False, 2),)),
    (ministries.ranking, ()),
    (shares.interval_by, ("group_id",)),
    (vendors.top_vendors, ()),
    (vendors.vendor_names, (2,)),
    (vendors.top_groups, ()),
    (vendors.top_groups, (2, "nuage")),
    (reconciliation.reconciliation, ()),
    (quota.quota, (60,)),
    (quota.quota_by_ministry, (60,)),
]
WHOLE = [
    Selection(perimeter=perimeter, definition=definition, amount=amount, include_flagged=flagged, verdicts=verdicts)
    for perimeter in vocabulary.PERIMETERS
    for definition in vocabulary.DEFINITIONS
    for amount, flagged, verdicts in zip(
        vocabulary.AMOUNT_CONVENTIONS, (False, True) * 2, ((), ("opaque", "home_documented")) * 2, strict=True
    )
]


@pytest.fixture(scope="module", params=["tiny", "starter"])
def edition_of_both(request: pytest.FixtureRequest) -> tuple[pl.LazyFrame, ...]:
    """The awards of an edition, in memory, with their cells and those that are notable."""
    tables = {"tiny": tiny_edition.awards, "starter": lambda: Edition(STARTER_FOLDER).scan("awards")}
    awards = tables[request.param]().collect().lazy()
    return awards, aggregated(awards).collect().lazy(), notable(awards).collect().lazy()


@pytest.mark.parametrize(("question", "details"), ASKED)
def test_whole_editions_answer_the_same_both_ways(edition_of_both, question, details):
    for selection in WHOLE:
        assert_same_answers(*edition_of_both, question, selection, details)


@settings(deadline=None, max_examples=50)
@given(awards=tables_of_awards, selection=selections)
def test_any_filter_on_any_awards_answers_the_same_both_ways(awards, selection):
    cells, few = aggregated(awards).collect().lazy(), notable(awards).collect().lazy()
    for question, details in ASKED:
        assert_same_answers(awards, cells, few, question, selection, details)


def test_cells_have_their_declared_columns_and_grow_with_facts_not_with_awards():
    awards = tiny_edition.awards().collect()
    again = pl.concat([awards, awards.with_columns(pl.concat_str("contract_id", pl.lit("-2")).alias("contract_id"))])
    once, twice = aggregated(awards.lazy()).collect(), aggregated(again.lazy()).collect()
    assert once.schema == SCHEMA
    assert once.height == twice.height
    assert twice["contract_count"].sum() == 2 * once["contract_count"].sum()


@pytest.mark.parametrize(
    "narrowed",
    [
        {"search": "x"},
        {"vendor": "1"},
        {"group": "g"},
        {"product": "p"},
        {"end_years": (1, 2)},
        {"control": "documente"},
    ],
)
def test_what_cells_do_not_know_is_asked_of_the_awards(narrowed):
    assert aggregates.question_of_cells(shares.interval, Selection(**narrowed), ()) is None
    assert aggregates.question_of_cells(shares.interval_by, Selection(), ("vendor_id",)) is None


def assert_same_answers(awards, cells, few, question, selection, details):  # noqa: PLR0913 - three tables, one question
    """What a scan says is what the cells say, with the awards or the few of them where they need some."""
    quick = aggregates.question_of_cells(question, selection, details)
    if quick is None:
        return
    told_by = aggregates.ALSO_OF_AWARDS.get(quick)
    is_few = told_by is notable_for and selection.perimeter == "tout"
    besides = (few if is_few else awards,) if told_by else ()
    scanned, summed = question(awards, selection, *details), quick(cells, selection, *details, *besides)
    if isinstance(scanned, contracts.Page):
        assert scanned.total == summed.total
        scanned, summed = scanned.rows, summed.rows
    if isinstance(scanned, pl.DataFrame):
        assert_frame_equal(scanned, summed)
    else:
        assert scanned == summed
