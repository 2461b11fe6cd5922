"""The frame of a page: what it is asked, on which edition, its title, notices, tables, charts and footer."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import polars as pl
import streamlit as st

from analysis import quality
from analysis.held import awards_for
from analysis.selection import Selection
from analysis.shares import interval_by
from analysis.vendors import top_groups, top_vendors
from charts import theme as chart_theme
from charts.theme import Theme
from language import current, speaking, use
from language import gettext as _
from loaders.editions import Edition, UnknownEdition
from ui import address, editions, export, filters, footer, markup, share, state, tables
from ui.address import State
from ui.tables import Column

WIDTH_PX = 1040
STYLE = Path(__file__).parent / "static" / "observatory.css"


@dataclass(frozen=True)
class View:
    """One view of a page: the state that its address describes, the edition it shows, paper or dark screen."""

    state: State
    edition: Edition
    theme: Theme
    cited: share.Cited | None = None

    @property
    def selection(self) -> Selection:
        """What the reader asked for."""
        return self.state.selection

    def title(self, text: str) -> None:
        """The title of the page, as text and nothing else."""
        self._write(lambda: st.title(markup.plain(text), anchor=False))

    def section(self, text: str, anchor: str | None = None) -> None:
        """The title of a part of the page; ``anchor`` when links lead there."""
        self._write(lambda: st.header(markup.plain(text), anchor=anchor or False))

    def lead(self, text: str) -> None:
        """The sentence that the filters produce."""
        self.html(f'<p class="np-lead">{markup.said(text)}</p>')

    def paragraphs(self, *texts: str) -> None:
        """Some paragraphs of the page."""
        self.html("".join(f'<p class="np-text">{markup.said(text)}</p>' for text in texts))

    def note(self, text: str) -> None:
        """A remark, smaller than the text."""
        self.html(f'<p class="np-note">{markup.said(text)}</p>')

    def notice(self, text: str) -> None:
        """Something about this view that the reader must not miss."""
        self.html(f'<p class="np-notice" role="status">{markup.said(text)}</p>')

    def html(self, body: str) -> None:
        """Markup of our own making, whose texts are escaped."""
        self._write(lambda: st.html(body))

    def _write(self, write: Callable[[], object]) -> None:
        if not self.state.embed:
            write()

    def ask(self, question: Callable, *details: object, selection: Selection | None = None) -> object:
        """The answer of ``question(awards, selection, *details)``, kept for every reader who asks the same."""
        asked = selection or self.selection
        return _kept_answer(
            self.edition.id,
            _name(question),
            repr((asked, details)),
            lambda: question(awards_for(self.edition, asked), asked, *details),
        )

    def compute(self, question: Callable, *details: object) -> object:
        """The answer of ``question(awards, selection, *details)``, not kept: for what is too long to be."""
        return question(awards_for(self.edition, self.selection), self.selection, *details)

    def ask_edition(self, question: Callable, *details: object) -> object:
        """The answer of ``question(edition, *details)``, kept too."""
        return _kept_answer(self.edition.id, _name(question), repr(details), lambda: question(self.edition, *details))

    def link(self, path: str | None = None, **changes: object) -> str:
        """The address of the same question with changes, on this page or the one at ``path``."""
        if path is None:
            return address.link(address.with_changes(self.state, **changes))
        return address.link(address.on_page(self.state, path, **changes))

    def years(self) -> tuple[int, int]:
        """The first and last year of the edition's contracts, mistyped years of the future apart."""
        last = date.fromisoformat(self.edition.manifest["created_at"][:10]).year
        years = self.ask(interval_by, "year", selection=Selection())["year"].drop_nulls()
        plausible = [year for year in years if year <= last]
        return (min(plausible, default=last), max(plausible, default=last))

    def names(self) -> dict[str, str]:
        """The names of what this view filters by an identifier."""
        names = {}
        for kind, question in (("vendor", top_vendors), ("group", top_groups)):
            identifier = getattr(self.selection, kind)
            if identifier is not None:
                everything = Selection(perimeter="tout", **{kind: identifier})
                for row in self.ask(question, 1, selection=everything).iter_rows(named=True):
                    names[identifier] = row[f"{kind}_name"] or identifier
        return names

    def by_year(self, selection: Selection | None = None) -> pl.DataFrame:
        """The interval of each year, without the mistyped years of the future, which no axis can show."""
        frame = self.ask(interval_by, "year", selection=selection)
        return frame.filter(pl.col("year") <= self.years()[1])

    def filters(self, names: dict[str, str] | None = None) -> None:
        """Draw the filters of this page, except in an embedded chart."""
        if not self.state.embed:
            filters.show(self.state, self.years(), names)

    def chart(self, draw: Callable, text: str, *data: object, name: str) -> None:
        """Draw ``draw(*data, theme)``; ``text`` says the same to whoever cannot see it.

        An embedded page stops after its first chart, with its source under it.
        """
        figure = _kept_figure(
            self.edition.id,
            _name(draw),
            repr((self.state, name)),
            current(),
            self.theme.name,
            lambda: draw(*data, self.theme),
        )
        st.plotly_chart(figure, theme=None, config=chart_theme.CONFIG, alt=text, key=f"chart-{name}")
        if self.state.embed:
            footer.embedded(self.state, self.edition)
            st.stop()

    def table(self, frame: pl.DataFrame, columns: Sequence[Column], name: str, caption: str = "") -> None:
        """Show ``frame`` and offer it as files: the same rows in the same order."""
        if frame.is_empty():
            self.note(_("Rien ne répond à ces filtres."))
            return
        st.html(tables.html(frame, columns, self.theme, caption))
        self.downloads(lambda: frame, columns, name)

    def downloads(
        self, rows: Callable[[], pl.DataFrame], columns: Sequence[Column], name: str, label: str = ""
    ) -> None:
        """Offer the frame that ``rows`` gives as CSV, XLSX and Parquet, written only when one is asked for."""
        title = label or _("Télécharger ce tableau :")
        shared = share.link(self.state, self.edition, st.context.url)
        citation = share.citation(name, self.state, self.edition, shared, self.cited)
        with st.container(horizontal=True, horizontal_alignment="left", vertical_alignment="center", gap="small"):
            st.html(f'<span class="np-note">{markup.said(title)}</span>', width="content")
            for extension, (mime, write) in export.FORMATS.items():
                st.download_button(
                    extension.upper() if extension != "parquet" else "Parquet",
                    data=partial(_written, rows, columns, citation, write, current()),
                    file_name=export.file_name(name, self.edition.id, extension),
                    mime=mime,
                    key=f"download-{name}-{extension}",
                    on_click="ignore",
                    type="tertiary",
                )

    def share(self, title: str) -> None:
        """Offer a link that will show the same thing, and the way to cite it."""
        self._write(lambda: share.show(title, self.state, self.edition, self.cited))


