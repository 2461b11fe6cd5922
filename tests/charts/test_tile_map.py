"""The map of equal squares: each department in its place, a scale that is no verdict's, the same in words."""

from itertools import pairwise

import polars as pl
import pytest

from charts import palette
from charts.behind import Behind, at
from charts.theme import DARK, LIGHT
from charts.tile_map import SCALES, ink, tile_map, tile_map_text
from tests.charts import vision

_FRAME = pl.DataFrame(
    {
        "department_code": ["01", "2A", "974"],
        "department_name": ["Ain", "Corse-du-Sud", "La Réunion"],
        "tile_column": [1, 2, 0],
        "tile_row": [0, 1, 2],
        "share": [0.25, 0.5, 0.0],
        "counted_count": [1, 2, 0],
        "town_hall_count": [4, 4, 4],
    }
)


def test_each_department_stands_in_its_square_with_its_number():
    squares, numbers = tile_map(_FRAME, "Part", {}).data
    assert list(zip(squares.x, squares.y, squares.z, strict=True)) == [(1, 0, 0.25), (2, 1, 0.5), (0, 2, 0.0)]
    assert list(zip(numbers.x, numbers.y, numbers.text, strict=True)) == [(1, 0, "01"), (2, 1, "2A"), (0, 2, "974")]
    assert "Corse-du-Sud (2A)" in numbers.customdata[1]


def test_a_square_opens_the_town_halls_it_counts_and_nothing_where_it_counts_none():
    numbers = tile_map(_FRAME, "Part", {"mail_country": "US"}).data[1]
    assert numbers.meta["behind"][2] is None
    assert at(tile_map(_FRAME, "Part", {"mail_country": "US"}), 1, 1) == Behind(
        {"mail_country": "US", "department": "2A"}, "town_hall_count", 2, "messageries"
    )


def test_a_department_of_one_town_hall_does_not_set_the_scale():
    halls = _FRAME.with_columns(share=pl.Series([0.2, 0.4, 1.0]), town_hall_count=pl.Series([300, 120, 1]))
    squares = tile_map(halls, "Part", {}).data[0]
    assert squares.zmax == 0.4
    assert squares.colorbar.ticktext[-1] == "≥\u202f40\u202f%"


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_a_number_is_read_on_any_square(theme):
    scale = SCALES[theme.name]
    for depth in range(1001):
        place = depth / 1000 * (len(scale) - 1)
        low = min(int(place), len(scale) - 2)
        square = palette._mixed(scale[low], scale[low + 1], place - low)
        assert vision.contrast(ink(depth / 1000, theme), square) >= 4.5, depth


def test_no_map_is_drawn_that_would_ask_another_host():
    figure = tile_map(_FRAME, "Part", {}, DARK)
    assert [trace.type for trace in figure.data] == ["heatmap", "scatter"]
    assert "http" not in figure.to_json().replace("http://www.w3.org", "")


def test_the_same_is_said_in_words():
    assert tile_map_text(_FRAME).replace("\u202f", " ") == (
        "3 départements : de 0 % (La Réunion) à 50 % (Corse-du-Sud), 25 % dans celui du milieu."
    )
    assert tile_map_text(_FRAME.clear()) == "Aucun département à montrer."


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_the_deeper_the_further_from_the_page(theme):
    away = [vision.contrast(colour, theme.paper) for colour in SCALES[theme.name]]
    assert away == sorted(away)
    assert away[-1] > 7


@pytest.mark.parametrize("eyes", vision.SIMULATIONS)
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_neighbouring_steps_are_told_apart_by_every_kind_of_eyes(theme, eyes):
    assert all(vision.distance(one, other, eyes) > 5 for one, other in pairwise(SCALES[theme.name]))


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_no_step_of_the_scale_is_the_colour_of_a_verdict(theme):
    for verdict, mark in theme.marks.items():
        for colour in SCALES[theme.name]:
            assert vision.distance(colour, mark.colour, "none") > 10, (verdict, colour)
