"""What every figure shares."""

import json
import re

import pytest

from analysis.contracts import contract
from charts.amounts import amounts_by_year
from charts.interval import interval_bar
from charts.theme import DARK, LIGHT
from charts.timeline import versions_timeline
from charts.verdicts import interval_by_key, interval_by_year
from language import speaking
from loaders.vocabulary import MINISTRIES
from tests.charts.frames import BY_MINISTRY, BY_YEAR, INTERVAL


@pytest.fixture(params=[LIGHT, DARK], ids=lambda theme: theme.name)
def figures(request, tiny_edition):
    theme = request.param
    return [
        interval_bar(INTERVAL, theme),
        interval_by_year(BY_YEAR, theme),
        interval_by_key(BY_MINISTRY, MINISTRIES, theme),
        amounts_by_year(BY_YEAR, theme),
        versions_timeline(contract(tiny_edition, "C01").versions, theme),
    ]


def test_no_figure_asks_another_host_nor_draws_a_map(figures):
    for figure in figures:
        text = figure.to_json()
        assert not re.search(r"https?:|//|mapbox|map_style|geojson|topojson", text)
        assert {trace["type"] for trace in json.loads(text)["data"]} <= {"bar", "scatter"}


def test_figures_lie_on_the_page_and_take_its_width(figures):
    for figure in figures:
        assert figure.layout.paper_bgcolor == figure.layout.plot_bgcolor == "rgba(0,0,0,0)"
        assert figure.layout.width is None
        assert figure.layout.autosize


def test_figures_cannot_be_dragged_out_of_shape_by_a_thumb(figures):
    for figure in figures:
        assert figure.layout.xaxis.fixedrange
        assert figure.layout.yaxis.fixedrange


def test_separators_follow_the_language():
    assert interval_bar(INTERVAL).layout.separators == ",\u202f"
    with speaking("en"):
        assert interval_bar(INTERVAL).layout.separators == ".,"
