"""What is the State's own: its services and its operators, without the bodies that buy for others."""

from dataclasses import replace

from analysis.selection import Selection
from loaders.vocabulary import BUYER_KINDS, MINISTRIES

MINISTRIES_OF_THE_STATE = tuple(MINISTRIES)
KINDS_OF_THE_STATE = tuple(kind for kind in BUYER_KINDS if kind != "central_purchasing")


def of_the_state(selection: Selection) -> Selection:
    """The same selection, of the State and its operators.

    Only these have a ministry. Central purchasing bodies are left out: UGAP, an operator of the State, buys for towns
    and hospitals too, and nobody publishes for whom.
    """
    return replace(selection, ministries=MINISTRIES_OF_THE_STATE, buyer_kinds=KINDS_OF_THE_STATE)


def is_of_the_state(selection: Selection) -> bool:
    """Whether a selection is of the whole State and its operators."""
    return (selection.ministries, selection.buyer_kinds) == (MINISTRIES_OF_THE_STATE, KINDS_OF_THE_STATE)
