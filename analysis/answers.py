"""Answers kept: the same question asked of the same edition by any reader is worked out once."""

from collections.abc import Callable
from functools import lru_cache
from threading import RLock

from analysis.held import awards_for
from analysis.selection import Selection
from loaders.editions import Edition

_MOST_KEPT = 2_000
_LOCKS = tuple(RLock() for _ in range(64))


def answer(edition: Edition, question: Callable, selection: Selection, *details: object) -> object:
    """What ``question(awards, selection, *details)`` says of ``edition``.

    Readers who ask the same at the same moment wait for one answer. ``details`` must be hashable.
    """
    return _kept(edition, question, (selection, *details), True)


def answer_of_edition(edition: Edition, question: Callable, *details: object) -> object:
    """What ``question(edition, *details)`` says, kept likewise: for what is not asked of the awards."""
    return _kept(edition, question, details, False)


def _kept(edition: Edition, question: Callable, asked: tuple, of_awards: bool) -> object:
    with _LOCKS[hash((edition, question, asked)) % len(_LOCKS)]:
        return _worked_out(edition, question, asked, of_awards)


@lru_cache(maxsize=_MOST_KEPT)
def _worked_out(edition: Edition, question: Callable, asked: tuple, of_awards: bool) -> object:
    return question(awards_for(edition, asked[0]) if of_awards else edition, *asked)
