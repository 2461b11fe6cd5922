"""The seven verdicts by year and by ministry."""

import polars as pl
import pytest

from charts.theme import LIGHT
from charts.verdicts import interval_by_key, interval_by_key_text, interval_by_year, interval_by_year_text, year_axis
from loaders.vocabulary import MINISTRIES, VERDICTS
from tests.charts.frames import BY_MINISTRY, BY_YEAR, EMPTY


def plain(name: str) -> str:
    return name.replace("<br>", " ")


def test_all_verdicts_in_the_fixed_order_each_with_its_mark():
    bars = interval_by_year(BY_YEAR).data
    assert [plain(bar.name) for bar in bars] == list(VERDICTS.values())
    for bar, mark in zip(bars, LIGHT.marks.values(), strict=True):
        assert bar.marker.pattern.shape == mark.pattern
        assert bar.marker.line.color == mark.colour


def test_each_year_fills_the_height_and_undated_awards_have_no_bar():
    bars = interval_by_year(BY_YEAR).data
    assert bars[0].x == (2021, 2022, 2023, 2024, 2062)
    assert [sum(shares) for shares in zip(*(bar.y for bar in bars), strict=True)] == pytest.approx([1] * 5)


def test_the_stack_rises_through_the_edges_of_the_interval():
    bars = interval_by_year(BY_YEAR).data
    year = BY_YEAR.row(3, named=True)
    assert sum(bar.y[3] for bar in bars[:1]) == pytest.approx(year["low"])
    assert sum(bar.y[3] for bar in bars[:2]) == pytest.approx(year["middle"])
    assert sum(bar.y[3] for bar in bars[:4]) == pytest.approx(year["high"])


def test_many_years_are_named_one_in_two_the_last_always():
    few, many = (pl.Series("year", years, pl.Int16) for years in ([2023, 2024], range(2010, 2026)))
    assert sorted(year_axis(LIGHT, few)["tickvals"]) == [2023, 2024]
    named = year_axis(LIGHT, many)["tickvals"]
    assert named[0] == 2025
    assert len(named) == 8


def test_one_bar_a_ministry_the_largest_first_named_above_its_bar():
    figure = interval_by_key(BY_MINISTRY, MINISTRIES)
    names = [label.text for label in figure.layout.annotations[::2]]
    assert names == ["Intérieur", "Enseignement supérieur et recherche", "État, ministère non déterminé"]
    assert figure.layout.annotations[1].text == "6,5\u202fM€ · 25\u202f% à 92\u202f%"
    assert [plain(bar.name) for bar in figure.data] == list(VERDICTS.values())


def test_a_code_without_words_is_shown_as_it_is():
    figure = interval_by_key(BY_MINISTRY, {})
    assert figure.layout.annotations[0].text == "interieur"


def test_nothing_to_draw_draws_nothing_and_says_so():
    assert interval_by_year(EMPTY).data[0].x in (None, ())
    assert interval_by_year_text(EMPTY) == "Aucun montant daté dans cette sélection."
    empty = BY_MINISTRY.head(0)
    assert len(interval_by_key(empty, MINISTRIES).layout.annotations) == 0
    assert interval_by_key_text(empty, MINISTRIES) == "Aucun montant à comparer dans cette sélection."


def test_the_words_name_the_first_and_the_last_year():
    said = interval_by_year_text(BY_YEAR.filter(BY_YEAR["year"] < 2030))
    assert said == (
        "En 2021, part étrangère entre 4\u202f% et 100\u202f%, part inconnue de 0\u202f%. "
        "En 2024, part étrangère entre 30\u202f% et 56\u202f%, part inconnue de 3\u202f%."
    )


def test_the_words_name_the_largest_ministries():
    said = interval_by_key_text(BY_MINISTRY, MINISTRIES)
    assert said.startswith("Intérieur : 6,5\u202fM€, part étrangère entre 25\u202f% et 92\u202f%.")


def test_an_interval_without_width_is_said_once():
    home = BY_MINISTRY.tail(1).with_columns(ministry=pl.lit("culture"))
    figure = interval_by_key(home.with_columns(low=pl.lit(0.5), high=pl.lit(0.5)), MINISTRIES)
    assert figure.layout.annotations[1].text.endswith("· 50\u202f%")
    assert "part étrangère de 50\u202f%." in interval_by_key_text(
        home.with_columns(low=pl.lit(0.5), high=pl.lit(0.5)), MINISTRIES
    )


def test_each_year_says_how_many_contracts_its_shares_are_made_of():
    axis = interval_by_year(BY_YEAR).layout.xaxis
    assert dict(zip(axis.tickvals, axis.ticktext, strict=True))[2021] == "2021<br>2"
