"""Amounts by year."""

import pytest

from charts.amounts import amount_ticks, amounts_by_year, amounts_by_year_text
from language import speaking
from loaders.vocabulary import VERDICTS
from tests.charts.frames import BY_YEAR, EMPTY

EUROS = 100


@pytest.mark.parametrize(
    ("largest", "ticks"),
    [
        (0, [0]),
        (2_900_000_000 * EUROS, [0, 1_000_000_000 * EUROS, 2_000_000_000 * EUROS, 3_000_000_000 * EUROS]),
        (420_000 * EUROS, [0, 200_000 * EUROS, 400_000 * EUROS, 600_000 * EUROS]),
        (3, [0, 1, 2, 3]),
    ],
)
def test_ticks_are_round_and_reach_the_largest(largest, ticks):
    assert amount_ticks(largest) == ticks


def test_amounts_are_those_of_the_question_in_the_fixed_order():
    bars = amounts_by_year(BY_YEAR).data
    assert [bar.name.replace("<br>", " ") for bar in bars] == list(VERDICTS.values())
    assert sum(bar.y[0] for bar in bars) == BY_YEAR["total_cents"][0]


def test_milliards_are_written_in_french():
    large = BY_YEAR.with_columns(total_cents=BY_YEAR["total_cents"] * 1_000)
    axis = amounts_by_year(large).layout.yaxis
    assert axis.ticktext[-1].endswith("\u202fMd€")
    with speaking("en"):
        assert amounts_by_year(large).layout.yaxis.ticktext[-1].endswith("bn")


def test_the_words_name_the_total_and_the_largest_year():
    said = amounts_by_year_text(BY_YEAR.filter(BY_YEAR["year"] < 2030))
    assert said == ("De 2021 à 2024, 9,2\u202fM€ au total ; l’année la plus forte est 2021, avec 4,2\u202fM€.")
    assert amounts_by_year_text(EMPTY) == "Aucun montant daté dans cette sélection."
