"""Asked of the few notable awards, a question of verdicts that leave presumed homes out has the answer of a scan."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from analysis import alternatives, contracts, coverage, ending, ministries, quality, quota, shares, vendors
from analysis.selection import Selection
from loaders import vocabulary
from loaders.notable import PRESUMED, judged, notable
from loaders.notable import verdicts as verdicts_of_each
from tests import tiny_edition
from tests.analysis.strategies import narrowings, selections, tables_of_awards

DAY = date(2024, 1, 1)
ASKED = [
    (shares.interval, ()),
    (shares.interval_by, ("year",)),
    (shares.interval_by, ("group_id",)),
    (contracts.total, ()),
    (contracts.search_contracts, (contracts.Place("amount"),)),
    (ministries.ranking, ()),
    (vendors.top_vendors, (50, "")),
    (vendors.top_groups, (50, "")),
    (vendors.top_resellers, ()),
    (vendors.top_products, ()),
    (ending.dated, ()),
    (ending.ending_by_year, ()),
    (ending.ending_by_period, (DAY, (3, 24))),
    (ending.contracts_ending, (DAY, 24)),
    (ending.ending_contracts, (DAY, 24)),
    (coverage.by_ministry, ()),
    (quality.coverage, ()),
    (quality.publication_delay, ()),
]
OF_NOTABLE = [
    (vendors.top_products, ()),
    (alternatives.clouds, ()),
    (alternatives.bought, ("cloud",)),
    (alternatives.alternatives_for, ("cloud",)),
]
OTHERS = [("foreign_control", "foreign_product"), ("hybrid", "opaque", "unknown"), ("home_documented",)]
OTHER_VERDICTS = [code for code in vocabulary.VERDICTS if code != PRESUMED]
AWARDS = tiny_edition.awards().collect().lazy()
NOTABLE = notable(AWARDS).collect().lazy()


@settings(deadline=None, max_examples=50)
@given(awards=tables_of_awards)
def test_facts_judged_once_give_each_award_its_verdict(awards):
    each = awards.with_columns(verdicts_of_each())
    assert_frame_equal(judged(awards).collect(), each.collect(), check_row_order=False)


@pytest.mark.parametrize(("question", "details"), ASKED)
def test_every_definition_convention_and_verdict_has_the_same_answer(question, details):
    for definition in vocabulary.DEFINITIONS:
        for amount in vocabulary.AMOUNT_CONVENTIONS:
            for verdicts in OTHERS:
                chosen = Selection(perimeter="tout", definition=definition, amount=amount, verdicts=verdicts)
                assert_same_answer(AWARDS, NOTABLE, question, chosen, details)


@settings(deadline=None, max_examples=20)
@given(
    awards=tables_of_awards,
    selection=selections,
    narrowing=narrowings,
    verdicts=st.lists(st.sampled_from(OTHER_VERDICTS), min_size=1, max_size=3, unique=True).map(tuple),
)
def test_any_filter_on_any_awards_has_the_same_answer(awards, selection, narrowing, verdicts):
    asked = replace(selection, **{**narrowing, "perimeter": "tout", "search": "", "verdicts": verdicts})
    few = notable(awards).collect().lazy()
    for question, details in ASKED:
        assert_same_answer(awards, few, question, asked, details)


@settings(deadline=None, max_examples=20)
@given(awards=tables_of_awards, selection=selections)
def test_what_is_sold_by_those_we_know_or_named_in_titles_is_all_among_them(awards, selection):
    asked = replace(selection, perimeter="tout", search="")
    few = notable(awards).collect().lazy()
    for question, details in OF_NOTABLE:
        assert_same_answer(awards, few, question, asked, details)
    for filtered in (replace(asked, group="nuage-atlantique"), replace(asked, product="PUS")):
        for question, details in ASKED:
            assert_same_answer(awards, few, question, filtered, details)


@settings(deadline=None, max_examples=20)
@given(awards=tables_of_awards, selection=selections, narrowing=narrowings)
def test_what_is_home_is_not_to_move_and_need_not_be_read(awards, selection, narrowing):
    asked = replace(selection, **narrowing)
    whole = quota.contracts_to_move(awards, asked, DAY)
    assert_frame_equal(whole, quota.contracts_to_move(awards, quota.of_movable(asked), DAY))


def assert_same_answer(
    awards: pl.LazyFrame, few: pl.LazyFrame, question: Callable, selection: Selection, details: tuple
) -> None:
    """What all the awards say is what the notable ones say."""
    scanned, read = (question(table, selection, *details) for table in (awards, few))
    if isinstance(scanned, contracts.Page):
        assert scanned.total == read.total
        scanned, read = scanned.rows, read.rows
    if isinstance(scanned, pl.DataFrame):
        assert_frame_equal(scanned, read)
    else:
        assert scanned == read
