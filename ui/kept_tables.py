"""Tables as they are written, kept: the same rows of the same view are written once for all its readers.

Writing a table takes longer than the question behind it.
"""

import hashlib
import pickle
import sys
from collections.abc import Sequence
from threading import Condition

import polars as pl
from cachetools import LRUCache, cached

from language import current
from ui import tables
from ui.address import State
from ui.tables import Column

_KEPT_BYTES = 24_000_000


def html(state: State, name: str, frame: pl.DataFrame, columns: Sequence[Column], caption: str = "") -> str:
    """The table called ``name`` in the view of ``state``, as ``tables.html`` writes it.

    What the columns of a table lead to must follow from its name, its rows and ``state``.
    """
    return _written(_key(state, name, frame, columns, caption), frame, columns, caption)


def _key(state: State, name: str, frame: pl.DataFrame, columns: Sequence[Column], caption: str) -> tuple:
    words = tuple(
        (column.title, column.name, column.longest, column.only_in_files, _codes(column)) for column in columns
    )
    return current(), state, name, caption, words, _digest(frame)


def _codes(column: Column) -> tuple | None:
    return tuple(column.codes.items()) if column.codes else None


def _digest(frame: pl.DataFrame) -> bytes:
    return hashlib.blake2b(pickle.dumps((frame.schema, frame.rows()))).digest()


@cached(
    LRUCache(_KEPT_BYTES, getsizeof=sys.getsizeof),
    key=lambda key, _frame, _columns, _caption: key,
    condition=Condition(),
)
def _written(_key: tuple, frame: pl.DataFrame, columns: Sequence[Column], caption: str) -> str:
    return tables.html(frame, columns, caption)
