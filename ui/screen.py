"""A view of a page as a visitor meets it: drawn by Streamlit, with what can be chosen, clicked and downloaded."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

import plotly.graph_objects as go
import streamlit as st

from analysis.selection import Selection
from charts import behind
from charts import theme as chart_theme
from charts.canvas import Drawn
from language import current
from language import gettext as _
from ui import filters, footer, markup, share, state
from ui.address import State, with_changes
from ui.address_keys import TABS
from ui.view import View

WIDTH_PX = 1040
_UNCHANGED = ("bar", "scatter")


@dataclass(frozen=True)
class Screen(View):
    """A view drawn by Streamlit."""

    def write(self, body: str) -> None:
        """Markup of our own making, even in a bare view."""
        st.html(body)

    def title(self, text: str) -> None:
        """The title of the page, as text and nothing else."""
        st.set_page_config(page_title=f"{text} · {_('Nuages publics')}")
        if not self.is_bare:
            st.title(markup.plain(text), anchor=False)

    def section(self, text: str, anchor: str | None = None) -> None:
        """The title of a part of the page; ``anchor`` when links lead there."""
        if not self.is_bare:
            st.header(markup.plain(text), anchor=anchor or False)

    def code(self, text: str) -> None:
        """A text to be copied as it is."""
        self.html(markup.copyable(text))

    @contextmanager
    def folded(self, label: str, key: str) -> Iterator[None]:
        """A part that the reader unfolds under ``label``."""
        if self.is_bare:
            yield
        else:
            with st.expander(markup.plain(label), key=key):
                yield

    def tabs(self, parts: Mapping[str, Callable[[], None]], of: str = "") -> None:
        """Parts of equal rank under their tabs; a choice goes into the address."""
        if self.is_bare:
            for write in parts.values():
                write()
            return
        key = f"tabs-{of}"
        labels = {_(TABS[code]): code for code in parts}
        opened = _(TABS[self.state.tab]) if self.state.tab in parts else None
        choose = partial(_choose_tab, self.state, key, labels)
        tabs = st.tabs(list(labels), default=opened, key=key, on_change=choose)
        for tab, write in zip(tabs, parts.values(), strict=True):
            with tab:
                write()

    def choices(self, draw: Callable[..., None], *known: object) -> None:
        """What the reader can choose here."""
        if not self.is_bare:
            draw(self.state, *known)

    def pages(self, page_count: int) -> None:
        """The pages of a list, to choose one."""
        self.choices(filters.pages, page_count)

    def chart(
        self, draw: Callable, text: str, *data: object, name: str, selection: Selection | None = None, stamp: str = ""
    ) -> None:
        """Show a figure; a click on a mark leads to what it counts. A bare view stops after the chart asked for."""
        if self.is_bare and self.state.chart not in ("", name):
            return
        figure, has_marks = _kept_figure(
            self.edition.id,
            f"{draw.__module__}.{draw.__qualname__}",
            repr((self.state, name, stamp)),
            current(),
            self.theme.name,
            lambda: draw(*data, self.theme),
        )
        leads = has_marks and not self.is_bare
        key = f"{'chart' if leads else 'still'}-{name}"
        st.plotly_chart(
            figure,
            theme=None,
            config=chart_theme.CONFIG,
            alt=text,
            key=key,
            on_select=partial(self._open, figure, key, selection) if leads else "ignore",
            selection_mode="points",
        )
        source = f'<p class="np-note np-source">{markup.said(self.signature())}</p>'
        if self.is_bare:
            st.html(source + footer.embedded(self.state, self.edition))
            st.stop()
        st.html(source + self.take_away(name))

    def _open(self, figure: go.Figure, key: str, selection: Selection | None) -> None:
        for point in st.session_state[key].selection.points:
            clicked = self.behind(behind.at(figure, point["curve_number"], point["point_index"]), selection)
            if clicked is not None:
                state.go(clicked)

    def share(self, title: str) -> None:
        """Offer a link that will show the same thing, and the way to cite it."""
        if not self.is_bare:
            share.show(title, self)


def _choose_tab(shown: State, key: str, labels: Mapping[str, str]) -> None:
    state.change(with_changes(shown, tab=labels.get(st.session_state[key], "")))


def _left_to_the_page(drawn: dict) -> dict:
    """A figure whose marks can be clicked, and that leaves all else to the page.

    Streamlit turns a false ``dragmode`` of a figure with clicks into one that holds the finger that scrolls. A value
    that Plotly does not know makes it fall back on the template's. A click does not make the other marks pale.
    """
    layout = drawn["layout"]
    template = {**layout["template"], "layout": {**layout["template"]["layout"], "dragmode": False}}
    traces = [
        {**trace, "unselected": {"marker": {"opacity": trace.get("marker", {}).get("opacity", 1)}}}
        if trace["type"] in _UNCHANGED
        else trace
        for trace in drawn["data"]
    ]
    return {"data": traces, "layout": {**layout, "template": template, "dragmode": "none"}}


@st.cache_resource(max_entries=600, show_spinner=False)
def _kept_figure(
    edition_id: str, name: str, state: str, language: str, theme: str, _draw: Callable
) -> tuple[go.Figure, bool]:
    """The figure that ``_draw`` gives, and whether its marks lead somewhere."""
    drawn = _draw()
    leads = bool(behind.every(drawn))
    return (Drawn(_left_to_the_page(drawn.to_dict())) if leads else drawn), leads
