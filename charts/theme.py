"""What every figure shares: type, hairlines, margins, separators; nothing that is not data or its label."""

from dataclasses import dataclass
from functools import cached_property
from textwrap import wrap

from charts import palette
from language import current

FONT = '"Source Sans 3", sans-serif'
SIZE = 14
SMALL = 12
_LEGEND_CHARACTERS = 18
_SEPARATORS = {"fr": ",\u202f", "en": ".,"}


@dataclass(frozen=True)
class Theme:
    """Paper or dark screen: the background is the page's own, figures are transparent."""

    name: str
    paper: str
    ink: str
    muted: str
    hairline: str

    @cached_property
    def marks(self) -> dict[str, palette.Mark]:
        """The mark of each verdict."""
        return palette.DARK if self.name == "dark" else palette.LIGHT


LIGHT = Theme("light", palette.LIGHT_PAPER, "#1f1d19", "#625d53", "#dcd8cd")
DARK = Theme("dark", palette.DARK_PAPER, "#ece8dd", "#aba496", "#3b3831")

CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "responsive": True}
"""How a figure behaves in a page: still, and as wide as its column."""


TEMPLATE = {
    "layout": {
        "autotypenumbers": "strict",
        "hovermode": "closest",
        "hoverlabel": {"align": "left"},
        "xaxis": {"automargin": True, "ticks": "", "title": {"standoff": 15}},
        "yaxis": {"automargin": True, "ticks": "", "title": {"standoff": 15}},
    },
    "data": {"heatmap": [{"type": "heatmap", "colorbar": {"outlinewidth": 0, "ticks": ""}}]},
}
"""What stands behind every figure: our own few words, instead of a default that importing a library may change."""


def layout(theme: Theme, height: int) -> dict:
    """The layout that a figure starts from; it fits any width from 320 px up."""
    return {
        "template": TEMPLATE,
        "height": height,
        "autosize": True,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": SIZE, "color": theme.ink},
        "separators": _SEPARATORS[current()],
        "margin": {"l": 6, "r": 6, "t": 10, "b": 4, "autoexpand": True},
        "bargap": 0.15,
        "showlegend": False,
        "dragmode": False,
        "hoverlabel": {
            "bgcolor": theme.paper,
            "bordercolor": theme.hairline,
            "font": {"family": FONT, "size": SIZE, "color": theme.ink},
        },
        "legend": {
            "orientation": "h",
            "traceorder": "normal",
            "x": 0,
            "xanchor": "left",
            "entrywidth": 0.49,
            "entrywidthmode": "fraction",
            "font": {"size": SMALL, "color": theme.ink},
            "itemclick": False,
            "itemdoubleclick": False,
            # A figure of one bar is not twice as high as its legend, which would be cut off.
            "maxheight": 1,
            "bgcolor": "rgba(0,0,0,0)",
        },
    }


def bare_axis(**settings: object) -> dict:
    """An axis that is not drawn."""
    return {"visible": False, "fixedrange": True, **settings}


def axis(theme: Theme, **settings: object) -> dict:
    """An axis of labels without a line."""
    return {
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "showline": False,
        "ticks": "",
        "automargin": True,
        "tickfont": {"size": SMALL, "color": theme.muted},
        **settings,
    }


def scale(theme: Theme, **settings: object) -> dict:
    """An axis of values, with hairlines across the figure."""
    return axis(theme, showgrid=True, gridcolor=theme.hairline, gridwidth=1, **settings)


def legend_name(label: str) -> str:
    """``label`` on as many lines as two columns of legend need on a phone."""
    return "<br>".join(wrap(label, _LEGEND_CHARACTERS))


def bar_marker(mark: palette.Mark) -> dict:
    """The marker of bars for a verdict: colour, pattern, and an edge that keeps neighbours apart."""
    return {
        "color": mark.fill,
        "line": {"color": mark.colour, "width": 1},
        "pattern": {
            "shape": mark.pattern,
            "fgcolor": mark.pattern_colour,
            "bgcolor": mark.fill,
            "fillmode": "replace",
            "size": 7,
            "solidity": 0.18,
        },
    }
