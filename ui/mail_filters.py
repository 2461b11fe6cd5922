"""The filters of the page of town halls' mail."""

from collections.abc import Callable, Iterable
from functools import partial

import streamlit as st

from analysis.mail import Choice
from language import gettext as _
from loaders.mail import providers
from loaders.vocabulary import DEFINITIONS
from ui import mail, tables
from ui.address import State
from ui.address_keys import cleaned
from ui.filters import foldable
from ui.state import Widget, fill, on_change

ANY = ""


def choice_of(state: State) -> Choice:
    """What the address of ``state`` asks."""
    return Choice(state.mail_provider, state.mail_country, state.department, state.commune, state.selection.definition)


def show(state: State) -> None:
    """Draw the search of a commune, then the filters; a choice changes the address and starts a new run."""
    _search(state)
    foldable(partial(_all, state))


def _all(state: State) -> None:
    countries, departments, names = tables.countries(), mail.department_names(), providers.names()
    left, right = st.columns(2)
    with left:
        _one(state, "department", departments, _("Département"), lambda code: f"{code} {departments[code]}")
        _one(state, "mail_country", mail.country_codes(), _("Pays"), lambda code: mail.country_label(code, countries))
    with right:
        _one(state, "mail_provider", mail.provider_names(), _("Fournisseur"), lambda code: _(names[code]))
        _definition(state)


def _search(state: State) -> None:
    widget = Widget("commune", lambda shown: shown.commune, lambda text: cleaned(text or ""))
    fill([widget], state)
    st.text_input(
        _("Chercher une commune"),
        key=widget.key,
        on_change=on_change,
        placeholder=_("Nom d’une commune…"),
        icon=":material/search:",
        label_visibility="collapsed",
    )


def _one(state: State, field: str, codes: Iterable[str], label: str, said: Callable[[str], str]) -> None:
    widget = Widget(field, lambda shown: getattr(shown, field))
    fill([widget], state)
    st.selectbox(
        label,
        [ANY, *codes],
        format_func=lambda code: said(code) if code else _("Tous"),
        key=widget.key,
        on_change=on_change,
    )


def _definition(state: State) -> None:
    widget = Widget("definition", lambda shown: shown.selection.definition)
    fill([widget], state)
    st.selectbox(
        _("N’est pas étranger"),
        list(DEFINITIONS),
        format_func=lambda code: _(DEFINITIONS[code]),
        key=widget.key,
        on_change=on_change,
    )
