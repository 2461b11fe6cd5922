"""Answers are worked out once for all readers, and never hold more memory than they may."""

import polars as pl
import pytest

from analysis import answers
from analysis.contracts import Page
from analysis.selection import Selection

CALLS: list[Selection] = []


@pytest.fixture(autouse=True)
def _nothing_kept():
    answers._worked_out.cache.clear()
    CALLS.clear()


def counted(_awards: pl.LazyFrame, selection: Selection, rows: int) -> pl.DataFrame:
    """A question that notes each time it is asked."""
    CALLS.append(selection)
    return pl.DataFrame({"n": range(rows)})


def listed(awards: pl.LazyFrame, selection: Selection, rows: int) -> Page:
    """The same, as a page of a list."""
    return Page(counted(awards, selection, rows), rows)


def test_the_same_question_is_worked_out_once(tiny_edition):
    first, again = (answers.answer(tiny_edition, counted, Selection(), 5) for _ in range(2))
    assert first is again
    assert len(CALLS) == 1
    answers.answer(tiny_edition, counted, Selection(definition="france"), 5)
    assert len(CALLS) == 2


@pytest.mark.parametrize("question", [counted, listed])
def test_an_answer_that_weighs_more_than_all_that_is_kept_is_given_and_not_kept(tiny_edition, question):
    rows = answers._KEPT_BYTES // 8 + 1
    for _ in range(2):
        answers.answer(tiny_edition, question, Selection(), rows)
    assert len(CALLS) == 2
    assert answers._worked_out.cache.currsize == 0
