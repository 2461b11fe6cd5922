"""A figure says where it comes from, in a room of its own under all that stood there before."""

import pytest

from charts.drawing.document import foot
from charts.signature import signed
from charts.theme import LIGHT
from tests.charts.drawing.figures import CHARTS

WORDS = "Nuages publics, édition 2026-11-01-minuscule du 1 novembre 2026. Sources : DECP, BOAMP (Licence Ouverte 2.0)."


@pytest.mark.parametrize("name", CHARTS)
def test_the_words_have_a_room_of_their_own_under_the_figure(name, tiny_edition):
    plain = CHARTS[name](LIGHT, tiny_edition)
    height, under = plain.layout.height, foot(plain, 360)
    figure = signed(CHARTS[name](LIGHT, tiny_edition), WORDS, LIGHT)
    room = figure.layout.height - height
    assert room >= 2 * 17
    assert figure.layout.margin.b == under + room
    assert figure.layout.title.text.replace("<br>", " ") == WORDS
    top_of_words = figure.layout.title.y * figure.layout.height
    assert 2 * 17 <= top_of_words <= room


def test_no_line_is_wider_than_a_phone(tiny_edition):
    figure = signed(CHARTS["amounts"](LIGHT, tiny_edition), WORDS, LIGHT)
    assert max(map(len, figure.layout.title.text.split("<br>"))) <= 58