@contextmanager
def shown(path: str, cited: Callable[[State], share.Cited] | None = None) -> Iterator[View]:
    """The frame of the page at ``path``: everything drawn inside stands between its notices and its footer."""
    asked, notices = state.read(path)
    use(asked.language)
    st.html(STYLE)
    try:
        edition, gone = editions.opened(asked.edition)
    except UnknownEdition as nothing:
        st.error(str(nothing))
        st.stop()
    state.forget_widgets()
    state.write(asked)
    view = View(asked, edition, _theme(), cited(asked) if cited else None)
    with st.container(horizontal_alignment="center"), st.container(width=WIDTH_PX, gap="medium"):
        view.html(footer.masthead(asked))
        for sentence in (*(notice.sentence() for notice in notices), gone):
            if sentence:
                view.notice(sentence)
        if edition.is_starter:
            view.html(footer.starter_notice(asked))
        yield view
        if asked.embed:
            footer.embedded(asked, edition)
        view.html(footer.footer(asked, edition, view.ask_edition(quality.freshness, date.today())))


@st.cache_resource(max_entries=2_000, show_spinner=False)
def _kept_answer(edition_id: str, question: str, details: str, _answer: Callable[[], object]) -> object:
    return _answer()


@st.cache_resource(max_entries=500, show_spinner=False)
def _kept_figure(edition_id: str, name: str, state: str, language: str, theme: str, _draw: Callable) -> object:
    return _draw()


def _written(rows: Callable, columns: Sequence[Column], citation: str, write: Callable, language: str) -> bytes:
    with speaking(language):
        return write(export.Sheet(rows(), columns, citation))


def _name(function: Callable) -> str:
    return f"{function.__module__}.{function.__qualname__}"


def _theme() -> Theme:
    return chart_theme.DARK if st.context.theme.type == "dark" else chart_theme.LIGHT
