"""What is kept in memory of an edition between questions, and which of its tables a question is asked of."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from threading import Condition
from types import ModuleType

import polars as pl
from cachetools import LRUCache, cached

from analysis.selection import Selection, begin_words
from loaders import by_ministry, by_vendor, derived, digital, notable, search_texts, vendor_texts, vocabulary
from loaders.editions import Edition
from loaders.search_texts import SELLER_TEXT

_HELD_AWARDS, _ONE_HELD_IN = 100_000, 24
_HELD_DIGITAL_AWARDS, _ONE_DIGITAL_HELD_IN = 20_000, 5
"""How many awards of the heaviest vendors are held at least, and how large a part of them all: the vendors of a page
have as large a part of them in two countries as in one.
"""
_TIMES_FURTHER = 3
_MINISTRIES_AWARDS, _MINISTRIES_BYTES = 70_000, 64_000_000
"""How many awards the ministries chosen may have together to be held, and what those held of all readers may weigh."""
_SAYING_BYTES = 24_000_000
_ROW = "_row"


@dataclass(frozen=True)
class ByVendor:
    """Awards of vendors, those of the heaviest first (see ``loaders.by_vendor``): ``awards``, as far as a question
    needs them, and in memory ``heaviest``, all those of vendors whose ``MOST_CENTS`` are above ``least_cents``;
    ``texts`` are what vendors are sought in.
    """

    awards: pl.LazyFrame
    heaviest: pl.LazyFrame
    least_cents: int
    texts: pl.LazyFrame

    def named(self, words: str) -> pl.LazyFrame:
        """The awards of vendors that one of their texts may name so."""
        names = self.texts.filter(begin_words(pl.col(SELLER_TEXT), words))
        found = names.select(by_vendor.VENDOR, by_vendor.MOST_CENTS).collect()
        if found.is_empty():
            return self.awards.clear()
        most_cents = found[by_vendor.MOST_CENTS]
        # A file in that order is then read in part.
        of_their_weight = pl.col(by_vendor.MOST_CENTS).is_between(most_cents.min(), most_cents.max())
        return self.awards.filter(of_their_weight, pl.col(by_vendor.VENDOR).is_in(found[by_vendor.VENDOR].implode()))

    def above(self, cents: int) -> pl.LazyFrame:
        """The awards of vendors whose ``MOST_CENTS`` are above ``cents``."""
        return self.awards.filter(pl.col(by_vendor.MOST_CENTS) > cents)

    def further_than(self, least_cents: int) -> int:
        """What vendors must be above to have some times as many awards together as those above ``least_cents``; -1
        for all vendors.
        """
        most_cents = self.awards.select(by_vendor.MOST_CENTS)
        read = _count(most_cents.filter(pl.col(by_vendor.MOST_CENTS) > least_cents))
        edge = most_cents.slice(_TIMES_FURTHER * max(read, 1), 1).collect().to_series()
        return -1 if edge.is_empty() or edge.has_nulls() else min(edge.item(), least_cents - 1)


def current_table(edition: Edition, made: ModuleType) -> pl.LazyFrame | None:
    """The table that the module ``made`` makes with an edition; None when it has none, or one made by other rules."""
    is_current = derived.is_current(edition.table_path(made.TABLE), made.rules())
    return edition.scan(made.TABLE) if is_current else None


def awards_for(edition: Edition, selection: Selection) -> pl.LazyFrame:
    """The awards that questions with this selection should be asked of.

    The digital perimeter is held in memory, prepared; ``tout`` is read from the file, as far as needed: from the
    notable awards when the filters keep no others, else from where the ministries chosen stand, else from the rows
    that say the words sought: ``left_to_ask`` is then what is asked of them.
    """
    if selection.perimeter != "tout":
        return _digital_awards(edition)
    if _words_are_sought_apart(edition, selection):
        return _saying(edition, selection)
    if selection.search.strip():
        return _of_ministries(edition.scan("awards"), edition, selection.ministries)
    found = _notable_awards(edition) if _keeps_notable(selection) else _held_of_ministries(edition, selection)
    return _of_ministries(edition.scan("awards"), edition, selection.ministries) if found is None else found


def left_to_ask(edition: Edition, selection: Selection) -> Selection:
    """What is left of ``selection`` to be asked of ``awards_for``: all but the words that these are sure to say."""
    return replace(selection, search="") if _words_are_sought_apart(edition, selection) else selection


def of_ministries_for(edition: Edition, selection: Selection) -> pl.LazyFrame:
    """The awards that questions of ministries alone should be asked of: some of ``awards_for``."""
    return awards_for(edition, replace(selection, ministries=selection.ministries or tuple(vocabulary.MINISTRIES)))


def by_ministry_for(edition: Edition, selection: Selection) -> pl.LazyFrame:
    """What vendors of ministries should be added up from, for a selection that cells know: as ``of_ministries_for``."""
    is_small = selection.perimeter != "tout" or _held_of_ministries(edition, selection) is not None
    found = None if is_small else _by_ministry(edition)
    return of_ministries_for(edition, selection) if found is None else found


def notable_for(edition: Edition, selection: Selection) -> pl.LazyFrame:
    """The awards that questions of groups or of named products should be asked of: some of ``awards_for``."""
    is_small = selection.perimeter != "tout" or selection.search.strip()
    found = None if is_small else _notable_awards(edition)
    return awards_for(edition, selection) if found is None else found


def by_vendor_for(edition: Edition, selection: Selection) -> ByVendor | pl.LazyFrame:
    """What vendors should be ranked from: the heaviest ones first, or the fewer awards of ``awards_for``."""
    if selection.search.strip():
        return awards_for(edition, selection)
    if selection.perimeter != "tout":
        return _digital_by_vendor(edition)
    is_small = bool(selection.ministries) or _keeps_notable(selection)
    found = None if is_small else _by_vendor(edition)
    return found or awards_for(edition, selection)


def _of_ministries(awards: pl.LazyFrame, edition: Edition, ministries: Sequence[str]) -> pl.LazyFrame:
    # Those of a ministry stand together, and what a file says of its parts does not let Polars skip the others.
    if not ministries:
        return awards
    places = _places(edition).filter(pl.col("ministry").is_in(list(ministries)))
    first, last = places.select(pl.col("first").min(), pl.col("last").max()).row(0)
    return awards.slice(first, last - first + 1) if places.height else awards.clear()


def _words_are_sought_apart(edition: Edition, selection: Selection) -> bool:
    return bool(selection.perimeter == "tout" and selection.search.strip()) and _has_texts(edition)


def _saying(edition: Edition, selection: Selection) -> pl.LazyFrame:
    """The awards that say the words sought, of the ministries chosen."""
    awards = _of_ministries(edition.scan("awards").with_row_index(_ROW), edition, selection.ministries)
    rows = rows_saying(edition, selection.search)
    return awards.filter(pl.col(_ROW).is_in(rows.implode())).drop(_ROW)


@cached(LRUCache(_SAYING_BYTES, getsizeof=pl.Series.estimated_size), condition=Condition())
def rows_saying(edition: Edition, search: str) -> pl.Series:
    """Where the awards that say the words of ``search`` stand."""
    texts = edition.scan(search_texts.TABLE).with_row_index(_ROW)
    said = texts.filter(begin_words(pl.col(search_texts.SEARCH_TEXT), search)).select(_ROW)
    # The other engine would hold all the texts at once.
    return said.collect(engine="streaming")[_ROW]


def _held_of_ministries(edition: Edition, selection: Selection) -> pl.LazyFrame | None:
    """All awards of the ministries chosen, judged and in memory; None when none is chosen or they are too many."""
    chosen = _places(edition).filter(pl.col("ministry").is_in(list(selection.ministries))).sort("first")
    if chosen.is_empty() or (chosen["last"] - chosen["first"] + 1).sum() > _MINISTRIES_AWARDS:
        return None
    return pl.concat([_awards_of(edition, place).lazy() for place in chosen.iter_rows()])


@cached(LRUCache(_MINISTRIES_BYTES, getsizeof=pl.DataFrame.estimated_size), condition=Condition())
def _awards_of(edition: Edition, place: tuple[str, int, int]) -> pl.DataFrame:
    """The judged awards of the ministry at ``place``, which are asked ten questions by a page."""
    ministry, first, last = place
    awards = edition.scan("awards").slice(first, last - first + 1).filter(pl.col("ministry") == ministry)
    return notable.judged(awards.collect().lazy()).collect()


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
    return current_table(edition, search_texts) is not None


@lru_cache(maxsize=8)
def _by_ministry(edition: Edition) -> pl.LazyFrame | None:
    return current_table(edition, by_ministry)


@lru_cache(maxsize=2)
def _by_vendor(edition: Edition) -> ByVendor | None:
    awards, texts = current_table(edition, by_vendor), current_table(edition, vendor_texts)
    if awards is None or texts is None:
        return None
    return kept_by_vendor(awards, texts, max(_HELD_AWARDS, _count(awards) // _ONE_HELD_IN))


def kept_by_vendor(awards: pl.LazyFrame, texts: pl.LazyFrame, held: int) -> ByVendor:
    """``awards``, the heaviest vendors first, with about as many of the first ones as ``held`` in memory."""
    first = awards.head(held).collect()
    # The vendor at the edge has more of them.
    edge_cents = first[by_vendor.MOST_CENTS].last() if first.height == held else None
    least_cents = -1 if edge_cents is None else edge_cents
    # Cut off and not filtered: awards that are in memory already are not there twice.
    whole = (first[by_vendor.MOST_CENTS] > least_cents).sum()
    return ByVendor(awards, first.head(whole).lazy(), least_cents, texts)


@lru_cache(maxsize=2)
def _digital_awards(edition: Edition) -> pl.LazyFrame:
    found = current_table(edition, digital)
    rows = digital.digital(edition.scan("awards")) if found is None else found
    return rows.collect().lazy()


@lru_cache(maxsize=2)
def _notable_awards(edition: Edition) -> pl.LazyFrame | None:
    found = current_table(edition, notable)
    return None if found is None else found.collect().lazy()


@lru_cache(maxsize=2)
def _digital_by_vendor(edition: Edition) -> ByVendor:
    awards = _digital_awards(edition)
    return kept_by_vendor(awards, awards, max(_HELD_DIGITAL_AWARDS, _count(awards) // _ONE_DIGITAL_HELD_IN))


def _count(awards: pl.LazyFrame) -> int:
    return awards.select(pl.len()).collect().item()
