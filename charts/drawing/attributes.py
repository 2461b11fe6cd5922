"""The attributes of Plotly that this room draws, and the refusal of any other: better no picture than a wrong one."""

from collections.abc import Collection, Iterator, Mapping

import plotly.graph_objects as go
import plotly.io

from charts.drawing.known import KNOWN, LAYOUT
from charts.theme import TEMPLATE


class NotDrawn(ValueError):
    """A figure uses something of Plotly that this room does not know how to draw."""


def checked(figure: go.Figure | Mapping) -> dict:
    """``figure`` as plain dicts, every attribute of it known; the traces that Plotly shows, with their ``index``.

    Raises NotDrawn at the first trace type, attribute or value that is not known.
    """
    plain = figure.to_plotly_json() if isinstance(figure, go.Figure) else figure
    layout = dict(plain.get("layout") or {})
    _check_template(layout.pop("template", None))
    _check("layout", layout, LAYOUT)
    traces = []
    for index, trace in enumerate(plain.get("data") or ()):
        kind = trace.get("type", "scatter")
        if kind not in KNOWN:
            raise NotDrawn(f"trace of type {kind}")
        _check(kind, {name: value for name, value in trace.items() if name != "type"}, KNOWN[kind])
        if _has_points(trace):
            traces.append({**trace, "type": kind, "index": index})
    return {"data": traces, "layout": layout}


def leaves(container: Mapping, path: str = "") -> Iterator[tuple[str, object]]:
    """Every attribute under ``container`` with its dotted path; ``[]`` stands for each of a list of containers."""
    for name, value in container.items():
        here = f"{path}.{name}" if path else name
        if isinstance(value, Mapping) and name != "meta":
            yield from leaves(value, here)
        elif name in ("annotations", "shapes"):
            for one in value or ():
                yield from leaves(one, f"{here}[]")
        else:
            yield here, value


def get(container: Mapping, path: str, default: object = None) -> object:
    """The attribute of ``container`` at the dotted ``path``, or ``default`` where it is absent or null."""
    for name in path.split("."):
        container = container.get(name) if isinstance(container, Mapping) else None
        if container is None:
            return default
    return container


def needed(container: Mapping, path: str) -> object:
    """The same, where our charts always say it. Raises NotDrawn when absent: Plotly would choose for us."""
    value = get(container, path)
    if value is None:
        raise NotDrawn(f"{path} left to Plotly")
    return value


def each(value: object, count: int) -> list:
    """``value`` for each of ``count`` points: itself repeated, or its own list."""
    return list(value) if isinstance(value, list | tuple) else [value] * count


def _check(where: str, container: Mapping, known: Mapping[str, object]) -> None:
    for path, value in leaves(container):
        if path not in known:
            raise NotDrawn(f"{where}.{path}")
        allowed = known[path]
        if isinstance(allowed, Collection) and value is not None:
            _check_values(f"{where}.{path}", value, allowed)


def _check_values(path: str, value: object, allowed: Collection) -> None:
    for one in value if isinstance(value, list | tuple) else (value,):
        if one not in allowed:
            raise NotDrawn(f"{path}={one!r}")


def _check_template(template: object) -> None:
    # Ours first: Plotly's own is copied each time that it is asked for
    if template and template != TEMPLATE and template != plotly.io.templates["plotly"].to_plotly_json():
        raise NotDrawn("layout.template")


def _has_points(trace: Mapping) -> bool:
    """Whether Plotly shows the trace: one without any coordinate is not drawn, nor named in the legend."""
    wanted = ("z",) if trace.get("type") == "heatmap" else ("x", "y")
    for name in wanted:
        values = trace.get(name)
        if isinstance(values, Mapping):
            raise NotDrawn(f"{trace.get('type')}.{name} as bytes: give lists")
        if values is None or len(values) == 0:
            return False
    return True
