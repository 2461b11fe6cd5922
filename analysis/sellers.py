"""Vendors ranked from awards in the order of what their vendors weigh, equal to ``vendors.top_vendors``.

Those on top are among the first: the others are read as far as one of them may weigh as much as the last one shown.
"""

import polars as pl

from analysis import vendors
from analysis.held import ByVendor
from analysis.selection import Selection, begin_words
from loaders.by_vendor import MOST_CENTS, VENDOR
from loaders.search_texts import SELLER_TEXT


def top_vendors(
    by_vendor: ByVendor, selection: Selection, whole_cents: int, limit: int = 50, words: str = ""
) -> pl.DataFrame:
    """As ``vendors.top_vendors`` says of all awards, for a selection that cells know; ``whole_cents`` is its sum."""
    awards = by_vendor.heaviest
    shown = _heaviest(awards, selection, limit, words)
    last_cents = shown["amount_cents"].last() if shown.height == limit else 0
    if selection.include_flagged:
        awards = by_vendor.awards
    elif last_cents <= by_vendor.least_cents:
        awards = by_vendor.awards.filter(pl.col(MOST_CENTS) >= last_cents)
    if awards is not by_vendor.heaviest:
        shown = _heaviest(awards, selection, limit, words)
    ranked = vendors.described(selection.judged(awards), shown, whole_cents)
    return ranked.select("vendor_id", pl.exclude("vendor_id", VENDOR))


def _heaviest(awards: pl.LazyFrame, selection: Selection, limit: int, words: str) -> pl.DataFrame:
    weighed = selection.judged(awards, once_per=("contract_id", VENDOR))
    named = weighed.filter(_is_named(awards, selection, words)) if words.strip() else weighed
    return vendors.heaviest(named, VENDOR, limit).collect()


def _is_named(awards: pl.LazyFrame, selection: Selection, words: str) -> pl.Expr:
    named = selection.filtered(awards).filter(begin_words(pl.col(SELLER_TEXT), words))
    return pl.col(VENDOR).is_in(named.select(VENDOR).unique().collect()[VENDOR].implode())
