"""Where a figure comes from, written inside it: a picture that is cut out of its page still says so."""

from textwrap import wrap

import plotly.graph_objects as go

from charts.theme import SMALL, Theme

_LINE_CHARACTERS = 58
_LINE_PX = 17
_GAP_PX = 6


def signed(figure: go.Figure, words: str, theme: Theme) -> go.Figure:
    """``figure`` with ``words`` (source, edition, date) at its foot, on as many lines as a phone needs."""
    lines = wrap(words, _LINE_CHARACTERS)
    room = _LINE_PX * len(lines) + _GAP_PX
    layout = figure.layout
    return figure.update_layout(
        height=layout.height + room,
        margin={"b": (layout.margin.b or 0) + room},
        title={
            "text": "<br>".join(lines),
            "font": {"size": SMALL, "color": theme.muted},
            "xref": "container",
            "x": 0,
            "xanchor": "left",
            "yref": "container",
            "y": 0,
            "yanchor": "bottom",
            "pad": {"l": 6, "b": 4},
        },
    )
