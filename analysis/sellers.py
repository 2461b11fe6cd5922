"""The vendors of the whole country ranked from the awards in their order, equal to ``vendors.top_vendors``."""

import polars as pl

from analysis import vendors
from analysis.held import ByVendor
from analysis.selection import Selection, begin_words
from loaders.by_vendor import VENDOR
from loaders.search_texts import SELLER_TEXT

_OF_SHARES = ("partage", "simples")
"""Conventions that need nothing but what is held in memory."""


def top_vendors(
    by_vendor: ByVendor, selection: Selection, whole_cents: int, limit: int = 50, words: str = ""
) -> pl.DataFrame:
    """As ``vendors.top_vendors`` says of all awards, for a selection that cells know; ``whole_cents`` is its sum."""
    rows = by_vendor.summed if selection.amount in _OF_SHARES else by_vendor.awards
    weighed = selection.judged(rows, once_per=("contract_id", VENDOR))
    named = weighed.filter(_is_named(by_vendor, selection, words)) if words.strip() else weighed
    heaviest = vendors.heaviest(named, VENDOR, limit).collect()
    ranked = vendors.described(selection.judged(by_vendor.awards), heaviest, whole_cents)
    return ranked.select("vendor_id", pl.exclude("vendor_id", VENDOR))


def _is_named(by_vendor: ByVendor, selection: Selection, words: str) -> pl.Expr:
    named = selection.filtered(by_vendor.awards).filter(begin_words(pl.col(SELLER_TEXT), words))
    return pl.col(VENDOR).is_in(named.select(VENDOR).unique().collect()[VENDOR].implode())
