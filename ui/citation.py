"""The link that will show the same thing, and the paragraph that cites it."""

from dataclasses import dataclass
from datetime import datetime

from language import formats
from language import gettext as _
from loaders.editions import Edition
from ui import forms, sentences
from ui.address import State, with_changes

_FAMILIES = {"decp": "DECP", "boamp": "BOAMP"}
"""What the sources whose names begin so are called for short."""


@dataclass(frozen=True)
class Cited:
    """What a page cites instead of the contracts of its edition: its filters in words, its sources."""

    filters: str
    sources: tuple[dict, ...]


def link(state: State, edition: Edition, origin: str) -> str:
    """The absolute address that shows ``state`` on this very edition, with every default written out.

    ``origin`` is the address of the site, without a page.
    """
    return forms.shared(with_changes(state, edition=edition.id), origin)


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


def signature(edition: Edition, cited: Cited | None = None) -> str:
    """What a picture says of its origin, in one line: edition, day, sources, licences."""
    sources = cited.sources if cited else edition.manifest["sources"]
    return _("Nuages publics, édition {edition} du {day}. Sources : {sources} ({licences}).").format(
        edition=edition.id,
        day=formats.day(datetime.fromisoformat(edition.manifest["created_at"]).date()),
        sources=", ".join(dict.fromkeys(_short_name(source) for source in sources)),
        licences=", ".join(dict.fromkeys(source["licence"] for source in sources)),
    )


def _short_name(source: dict) -> str:
    return _FAMILIES.get(source["id"].split("_")[0], source["title"])


def _source(source: dict) -> str:
    return f"{source['publisher']}, {source['title']} ({source['licence']})"
