"""Vendors ranked from awards in the order of what their vendors weigh, equal to ``vendors.top_vendors``.

Those on top are among the first: the others are read as far as one of them may weigh as much as the last one shown.
"""

import polars as pl

from analysis import vendors
from analysis.held import ByVendor
from analysis.selection import Selection
from loaders.by_vendor import VENDOR


def top_vendors(
    by_vendor: ByVendor, selection: Selection, whole_cents: int, limit: int = 50, words: str = ""
) -> pl.DataFrame:
    """As ``vendors.top_vendors`` says of all awards, for a selection that cells know; ``whole_cents`` is its sum."""
    awards, shown = _found(by_vendor, selection, limit, words)
    ranked = vendors.described(selection.judged(awards), shown, whole_cents)
    return ranked.select("vendor_id", pl.exclude("vendor_id", VENDOR))


def vendor_names(by_vendor: ByVendor, selection: Selection, limit: int) -> pl.DataFrame:
    """As ``vendors.vendor_names`` says of all awards, for a selection that cells know."""
    awards, shown = _found(by_vendor, selection, limit)
    return vendors.names_of(selection.judged(awards), shown)


def _found(by_vendor: ByVendor, selection: Selection, limit: int, words: str = "") -> tuple[pl.LazyFrame, pl.DataFrame]:
    """The heaviest vendors, and some awards, all of theirs among them."""
    if words.strip():
        awards = by_vendor.named(words)
        return awards, _heaviest(awards, selection, limit, words)
    if selection.include_flagged:
        # What a vendor weighs at most is said without its flagged awards.
        return by_vendor.awards, _heaviest(by_vendor.awards, selection, limit)
    awards, least_cents = by_vendor.heaviest, by_vendor.least_cents
    shown = _heaviest(awards, selection, limit)
    while least_cents >= 0 and (shown.height < limit or shown["amount_cents"].last() <= least_cents):
        is_full = shown.height == limit
        least_cents = shown["amount_cents"].last() - 1 if is_full else by_vendor.further_than(least_cents)
        awards = by_vendor.above(least_cents)
        shown = _heaviest(awards, selection, limit)
    return awards, shown


def _heaviest(awards: pl.LazyFrame, selection: Selection, limit: int, words: str = "") -> pl.DataFrame:
    weighed = selection.judged(awards, once_per=("contract_id", VENDOR))
    named = weighed.join(vendors.named(weighed, VENDOR, words), on=VENDOR, how="semi") if words.strip() else weighed
    return vendors.heaviest(named, VENDOR, limit).collect()
