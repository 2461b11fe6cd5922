"""What is kept in memory of an edition between questions, and which of its tables a question is asked of."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import polars as pl

from analysis.selection import Selection
from loaders import by_vendor, derived, digital, notable, search_texts, vocabulary
from loaders.editions import Edition

_SUMMED = ("share_cents", "amount_flag", "is_framework", "year", "ministry", "buyer_kind")


@dataclass(frozen=True)
class ByVendor:
    """All awards in the order of vendors: ``awards`` in their file (see ``loaders.by_vendor``), ``summed`` in memory
    with what shares are added up from.
    """

    awards: pl.LazyFrame
    summed: pl.LazyFrame


def awards_for(edition: Edition, selection: Selection) -> pl.LazyFrame:
    """The awards that questions with this selection should be asked of.

    The digital perimeter is held in memory, prepared; ``tout`` is read from the file, as far as needed: from the
    notable awards when the filters keep no others.
    """
    if selection.perimeter != "tout":
        return _digital_awards(edition)
    if selection.search.strip():
        awards = edition.scan("awards")
        with_texts = search_texts.beside(awards, edition.scan(search_texts.TABLE)) if _has_texts(edition) else awards
        return _of_ministries(with_texts, edition, selection.ministries)
    if _keeps_notable(selection) and _has_notable(edition):
        return edition.scan(notable.TABLE)
    return _of_ministries(edition.scan("awards"), edition, selection.ministries)


def of_ministries_for(edition: Edition, selection: Selection) -> pl.LazyFrame:
    """The awards that questions of ministries alone should be asked of: some of ``awards_for``."""
    return awards_for(edition, replace(selection, ministries=selection.ministries or tuple(vocabulary.MINISTRIES)))


def notable_for(edition: Edition, selection: Selection) -> pl.LazyFrame:
    """The awards that questions of groups or of named products should be asked of: some of ``awards_for``."""
    is_small = selection.perimeter != "tout" or selection.search.strip()
    return awards_for(edition, selection) if is_small or not _has_notable(edition) else edition.scan(notable.TABLE)


def by_vendor_for(edition: Edition, selection: Selection) -> ByVendor | pl.LazyFrame:
    """What vendors should be ranked from: all awards in their order, or the fewer ones of ``awards_for``."""
    is_small = selection.perimeter != "tout" or selection.search.strip() or _keeps_notable(selection)
    found = None if is_small else _by_vendor(edition)
    return found or awards_for(edition, selection)


def _of_ministries(awards: pl.LazyFrame, edition: Edition, ministries: Sequence[str]) -> pl.LazyFrame:
    # Those of a ministry stand together, and what a file says of its parts does not let Polars skip the others.
    if not ministries:
        return awards
    places = _places(edition).filter(pl.col("ministry").is_in(list(ministries)))
    first, last = places.select(pl.col("first").min(), pl.col("last").max()).row(0)
    return awards.slice(first, last - first + 1) if places.height else awards.clear()


@lru_cache(maxsize=8)
def _places(edition: Edition) -> pl.DataFrame:
    """The rows of the first and the last award of each ministry."""
    rows = edition.scan("awards").select("ministry").with_row_index("row")
    return rows.group_by("ministry").agg(first=pl.col("row").min(), last=pl.col("row").max()).collect()


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
def _by_vendor(edition: Edition) -> ByVendor | None:
    is_ready = derived.is_current(edition.table_path(by_vendor.TABLE), by_vendor.rules())
    return kept_by_vendor(edition.scan(by_vendor.TABLE)) if is_ready else None


def kept_by_vendor(awards: pl.LazyFrame) -> ByVendor:
    """What is kept of ``awards``, the table ``by_vendor``."""
    verdicts = map(notable.verdict_column, vocabulary.DEFINITIONS)
    # Known to be in order, they are added up in half the time.
    summed = awards.select(by_vendor.VENDOR, *_SUMMED, *verdicts).sort(by_vendor.VENDOR).collect().rechunk()
    return ByVendor(awards, summed.lazy())


@lru_cache(maxsize=2)
def _digital_awards(edition: Edition) -> pl.LazyFrame:
    path = edition.table_path(digital.TABLE)
    is_ready = derived.is_current(path, digital.rules())
    rows = pl.scan_parquet(path) if is_ready else digital.digital(edition.scan("awards"))
    return rows.collect().lazy()
