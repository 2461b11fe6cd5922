"""What the page of town halls' mail shares with addresses and sentences: names, choices, what is cited."""

from datetime import date
from functools import cache

import polars as pl

from analysis.mail import FOREIGN_COUNTRY, UNKNOWN_COUNTRY, Carried, Choice
from language import formats
from language import gettext as _
from loaders import reference
from loaders.mail import providers
from loaders.vocabulary import DEFINITIONS
from ui.markup import anchor, said

ANY_COUNTRY = (UNKNOWN_COUNTRY, FOREIGN_COUNTRY)
"""The choices of country that are no country."""


def provider_names() -> dict[str, str]:
    """The providers that a town hall may have, by code; a gateway hides the provider and is none."""
    kinds = providers.kinds()
    return {code: name for code, name in providers.names().items() if kinds[code] != "gateway"}


def country_codes() -> tuple[str, ...]:
    """All foreign countries as one, the countries of control of these providers, then the unknown one."""
    known = providers.countries()
    return (FOREIGN_COUNTRY, *sorted({known[code] for code in provider_names() if code in known}), UNKNOWN_COUNTRY)


def country_label(code: str, country_names: dict[str, str]) -> str:
    """A choice of country in words."""
    if code == UNKNOWN_COUNTRY:
        return _("Pays inconnu")
    if code == FOREIGN_COUNTRY:
        return _("Tout pays étranger au sens choisi")
    return country_names.get(code, code)


@cache
def departments() -> pl.DataFrame:
    """``department_code, department_name, tile_column, tile_row``: our own grid of equal squares."""
    return reference.table("departments").select(
        pl.col("code").alias("department_code"),
        pl.col("name").alias("department_name"),
        pl.col("tile_column", "tile_row").cast(pl.Int64),
    )


@cache
def department_names() -> dict[str, str]:
    """The name of every department by its code."""
    return dict(departments().select("department_code", "department_name").iter_rows())


def counted_words(choice: Choice, country_names: dict[str, str]) -> str:
    """What the choice counts, to follow « have their mail »: with one provider, under one country’s control…"""
    if choice.provider:
        return _("chez {provider}").format(provider=_(providers.names()[choice.provider]))
    if choice.country == UNKNOWN_COUNTRY:
        return _("chez un prestataire dont le pays de contrôle n’est pas connu")
    if choice.country not in ("", FOREIGN_COUNTRY):
        return _("chez un fournisseur contrôlé depuis ce pays : {country}").format(
            country=country_names.get(choice.country, choice.country)
        )
    return {
        "france": _("chez un fournisseur contrôlé hors de France"),
        "ue": _("chez un fournisseur contrôlé hors de l’Union européenne"),
        "europe": _("chez un fournisseur contrôlé hors d’Europe"),
        "hors-us": _("chez un fournisseur soumis au droit des États-Unis"),
    }[choice.definition]


def lead(found: Carried, choice: Choice, country_names: dict[str, str]) -> str:
    """How many town halls the choice counts, out of how many, and for how many nobody knows."""
    where = _(" ({department})").format(department=department_names()[choice.department]) if choice.department else ""
    if not found.total:
        return _("Aucune mairie{where} dans ces données.").format(where=where)
    return _(
        "Sur {total} mairies{where}, {counted} ({share}) ont leur messagerie {carrier} ; "
        "pour {unknown} ({unknown_share}), on ne sait pas qui contrôle le serveur."
    ).format(
        total=formats.count(found.total),
        where=where,
        counted=formats.count(found.counted),
        share=formats.percent(found.counted / found.total),
        carrier=counted_words(choice, country_names),
        unknown=formats.count(found.without_country),
        unknown_share=formats.percent(found.without_country / found.total),
    )


def summary(choice: Choice, country_names: dict[str, str]) -> str:
    """The filters in force in a few words."""
    parts = [
        department_names().get(choice.department, _("tous les départements")),
        _(providers.names()[choice.provider]) if choice.provider else _("tous les fournisseurs"),
        country_label(choice.country, country_names).lower() if choice.country in ANY_COUNTRY else "",
        country_names.get(choice.country, ""),
        _("non étranger : {definition}").format(definition=_(DEFINITIONS[choice.definition])),
        _("« {words} »").format(words=choice.search) if choice.search else "",
    ]
    return _("Filtres : {filters}").format(filters=" · ".join(part for part in parts if part))


@cache
def confidences() -> dict[str, str]:
    """How well the control of each provider is known (a key of vocabulary.CONFIDENCES), where a country is given."""
    known = providers.table().filter(pl.col("country").is_not_null())
    rated = known.select("provider", rating=reference.confidence(pl.col("verified")))
    return dict(rated.iter_rows())


def link_to(view: object, provider: str) -> str:
    """The address of the same page for one provider."""
    return view.link(mail_provider=provider, mail_country="", page_number=1)


def source_note(source: dict, looked_up_on: date) -> str:
    """Where the table comes from, under which licence, of which day, as HTML."""
    where = anchor(source["title"], source["page"])
    rest = _(" ({publisher}, licence {licence}), état du {day}.").format(
        publisher=source["publisher"], licence=source["licence"], day=formats.day(looked_up_on)
    )
    return f'<p class="np-note">{said(_("Source :"))} {where}{said(rest)}</p>'


def limits(least_confidence: int) -> list[str]:
    """What the DNS shows of mail, and what it does not."""
    return [
        _(
            "Le DNS dit à quel serveur le courrier d’un domaine est remis (MX) et qui peut en envoyer (SPF). Il ne dit "
            "ni où les messages sont conservés, ni ce que la mairie paie, ni quel contrat la lie."
        ),
        _(
            "Une passerelle de filtrage cache la boîte qui est derrière elle : le fournisseur est alors déduit du SPF, "
            "quand il n’en nomme qu’un. Le nom d’un logiciel (Zimbra, BlueMind, Exchange) ne dit pas qui tient "
            "le serveur."
        ),
        _(
            "Quand l’adresse publiée de la mairie est chez une messagerie connue (wanadoo.fr, gmail.com…), c’est elle "
            "qui compte. Sinon, le classement de la source est retenu à partir de {least} sur 100 ; en dessous, la "
            "mairie est comptée inconnue, et le classement publié reste dans les fichiers."
        ).format(least=least_confidence),
        _(
            "Le pays est celui d’où le fournisseur est contrôlé, et non celui de ses serveurs ; « à vérifier » : "
            "aucune source n’a été lue."
        ),
    ]
