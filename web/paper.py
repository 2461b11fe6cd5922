"""A page without script: the same words, figures and tables as on screen, from the same functions, as one HTML text."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import polars as pl

from analysis.selection import Selection
from charts import behind
from charts.drawing.document import svg
from language import gettext as _
from ui import address, footer, forms, markup
from ui.address_keys import TABS
from ui.tables import Column
from ui.view import View
from web import appearance, documents
from web.gathered import Chart, Enough, Gathered

FIGURE_WIDTH_PX = 720
NARROW_PX = 360


@dataclass(frozen=True)
class Paper(Gathered):
    """A view that becomes the body of an HTML page; ``parts`` in the order of the page."""

    parts: list[str] = field(default_factory=list)

    def write(self, body: str) -> None:
        """Markup of our own making, even in a bare view."""
        self.parts.append(body)

    @contextmanager
    def content(self) -> Iterator[None]:
        """The main part of the page; whole even when the page stops in the middle."""
        self.write(documents.MAIN)
        try:
            yield
        finally:
            self.write(documents.END_OF_MAIN)

    def title(self, text: str) -> None:
        """The title of the page."""
        super().title(text)
        self.html(f'<h1 class="np-title">{markup.escaped(text)}</h1>')

    def section(self, text: str, anchor: str | None = None) -> None:
        """The title of a part of the page."""
        place = f' id="{markup.escaped(anchor)}"' if anchor else ""
        super().section(text, anchor)
        self.html(f"<h2{place}>{markup.escaped(text)}</h2>")

    def code(self, text: str) -> None:
        """A text to be copied as it is."""
        self.html(f'<pre class="np-code">{markup.escaped(text)}</pre>')

    @contextmanager
    def folded(self, label: str, key: str) -> Iterator[None]:
        """A part that the reader unfolds."""
        self.html(f"<details><summary>{markup.escaped(label)}</summary>")
        yield
        self.html("</details>")

    def tabs(self, parts: Mapping[str, Callable[[], None]], of: str = "") -> None:
        """Parts of equal rank, one under another."""
        level = "h3" if self.found.section else "h2"
        for code, write in parts.items():
            self.html(f'<{level} class="np-part">{markup.escaped(_(TABS[code]))}</{level}>')
            write()

    def pages(self, page_count: int) -> None:
        """The previous and the next page of a list."""
        number = min(self.state.page_number, page_count)
        steps = [
            (number > 1, _("Page précédente"), number - 1),
            (number < page_count, _("Page suivante"), number + 1),
        ]
        links = [markup.anchor(label, self.link(page_number=there)) for is_there, label, there in steps if is_there]
        if links:
            place = markup.said(_("Page {number} sur {count}").format(number=number, count=page_count))
            self.html(f'<p class="np-note">{place} · {" · ".join(links)}</p>')

    def chart(
        self, draw: Callable, text: str, *data: object, name: str, selection: Selection | None = None, stamp: str = ""
    ) -> None:
        """The figure as SVG, each mark leading to what it counts; a bare view ends with the chart asked for."""
        super().chart(draw, text, *data, name=name, selection=selection, stamp=stamp)
        if self.is_bare and self.state.chart not in ("", name):
            return
        wide, said = self._drawn(self.found.charts[-1]), markup.said(self.signature())
        self.write(f'<figure id="{markup.escaped(name)}">{wide}{self._narrow(name, text)}')
        self.write(f"<figcaption>{said}</figcaption></figure>")
        if self.is_bare:
            self.write(footer.embedded(self.state, self.edition))
            raise Enough
        self.html(self.take_away(name))

    def _drawn(self, chart: Chart) -> str:
        def leads_to(known: Mapping) -> str | None:
            there = self.behind(behind.read(known), chart.selection)
            return None if there is None else address.link(there)

        return svg(chart.figure(self.theme), FIGURE_WIDTH_PX, leads_to, chart.title, chart.text)

    def _narrow(self, name: str, text: str) -> str:
        """The same figure drawn for a phone: an image, fetched only where it is shown."""
        state = address.with_changes(self.state, edition=self.edition.id)
        source = markup.escaped(forms.narrow(state, name, appearance.asked_by(appearance.code(self.theme)), ".."))
        words = markup.escaped(text)
        return f'<img class="np-narrow" loading="lazy" width="{NARROW_PX}" alt="{words}" src="{source}">'

    def table(self, frame: pl.DataFrame, columns: Sequence[Column], name: str, caption: str = "") -> None:
        """The table, and the addresses of the same rows as files."""
        View.table(self, frame, columns, name, caption)

    def downloads(
        self, rows: Callable[[], pl.DataFrame], columns: Sequence[Column], name: str, label: str = ""
    ) -> None:
        """The addresses of the rows as files."""
        View.downloads(self, rows, columns, name, label)

    def share(self, title: str) -> None:
        """The way to the interactive page, and the citation."""
        whole = markup.escaped(forms.interactive(self.state, ".."))
        label = markup.escaped(_("Explorer cette vue : filtres, graphiques, fichiers"))
        self.html(f'<p class="np-text"><a href="{whole}">{label}</a></p>')
        self.note(_("Pour citer :"))
        self.code(self.citation(title))
