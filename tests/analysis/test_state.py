"""The State and its operators, without those who buy for others."""

import polars as pl

from analysis.selection import Selection
from analysis.state import is_of_the_state, of_the_state
from tests import tiny_edition

AWARDS = tiny_edition.awards()


def test_towns_and_purchasing_bodies_are_no_part_of_it():
    with_a_purchasing_body = AWARDS.with_columns(
        buyer_kind=pl.when(pl.col("contract_id") == "C05")
        .then(pl.lit("central_purchasing"))
        .otherwise(pl.col("buyer_kind"))
        .cast(AWARDS.collect_schema()["buyer_kind"])
    )
    kept = of_the_state(Selection()).filtered(with_a_purchasing_body).collect()
    assert set(kept["state_status"]) == {"yes", "operator"}
    assert "C05" not in kept["contract_id"]
    assert {"C01", "C06", "C08"} <= set(kept["contract_id"])


def test_other_filters_stay_and_the_selection_is_known_again():
    asked = of_the_state(Selection(definition="france", years=(2022, 2023)))
    assert (asked.definition, asked.years) == ("france", (2022, 2023))
    assert is_of_the_state(asked)
    assert not is_of_the_state(Selection())
    assert not is_of_the_state(Selection(ministries=asked.ministries))
