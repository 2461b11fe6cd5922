"""Where a figure comes from, written inside it: a picture that is cut out of its page still says so."""

from textwrap import wrap

import plotly.graph_objects as go

from charts.drawing.document import foot
from charts.theme import SMALL, Theme

_LINE_CHARACTERS = 58
_LINE_PX = 17
_GAP_PX = 10
_PHONE_PX = 360


def signed(figure: go.Figure, words: str, theme: Theme) -> go.Figure:
    """``figure`` with ``words`` (source, edition, date) at its foot, on as many lines as a phone needs.

    Plotly shares one margin between all that stands under a plot: what is there already is measured, and the words
    get a room of their own below it.
    """
    lines = wrap(words, _LINE_CHARACTERS)
    room = _LINE_PX * len(lines) + _GAP_PX
    height = figure.layout.height + room
    return figure.update_layout(
        margin={"b": foot(figure, _PHONE_PX) + room},
        height=height,
        title={
            "text": "<br>".join(lines),
            "font": {"size": SMALL, "color": theme.muted},
            "xref": "container",
            "x": 0,
            "xanchor": "left",
            "yref": "container",
            "y": (room - _GAP_PX) / height,
            "yanchor": "top",
            "pad": {"l": 6},
        },
    )
