"""What must hold on real records: the questions asked of the starter edition, under every convention."""

from itertools import product

import polars as pl
import pytest

from analysis.contracts import Place, search_contracts
from analysis.held import awards_for
from analysis.selection import Selection
from analysis.shares import by_verdict, interval, interval_by
from analysis.vendors import top_vendors
from loaders.editions import STARTER_FOLDER, Edition
from loaders.vocabulary import AMOUNT_CONVENTIONS, DEFINITIONS, PERIMETERS

ALL = 10**6
EDITION = Edition(STARTER_FOLDER)

LEAST_DOCUMENTED = 0.8
"""Share of the digital amounts whose holder's control a registry documents, below which verdicts say too little."""

LEAST_SOURCED = 0.8
"""Share of the digital amounts whose holder's control somebody read, or read quoted, in a source."""


@pytest.mark.parametrize(("perimeter", "amount"), list(product(PERIMETERS, AMOUNT_CONVENTIONS)))
def test_every_way_of_counting_gives_the_same_total(perimeter, amount):
    selection = Selection(perimeter=perimeter, amount=amount)
    awards = awards_for(EDITION, selection)
    whole = interval(awards, selection)
    assert whole.total_cents > 0
    assert by_verdict(awards, selection)["amount_cents"].sum() == whole.total_cents
    assert interval_by(awards, selection, "year")["total_cents"].sum() == whole.total_cents
    assert 0 <= whole.low <= whole.middle <= whole.high <= 1 - whole.unknown + 1e-9


def test_vendors_share_what_their_contracts_publish():
    selection = Selection()
    awards = awards_for(EDITION, selection)
    counted = selection.judged(awards).filter(pl.col("vendor_id").is_not_null()).select(pl.col("counted_cents").sum())
    assert top_vendors(awards, selection, ALL)["amount_cents"].sum() == counted.collect().item()


@pytest.mark.parametrize("definition", DEFINITIONS)
def test_each_verdict_leads_to_as_many_contracts_as_it_announces(definition):
    awards = awards_for(EDITION, Selection())
    announced = by_verdict(awards, Selection(definition=definition)).select("verdict", "contract_count")
    for verdict, count in announced.iter_rows():
        listed = Selection(definition=definition, verdicts=(verdict,))
        assert search_contracts(awards, listed, Place(limit=1)).total == count


def test_a_wider_home_never_raises_what_is_under_foreign_control():
    awards = awards_for(EDITION, Selection())
    lows = [interval(awards, Selection(definition=definition)).low for definition in DEFINITIONS]
    assert lows == sorted(lows, reverse=True)


def test_a_registry_documents_the_control_of_most_digital_amounts_and_sources_it():
    counted = EDITION.scan("awards").filter(pl.col("is_digital"), pl.col("amount_flag").is_null())
    is_documented = pl.col("control_basis").is_in(["registry", "gleif"])
    is_sourced = is_documented & (pl.col("control_confidence") != "to_verify")
    cents = pl.col("share_cents")
    documented, sourced, whole = (
        counted.select(
            documented=cents.filter(is_documented).sum(), sourced=cents.filter(is_sourced).sum(), whole=cents.sum()
        )
        .collect()
        .row(0)
    )
    assert documented >= LEAST_DOCUMENTED * whole
    assert sourced >= LEAST_SOURCED * whole
