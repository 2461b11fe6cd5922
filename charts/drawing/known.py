"""What this room knows of Plotly: each attribute with the values it draws (``ANY``, or those listed).

``UNSEEN`` attributes rule what happens under a mouse or are already written into our texts: nothing of them is drawn.
"""

from charts.theme import FONT

ANY = object()
UNSEEN = object()

CLEAR = "rgba(0,0,0,0)"
PATTERNS = ("", ".", "x", "/", "\\", "|", "-")
SYMBOLS = ("circle", "circle-open", "diamond", "line-ns", "square", "triangle-right", "x-thin-open")
DASHES = ("solid", "dot", "dash")
_ANCHORS_X = ("left", "center", "right")
_ANCHORS_Y = ("top", "middle", "bottom")


def _of(prefix: str, names: str, values: object = ANY) -> dict[str, object]:
    return {f"{prefix}.{name}": values for name in names.split()}


_EVERY_TRACE = {
    **dict.fromkeys("x y name meta customdata hovertemplate".split(), ANY),
    "hoverinfo": UNSEEN,
    "uid": UNSEEN,
}
_PATTERN = {
    "marker.pattern.shape": PATTERNS,
    **_of("marker.pattern", "fgcolor bgcolor size solidity"),
    "marker.pattern.fillmode": ("replace", "overlay"),
}

KNOWN = {
    "bar": {
        **_EVERY_TRACE,
        **_PATTERN,
        **_of("marker", "color line.color line.width"),
        **dict.fromkeys("base width text".split(), ANY),
        "orientation": ("h", "v"),
        "textposition": ("inside",),
        "insidetextanchor": ("middle",),
        "textangle": (0,),
        **_of("insidetextfont", "color size shadow"),
    },
    "scatter": {
        **_EVERY_TRACE,
        "mode": ("lines", "markers", "text", "lines+markers", "markers+text", "lines+markers+text"),
        "text": ANY,
        "textposition": tuple(f"{v} {h}" for v in ("top", "middle", "bottom") for h in ("left", "center", "right")),
        **_of("textfont", "size color"),
        "cliponaxis": UNSEEN,
        "line.shape": ("linear", "hv"),
        "line.dash": DASHES,
        **_of("line", "color width"),
        "marker.symbol": SYMBOLS,
        "marker.opacity": (0, 1),
        **_of("marker", "size color line.color line.width"),
    },
    "heatmap": {
        **_EVERY_TRACE,
        **dict.fromkeys("z text zmin zmax colorscale xgap ygap".split(), ANY),
        "texttemplate": ("%{text}",),
        **_of("textfont", "size color"),
        "showscale": (True, False),
        "hoverongaps": UNSEEN,
        "colorbar.orientation": ("h",),
        "colorbar.x": (0,),
        "colorbar.xanchor": ("left",),
        "colorbar.y": (1,),
        "colorbar.yanchor": ("bottom",),
        "colorbar.title.side": ("top",),
        "colorbar.outlinewidth": (0,),
        **_of("colorbar", "len thickness title.text title.font.size tickvals ticktext tickfont.size tickfont.color"),
    },
}

_AXIS = {
    **dict.fromkeys("visible range tickvals ticktext showgrid gridcolor gridwidth".split(), ANY),
    **dict.fromkeys("showticklabels tickfont.size tickfont.color".split(), ANY),
    **_of("title", "text font.size font.color standoff"),
    "fixedrange": UNSEEN,
    "type": ("linear", "date"),
    "side": ("bottom", "top", "left"),
    "zeroline": (False,),
    "showline": (False,),
    "ticks": ("",),
    "automargin": (True,),
    "tickangle": (0,),
    "tickformat": ("d",),
    "constrain": ("domain",),
    "constraintoward": ("left", "top"),
    "scaleanchor": ("x",),
}
_ANNOTATION = {
    **dict.fromkeys("text x y ax ay font.size font.color arrowwidth arrowcolor".split(), ANY),
    "xref": ("x", "paper"),
    "yref": ("y", "paper"),
    "axref": ("x",),
    "ayref": ("y",),
    "xanchor": _ANCHORS_X,
    "yanchor": _ANCHORS_Y,
    "showarrow": (True, False),
    "arrowhead": (0,),
}
_SHAPE = {
    **dict.fromkeys("x0 x1 y0 y1 line.color line.width fillcolor".split(), ANY),
    "type": ("line", "rect"),
    "xref": ("x", "paper"),
    "yref": ("y",),
    "line.dash": DASHES,
    "layer": ("above", "below"),
}

LAYOUT = {
    "height": ANY,
    "autosize": UNSEEN,
    "paper_bgcolor": (CLEAR,),
    "plot_bgcolor": (CLEAR,),
    "font.family": (FONT,),
    **_of("font", "size color"),
    "separators": UNSEEN,
    **_of("margin", "l r t b"),
    "margin.autoexpand": (True,),
    "bargap": ANY,
    "barmode": ("stack", "group", "overlay"),
    "uniformtext.minsize": ANY,
    "uniformtext.mode": ("hide",),
    "showlegend": (True, False),
    "dragmode": UNSEEN,
    **_of("hoverlabel", "bgcolor bordercolor font.family font.size font.color", UNSEEN),
    "legend.orientation": ("h",),
    "legend.traceorder": ("normal",),
    "legend.x": (0,),
    "legend.xanchor": ("left",),
    "legend.y": ANY,
    "legend.yanchor": ("top", "bottom"),
    "legend.entrywidth": ANY,
    "legend.entrywidthmode": ("fraction",),
    **_of("legend", "font.size font.color"),
    "legend.maxheight": (1,),
    **_of("legend", "itemclick itemdoubleclick", UNSEEN),
    "legend.bgcolor": (CLEAR,),
    **{f"{axis}.{name}": values for axis in ("xaxis", "yaxis") for name, values in _AXIS.items()},
    **{f"annotations[].{name}": values for name, values in _ANNOTATION.items()},
    **{f"shapes[].{name}": values for name, values in _SHAPE.items()},
}
