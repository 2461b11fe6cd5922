"""A view that shows nothing and keeps every chart that a page draws."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import plotly.graph_objects as go

from analysis.selection import Selection
from ui.view import View


@dataclass(frozen=True)
class Drawn:
    """A chart of a page, and what it was drawn for if not the selection of the page."""

    name: str
    figure: go.Figure
    selection: Selection | None


@dataclass(frozen=True)
class Recorder(View):
    """The pages' view, without anything to look at: ``charts`` are those drawn so far."""

    charts: list[Drawn] = field(default_factory=list, compare=False)

    def chart(self, draw, text, *data, name, selection=None, stamp=""):
        self.charts.append(Drawn(name, draw(*data, self.theme), selection))

    @contextmanager
    def folded(self, label: str, key: str) -> Iterator[None]:
        yield

    def tabs(self, parts, of=""):
        for write in parts.values():
            write()

    def _nothing(self, *_shown, **_settings):
        return None

    write = title = section = code = choices = pages = table = downloads = share = _nothing
