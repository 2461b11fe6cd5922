"""What is kept in memory of an edition between questions, and which of its tables a question is asked of."""

from dataclasses import dataclass
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
    awards = edition.scan("awards")
    if selection.search.strip():
        return search_texts.beside(awards, edition.scan(search_texts.TABLE)) if _has_texts(edition) else awards
    return edition.scan(notable.TABLE) if _keeps_notable(selection) and _has_notable(edition) else awards


def notable_for(edition: Edition, selection: Selection) -> pl.LazyFrame:
    """The awards that questions of groups or of named products should be asked of: some of ``awards_for``."""
    is_small = selection.perimeter != "tout" or selection.search.strip()
    return awards_for(edition, selection) if is_small or not _has_notable(edition) else edition.scan(notable.TABLE)


def by_vendor_for(edition: Edition, selection: Selection) -> ByVendor | pl.LazyFrame:
    """What vendors should be ranked from: all awards in their order, or the fewer ones of ``awards_for``."""
    is_small = selection.perimeter != "tout" or selection.search.strip() or _keeps_notable(selection)
    found = None if is_small else _by_vendor(edition)
    return found or awards_for(edition, selection)


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
