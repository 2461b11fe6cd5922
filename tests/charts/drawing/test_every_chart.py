"""Every chart of ours is drawn: as valid SVG, in both themes and languages, on a phone and on a wide screen."""

import importlib
import inspect
import pkgutil
import re

import plotly.graph_objects as go
import pytest

import charts
from charts.drawing.document import svg
from charts.drawing.fonts import ascent, descent
from charts.drawing.texts import plain
from charts.theme import DARK, LIGHT
from language import LANGUAGES, speaking
from tests.charts.drawing import figures, read

WIDTHS_PX = (360, 1000)
MOST_BYTES = 15_000
VARIANTS = [(theme, language) for theme in (LIGHT, DARK) for language in LANGUAGES]


@pytest.fixture(scope="module", params=VARIANTS, ids=lambda variant: f"{variant[0].name}-{variant[1]}")
def variant(request, tiny_edition):
    """Every chart in one theme and language, with what is drawn of it at each width."""
    theme, language = request.param
    with speaking(language):
        drawn = {name: chart(theme, tiny_edition) for name, chart in figures.CHARTS.items()}
    return {
        (name, width): (figure, svg(figure, width, title=f"Titre <{name}>", text="Texte & suite"))
        for name, figure in drawn.items()
        for width in WIDTHS_PX
    }


def test_no_chart_is_left_out():
    """A chart is a function that gives a figure: each must be in the list that these tests draw."""
    drawing = {
        name
        for module in pkgutil.iter_modules(charts.__path__, "charts.")
        if not module.ispkg
        for name, function in inspect.getmembers(importlib.import_module(module.name), inspect.isfunction)
        if _is_chart(name, inspect.signature(function))
    }
    known = {name for chart in figures.CHARTS.values() for name in chart.__code__.co_names}
    assert drawing <= known


def test_it_is_xml_that_names_itself_and_says_the_same_in_words(variant):
    for (name, width), (figure, drawn) in variant.items():
        root = read.parsed(drawn)
        assert read.size(root) == (width, figure.layout.height)
        assert (root.get("width"), root.get("role")) == ("100%", "img")
        texts = {child.get("id"): child.text for child in root[:2]}
        assert texts[root.get("aria-labelledby")] == f"Titre <{name}>"
        assert texts[root.get("aria-describedby")] == "Texte & suite"


def test_ids_are_unique_even_when_figures_share_a_page(variant):
    ids = [identifier for _figure, drawn in variant.values() for identifier in re.findall(r' id="(.*?)"', drawn)]
    assert len(ids) == len(set(ids))
    for _figure, drawn in variant.values():
        assert set(re.findall(r"url\(#(.*?)\)", drawn)) <= set(re.findall(r' id="(.*?)"', drawn))


def test_no_text_leaves_the_picture(variant):
    for (name, width), (figure, drawn) in variant.items():
        for line in read.lines(read.parsed(drawn)):
            assert line.left >= -0.5, (name, width, line)
            assert line.right <= width + 0.5, (name, width, line)
            assert line.base - ascent(line.size) >= -0.5, (name, width, line)
            assert line.base + descent(line.size) <= figure.layout.height + 0.5, (name, width, line)


def test_a_note_on_the_right_ends_where_it_is_placed_whatever_the_font_of_the_reader(variant):
    """A picture in a page is written in the reader's own font: wider than ours, it cut the last letters."""
    for (name, width), (figure, drawn) in variant.items():
        placed = {(line.said, line.anchor) for line in read.lines(read.parsed(drawn))}
        notes = [note for note in figure.layout.annotations if note.xanchor == "right"]
        for part in [part for note in notes for part in note.text.split("<br>")]:
            assert (plain(part), "end") in placed, (name, width)


def test_every_name_of_a_legend_and_every_annotation_is_there_in_full(variant):
    for (name, width), (figure, drawn) in variant.items():
        said = {line.said for line in read.lines(read.parsed(drawn))}
        names = [trace.name for trace in figure.data if figure.layout.showlegend and trace.x]
        notes = [note.text for note in figure.layout.annotations]
        for wanted in [part for text in (*names, *notes) for part in text.split("<br>")]:
            assert plain(wanted) in said, (name, width)


def test_it_is_small(variant):
    for (name, width), (_figure, drawn) in variant.items():
        assert len(drawn.encode()) <= MOST_BYTES, (name, width)


def test_nothing_is_asked_of_another_host_and_no_script_runs(variant):
    for _figure, drawn in variant.values():
        assert not re.search(r"<script|javascript:|\bon\w+=|https?://(?!www\.w3\.org/2000/svg\")", drawn)


def _is_chart(name: str, signature: inspect.Signature) -> bool:
    """Whether a function makes a figure; one that is given a figure only adds to it."""
    given = [parameter.annotation for parameter in signature.parameters.values()]
    return signature.return_annotation is go.Figure and go.Figure not in given and not name.startswith("_")
