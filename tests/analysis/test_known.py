"""The counts made with an edition and a scan of its awards give equal answers to questions of quality."""

from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given, settings
from polars.testing import assert_frame_equal

from analysis import coverage, known, quality
from analysis.known import Counts, question_of_counts
from analysis.selection import Selection
from loaders import known as made
from loaders import vocabulary
from loaders.editions import STARTER_FOLDER, Edition
from tests import tiny_edition
from tests.analysis.strategies import selections, tables_of_awards

ASKED = (quality.coverage, quality.publication_delay, coverage.by_ministry)
OF_FLAGGED = ((quality.flagged_contracts, (2, 1)), (quality.flagged_contracts, ()), (quality.amount_flags, ()))


@pytest.fixture(scope="module", params=["tiny", "starter"])
def awards(request: pytest.FixtureRequest) -> pl.LazyFrame:
    """The awards of an edition, in memory."""
    tables = {"tiny": tiny_edition.awards, "starter": lambda: Edition(STARTER_FOLDER).scan("awards")}
    return tables[request.param]().collect().lazy()


@pytest.mark.parametrize("question", ASKED)
def test_whole_editions_answer_the_same_both_ways(awards, question):
    counts = counted(awards)
    for perimeter in vocabulary.PERIMETERS:
        for amount in vocabulary.AMOUNT_CONVENTIONS:
            for chosen in ({}, {"include_flagged": True}, {"years": (2021, 2024), "buyer_kinds": ("local",)}):
                selection = Selection(perimeter=perimeter, amount=amount, **chosen)
                assert_same_answer(awards, counts, question, selection)


@settings(deadline=None, max_examples=80)
@given(awards=tables_of_awards, selection=selections)
def test_any_filter_on_any_awards_answers_the_same_both_ways(awards, selection):
    asked, counts = replace(selection, search=""), counted(awards)
    for question in ASKED:
        assert_same_answer(awards, counts, question, asked)


@settings(deadline=None, max_examples=40)
@given(awards=tables_of_awards, selection=selections)
def test_flagged_amounts_are_all_among_the_flagged_awards(awards, selection):
    few = made.flagged(awards).collect().lazy()
    for question, details in OF_FLAGGED:
        assert_same(*(question(table, selection, *details) for table in (awards, few)))


@pytest.mark.parametrize("narrowed", [{"search": "x"}, {"vendor": "1"}, {"verdicts": ("opaque",)}])
def test_what_counts_do_not_know_is_asked_of_the_awards(narrowed):
    assert question_of_counts(quality.coverage, Selection(**narrowed), ()) is None


def counted(awards: pl.LazyFrame) -> Counts:
    """The counts that an edition of these awards has."""
    return Counts(*(table(awards).collect().lazy() for table in (made.known, made.delays)))


def assert_same_answer(awards, counts, question, selection):
    """What a scan says is what the counts say."""
    quick = question_of_counts(question, selection, ())
    besides = (awards,) if quick is known.by_ministry else ()
    assert_same(question(awards, selection), quick(counts, selection, *besides))


def assert_same(scanned, quick):
    """Two answers, of whatever shape, say the same."""
    if isinstance(scanned, quality.Page):
        assert scanned.total == quick.total
        scanned, quick = scanned.rows, quick.rows
    if isinstance(scanned, pl.DataFrame):
        assert_frame_equal(scanned, quick)
    else:
        assert scanned == quick
