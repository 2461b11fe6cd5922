"""Answers kept: the same question asked of the same edition by any reader is worked out once."""

from collections.abc import Callable
from threading import Condition

import polars as pl
from cachetools import LRUCache, cached

from analysis import alternatives, contracts, coverage, known, quality, vendors
from analysis.aggregates import ALSO_OF_AWARDS, cells, question_of_cells
from analysis.held import awards_for, left_to_ask, notable_for, of_ministries_for
from analysis.selection import Selection
from loaders.editions import Edition

_OF_NOTABLE = (
    vendors.group_names,
    vendors.top_products,
    alternatives.bought,
    alternatives.alternatives_for,
    alternatives.clouds,
)
_OF_FLAGGED = (quality.flagged_contracts, quality.amount_flags)
_OF_SOME = {
    **dict.fromkeys(_OF_NOTABLE, notable_for),
    **dict.fromkeys(_OF_FLAGGED, known.flagged_for),
    coverage.by_ministry: of_ministries_for,
}
_MADE_WITH_EDITION = ((question_of_cells, cells), (known.question_of_counts, known.counts))
_BESIDES = {**ALSO_OF_AWARDS, known.by_ministry: of_ministries_for, known.flagged_contracts: known.flagged_for}
_KEPT_BYTES = 48_000_000
_LEAST_BYTES = 20_000


def answer(edition: Edition, question: Callable, selection: Selection, *details: object) -> object:
    """What ``question(awards, selection, *details)`` says of ``edition``.

    Readers who ask the same at the same moment wait for one answer. ``details`` must be hashable.
    """
    return _worked_out(edition, question, (selection, *details), of_awards=True)


def answer_of_edition(edition: Edition, question: Callable, *details: object) -> object:
    """What ``question(edition, *details)`` says, kept likewise: for what is not asked of the awards."""
    return _worked_out(edition, question, details, of_awards=False)


def worked_out(edition: Edition, question: Callable, selection: Selection, *details: object) -> object:
    """The same as ``answer``, worked out now: from the sums or counts made with the edition when they tell it."""
    for quick_question, made in _MADE_WITH_EDITION:
        asked = quick_question(question, selection, details)
        found = made(edition) if asked else None
        if found is not None:
            besides = (_BESIDES[asked](edition, selection),) if asked in _BESIDES else ()
            return asked(found, selection, *details, *besides)
    return _asked_of_awards(edition, question, selection, details)


def _asked_of_awards(edition: Edition, question: Callable, selection: Selection, details: tuple) -> object:
    found = _OF_SOME.get(question, awards_for)(edition, selection)
    asked = left_to_ask(edition, selection)
    if question is contracts.search_contracts and asked != selection:
        return contracts.search_words(found, edition.scan("awards"), selection, *details)
    return question(found, asked, *details)


def _bytes(answer: object) -> int:
    """What an answer weighs in memory; one that weighs more than all that is kept is worked out each time."""
    rows = answer if isinstance(answer, pl.DataFrame) else getattr(answer, "rows", None)
    return max(_LEAST_BYTES, rows.estimated_size()) if isinstance(rows, pl.DataFrame) else _LEAST_BYTES


@cached(LRUCache(_KEPT_BYTES, getsizeof=_bytes), condition=Condition())
def _worked_out(edition: Edition, question: Callable, asked: tuple, of_awards: bool) -> object:
    return worked_out(edition, question, *asked) if of_awards else question(edition, *asked)
