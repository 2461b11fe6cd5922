"""The choices that the page of alternatives offers beside the filters: a service, two rivals, a quota."""

from collections.abc import Mapping

import streamlit as st

from language import gettext as _
from loaders import vocabulary
from ui.address import State
from ui.address_keys import MOST_RIVALS
from ui.state import Widget, fill, on_change


def service(state: State) -> None:
    """Draw the choice of a service."""
    widget = Widget("service", lambda shown: shown.service)
    fill([widget], state)
    st.selectbox(
        _("Service"),
        list(vocabulary.SERVICES),
        format_func=lambda code: _(vocabulary.SERVICES[code]),
        key=widget.key,
        on_change=on_change,
    )


def rivals(state: State, names: Mapping[str, str]) -> None:
    """Draw the choice of two among ``names`` (by identifier), those already chosen included."""
    names = {**names, **{rival: names.get(rival, rival) for rival in state.rivals}}
    widget = Widget("rivals", lambda shown: list(shown.rivals), tuple)
    fill([widget], state)
    st.multiselect(
        _("Deux groupes ou fournisseurs"),
        list(names),
        format_func=names.__getitem__,
        key=widget.key,
        on_change=on_change,
        placeholder=_("Choisir"),
        max_selections=MOST_RIVALS,
        select_all=False,
    )


def quota(state: State) -> None:
    """Draw the choice of a share, in per cent."""
    widget = Widget("quota", lambda shown: shown.quota)
    fill([widget], state)
    st.slider(_("Part visée (%)"), 1, 100, key=widget.key, on_change=on_change)
