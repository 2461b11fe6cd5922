"""What a question is when three engines answer it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pandas as pd

from analysis.selection import Selection
from benchmarks.serve_questions import name_of

CENTS = "coalesce(sum(share_cents) FILTER (WHERE amount_flag IS NULL), 0)"
EVERYWHERE = ("numerique", "tout", "ministere")
OF_DIGITAL = ("numerique",)
OF_A_MINISTRY = ("ministere",)
OF_A_VENDOR = ("fournisseur",)


def quoted(codes: Iterable[str]) -> str:
    """Codes as SQL lists them."""
    return ", ".join(f"'{code}'" for code in codes)


def _unchanged(selection: Selection) -> Selection:
    return selection


@dataclass(frozen=True)
class Question:
    """One question of ``analysis``, in SQL and in pandas.

    ``asked`` is the function and its details, ``told`` the rows that are compared of its answer. ``sql`` has
    ``{where}`` where the selection goes; ``pandas`` is given the selected awards. The others say no more than what is
    compared, ours all that a page shows. ``narrowed`` is what the page asks it of, ``cases`` the selections under which
    a page does.
    """

    asked: tuple
    told: Callable[[object], list[tuple]]
    sql: str
    pandas: Callable[[pd.DataFrame], pd.DataFrame]
    narrowed: Callable[[Selection], Selection] = _unchanged
    cases: tuple[str, ...] = EVERYWHERE

    @property
    def name(self) -> str:
        """Its name in the code, with the column that it is asked by."""
        by = [detail for detail in self.asked[1:] if isinstance(detail, str)]
        return " ".join([name_of(self.asked[0]), *by])


def columns(*names: str) -> Callable[[object], list[tuple]]:
    """The rows of these columns, of a table without those that lack the first."""
    return lambda found: found.drop_nulls(names[0]).select(names).rows()


def paged(*names: str) -> Callable[[object], list[tuple]]:
    """These columns of a page of a list, and the length of the list in each row."""
    return lambda page: [(*row, page.total) for row in page.rows.select(names).rows()]


def fields(*names: str) -> Callable[[object], list[tuple]]:
    """One row of these attributes."""
    return lambda found: [tuple(getattr(found, name) for name in names)]


def counted(rows: pd.DataFrame) -> pd.DataFrame:
    """The awards with the ``cents`` that they weigh in sums."""
    return rows.assign(cents=rows["share_cents"].where(rows["amount_flag"].isna()).fillna(0).astype("int64"))


def one_row(*values: object) -> pd.DataFrame:
    """A table of one row."""
    return pd.DataFrame([values])
