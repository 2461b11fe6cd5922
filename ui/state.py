"""Where address and widgets meet, and the only place where they do.

The address is the truth. At each run the state is read from it and put into the widgets before they are drawn; when
a reader moves a widget, its callback rewrites the address, and the run that follows reads it again. Nothing else
decides what is shown, so that the address copied from the bar always tells everything. The session only remembers
the last question, for a click on the menu, which arrives on the next page with an empty address.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import streamlit as st

from ui import address
from ui.address import Notice, State

_LAST = "last_state"
_SHOWN = "shown_widgets"
_GOING = "going_to"


@dataclass(frozen=True)
class Widget:
    """A widget that shows one field of the state: how the field looks in it, and what a choice means."""

    field: str
    shown: Callable[[State], object]
    meant: Callable[[object], object] = lambda value: value

    @property
    def key(self) -> str:
        """Its key in the session."""
        return f"widget-{self.field}"


def language_asked() -> str:
    """The language of this view, needed by the menu before the page is known."""
    if "langue" in st.query_params or not _arrives_by_menu():
        return address.state_from("", {"langue": st.query_params.get("langue", "fr")})[0].language
    return st.session_state[_LAST].language


def read(path: str) -> tuple[State, list[Notice]]:
    """The state that the address of the page at ``path`` describes, and what of it was left aside."""
    if _arrives_by_menu():
        state, notices = address.on_page(st.session_state[_LAST], path, sort="date", page_number=1), []
    else:
        query = {name: st.query_params.get_all(name) for name in st.query_params}
        state, notices = address.state_from(path, query)
    return address.with_changes(state, embed=bool(st.context.is_embedded)), notices


def write(state: State) -> None:
    """Put ``state`` in the address bar, if it is not what stands there."""
    query = address.query_of(address.with_changes(state, embed=False))
    if st.query_params.to_dict() != query:
        st.query_params.from_dict(query)
    st.session_state[_LAST] = state


def fill(widgets: Iterable[Widget], state: State) -> None:
    """Put the state into the widgets that are about to be drawn."""
    widgets = tuple(widgets)
    st.session_state[_SHOWN] = st.session_state.get(_SHOWN, ()) + widgets
    for widget in widgets:
        st.session_state[widget.key] = widget.shown(state)


def forget_widgets() -> None:
    """Start a view: no widget is drawn yet."""
    st.session_state[_SHOWN] = ()


def on_change() -> None:
    """The callback of every widget: say in the address what all of them now show.

    All of them and not only the one that moved: a second move may come before the browser learnt the first address.
    A new question starts at the first page of its answer.
    """
    before = st.session_state[_LAST]
    meant = {
        widget.field: widget.meant(st.session_state[widget.key])
        for widget in st.session_state[_SHOWN]
        if widget.key in st.session_state
    }
    after = address.with_changes(before, **meant)
    if address.with_changes(after, page_number=before.page_number) != before:
        after = address.with_changes(after, page_number=1)
    write(after)


def change(state: State) -> None:
    """The callback of a button that leads to another state of the same page."""
    write(state)


def go(state: State) -> None:
    """The callback of what leads to another state, on this page or on another, as a link does."""
    st.session_state[_GOING] = state


def follow() -> None:
    """Go where the last click leads.

    The browser goes there by itself: Streamlit, when it changes page, first writes the new query on the old page, and
    leaves that in the history for whoever comes back.
    """
    going = st.session_state.pop(_GOING, None)
    if going is not None:
        there = json.dumps(address.link(going))
        st.html(f"<script>location.assign({there})</script>", unsafe_allow_javascript=True)


def _arrives_by_menu() -> bool:
    return not st.query_params.to_dict() and _LAST in st.session_state
