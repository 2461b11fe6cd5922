"""Vendors ranked from the awards in their order are those of a scan of all awards, whatever is asked."""

from dataclasses import replace
from itertools import product

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from analysis import sellers, vendors
from analysis.contracts import total
from analysis.held import ByVendor, kept_by_vendor
from analysis.selection import Selection
from loaders import vocabulary
from loaders.by_vendor import by_vendor
from loaders.digital import digital
from loaders.editions import STARTER_FOLDER, Edition
from loaders.vendor_texts import vendor_texts
from tests import tiny_edition
from tests.analysis.strategies import selections, tables_of_awards

ASKED = [(50, ""), (2, ""), (50, "nuage"), (50, "COMPTOIR des"), (1, "000000208"), (50, "aucun")]
HELD = (1, 30, 100_000)
FILTERS = [
    {},
    {"include_flagged": True},
    {"years": (2022, 2024), "verdicts": ("home_presumed", "opaque")},
    {"ministries": ("interieur",), "include_flagged": True},
    {"buyer_kinds": ("university", "local")},
]


@pytest.fixture(scope="module", params=["tiny", "starter"])
def awards(request: pytest.FixtureRequest) -> pl.LazyFrame:
    """The awards of an edition, in memory."""
    tables = {"tiny": tiny_edition.awards, "starter": lambda: Edition(STARTER_FOLDER).scan("awards")}
    return tables[request.param]().collect().lazy()


@pytest.mark.parametrize("amount", vocabulary.AMOUNT_CONVENTIONS)
def test_every_definition_filter_and_word_has_the_same_answer(awards, amount):
    every = [kept(awards, held) for held in HELD]
    for definition in vocabulary.DEFINITIONS:
        for filters in FILTERS:
            selection = Selection(perimeter="tout", definition=definition, amount=amount, **filters)
            for (limit, words), some in product(ASKED, every):
                assert_same_ranking(awards, some, selection, limit, words)


@settings(deadline=None, max_examples=30)
@given(awards=tables_of_awards, selection=selections)
def test_any_filter_on_any_awards_has_the_same_answer(awards, selection):
    some_of_nobody = awards.with_columns(pl.col("vendor_id").replace("000000003", None))
    some = kept(some_of_nobody, 3)
    asked = replace(selection, perimeter="tout", search="")
    for limit, words in ((50, ""), (1, ""), (50, "000000001")):
        assert_same_ranking(some_of_nobody, some, asked, limit, words)


@settings(deadline=None, max_examples=30)
@given(awards=tables_of_awards, selection=selections, perimeter=st.sampled_from(["numerique", "nuage"]))
def test_digital_awards_have_the_same_answer(awards, selection, perimeter):
    asked = replace(selection, perimeter=perimeter, search="")
    for held in HELD:
        few = digital(awards).collect().lazy()
        kept_digital = kept_by_vendor(few, few, held)
        for limit, words in ((50, ""), (1, "")):
            assert_same_ranking(awards, kept_digital, asked, limit, words)


def kept(awards: pl.LazyFrame, held: int) -> ByVendor:
    """What is kept of the tables that an edition of these awards has."""
    ordered = by_vendor(awards, awards.select("contract_id").unique().sort("contract_id")).collect().lazy()
    return kept_by_vendor(ordered, vendor_texts(ordered).collect().lazy(), held)


def assert_same_ranking(awards, kept, selection, limit, words):
    """What is kept ranks as a scan does."""
    whole_cents = total(awards, selection).amount_cents
    ranked = sellers.top_vendors(kept, selection, whole_cents, limit, words)
    assert_frame_equal(vendors.top_vendors(awards, selection, limit, words), ranked)
    if not words:
        assert_frame_equal(sellers.vendor_names(kept, selection, limit), ranked.select("vendor_id", "vendor_name"))
