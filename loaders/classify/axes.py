"""The axes of each award: facts with their evidence first, judgement (``verdict``) only when a question is asked."""

from functools import partial
from typing import NamedTuple

import polars as pl

from loaders.classify import signs
from loaders.classify.buyers import add_buyers
from loaders.classify.channel import add_channel
from loaders.classify.control import KnownHolders, add_control
from loaders.classify.corrections import apply_corrections
from loaders.classify.evidence import distinct_texts, readable_texts
from loaders.classify.perimeter import add_perimeter
from loaders.classify.products import add_products, named_in
from loaders.classify.qualification import add_qualifications

METHOD_VERSION = "1.0"
"""Changes with every rule or table that may change a figure; CHANGELOG.md says which."""

READ = tuple(
    """
    contract_id holder_id holder_id_type holder_name buyer_id buyer_name buyer_postcode contract_date title lot cpv
    descriptors ccag
    """.split()
)
"""What ``classify`` reads of an award."""


class ReadTexts(NamedTuple):
    """What distinct titles and lots say: the products ``named_in`` them, and the words for or against the perimeter."""

    products: pl.LazyFrame
    words: pl.LazyFrame


def read_texts(texts: pl.LazyFrame) -> ReadTexts:
    """What ``distinct_texts`` say, read once for all awards that have them."""
    read = readable_texts(texts).collect().lazy()
    return ReadTexts(named_in(read).collect().lazy(), signs.of_texts(read).collect().lazy())


def classify(awards: pl.LazyFrame, holders: KnownHolders | None = None, texts: ReadTexts | None = None) -> pl.LazyFrame:
    """``awards`` with every axis of classification, each with the rule that decided it.

    In: the columns of ``READ`` (any may be null). Out: the same rows with the columns that the modules of this
    room declare; their order is not kept. ``holders`` and ``texts`` are the ``known_holders`` and ``read_texts`` of
    these awards or of more, when at hand.
    """
    texts = texts or read_texts(distinct_texts(awards))
    steps = (
        add_buyers,
        partial(add_control, holders=holders),
        partial(add_products, named=texts.products),
        partial(add_perimeter, words=texts.words),
        add_channel,
        add_qualifications,
        apply_corrections,
    )
    for step in steps:
        # Each step joins its input with what it found in it: left lazy, every step would run all those before it twice.
        awards = step(awards).collect().lazy()
    return awards
