"""The digital awards of an edition, kept in memory between questions."""

from functools import lru_cache

import polars as pl

from analysis.selection import Selection, prepared
from loaders.editions import Edition


def awards_for(edition: Edition, selection: Selection) -> pl.LazyFrame:
    """The awards that questions with this selection should be asked of.

    The digital perimeter is held in memory, prepared; ``tout`` is read from the file, as far as needed.
    """
    if selection.perimeter == "tout":
        return edition.scan("awards")
    return _digital_awards(edition)


@lru_cache(maxsize=2)
def _digital_awards(edition: Edition) -> pl.LazyFrame:
    is_digital = pl.col("is_digital").fill_null(False) | pl.col("is_cloud").fill_null(False)
    return edition.scan("awards").filter(is_digital).pipe(prepared).collect().lazy()
