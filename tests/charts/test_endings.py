"""Ends by year, with the day they are counted from."""

from datetime import date

import pytest

from analysis.ending import ending_by_year, of_foreign
from analysis.selection import Selection
from charts.endings import endings_by_year, endings_by_year_text
from tests import tiny_edition

FRAME = ending_by_year(tiny_edition.awards(), of_foreign(Selection()))


def test_every_contract_with_an_end_is_in_a_bar():
    figure = endings_by_year(FRAME, date(2025, 7, 1))
    assert sum(sum(bar.y) for bar in figure.data) == FRAME["contract_count"].sum()
    assert [bar.name for bar in figure.data] == ["Contrôle étranger", "Produit étranger"]


@pytest.mark.parametrize("day", [date(2025, 1, 1), date(2025, 12, 31)])
def test_the_line_stands_within_the_year_of_its_day(day):
    line = endings_by_year(FRAME, day).layout.shapes[0]
    assert 2024.5 <= line.x0 < 2025.5


def test_a_day_after_every_end_is_still_on_the_axis():
    figure = endings_by_year(FRAME, date(2040, 6, 1))
    first, last = figure.layout.xaxis.range
    assert first < figure.layout.shapes[0].x0 < last
    assert "dont 0 en 2040 ou après" in endings_by_year_text(FRAME, date(2040, 6, 1))


def test_nothing_to_draw_is_said():
    assert endings_by_year_text(FRAME.head(0), date(2025, 1, 1)).startswith("Aucun de ces marchés")
    assert not endings_by_year(FRAME.head(0), date(2025, 1, 1)).data
