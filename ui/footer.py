"""What stands above and below every page: the name, the other language, where the figures come from."""

from analysis.quality import Freshness
from language import formats
from language import gettext as _
from loaders.editions import Edition
from ui import address, sitemap
from ui.address import State
from ui.markup import anchor, escaped, said

_OTHER_LANGUAGE = {"fr": ("en", "English"), "en": ("fr", "Français")}


def masthead(state: State) -> str:
    """The name of the observatory, and this very page in the other language, as HTML."""
    links = _page_links(state)
    code, name = _OTHER_LANGUAGE[state.language]
    other = escaped(address.link(address.with_changes(state, language=code)))
    tagline = escaped(_("ce que la commande publique achète aux nuages et aux éditeurs, d’ici et d’ailleurs"))
    return (
        f'<header class="np-masthead"><span><b>{escaped(_("Nuages publics"))}</b>'
        f'<span class="np-soft">{tagline}</span></span>'
        f'<a href="{other}" hreflang="{code}" lang="{code}">{name}</a>'
        f'<nav class="np-phone" aria-label="{escaped(_("Pages"))}">{links}</nav></header>'
    )


def footer(state: State, edition: Edition, freshness: Freshness) -> str:
    """The pages, the freshness of the data, the edition, the sources with their licences, the method, as HTML."""
    links = _page_links(state)
    sources = said(_(" ; ")).join(_source(source) for source in edition.manifest["sources"])
    sentences = [
        said(_freshness(freshness)),
        f"{said(_('Sources :'))} {sources}.",
        said(
            _("Édition {edition}, méthode {method}. Les montants sont hors taxes, tels que publiés.").format(
                edition=edition.id, method=edition.manifest["method_version"]
            )
        ),
    ]
    paragraphs = "".join(f"<p>{sentence}</p>" for sentence in sentences)
    label = escaped(_("Pages, en pied de page"))
    return f'<footer class="np-footer"><nav aria-label="{label}">{links}</nav>{paragraphs}</footer>'


def _page_links(state: State) -> str:
    return "".join(
        anchor(_(page.title), address.link(address.on_page(state, page.path))) for page in sitemap.PAGES if page.in_menu
    )


def starter_notice(state: State) -> str:
    """That these data are real but incomplete, and the way to the complete ones, as HTML."""
    how = address.link(address.on_page(state, "methode")) + "#edition-nationale"
    return (
        '<p class="np-note">'
        + said(_("Édition de démarrage : des données réelles, mais une partie seulement des marchés."))
        + " "
        + anchor(_("Charger l’édition nationale"), how)
        + ".</p>"
    )


def embedded(state: State, edition: Edition, found: bool = True) -> str:
    """The source line of an embedded chart, which leads to the whole page, as HTML; ``found`` if there is a chart."""
    whole = escaped(address.link(address.with_changes(state, embed=False, chart="", edition=edition.id)))
    label = _("Nuages publics, édition {edition} : explorer cette vue").format(edition=edition.id)
    source = f'<p class="np-note"><a href="{whole}" target="_blank">{escaped(label)}</a></p>'
    missing = _("Cette page n’a pas ce graphique, avec ces filtres.")
    return source if found else f'<p class="np-note">{said(missing)}</p>{source}'


def _freshness(freshness: Freshness) -> str:
    made = _("Données assemblées le {day}").format(day=formats.day(freshness.edition_date))
    if freshness.latest_notification is None:
        return made + "."
    latest = _(" ; dernier marché notifié le {day}.").format(day=formats.day(freshness.latest_notification))
    return made + latest


def _source(source: dict) -> str:
    parts = [source["publisher"], source["licence"], formats.span(source.get("first_date"), source.get("last_date"))]
    return f"{anchor(source['title'], source['page'])} ({said(', '.join(part for part in parts if part))})"
