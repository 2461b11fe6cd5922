"""A page drawn for nobody: its words, charts and tables are gathered for whoever needs one of them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib import import_module
from types import ModuleType

import plotly.graph_objects as go
import polars as pl

from analysis.selection import Selection
from charts import theme as chart_theme
from charts.theme import Theme
from language import speaking
from loaders.editions import Edition
from ui import export, sitemap
from ui.address import State
from ui.citation import Cited
from ui.tables import Column
from ui.view import View


class Enough(Exception):
    """What was wanted of a page has been gathered: the rest of it need not be worked out."""


@dataclass(frozen=True)
class Chart:
    """A chart of a page: its name, the title above it, the same in words, what it was drawn from and for."""

    name: str
    title: str
    text: str
    draw: Callable[..., go.Figure]
    data: tuple
    selection: Selection

    def figure(self, theme: Theme) -> go.Figure:
        """The figure on paper or on a dark screen."""
        return self.draw(*self.data, theme)


@dataclass(frozen=True)
class Table:
    """A table of a page: its name, its rows, the columns that are shown and those that files have besides."""

    name: str
    caption: str
    frame: pl.DataFrame
    columns: tuple[Column, ...]


@dataclass
class Found:
    """What a page says and shows, as far as it was drawn; ``files`` gives the rows of each table, in full."""

    title: str = ""
    lead: str = ""
    section: str = ""
    charts: list[Chart] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    files: dict[str, Callable[[], export.Sheet]] = field(default_factory=dict)


@dataclass(frozen=True)
class Gathered(View):
    """A view that writes nothing and remembers; it stops as soon as ``is_enough``."""

    found: Found = field(default_factory=Found)
    is_enough: Callable[[Found], bool] = lambda _found: False

    def _found_more(self) -> None:
        if self.is_enough(self.found):
            raise Enough

    def write(self, body: str) -> None:
        """Markup is not gathered."""

    def title(self, text: str) -> None:
        """The title of the page."""
        self.found.title = text
        self._found_more()

    def lead(self, text: str) -> None:
        """The sentence that the filters produce."""
        self.found.lead = text
        super().lead(text)
        self._found_more()

    def section(self, text: str, anchor: str | None = None) -> None:
        """The title of the part being drawn."""
        self.found.section = text

    def code(self, text: str) -> None:
        """Texts to be copied are not gathered."""

    @contextmanager
    def folded(self, label: str, key: str) -> Iterator[None]:
        """What is folded is gathered like the rest."""
        yield

    def tabs(self, parts: Mapping[str, Callable[[], None]], of: str = "") -> None:
        """Every part is gathered."""
        for write in parts.values():
            write()

    def choices(self, draw: Callable[..., None], *known: object) -> None:
        """Nothing can be chosen."""

    def pages(self, page_count: int) -> None:
        """Nothing can be turned."""

    def chart(
        self, draw: Callable, text: str, *data: object, name: str, selection: Selection | None = None, stamp: str = ""
    ) -> None:
        """Remember a chart."""
        title = self.found.section or self.found.title
        self.found.charts.append(Chart(name, title, text, draw, data, selection or self.selection))
        self._found_more()

    def table(self, frame: pl.DataFrame, columns: Sequence[Column], name: str, caption: str = "") -> None:
        """Remember a table, and the file that it is offered as."""
        self.found.tables.append(Table(name, caption, frame, tuple(columns)))
        self.downloads(lambda: frame, columns, name)

    def downloads(
        self, rows: Callable[[], pl.DataFrame], columns: Sequence[Column], name: str, label: str = ""
    ) -> None:
        """Remember what would be written in a file."""
        self.found.files[name] = lambda: export.Sheet(rows(), columns, self.citation(name))
        self._found_more()

    def share(self, title: str) -> None:
        """Nothing is offered."""


def draw_page(view: View) -> None:
    """Draw on ``view`` the page that its state names. Raises Enough when the view does."""
    _page_module(view.state).draw(view)


def cited(state: State) -> Cited | None:
    """What the page of ``state`` cites instead of the contracts of its edition, if it does."""
    cites = getattr(_page_module(state), "cited", None)
    return cites(state) if cites else None


def gather(
    state: State, edition: Edition, origin: str = "", is_enough: Callable[[Found], bool] = lambda _found: False
) -> Found:
    """What the page of ``state`` says and shows on ``edition``, in the language of the state, until ``is_enough``."""
    view = Gathered(state, edition, chart_theme.LIGHT, origin, cited(state), is_enough=is_enough)
    with speaking(state.language), suppress(Enough):
        draw_page(view)
    return view.found


def has_its_sentence(found: Found) -> bool:
    """Whether the title and the first sentence are known."""
    return bool(found.title and found.lead)


def has_chart(name: str) -> Callable[[Found], bool]:
    """Whether the chart of that name is known; any chart when no name is given."""
    return lambda found: any(name in ("", chart.name) for chart in found.charts)


def has_file(name: str) -> Callable[[Found], bool]:
    """Whether the rows of the table of that name are known."""
    return lambda found: name in found.files


def _page_module(state: State) -> ModuleType:
    return import_module(f"pages.{sitemap.page(state.page).file}")
