"""The map of ministries and verdicts keeps every cent and the order of the ranking."""

import re

import pytest

from analysis.ministries import ranking
from analysis.selection import Selection
from charts.heat_map import heat_map, heat_map_text
from charts.theme import DARK, LIGHT
from loaders.vocabulary import MINISTRIES, VERDICTS
from tests import tiny_edition
from tests.charts import vision

RANKING = ranking(tiny_edition.awards(), Selection())


def _rows(figure) -> list[list[float]]:
    return [list(row) for row in figure.data[0].z if row[0] is not None]


def test_each_row_makes_a_hundred_per_cent_in_the_order_of_the_ranking():
    rows = _rows(heat_map(RANKING, MINISTRIES))
    assert len(rows) == RANKING.height
    for row, total in zip(rows, RANKING["total_cents"], strict=True):
        assert sum(row) == pytest.approx(1)
        assert total > 0
    expected = RANKING["foreign_control_cents"] / RANKING["total_cents"]
    assert [row[0] for row in rows] == pytest.approx(expected.to_list())


def test_names_and_verdicts_stand_in_the_order_of_everywhere():
    figure = heat_map(RANKING, MINISTRIES)
    assert [label.text for label in figure.layout.annotations] == [MINISTRIES[code] for code in RANKING["ministry"]]
    heads = [text.replace("<br>", " ") for text in figure.layout.xaxis.ticktext]
    assert heads == list(VERDICTS.values())


def test_every_cell_says_its_share():
    drawn = heat_map(RANKING, MINISTRIES).data[0]
    assert all(text for row in drawn.text[::2] for text in row)


def test_one_hue_in_both_themes():
    for theme in (LIGHT, DARK):
        low, high = (stop[1] for stop in heat_map(RANKING, MINISTRIES, theme).data[0].colorscale)
        assert low == theme.paper
        red, green, blue = (float(part) for part in high.removeprefix("rgb(").removesuffix(")").split(","))
        assert max(red, green, blue) - min(red, green, blue) < 12


def test_a_ministry_whose_amounts_are_all_outside_sums_is_not_drawn():
    nothing = ranking(tiny_edition.awards(), Selection(search="supervision"))
    assert heat_map(nothing, MINISTRIES).data[0].z is None or not _rows(heat_map(nothing, MINISTRIES))
    assert heat_map_text(nothing, MINISTRIES) == "Aucun montant à comparer dans cette sélection."


def test_the_words_name_the_ministry_where_each_verdict_weighs_most():
    assert "État, ministère non déterminé" in heat_map_text(RANKING, MINISTRIES)


def test_each_cell_has_its_target_and_an_empty_one_leads_nowhere():
    cells, targets = heat_map(RANKING, MINISTRIES).data
    assert targets.marker.opacity == 0
    assert len(targets.x) == RANKING.height * len(VERDICTS)
    cents = [row[f"{verdict}_cents"] for row in RANKING.to_dicts() for verdict in VERDICTS]
    assert [None if mark is None else mark["value"] for mark in targets.meta["behind"]] == [
        one or None for one in cents
    ]
    assert cells.meta is None


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_a_share_is_read_on_the_darkest_cell(theme):
    figure = heat_map(RANKING, MINISTRIES, theme).data[0]
    darkest = "#" + bytes(round(float(part)) for part in re.findall(r"[\d.]+", figure.colorscale[1][1])).hex()
    assert vision.contrast(figure.textfont.color, darkest) >= 4.5
