"""A chart as a picture: title above, origin and link under it, as a file or as the preview of a link."""

from textwrap import wrap

from charts import theme as chart_theme
from charts.canvas import Canvas
from charts.drawing import document, picture, raster
from charts.drawing.picture import Caption
from charts.theme import Theme
from language import speaking
from loaders.editions import Edition
from ui import citation
from web.alone import Alone
from web.paper import NARROW_PX

DOWNLOAD_WIDTH_PX = 1000
_SHARPNESS = 2
_LEAD_CHARACTERS = 50
_MOST_LEAD_LINES = 6
_LEAD_SIZE = 20
_LEAD_LINE_PX = 28


def narrow(alone: Alone, theme: Theme) -> str:
    """The figure alone, drawn for a phone, as an SVG to be shown as an image."""
    with speaking(alone.state.language):
        return document.svg(alone.chart.figure(theme), NARROW_PX, None, alone.chart.title, alone.chart.text)


def svg(alone: Alone) -> str:
    """The chart as an SVG of its natural height, with its title, origin and link inside."""
    with speaking(alone.state.language):
        figure = alone.chart.figure(chart_theme.LIGHT)
        return picture.download(figure, _caption(alone), chart_theme.LIGHT, DOWNLOAD_WIDTH_PX)


def png(alone: Alone) -> bytes:
    """The same as a PNG, twice as dense, for print and screens."""
    return raster.png(svg(alone), DOWNLOAD_WIDTH_PX * _SHARPNESS)


def preview(alone: Alone, title: str) -> bytes:
    """What a social network or a newsroom tool shows of a link: ``title`` (the page's) above the chart."""
    with speaking(alone.state.language):
        figure = alone.chart.figure(chart_theme.LIGHT)
        caption = Caption(title, alone.chart.text, (alone.filters, alone.signature))
        return raster.png(picture.preview(figure, caption, chart_theme.LIGHT), picture.PREVIEW_PX[0])


def _caption(alone: Alone) -> Caption:
    return Caption(alone.chart.title, alone.chart.text, (alone.filters, alone.signature, alone.permanent_link))


def without_chart(title: str, lead: str, edition: Edition, language: str) -> bytes:
    """The preview of a view that has no chart: its title and its sentence."""
    theme = chart_theme.LIGHT
    with speaking(language):
        words = wrap(lead, _LEAD_CHARACTERS)[:_MOST_LEAD_LINES]
        figure = Canvas(theme, height=_LEAD_LINE_PX * max(len(words), 1) + 20).figure(
            xaxis=chart_theme.bare_axis(range=[0, 1]),
            yaxis=chart_theme.bare_axis(range=[0, 1]),
            annotations=[
                {
                    "text": line,
                    "x": 0,
                    "xref": "paper",
                    "xanchor": "left",
                    "y": 1 - rank / len(words),
                    "yanchor": "top",
                    "showarrow": False,
                    "font": {"size": _LEAD_SIZE, "color": theme.ink},
                }
                for rank, line in enumerate(words)
            ],
        )
        caption = Caption(title, lead, (citation.signature(edition),))
        return raster.png(picture.preview(figure, caption, theme), picture.PREVIEW_PX[0])
