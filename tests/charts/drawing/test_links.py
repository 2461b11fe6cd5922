"""What stands behind a mark is one click away, without a script: each mark is a link with a name."""

import plotly.graph_objects as go
import pytest

from charts.drawing.attributes import NotDrawn
from charts.drawing.document import svg
from charts.theme import LIGHT, layout
from tests.charts.drawing import figures, read


def _figure(**trace) -> go.Figure:
    bars = {
        "x": [1, 2, 3],
        "y": [10, 20, 30],
        "marker": {"color": "#17305f"},
        "customdata": [["a & b", "1 €"], ["<c>", "2 €"], ["d", "3 €"]],
        "hovertemplate": "%{customdata[0]} %{x}<br>%{customdata[1]}<extra></extra>",
        "meta": {"behind": [{"at": "1"}, None, {"at": '3"><script>'}]},
    }
    figure = go.Figure(layout=layout(LIGHT, height=200))
    figure.add_bar(**{**bars, **trace})
    figure.update_layout(xaxis={"visible": False}, yaxis={"visible": False})
    return figure


def test_a_mark_leads_where_the_link_says_under_its_hover_text():
    root = read.parsed(svg(_figure(), 500, lambda known: f"/vue/marches?id={known['at']}&x=1"))
    links = [(link.get("href"), link.findtext("{*}title")) for link in root.iter("{*}a")]
    assert links == [
        ("/vue/marches?id=1&x=1", "a & b 1, 1 €"),
        ('/vue/marches?id=3"><script>&x=1', "d 3, 3 €"),
    ]
    assert len(read.rectangles(root, "#17305f")) == 3
    assert root.get("role") == "group"


def test_what_xml_cannot_hold_is_left_out():
    """Names of companies come from the raw files, control characters included."""
    names = [["a\x0bb\x00", "\ud800c"], ["", ""], ["", ""]]
    root = read.parsed(svg(_figure(customdata=names), 500, lambda _known: "/", title="\x1f<t>"))
    assert next(root.iter("{*}a")).findtext("{*}title") == "ab 1, c"
    assert root.findtext("{*}title") == "<t>"


def test_without_a_link_or_an_address_nothing_is_a_link():
    for drawn in (svg(_figure(), 500), svg(_figure(), 500, lambda _known: None), svg(_figure(meta=None), 500, str)):
        assert "<a " not in drawn
        assert read.parsed(drawn).get("role") == "img"


def test_a_field_that_cannot_be_said_is_refused():
    with pytest.raises(NotDrawn, match="marker"):
        svg(_figure(hovertemplate="%{marker.size}"), 500, str)
    with pytest.raises(NotDrawn, match=r"0\.5"):
        svg(_figure(y=[0.5, 1, 2], hovertemplate="%{y}"), 500, str)


def test_every_mark_of_ours_that_has_something_behind_it_can_be_a_link(tiny_edition):
    for name, chart in figures.CHARTS.items():
        figure = chart(LIGHT, tiny_edition)
        behind = sum(known is not None for trace in figure.data if trace.meta for known in trace.meta["behind"])
        links = list(read.parsed(svg(figure, 1000, lambda _known: "/vue/marches")).iter("{*}a"))
        assert len(links) == behind, name
        assert all(link.findtext("{*}title") for link in links), name
