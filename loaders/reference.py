"""The project's own tables of facts in ``data/reference/``: one row a fact, each with its source.

Every table is a CSV with a header. Dates are ISO; an empty ``valid_from`` or ``valid_to`` is an open end.
``verified`` says how the fact was checked: ``yes`` (the source was read), ``quoted`` (a third party cites it),
``recalled`` (nobody checked: it may classify only with the confidence ``to_verify``).
"""

from functools import cache
from pathlib import Path

import polars as pl

FOLDER = Path(__file__).parents[1] / "data" / "reference"

VERIFIED_TO_CONFIDENCE = {"yes": "high", "quoted": "medium", "recalled": "to_verify"}


@cache
def table(name: str) -> pl.DataFrame:
    """The reference table ``name``: all text, except columns named ``valid_*`` and ``*_on``, which are dates.

    Raises FileNotFoundError when there is no such table.
    """
    frame = pl.read_csv(FOLDER / f"{name}.csv", infer_schema=False)
    dates = [column for column in frame.columns if column.startswith("valid_") or column.endswith("_on")]
    return frame.with_columns(pl.col(dates).str.to_date("%Y-%m-%d"))


def confidence(verified: pl.Expr) -> pl.Expr:
    """The confidence that a fact carries, from how it was verified."""
    return verified.replace_strict(VERIFIED_TO_CONFIDENCE, default=None, return_dtype=pl.String)
