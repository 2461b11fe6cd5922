"""The filters that pages share; every option is a code of the vocabulary under a label."""

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

from analysis.selection import Selection
from language import gettext as _
from language import mark
from loaders import vocabulary
from ui import sentences, sitemap
from ui.address import State, with_changes
from ui.address_keys import SORTS, cleaned
from ui.markup import plain
from ui.state import Widget, change, fill, on_change

Years = tuple[int, int]


def show(state: State, extent: Years, names: Mapping[str, str] | None = None) -> None:
    """Draw the filters that the page of ``state`` obeys; a choice changes the address and starts a new run.

    ``extent`` is the first and last year that the edition holds. ``names`` says how to call what is filtered by an
    identifier: a vendor, a group.
    """
    keys = sitemap.page(state.page).keys
    if "tri" in keys:
        words, order = st.columns([3, 1])
        with words:
            _search(state)
        with order:
            _sort(state)
    elif "q" in keys:
        _search(state)
    foldable(partial(_all, state, extent))
    _removable(state, names or {})


def foldable(draw: Callable[[], None]) -> None:
    """Let the reader unfold what ``draw`` draws; folded, it is not drawn.

    The scripts of its widgets then come once a reader wants to choose. The label is always the same, or a choice would
    fold everything again and lose the focus.
    """
    part = st.expander(_("Changer les filtres"), key="filters", on_change="rerun")
    if part.open:
        with part:
            draw()


def pages(state: State, page_count: int) -> None:
    """Draw the choice of a page of a list, when there is more than one."""
    if page_count > 1:
        widget = Widget("page_number", lambda shown: min(shown.page_number, page_count))
        fill([widget], state)
        st.pagination(page_count, key=widget.key, on_change=on_change)


def _all(state: State, extent: Years) -> None:
    keys = sitemap.page(state.page).keys
    if "annees" in keys:
        _years(state, extent)
    for row in _ROWS:
        drawn = [name for name in row if name in keys]
        for column, name in zip(st.columns(len(drawn)) if drawn else (), drawn, strict=True):
            with column:
                _DRAWN[name](state)
    if "signales" in keys:
        _flagged(state)


def _search(state: State) -> None:
    widget = Widget("search", lambda shown: shown.selection.search, lambda text: cleaned(text or ""))
    fill([widget], state)
    st.text_input(
        _("Chercher"),
        key=widget.key,
        on_change=on_change,
        placeholder=_(_SOUGHT[state.page]),
        icon=":material/search:",
        label_visibility="collapsed",
    )


def _sort(state: State) -> None:
    widget = Widget("sort", lambda shown: shown.sort)
    fill([widget], state)
    st.selectbox(
        _("Ordre"),
        list(SORTS),
        format_func=_labels(SORTS),
        key=widget.key,
        on_change=on_change,
        label_visibility="collapsed",
    )


def _several(field: str, codes: Mapping[str, str], label: str, state: State) -> None:
    def in_order(chosen: object) -> tuple[str, ...]:
        return tuple(code for code in codes if code in chosen)

    widget = Widget(field, lambda shown: list(getattr(shown.selection, field)), in_order)
    fill([widget], state)
    st.multiselect(
        _(label),
        list(codes),
        format_func=_labels(codes),
        key=widget.key,
        on_change=on_change,
        placeholder=_("Tous"),
        select_all=False,
    )


def _one(field: str, codes: Mapping[str, str], label: str, state: State) -> None:
    widget = Widget(field, lambda shown: getattr(shown.selection, field))
    fill([widget], state)
    st.selectbox(_(label), list(codes), format_func=_labels(codes), key=widget.key, on_change=on_change)


def _years(state: State, extent: Years) -> None:
    asked = state.selection.years or extent
    first, last = min(extent[0], asked[0]), max(extent[1], asked[1])

    def meant(span: object) -> Years | None:
        return None if tuple(span) == extent else tuple(span)

    if first < last:
        widget = Widget("years", lambda shown: shown.selection.years or extent, meant)
        fill([widget], state)
        st.slider(_("Années"), first, last, key=widget.key, on_change=on_change)


def _flagged(state: State) -> None:
    widget = Widget("include_flagged", lambda shown: shown.selection.include_flagged)
    fill([widget], state)
    st.toggle(_("Compter aussi les montants signalés comme invraisemblables"), key=widget.key, on_change=on_change)


def _removable(state: State, names: Mapping[str, str]) -> None:
    for field, label in _IDENTITIES.items():
        value = getattr(state.selection, field)
        if value is not None:
            name = _SAID[field](state.selection) if field in _SAID else names.get(value, value)
            sentence = _("{label} : {name}").format(label=_(label), name=name)
            st.button(
                plain(sentence),
                help=_("Retirer ce filtre"),
                key=f"remove-{field}",
                icon=":material/close:",
                on_click=change,
                args=(with_changes(state, page_number=1, **{field: None}),),
            )


def _labels(codes: Mapping[str, str]) -> Callable[[str], str]:
    return lambda code: _(codes[code])


_ROWS = (("ministere", "acheteur"), ("perimetre", "definition", "montant"), ("verdict",))
_DRAWN = {
    "ministere": partial(_several, "ministries", vocabulary.MINISTRIES, mark("Ministères")),
    "acheteur": partial(_several, "buyer_kinds", vocabulary.BUYER_KINDS, mark("Types d’acheteur")),
    "verdict": partial(_several, "verdicts", vocabulary.VERDICTS, mark("Verdicts")),
    "perimetre": partial(_one, "perimeter", vocabulary.PERIMETERS, mark("Achats")),
    "definition": partial(_one, "definition", vocabulary.DEFINITIONS, mark("N’est pas étranger")),
    "montant": partial(_one, "amount", vocabulary.AMOUNT_CONVENTIONS, mark("Montants")),
}
ORDERS = {"date": ("date", True), "ancien": ("date", False), "montant": ("amount", True), "fin": ("end", False)}
"""For each order that an address may ask for: the key of analysis.contracts.SORTS, and whether it descends."""

_IDENTITIES = {
    "group": mark("Groupe"),
    "vendor": mark("Fournisseur"),
    "product": mark("Produit"),
    "end_years": mark("Échéance"),
    "control": mark("Titulaire"),
}
_SAID: dict[str, Callable[[Selection], str]] = {
    "end_years": sentences.ending,
    "control": lambda selection: _(vocabulary.CONTROL_STATES[selection.control]),
}
_SOUGHT = {
    "marches": mark("Mots de l’objet, acheteur, fournisseur…"),
    "fournisseurs": mark("Nom d’un groupe ou d’un fournisseur…"),
}
