"""What a reader takes away: a link that will show the same thing, and how to cite it."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

import streamlit as st

from language import formats
from language import gettext as _
from loaders.editions import Edition
from ui import address, markup, sentences
from ui.address import State


def link(state: State, edition: Edition, page_url: str | None) -> str:
    """The absolute address that shows ``state`` on this very edition, with every default written out.

    ``page_url`` is the address that the browser shows, from which the site's own is taken.
    """
    parts = urlsplit(page_url or "")
    origin = f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
    return address.shared_link(address.with_changes(state, edition=edition.id), origin)


@dataclass(frozen=True)
class Cited:
    """What a page cites instead of the contracts of its edition: its filters in words, its sources."""

    filters: str
    sources: tuple[dict, ...]


def citation(title: str, state: State, edition: Edition, shared_link: str, cited: Cited | None = None) -> str:
    """One paragraph that says what was seen: title, filters, edition and its date, method, sources, licences, link."""
    manifest = edition.manifest
    created_on = datetime.fromisoformat(manifest["created_at"]).date()
    sources = "; ".join(sorted({_source(source) for source in (cited.sources if cited else manifest["sources"])}))
    return _(
        "Nuages publics, « {title} ». {filters}. Édition {edition} du {day}, méthode {method}. "
        "Sources : {sources}. {link}"
    ).format(
        title=title,
        filters=cited.filters if cited else sentences.filters_summary(state.selection),
        edition=edition.id,
        day=formats.day(created_on),
        method=manifest["method_version"],
        sources=sources,
        link=shared_link,
    )


def show(title: str, state: State, edition: Edition, cited: Cited | None = None) -> None:
    """Draw the link and the citation, each ready to be copied."""
    shared = link(state, edition, st.context.url)
    with st.expander(_("Partager ou citer cette page"), key="share"):
        st.html(f'<p class="np-note">{markup.escaped(_("Ce lien montrera toujours ceci :"))}</p>')
        st.code(shared, language=None, wrap_lines=True)
        st.html(f'<p class="np-note">{markup.escaped(_("Pour citer :"))}</p>')
        st.code(citation(title, state, edition, shared, cited), language=None, wrap_lines=True)


def _source(source: dict) -> str:
    return f"{source['publisher']}, {source['title']} ({source['licence']})"
