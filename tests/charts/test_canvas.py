"""Figures are put together without Plotly's check of each property: it is made here, of every chart."""

import plotly.graph_objects as go
import pytest

from charts.canvas import Canvas
from charts.theme import DARK, LIGHT, layout
from language import LANGUAGES, speaking
from tests.charts.drawing.figures import CHARTS


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CHARTS)
def test_plotly_accepts_every_property_of_every_chart(name, language, theme, tiny_edition):
    with speaking(language):
        drawn = CHARTS[name](theme, tiny_edition)
    described = drawn.to_dict()
    assert len(go.Figure(described).data) == len(drawn.data)
    assert described == drawn.to_dict()


def test_a_property_that_plotly_does_not_know_is_found_by_that_check():
    canvas = Canvas(LIGHT, 100)
    canvas.bars(x=[1], heigth=3)
    with pytest.raises(ValueError, match="heigth"):
        go.Figure(canvas.figure().to_dict())


def test_settings_complete_the_shared_layout():
    canvas = Canvas(LIGHT, 100)
    canvas.points(x=[1], y=[2])
    drawn = canvas.figure(legend={"y": 1}, barmode="stack").to_dict()
    shared = layout(LIGHT, 100)
    assert drawn["layout"] == shared | {"legend": shared["legend"] | {"y": 1}, "barmode": "stack"}
    assert drawn["data"] == [{"type": "scatter", "x": [1], "y": [2]}]
