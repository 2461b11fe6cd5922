"""What a page asks and says, whatever shows it: ``ui.screen`` to a visitor, ``web.paper`` as a page without script."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date

import polars as pl

from analysis import quality
from analysis.answers import answer, answer_of_edition, worked_out
from analysis.selection import Selection
from analysis.shares import interval_by
from analysis.vendors import top_groups, top_vendors
from charts.behind import Behind
from charts.theme import Theme
from language import formats
from language import gettext as _
from loaders.editions import Edition
from ui import address, behind, citation, export, filters, footer, forms, kept_tables, markup, sentences
from ui.address import State
from ui.citation import Cited
from ui.tables import Column

FIRST_ROWS = 6
LEAST_FOLDED = FIRST_ROWS + 2
"""The rows of a long table that are shown, and up to how many none is folded."""


@dataclass(frozen=True)
class View(ABC):
    """One view of a page: the state that its address describes, the edition it shows, paper or dark screen.

    ``origin`` is the address of the site itself, without a page. A bare view (``state.embed``) shows one chart and
    nothing else: what pages write around it is dropped.
    """

    state: State
    edition: Edition
    theme: Theme
    origin: str = ""
    cited: Cited | None = None

    @property
    def selection(self) -> Selection:
        """What the reader asked for."""
        return self.state.selection

    @property
    def is_bare(self) -> bool:
        """Whether one chart alone is shown."""
        return self.state.embed

    # What is asked

    def ask(self, question: Callable, *details: object, selection: Selection | None = None) -> object:
        """The answer of ``question(awards, selection, *details)``, kept for every reader who asks the same."""
        return answer(self.edition, question, selection or self.selection, *details)

    def compute(self, question: Callable, *details: object) -> object:
        """The answer of ``question(awards, selection, *details)``, not kept: for what is too long to be."""
        return worked_out(self.edition, question, self.selection, *details)

    def ask_edition(self, question: Callable, *details: object) -> object:
        """The answer of ``question(edition, *details)``, kept too."""
        return answer_of_edition(self.edition, question, *details)

    def years(self) -> tuple[int, int]:
        """The first and last year of the edition's contracts, mistyped years of the future apart."""
        last = date.fromisoformat(self.edition.manifest["created_at"][:10]).year
        years = self.ask(interval_by, "year", selection=Selection())["year"].drop_nulls()
        plausible = [year for year in years if year <= last]
        return (min(plausible, default=last), max(plausible, default=last))

    def by_year(self, selection: Selection | None = None) -> pl.DataFrame:
        """The interval of each year, without the mistyped years of the future, which no axis can show."""
        frame = self.ask(interval_by, "year", selection=selection)
        return frame.filter(pl.col("year") <= self.years()[1])

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

    def link(self, path: str | None = None, **changes: object) -> str:
        """The address of the same question with changes, on this page or the one at ``path``."""
        if path is None:
            return address.link(address.with_changes(self.state, **changes))
        return address.link(address.on_page(self.state, path, **changes))

    def vendor_link(self, vendor_id: str | None) -> str:
        """The address of the page of a vendor; empty for one without an identifier."""
        if vendor_id is None:
            return ""
        return self.link("fournisseurs", vendor=vendor_id, group=None, search="")

    def behind(self, what: Behind | None, selection: Selection | None = None) -> State | None:
        """The state of the page that lists what stands behind a mark drawn for ``selection``."""
        return behind.state(self.state, selection or self.selection, what)

    def shared_link(self) -> str:
        """The address that will always show this very view."""
        return citation.link(self.state, self.edition, self.origin)

    def citation(self, title: str) -> str:
        """The paragraph that cites what this view shows under ``title``."""
        return citation.citation(title, self.state, self.edition, self.shared_link(), self.cited)

    def signature(self) -> str:
        """What a picture of this view says of its origin."""
        return citation.signature(self.edition, self.cited)

    # What is said

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
        """Markup of our own making, whose texts are escaped; nothing in a bare view."""
        if not self.is_bare:
            self.write(body)

    @abstractmethod
    def write(self, body: str) -> None:
        """Markup of our own making, even in a bare view."""

    @abstractmethod
    def title(self, text: str) -> None:
        """The title of the page, as text and nothing else."""

    @abstractmethod
    def section(self, text: str, anchor: str | None = None) -> None:
        """The title of a part of the page; ``anchor`` when links lead there."""

    @abstractmethod
    def code(self, text: str) -> None:
        """A text to be copied as it is."""

    @abstractmethod
    def folded(self, label: str, key: str) -> AbstractContextManager[None]:
        """A part that the reader unfolds under ``label``: a context in which it is written."""

    @abstractmethod
    def tabs(self, parts: Mapping[str, Callable[[], None]], of: str = "") -> None:
        """Parts of equal rank, each written by its function under the tab of its code (a key of ``TABS``).

        The address says which is open. ``of`` tells apart the groups of tabs of one page.
        """

    # What is shown

    @abstractmethod
    def choices(self, draw: Callable[..., None], *known: object) -> None:
        """What the reader can choose here: ``draw(state, *known)`` draws it where something can be chosen."""

    def filters(self, names: Mapping[str, str] | None = None) -> None:
        """The filters of this page, in words, then to be changed where they can be.

        ``names`` says how to call what is filtered by an identifier.
        """
        self.note(sentences.filters_summary(self.selection, names))
        self.choices(filters.show, self.years(), names)

    @abstractmethod
    def pages(self, page_count: int) -> None:
        """The pages of a list cut in ``page_count``."""

    @abstractmethod
    def chart(
        self, draw: Callable, text: str, *data: object, name: str, selection: Selection | None = None, stamp: str = ""
    ) -> None:
        """Show ``draw(*data, theme)``; ``text`` says the same to whoever cannot see it.

        ``name`` is the chart's own on this page, for ever: addresses carry it. ``selection`` is what it was drawn
        for, if not that of the page: its marks lead to contracts of it. ``stamp`` tells apart data that are not the
        edition's.
        """

    def take_away(self, name: str) -> str:
        """What a reader can take of the chart called ``name``, as HTML: the package that cites it, files, a frame."""
        pinned = address.with_changes(self.state, edition=self.edition.id)
        offered = (
            (_("Citer (ZIP)"), forms.chart(pinned, name, "zip", self.origin)),
            *((kind.upper(), forms.chart(pinned, name, kind, self.origin)) for kind in ("png", "svg", "csv")),
            (_("Intégrer"), forms.embedding(pinned, name, self.origin)),
        )
        return markup.offered(_("Ce graphique :"), dict(offered))

    def table(self, frame: pl.DataFrame, columns: Sequence[Column], name: str, caption: str = "") -> None:
        """Show ``frame`` and offer it as files: the same rows in the same order.

        ``name`` is the table's own on this page, for ever: addresses of files carry it.
        """
        if self.is_bare:
            return
        if frame.is_empty():
            self.note(_("Rien ne répond à ces filtres."))
            return
        self.write(kept_tables.html(self.state, name, frame, columns, caption) + self._files(name))

    def long_table(self, frame: pl.DataFrame, columns: Sequence[Column], name: str, caption: str = "") -> None:
        """The same for a table of which most readers want the first rows: the others are folded, files have all."""
        if frame.height <= LEAST_FOLDED:
            self.table(frame, columns, name, caption)
            return
        self.html(kept_tables.html(self.state, f"{name}-first", frame.head(FIRST_ROWS), columns, caption))
        others = _("Les {count} lignes suivantes").format(count=formats.count(frame.height - FIRST_ROWS))
        with self.folded(others, key=f"more-{name}"):
            self.html(kept_tables.html(self.state, f"{name}-others", frame.slice(FIRST_ROWS), columns, caption))
        self.downloads(lambda: frame, columns, name)

    def downloads(
        self, rows: Callable[[], pl.DataFrame], columns: Sequence[Column], name: str, label: str = ""
    ) -> None:
        """Offer the frame that ``rows`` gives as CSV, XLSX and Parquet, written only when one is asked for."""
        self.html(self._files(name, label))

    def _files(self, name: str, label: str = "") -> str:
        pinned = address.with_changes(self.state, edition=self.edition.id)
        links = {said: forms.table(pinned, name, kind, self.origin) for kind, said in export.TITLES.items()}
        return markup.offered(label or _("Télécharger ce tableau :"), links)

    @abstractmethod
    def share(self, title: str) -> None:
        """Offer a link that will show the same thing, and the way to cite it."""

    def content(self) -> AbstractContextManager[None]:
        """What stands between the masthead and the footer: a context in which it is written."""
        return nullcontext()

    def framed(self, draw: Callable[["View"], None], notices: Sequence[str]) -> None:
        """The page that ``draw`` draws, between its notices and its footer."""
        self.html(footer.masthead(self.state))
        with self.content():
            for sentence in notices:
                self.notice(sentence)
            if self.edition.is_starter:
                self.html(footer.starter_notice(self.state))
            draw(self)
            if self.is_bare:
                self.write(footer.embedded(self.state, self.edition, found=False))
        self.html(footer.footer(self.state, self.edition, self.ask_edition(quality.freshness, date.today())))
