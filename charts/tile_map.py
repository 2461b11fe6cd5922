"""A map of departments made of equal squares: no contour, no tile of a map, nothing from another host."""

import plotly.graph_objects as go
import polars as pl

from charts.theme import LIGHT, SMALL, Theme, bare_axis, layout
from language import formats
from language import gettext as _

SCALES = {
    "light": ("#eef5ec", "#a9cfae", "#5d9f78", "#22704f", "#0a4430"),
    "dark": ("#22302a", "#2f5a48", "#3d8467", "#5fb08c", "#b4ecd0"),
}
"""One hue, green, which no verdict has; from none to all, further and further from the page."""

_TILE_PX = 36


def tile_map(frame: pl.DataFrame, title: str, theme: Theme = LIGHT) -> go.Figure:
    """One square a department, its number on it, as deep as its share.

    ``frame`` has ``department_code, department_name, tile_column, tile_row, share, counted_count, town_hall_count``;
    ``title`` is said above the scale of colours.
    """
    columns, rows = frame["tile_column"].max() + 1, frame["tile_row"].max() + 1
    shares, codes, hovers = ([[None] * columns for _row in range(rows)] for _layer in range(3))
    for tile in frame.iter_rows(named=True):
        place = (tile["tile_row"], tile["tile_column"])
        for layer, value in ((shares, tile["share"]), (codes, tile["department_code"]), (hovers, _hover(tile))):
            layer[place[0]][place[1]] = value
    highest = max(frame["share"].max() or 0, 0.01)
    ticks = [highest * step / 4 for step in range(5)]
    scale = SCALES[theme.name]
    figure = go.Figure(layout=layout(theme, height=_TILE_PX * rows + 70))
    figure.add_heatmap(
        z=shares,
        zmin=0,
        zmax=highest,
        text=codes,
        texttemplate="%{text}",
        textfont={"size": SMALL},
        customdata=hovers,
        hovertemplate="%{customdata}<extra></extra>",
        hoverongaps=False,
        xgap=2,
        ygap=2,
        colorscale=[[step / (len(scale) - 1), colour] for step, colour in enumerate(scale)],
        colorbar={
            "orientation": "h",
            "x": 0,
            "xanchor": "left",
            "y": 1.0,
            "yanchor": "bottom",
            "len": 0.6,
            "thickness": 10,
            "title": {"text": title, "side": "top", "font": {"size": SMALL}},
            "tickvals": ticks,
            "ticktext": [formats.short_percent(tick) for tick in ticks],
            "tickfont": {"size": SMALL, "color": theme.muted},
            "outlinewidth": 0,
        },
    )
    figure.update_layout(
        xaxis=bare_axis(range=[-0.5, columns - 0.5], constrain="domain", constraintoward="left"),
        yaxis=bare_axis(range=[rows - 0.5, -0.5], scaleanchor="x", constrain="domain", constraintoward="top"),
    )
    return figure


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


def _hover(tile: dict) -> str:
    return _("{name} ({code})<br>{share} : {counted} mairies sur {total}").format(
        name=tile["department_name"],
        code=tile["department_code"],
        share=formats.percent(tile["share"]),
        counted=formats.count(tile["counted_count"]),
        total=formats.count(tile["town_hall_count"]),
    )
