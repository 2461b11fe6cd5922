"""Absurd amounts are kept and named; parts make the whole."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.clean import amounts


def flag(euros: float | None, currency: str | None = "EUR") -> str | None:
    cents = None if euros is None else round(euros * 100)
    row = pl.DataFrame({"cents": [cents], "currency": [currency]}, schema={"cents": pl.Int64, "currency": pl.String})
    return row.select(amounts.amount_flag(pl.col("cents"), pl.col("currency"))).item()


@pytest.mark.parametrize(
    ("euros", "expected"),
    [
        (None, "missing"),
        (0, "at_most_one_euro"),
        (1, "at_most_one_euro"),
        (-5, "at_most_one_euro"),
        (99_999_999_999.99, "sentinel"),
        (12_311_111_111, "sentinel"),
        (9_999_999, "repeated_digit"),
        (88_888_888.88, "repeated_digit"),
        (999_999_999, "repeated_digit"),
        (20_000_000_000, "implausible"),
        (999_999, None),
        (152_000_000, None),
        (1_490_000_000, None),
        (2, None),
    ],
)
def test_only_fillers_are_flagged_and_great_frameworks_count(euros, expected):
    assert flag(euros) == expected


def test_another_currency_is_never_summed_with_euros():
    assert flag(1000, "HUF") == "foreign_currency"


@given(cents=st.integers(min_value=0, max_value=10**13), holders=st.integers(min_value=1, max_value=44))
def test_shares_sum_to_the_amount_to_the_cent(cents, holders):
    rows = pl.DataFrame({"cents": [cents] * holders, "rank": range(1, holders + 1), "count": [holders] * holders})
    shares = rows.select(amounts.share_cents(pl.col("cents"), pl.col("rank"), pl.col("count"))).to_series()
    assert shares.sum() == cents
    assert shares.max() - shares.min() <= 1


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"techniques": "Accord-cadre", "nature": "Marché"}, True),
        ({"techniques": "Accord-cadre | Concours", "nature": "Marché"}, True),
        ({"techniques": "Sans objet", "nature": "Marché", "title": "Accord-cadre de PC"}, False),
        ({"techniques": "Sans objet", "execution_terms": "Bons de commande"}, True),
        ({"techniques": "Accord-cadre", "execution_terms": "Marchés subséquents"}, False),
        ({"nature": "ACCORD-CADRE"}, True),
        ({"nature": "Marché subséquent", "title": "PC, marché subséquent à l’accord-cadre"}, False),
        ({"nature": "March� subs�quent"}, False),
        ({"title": "Accord cadre à bons de commande : PC"}, True),
        ({"title": "Achat de PC"}, False),
    ],
)
def test_a_ceiling_is_recognised_where_each_source_says_it(said, expected):
    columns = ("techniques", "execution_terms", "nature", "title")
    row = pl.DataFrame({name: [said.get(name)] for name in columns}, schema=dict.fromkeys(columns, pl.String))
    assert row.select(amounts.is_framework()).item() is expected
