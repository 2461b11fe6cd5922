"""Heat maps: cells in a colour of the scale, given as a grid or one by one, with the texts upon them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from charts.drawing.attributes import NotDrawn, get, needed
from charts.drawing.markup import paint
from charts.drawing.scales import place


@dataclass(frozen=True)
class Cell:
    """One cell: its edges in data, its colour, its text; ``point`` is its place in what the trace lists."""

    point: int | tuple[int, int]
    x: tuple[float, float]
    y: tuple[float, float]
    colour: str
    text: str


def cells(trace: dict) -> list[Cell]:
    """The cells of ``trace`` that have a value."""
    z = trace["z"]
    if isinstance(z[0], list | tuple):
        columns, rows = _edges(needed(trace, "x"), len(z[0])), _edges(needed(trace, "y"), len(z))
        texts = trace.get("text")
        return [
            Cell((row, column), columns[column], rows[row], colour(trace, value), texts[row][column] if texts else "")
            for row, values in enumerate(z)
            for column, value in enumerate(values)
            if value is not None
        ]
    x, y = [place(one) for one in needed(trace, "x")], [place(one) for one in needed(trace, "y")]
    half_x, half_y = _step(x) / 2, _step(y) / 2
    return [
        Cell(point, (across - half_x, across + half_x), (down - half_y, down + half_y), colour(trace, value), "")
        for point, (across, down, value) in enumerate(zip(x, y, z, strict=True))
        if value is not None
    ]


def colour(trace: dict, value: float) -> str:
    """The colour of ``value`` on the scale of ``trace``."""
    low, high = needed(trace, "zmin"), needed(trace, "zmax")
    if low == high:
        raise NotDrawn("heatmap.zmin equal to zmax")
    depth = (value - low) / (high - low)
    stops = [(part, _channels(one)) for part, one in needed(trace, "colorscale")]
    depth = min(max(depth, stops[0][0]), stops[-1][0])
    for (start, one), (end, other) in pairwise(stops):
        if start < end and depth <= end:
            share = (depth - start) / (end - start)
            return "#" + bytes(round(a + (b - a) * share) for a, b in zip(one, other, strict=True)).hex()
    raise NotDrawn(f"colorscale without a colour at {depth}")


def gaps(trace: dict) -> tuple[float, float]:
    """The px left between neighbours, across and down."""
    return get(trace, "xgap", 0), get(trace, "ygap", 0)


def _channels(colour: str) -> bytes:
    return bytes.fromhex(paint(colour)[1:])


def _edges(given: Sequence, count: int) -> list[tuple[float, float]]:
    """The two edges of each of ``count`` cells: given as such, or around given centres one apart."""
    values = [place(value) for value in given]
    if len(values) == count + 1:
        return list(pairwise(values))
    if len(values) != count:
        raise NotDrawn(f"{len(values)} places for {count} cells")
    half = _step(values) / 2
    return [(value - half, value + half) for value in values]


def _step(values: Sequence[float]) -> float:
    """The distance between centres. Raises NotDrawn when they are not all as far apart."""
    steps = {round(after - before, 6) for before, after in pairwise(sorted(set(values)))}
    if len(steps) > 1 and min(steps) <= 0:
        raise NotDrawn("cells at uneven places")
    return min(steps, default=1.0)
