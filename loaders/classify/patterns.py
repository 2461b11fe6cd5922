"""Patterns written as people write French, compiled to regular expressions over folded text.

A pattern is lower-case French with accents. A letter with an accent also accepts ``_``, a letter that the publisher
lost; ``œ`` and an apostrophe may be lost altogether; a hyphen is a space and ``~`` an optional one. Brackets, bars and
``? * +`` keep their meaning. A pattern whose ``case`` is ``exact`` is a regular expression over the text with its
capitals. Keep them free of counted gaps (``[a-z ]{0,40}``): hundreds of patterns stand in one expression, which stays
fast only as long as each of them is short.
"""

import re
import unicodedata
from functools import cache

import polars as pl

from loaders.classify.text import folded

_SIGNS = {"œ": "(?:OE|_)?", "'": " ?", "’": " ?", "-": " ", "~": " ?", "(": "(?:"}
_RANGE = re.compile(r"\{[0-9,]+\}|\[[^]]*\]")
_OPTIONAL_LETTER = re.compile(r"[^)][?*]")
_INNERMOST_GROUP = re.compile(r"\((?:\?:)?([^()]*)\)([?*]?)")


def readable(text: pl.Expr) -> pl.Expr:
    """``text`` folded, with ``_`` for a lost letter, and a space where that letter was an apostrophe."""
    return (
        folded(text)
        .str.replace_all("?", "_", literal=True)
        .str.replace_all(r"(?-u:\b)([CDJLMNST]|QU)_([AEIOUYH])", "$1 $2")
    )


def without_accents(text: pl.Expr) -> pl.Expr:
    """``text`` with its capitals kept and its accents dropped, so that bounds of words stay plain ASCII."""
    return text.str.normalize("NFKD").str.replace_all(r"\p{M}", "").str.replace_all("�", "_", literal=True)


@cache
def compiled(*patterns: str, case: str = "folded") -> str:
    """The regular expression of whichever of ``patterns``, bounded as words or by lost quotes; it captures nothing."""
    bodies = patterns if case == "exact" else ("".join(_piece(text) for text in _cut(one)) for one in patterns)
    return rf"(?-u:\b)_?(?:{'|'.join(bodies)})_?(?-u:\b)"


def shortest(pattern: str) -> str:
    """About the shortest text that ``pattern`` accepts: the longer it is, the more specific is the pattern."""
    text = _OPTIONAL_LETTER.sub("", _RANGE.sub(lambda match: "x" if match.group()[0] == "[" else "", pattern))
    while (group := _INNERMOST_GROUP.search(text)) is not None:
        kept = "" if group[2] else min(group[1].split("|"), key=len)
        text = text[: group.start()] + kept + text[group.end() :]
    return text


def hits(texts: pl.LazyFrame, table: pl.DataFrame, apart: pl.Expr | None = None) -> pl.LazyFrame:
    """Which patterns stand in which texts; of two that begin together the more specific wins.

    In: ``texts`` with text_id, folded (``readable``) and cased (``without_accents``); ``table`` with pattern_id,
    pattern, case. Out: text_id, pattern_id, at (where the pattern first stands in ``folded``), a row a pattern found.
    More specific is the pattern whose shortest text is longer. Time grows with the number of texts, hardly with that
    of patterns up to some hundreds. ``apart`` changes nothing but time: it tells which rows of a longer ``table``
    seldom find something in the same text as the other rows; patterns that are exact are read together.
    """
    parts = [
        _hits_in(texts.select("text_id", "folded", read=column), rows, case, apart)
        for case, column in (("folded", "folded"), ("exact", "cased"))
        if (rows := table.filter(pl.col("case") == case)).height
    ]
    return pl.concat(parts).group_by("text_id", "pattern_id").agg(pl.col("at").min())


def _hits_in(texts: pl.LazyFrame, table: pl.DataFrame, case: str, apart: pl.Expr | None) -> pl.LazyFrame:
    specific_first = sorted(table.rows(named=True), key=lambda row: len(shortest(row["pattern"])), reverse=True)
    rows = pl.DataFrame(specific_first, schema=table.schema)
    together = _all_in("read", rows, case)
    if apart is None or case == "exact":
        read = _found(texts.with_columns(hit=together), "hit")
    else:
        read = _found_apart(texts, [_all_in("read", rows.filter(half), case) for half in (apart, ~apart)], together)
    found = read.collect().lazy()
    matches = pl.coalesce(
        pl.when(pl.col("hit").str.contains(f"^{compiled(pattern, case=case)}$")).then(pl.lit(pattern_id))
        for pattern, pattern_id in rows.select("pattern", "pattern_id").rows()
    )
    which = found.select("hit").unique().with_columns(pattern_id=matches)
    # What is no longer in ``folded`` was taken out of it as a false friend.
    at = pl.col("folded").str.find(readable(pl.col("hit")) if case == "exact" else pl.col("hit"), literal=True)
    return found.join(which, on="hit").select("text_id", "pattern_id", at=at).drop_nulls("at")


def _all_in(column: str, rows: pl.DataFrame, case: str) -> pl.Expr:
    return pl.col(column).str.extract_all(compiled(*rows["pattern"], case=case))


def _found(read: pl.LazyFrame, hits: str) -> pl.LazyFrame:
    """text_id, folded and ``hit``, a row each that the lists of the column ``hits`` hold."""
    return read.filter(pl.col(hits).list.len() > 0).select("text_id", "folded", hit=hits).explode("hit")


def _found_apart(texts: pl.LazyFrame, halves: list[pl.Expr], together: pl.Expr) -> pl.LazyFrame:
    """text_id, folded and ``hit``: what ``together``, the expression of all patterns, finds in each text.

    An expression of very many patterns has more states than its engine keeps, and makes them again and again. Where
    no word is found by both halves, what they find does not overlap, and all together would find the same; only the
    other texts are read by all together.
    """
    read = texts.with_columns(one=halves[0], other=halves[1]).collect().lazy()
    in_both = read.filter(pl.col("one").list.len() > 0, pl.col("other").list.len() > 0)
    shared = _words("one").list.set_intersection(_words("other"))
    entangled = in_both.filter(shared.list.len() > 0).collect().lazy()
    others = read.join(entangled, on="text_id", how="anti").collect().lazy()
    again = entangled.with_columns(hit=together)
    return pl.concat([_found(others, "one"), _found(others, "other"), _found(again, "hit")])


def _words(hits: str) -> pl.Expr:
    """The words of all texts of a list; a space at the end of one is an empty word, which overlaps like the others."""
    return pl.col(hits).list.join(" ").str.split(" ")


def _cut(pattern: str) -> list[str]:
    """``pattern`` cut into characters, with ``[…]`` and ``{…}`` whole."""
    pieces, at = [], 0
    for match in _RANGE.finditer(pattern):
        pieces += [*pattern[at : match.start()], match.group()]
        at = match.end()
    return [*pieces, *pattern[at:]]


def _piece(text: str) -> str:
    if len(text) > 1:
        return text.upper()
    letters = unicodedata.normalize("NFKD", text)
    if len(letters) > 1:
        return f"[{letters[0].upper()}_]"
    return _SIGNS.get(text, text.upper())
