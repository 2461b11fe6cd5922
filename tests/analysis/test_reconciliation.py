"""Official figures beside the tiny edition: same years, same words, nothing added."""

from datetime import date

import polars as pl
import pytest

from analysis import reconciliation
from analysis.selection import Selection
from loaders.vocabulary import MINISTRIES
from tests import tiny_edition

FIGURE = {
    "figure_id": "x",
    "value": "5000000",
    "unit": "euro",
    "nature": "orders",
    "starts_on": date(2022, 6, 1),
    "ends_on": date(2023, 5, 31),
    "perimeter": "nuage",
    "words": None,
    "group_id": "nuage-atlantique",
    "buyers": None,
}


@pytest.fixture
def answered(monkeypatch):
    def answer(**changes) -> dict:
        table = pl.DataFrame([FIGURE | changes], schema_overrides={"words": pl.String, "buyers": pl.String})
        monkeypatch.setattr(reconciliation.reference, "table", lambda name: table)
        return reconciliation.reconciliation(tiny_edition.awards(), Selection()).row(0, named=True)

    return answer


def test_what_the_edition_does_not_show_is_the_difference(answered):
    row = answered()
    # C01 in 2022, and the second holder of C02 in 2023, whose odd cent goes to the first
    assert row["shown_cents"] == 120_000_000 + 45_000_050
    assert row["shown"] == row["shown_cents"] / 100
    assert row["missing"] == 5_000_000 - row["shown"]
    assert row["contract_count"] == 2


def test_an_edition_that_shows_more_than_the_figure_misses_nothing(answered):
    row = answered(value="1000")
    assert row["missing"] == 0
    assert row["shown"] > row["official"]


def test_years_that_the_edition_does_not_reach_are_told_apart_from_years_without_a_match(answered):
    absent = answered(starts_on=date(2001, 1, 1), ends_on=date(2002, 12, 31))
    assert (absent["shown"], absent["missing"], absent["period_contract_count"]) == (None, 5_000_000, 0)
    nothing = answered(words="introuvable")
    assert (nothing["shown"], nothing["missing"]) == (0, 5_000_000)
    assert nothing["period_contract_count"] > 0


def test_a_share_is_that_of_the_perimeter_in_the_same_years(answered):
    row = answered(value="90", unit="percent", nature="share")
    whole = tiny_edition.awards().filter(pl.col("is_cloud"), pl.col("year").is_between(2022, 2023))
    cents = whole.filter(pl.col("amount_flag").is_null()).select(pl.col("share_cents").sum()).collect().item()
    assert row["shown"] == pytest.approx(100 * row["shown_cents"] / cents)
    assert row["missing"] == pytest.approx(90 - row["shown"])


def test_the_state_is_every_ministry_and_a_ministry_is_itself():
    assert reconciliation.question(FIGURE | {"buyers": "etat"}).ministries == tuple(MINISTRIES)
    assert reconciliation.question(FIGURE | {"buyers": "justice"}).ministries == ("justice",)
    assert reconciliation.question(FIGURE).years == (2022, 2023)
