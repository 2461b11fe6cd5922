"""A map of departments made of equal squares: no contour, no tile of a map, nothing from another host."""

from collections.abc import Mapping
from textwrap import wrap

import plotly.graph_objects as go
import polars as pl

from charts.behind import Behind, marked
from charts.canvas import Canvas
from charts.theme import LIGHT, SMALL, Theme, bare_axis
from language import formats
from language import gettext as _

SCALES = {
    "light": ("#eef5ec", "#a9cfae", "#5d9f78", "#22704f", "#0a4430"),
    "dark": ("#22302a", "#2f5a48", "#3d8467", "#5fb08c", "#b4ecd0"),
}
"""One hue, green, which no verdict has; from none to all, further and further from the page."""

_INKS = {"light": ("#000000", "#ffffff", 0.65), "dark": ("#ffffff", "#000000", 0.49)}
"""The ink on pale squares, the ink on deep ones, and from which part of the scale: where both contrast alike."""

_TILE_PX = 31
_LINE_CHARACTERS = 44
_ENOUGH_TOWN_HALLS = 10
"""A department of one town hall is at 0 or 100 %: it does not set the scale, it only reaches its end."""


def tile_map(frame: pl.DataFrame, title: str, counted: Mapping[str, object], theme: Theme = LIGHT) -> go.Figure:
    """One square a department, its number on it, as deep as its share.

    ``frame`` has ``department_code, department_name, tile_column, tile_row, share, counted_count, town_hall_count``;
    ``title`` is said above the scale of colours; ``counted`` are the filters that keep the town halls counted.
    """
    columns, rows = frame["tile_column"].max() + 1, frame["tile_row"].max() + 1
    highest = _highest(frame)
    lines = wrap(title, _LINE_CHARACTERS)
    canvas = Canvas(theme, _TILE_PX * rows + 50 + 16 * len(lines))
    canvas.cells(
        z=frame["share"].to_list(),
        x=frame["tile_column"].to_list(),
        y=frame["tile_row"].to_list(),
        zmin=0,
        zmax=highest,
        hoverinfo="skip",
        xgap=2,
        ygap=2,
        colorscale=[[step / (len(SCALES[theme.name]) - 1), colour] for step, colour in enumerate(SCALES[theme.name])],
        colorbar=_legend("<br>".join(lines), highest, theme),
    )
    canvas.points(
        x=frame["tile_column"].to_list(),
        y=frame["tile_row"].to_list(),
        mode="markers+text",
        marker={"symbol": "square", "size": _TILE_PX, "opacity": 0},
        text=frame["department_code"].to_list(),
        textfont={"size": SMALL, "color": [ink(share / highest, theme) for share in frame["share"]]},
        customdata=[_hover(tile) for tile in frame.iter_rows(named=True)],
        hovertemplate="%{customdata}<extra></extra>",
        meta=marked(
            Behind({**counted, "department": code}, "town_hall_count", count, "messageries") if count else None
            for code, count in frame.select("department_code", "counted_count").iter_rows()
        ),
    )
    return canvas.figure(
        xaxis=bare_axis(range=[-0.5, columns - 0.5], constrain="domain", constraintoward="left"),
        yaxis=bare_axis(range=[rows - 0.5, -0.5], scaleanchor="x", constrain="domain", constraintoward="top"),
    )


def ink(depth: float, theme: Theme) -> str:
    """The colour of the number on a square at ``depth`` of the scale, from 0 to 1."""
    on_pale, on_deep, limit = _INKS[theme.name]
    return on_deep if depth >= limit else on_pale


def tile_map_text(frame: pl.DataFrame) -> str:
    """The same in words: the departments with the largest and the smallest share, and the one in the middle."""
    if frame.is_empty():
        return _("Aucun département à montrer.")
    ordered = frame.sort("share", "department_code")
    last, first = ordered.row(-1, named=True), ordered.row(0, named=True)
    return _("{count} départements : de {low} ({lowest}) à {high} ({highest}), {median} dans celui du milieu.").format(
        count=frame.height,
        low=formats.percent(first["share"]),
        lowest=first["department_name"],
        high=formats.percent(last["share"]),
        highest=last["department_name"],
        median=formats.percent(ordered.row(frame.height // 2, named=True)["share"]),
    )


def _highest(frame: pl.DataFrame) -> float:
    measured = frame.filter(pl.col("town_hall_count") >= _ENOUGH_TOWN_HALLS)
    return max(measured["share"].max() or 0, 0.01)


def _legend(title: str, highest: float, theme: Theme) -> dict:
    ticks = [highest * step / 4 for step in range(5)]
    texts = [formats.short_percent(tick) for tick in ticks]
    return {
        "orientation": "h",
        "x": 0,
        "xanchor": "left",
        "y": 1.0,
        "yanchor": "bottom",
        "len": 0.6,
        "thickness": 10,
        "title": {"text": title, "side": "top", "font": {"size": SMALL}},
        "tickvals": ticks,
        "ticktext": [*texts[:-1], f"≥\u202f{texts[-1]}"] if highest < 1 else texts,
        "tickfont": {"size": SMALL, "color": theme.muted},
        "outlinewidth": 0,
    }


def _hover(tile: dict) -> str:
    return _("{name} ({code})<br>{share} : {counted} mairies sur {total}").format(
        name=tile["department_name"],
        code=tile["department_code"],
        share=formats.percent(tile["share"]),
        counted=formats.count(tile["counted_count"]),
        total=formats.count(tile["town_hall_count"]),
    )
