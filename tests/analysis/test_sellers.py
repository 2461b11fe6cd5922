"""Vendors ranked from the awards in their order are those of a scan of all awards, whatever is asked."""

from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given, settings
from polars.testing import assert_frame_equal

from analysis import sellers, vendors
from analysis.contracts import total
from analysis.held import kept_by_vendor
from analysis.selection import Selection
from loaders import vocabulary
from loaders.by_vendor import by_vendor
from loaders.editions import STARTER_FOLDER, Edition
from tests import tiny_edition
from tests.analysis.strategies import selections, tables_of_awards

ASKED = [(50, ""), (2, ""), (50, "nuage"), (50, "COMPTOIR des"), (1, "000000208"), (50, "aucun")]
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
    kept = kept_by_vendor(by_vendor(awards).collect().lazy())
    for definition in vocabulary.DEFINITIONS:
        for filters in FILTERS:
            selection = Selection(perimeter="tout", definition=definition, amount=amount, **filters)
            for limit, words in ASKED:
                assert_same_ranking(awards, kept, selection, limit, words)


@settings(deadline=None, max_examples=30)
@given(awards=tables_of_awards, selection=selections)
def test_any_filter_on_any_awards_has_the_same_answer(awards, selection):
    some_of_nobody = awards.with_columns(pl.col("vendor_id").replace("000000003", None))
    kept = kept_by_vendor(by_vendor(some_of_nobody).collect().lazy())
    asked = replace(selection, perimeter="tout", search="")
    for limit, words in ((50, ""), (1, ""), (50, "000000001")):
        assert_same_ranking(some_of_nobody, kept, asked, limit, words)


def assert_same_ranking(awards, kept, selection, limit, words):
    """What is kept ranks as a scan does."""
    whole_cents = total(awards, selection).amount_cents
    ranked = sellers.top_vendors(kept, selection, whole_cents, limit, words)
    assert_frame_equal(vendors.top_vendors(awards, selection, limit, words), ranked)
