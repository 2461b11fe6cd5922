"""The digital awards of an edition, kept in memory between questions."""

from functools import lru_cache

import polars as pl

from analysis.selection import Selection
from loaders import derived, digital, notable, search_texts
from loaders.editions import Edition


def awards_for(edition: Edition, selection: Selection, of_notable: bool = False) -> pl.LazyFrame:
    """The awards that questions with this selection should be asked of.

    The digital perimeter is held in memory, prepared; ``tout`` is read from the file, as far as needed: from the
    notable awards when those are enough, ``of_notable`` for the question or by the filters chosen.
    """
    if selection.perimeter != "tout":
        return _digital_awards(edition)
    awards = edition.scan("awards")
    if selection.search.strip():
        return search_texts.beside(awards, edition.scan(search_texts.TABLE)) if _has_texts(edition) else awards
    is_enough = of_notable or _keeps_notable(selection)
    return edition.scan(notable.TABLE) if is_enough and _has_notable(edition) else awards


def _keeps_notable(selection: Selection) -> bool:
    is_of_others = bool(selection.verdicts) and notable.PRESUMED not in selection.verdicts
    return is_of_others or selection.group is not None or selection.product is not None


@lru_cache(maxsize=8)
def _has_texts(edition: Edition) -> bool:
    return derived.is_current(edition.table_path(search_texts.TABLE), search_texts.rules())


@lru_cache(maxsize=8)
def _has_notable(edition: Edition) -> bool:
    return derived.is_current(edition.table_path(notable.TABLE), notable.rules())


@lru_cache(maxsize=2)
def _digital_awards(edition: Edition) -> pl.LazyFrame:
    path = edition.table_path(digital.TABLE)
    is_ready = derived.is_current(path, digital.rules())
    rows = pl.scan_parquet(path) if is_ready else digital.digital(edition.scan("awards"))
    return rows.collect().lazy()
