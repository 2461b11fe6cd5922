"""A figure as a picture that leaves the page: its title above, its source under it, on our paper."""

from collections.abc import Mapping
from dataclasses import dataclass

import plotly.graph_objects as go

from charts.drawing import fonts
from charts.drawing.document import FAMILY, draw, prefix_of
from charts.drawing.markup import element, escaped, number
from charts.drawing.texts import cut, wrapped
from charts.theme import SMALL, Theme

PREVIEW_PX = (1200, 630)
"""What social networks and messengers show of a link."""

_SERIF = "Newsreader,serif"
_TITLE_LINE, _CREDIT_LINE = 1.2, 1.4
_ABOVE_BASE_LINE = 0.8


@dataclass(frozen=True)
class Caption:
    """What is said around a figure: its title, the same in words, and its source, edition, date and link."""

    title: str
    text: str
    credits: tuple[str, ...]


@dataclass(frozen=True)
class _Style:
    margin: int
    title_size: int
    credit_size: int
    most_title_lines: int


_DOWNLOAD = _Style(24, 26, SMALL, 6)
_PREVIEW = _Style(48, 44, 20, 2)
_LEAST_SCALE, _MOST_SCALE = 0.7, 2.0
_SCALE_OF_A_BEGINNING = 1.4
_FADE_PX = 56


def download(figure: go.Figure | Mapping, caption: Caption, theme: Theme, width: int = 1000) -> str:
    """The picture as SVG, ``width`` px wide and as high as it needs. Raises NotDrawn as ``document.svg`` does."""
    style = _DOWNLOAD
    room = width - 2 * style.margin
    drawn = draw(figure, room)
    title = _title(caption, style, room, theme)
    sources = [line for credit in caption.credits for line in wrapped(credit, room, style.credit_size)]
    top = title.height + style.margin
    credits_top = top + drawn.height + style.margin / 2
    height = credits_top + len(sources) * style.credit_size * _CREDIT_LINE + style.margin * 0.75
    body = (
        title.body
        + element(
            "g", drawn.named(prefix_of(caption.title, drawn)), transform=f"translate({style.margin} {number(top)})"
        )
        + _credits(sources, style, credits_top, theme)
    )
    return _paper(body, (width, height), caption, theme)


def preview(figure: go.Figure | Mapping, caption: Caption, theme: Theme) -> str:
    """The picture as SVG at the size that link previews have.

    The figure is drawn as large as it fits. Of one so long that it could not be read, the beginning is shown, fading
    out. Each credit has one line, cut where it is full. Raises NotDrawn as ``document.svg`` does.
    """
    style, (width, height) = _PREVIEW, PREVIEW_PX
    room = width - 2 * style.margin
    title = _title(caption, style, room, theme)
    credits = [cut(credit, room, style.credit_size) for credit in caption.credits]
    credits_top = height - style.margin / 2 - style.credit_size * _CREDIT_LINE * len(credits)
    top = title.height + style.margin / 2
    free = credits_top - top - style.margin / 4
    natural = draw(figure, room).height
    fitted = min(free / natural, _MOST_SCALE)
    scale = fitted if fitted >= _LEAST_SCALE else _SCALE_OF_A_BEGINNING
    drawn = draw(figure, round(room / scale))
    shown = min(drawn.height, free / scale)
    inner = element(
        "svg",
        drawn.named(prefix_of(caption.title, drawn)),
        x=style.margin,
        y=top + (free - shown * scale) / 2,
        width=room,
        height=shown * scale,
        viewBox=f"0 0 {number(drawn.width)} {number(shown)}",
    )
    fade = _fade(top + free, width, theme) if shown < drawn.height else ""
    body = title.body + inner + fade + _credits(credits, style, credits_top, theme)
    return _paper(body, PREVIEW_PX, caption, theme)


@dataclass(frozen=True)
class _Block:
    """Some lines at the top of a picture, and where what follows may begin."""

    body: str
    height: float


def _title(caption: Caption, style: _Style, room: float, theme: Theme) -> _Block:
    lines = wrapped(caption.title, room, style.title_size, fonts.SERIF)
    if len(lines) > style.most_title_lines:
        rest = " ".join(lines[style.most_title_lines - 1 :])
        lines = [*lines[: style.most_title_lines - 1], cut(rest, room, style.title_size, fonts.SERIF)]
    step = style.title_size * _TITLE_LINE
    body = "".join(
        element(
            "tspan", escaped(line), x=style.margin, y=style.margin + style.title_size * _ABOVE_BASE_LINE + rank * step
        )
        for rank, line in enumerate(lines)
    )
    written = element("text", body, font_family=_SERIF, font_weight=500, font_size=style.title_size, fill=theme.ink)
    return _Block(written, style.margin + len(lines) * step)


def _credits(lines: list[str], style: _Style, top: float, theme: Theme) -> str:
    step = style.credit_size * _CREDIT_LINE
    body = "".join(
        element("tspan", escaped(line), x=style.margin, y=top + style.credit_size + rank * step)
        for rank, line in enumerate(lines)
    )
    return element("text", body, font_size=style.credit_size, fill=theme.muted)


def _fade(bottom: float, width: float, theme: Theme) -> str:
    """The paper coming over what is too long to be shown."""
    stops = element("stop", stop_color=theme.paper, stop_opacity=0) + element("stop", offset=1, stop_color=theme.paper)
    gradient = element("linearGradient", stops, id="fade", x2=0, y2=1)
    band = element("rect", y=bottom - _FADE_PX, width=width, height=_FADE_PX + 2, fill="url(#fade)")
    return element("defs", gradient) + band


def _paper(body: str, size: tuple[float, float], caption: Caption, theme: Theme) -> str:
    width, height = number(size[0]), number(size[1])
    ground = element("rect", width=size[0], height=size[1], fill=theme.paper)
    named = element("title", escaped(caption.title)) + element("desc", escaped(caption.text))
    return element(
        "svg",
        named + ground + body,
        xmlns="http://www.w3.org/2000/svg",
        width=width,
        height=height,
        viewBox=f"0 0 {width} {height}",
        role="img",
        font_family=FAMILY,
        font_size=SMALL,
    )
