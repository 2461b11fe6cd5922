"""Better no picture than a wrong one: what is not known is refused, and nothing known is passed over."""

import copy
from collections.abc import Iterator
from datetime import date, timedelta

import plotly.graph_objects as go
import pytest

from charts.drawing.attributes import NotDrawn, checked, leaves
from charts.drawing.document import svg
from charts.drawing.known import KNOWN, LAYOUT, UNSEEN
from charts.theme import LIGHT, TEMPLATE
from tests.charts.drawing import figures

_SMALL = {"template": TEMPLATE, "height": 100, "font": {"color": "#000000"}, "margin": dict.fromkeys("lrtb", 5)}


@pytest.fixture(scope="module")
def plain_figures(tiny_edition) -> dict[str, dict]:
    """Every chart as plain dicts, without Plotly's template."""
    plain = {name: chart(LIGHT, tiny_edition).to_plotly_json() for name, chart in figures.CHARTS.items()}
    for figure in plain.values():
        figure["layout"].pop("template", None)
    return plain


def test_an_unheard_attribute_anywhere_is_refused(plain_figures):
    for name, figure in plain_figures.items():
        for place, container in _containers(figure):
            container["unheard"] = 1
            assert _is_refused(figure), (name, place)
            del container["unheard"]


def test_every_attribute_that_our_charts_use_is_seen_in_the_picture_or_refused_when_it_changes(plain_figures):
    """The walk: each attribute of each chart is changed in turn, until one chart shows the difference."""
    blind: set[str] = set()
    seen: set[str] = set()
    for figure in plain_figures.values():
        usual = svg(figure, 700, _address)
        for where, path, container, name in _attributes(figure):
            if f"{where}.{path}" in seen or (KNOWN | {"layout": LAYOUT})[where][path] is UNSEEN:
                continue
            kept = container[name]
            container[name] = _changed(kept)
            (seen if _differs(figure, usual) else blind).add(f"{where}.{path}")
            container[name] = kept
    assert len(seen) > 100
    assert blind - seen == set()


def test_an_attribute_that_is_left_out_is_drawn_without_or_refused(plain_figures):
    """Never another error: whoever asks for a picture has one kind of refusal to expect."""
    tried: set[str] = set()
    for figure in plain_figures.values():
        for where, path, container, name in list(_attributes(figure)):
            if f"{where}.{path}" not in tried:
                tried.add(f"{where}.{path}")
                kept = container.pop(name)
                assert isinstance(_drawn_or_refused(figure), str), path
                container[name] = kept
    assert len(tried) > 100


@pytest.mark.parametrize(
    ("figure", "named"),
    [
        (go.Figure(go.Pie(values=[1]), layout=_SMALL), "pie"),
        (go.Figure(go.Bar(x=[1], y=[1]), layout={"template": "plotly_white"}), "template"),
        (go.Figure(go.Bar(x=[1], y=[1]), layout={**_SMALL, "barmode": "relative"}), "relative"),
        (go.Figure(go.Scatter(x=[1], y=[1], mode="markers", marker={"symbol": "star"}), layout=_SMALL), "star"),
        (go.Figure(go.Bar(x=["a"], y=[1], marker={"color": "#000000"}), layout=_SMALL), "category 'a'"),
    ],
)
def test_what_is_not_known_is_named(figure, named):
    with pytest.raises(NotDrawn, match=named):
        svg(figure, 300)


def _is_refused(figure: dict) -> bool:
    try:
        checked(figure)
    except NotDrawn as refused:
        return "unheard" in str(refused)
    return False


def _differs(figure: dict, usual: str) -> bool:
    return _drawn_or_refused(figure) != usual


def _drawn_or_refused(figure: dict) -> str:
    try:
        return svg(figure, 700, _address)
    except NotDrawn as refused:
        return str(refused)


def _address(known: dict) -> str:
    return "/vue/" + str(known).replace("&", "")


def _containers(figure: dict) -> Iterator[tuple[str, dict]]:
    def within(place: str, value: object) -> Iterator[tuple[str, dict]]:
        if isinstance(value, dict):
            yield place, value
            for name, inner in value.items():
                if name != "meta":
                    yield from within(f"{place}.{name}", inner)
        elif isinstance(value, list | tuple) and value and isinstance(value[0], dict):
            for inner in value:
                yield from within(place, inner)

    yield from list(within("layout", figure["layout"]))
    for trace in figure["data"]:
        yield from list(within(trace["type"], trace))


def _attributes(figure: dict) -> Iterator[tuple[str, str, dict, str]]:
    for root, where in [(figure["layout"], "layout"), *((trace, trace["type"]) for trace in figure["data"])]:
        ours = {name: value for name, value in root.items() if name != "type" or where == "layout"}
        paths = [path for path, _value in leaves(ours)]
        for path in dict.fromkeys(paths):
            for container, name in _holders(root, path.split(".")):
                yield where, path, container, name


def _holders(root: dict, names: list[str]) -> Iterator[tuple[dict, str]]:
    first, *rest = names
    if not rest:
        if first in root:
            yield root, first
    elif first.endswith("[]"):
        for one in root[first[:-2]]:
            yield from _holders(one, rest)
    elif isinstance(root.get(first), dict):
        yield from _holders(root[first], rest)


def _changed(value: object) -> object:
    """A value of the same kind that is not the same."""
    if isinstance(value, list | tuple):
        return _changed_list(list(value))
    if isinstance(value, dict):
        changed = copy.deepcopy(value)
        changed["behind"] = [known and {"changed": 1} for known in changed["behind"]]
        return changed
    if isinstance(value, bool):
        return not value
    if isinstance(value, date):
        return value + timedelta(days=200)
    if isinstance(value, int | float):
        return value * 1.37 + 1
    if isinstance(value, str) and value.startswith(("#", "rgb")):
        return "#123456"
    return f"{value}x"


def _changed_list(values: list) -> list:
    for rank, value in enumerate(values):
        if value is not None and value != "":
            return [*values[:rank], _changed(value), *values[rank + 1 :]]
    return values
