"""The bar with three edges."""

from itertools import pairwise

import pytest

from charts.interval import interval_bar, interval_bar_text
from charts.theme import DARK, LIGHT
from language import speaking
from tests.charts.frames import INTERVAL, NARROW, NOTHING


def test_segments_follow_one_another_and_the_unknown_stands_apart():
    bars = interval_bar(INTERVAL).data
    edges = [(bar.base[0], bar.base[0] + bar.x[0]) for bar in bars]
    assert [end for _start, end in edges[:3]] == pytest.approx([INTERVAL.low, INTERVAL.middle, INTERVAL.high])
    assert [start for start, _end in edges[1:4]] == pytest.approx([INTERVAL.low, INTERVAL.middle, INTERVAL.high])
    assert edges[4][0] > edges[3][1]
    assert edges[4][1] - edges[4][0] == pytest.approx(INTERVAL.unknown)


def test_edges_point_at_their_values_even_where_labels_are_pushed_aside():
    labels = interval_bar(NARROW).layout.annotations
    assert [label.text for label in labels] == [f"<b>{value}\u202f%</b>" for value in (30, 31, 32, 50)]
    assert [label.x for label in labels[:3]] == [0.30, 0.31, 0.32]
    places = [label.ax for label in labels]
    assert all(right - left >= 0.13 - 1e-9 for left, right in pairwise(places))
    assert 0 < places[0] < places[-1] < 1.03


def test_edges_that_read_the_same_are_labelled_once():
    bar = interval_bar(NARROW.__class__(0.3, 0.301, 0.302, 0.0, 1, 1, 0, 0))
    assert [label.text for label in bar.layout.annotations] == ["<b>30\u202f%</b>"]


def test_an_absent_part_is_not_drawn_but_stays_in_the_legend():
    whole = interval_bar(NARROW.__class__(1.0, 1.0, 1.0, 0.0, 1, 1, 0, 0))
    assert [bar.x[0] for bar in whole.data] == [1.0, None, None, None, None]
    assert len({bar.name for bar in whole.data}) == 5


def test_marks_are_those_of_the_theme():
    for theme in (LIGHT, DARK):
        assert interval_bar(INTERVAL, theme).data[0].marker.color == theme.marks["foreign_control"].fill


def test_nothing_to_share_is_said_not_drawn():
    figure = interval_bar(NOTHING)
    assert len(figure.data) == 0
    assert figure.layout.annotations[0].text == interval_bar_text(NOTHING)


def test_the_words_name_the_figures():
    assert interval_bar_text(NARROW) == (
        "Part étrangère : 30\u202f% sous contrôle étranger, 31\u202f% avec les produits étrangers, 32\u202f% avec "
        "l’hybride et l’opaque ; inconnu : 50\u202f%."
    )
    with speaking("en"):
        assert interval_bar_text(NARROW).startswith("Foreign share: 30% under foreign control")
