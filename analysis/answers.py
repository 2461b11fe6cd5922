"""Answers kept: the same question asked of the same edition by any reader is worked out once."""

from collections.abc import Callable
from threading import Condition

from cachetools import LRUCache, cached

from analysis.aggregates import ALSO_OF_AWARDS, cells, question_of_cells
from analysis.held import awards_for
from analysis.selection import Selection
from loaders.editions import Edition

_MOST_KEPT = 2_000


def answer(edition: Edition, question: Callable, selection: Selection, *details: object) -> object:
    """What ``question(awards, selection, *details)`` says of ``edition``.

    Readers who ask the same at the same moment wait for one answer. ``details`` must be hashable.
    """
    return _worked_out(edition, question, (selection, *details), of_awards=True)


def answer_of_edition(edition: Edition, question: Callable, *details: object) -> object:
    """What ``question(edition, *details)`` says, kept likewise: for what is not asked of the awards."""
    return _worked_out(edition, question, details, of_awards=False)


def worked_out(edition: Edition, question: Callable, selection: Selection, *details: object) -> object:
    """The same as ``answer``, worked out now: from the sums made with the edition when they tell it."""
    quick = question_of_cells(question, selection, details)
    summed = cells(edition) if quick else None
    if summed is None:
        return question(awards_for(edition, selection), selection, *details)
    besides = (awards_for(edition, selection),) if question in ALSO_OF_AWARDS else ()
    return quick(summed, selection, *details, *besides)


@cached(LRUCache(_MOST_KEPT), condition=Condition())
def _worked_out(edition: Edition, question: Callable, asked: tuple, of_awards: bool) -> object:
    return worked_out(edition, question, *asked) if of_awards else question(edition, *asked)
