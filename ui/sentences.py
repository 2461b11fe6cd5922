"""The sentences that a selection produces: a figure is a sentence before it is a chart. Plain text, both languages."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import polars as pl

from analysis.contracts import Total
from analysis.quality import Delay
from analysis.selection import Selection
from analysis.shares import Interval
from analysis.state import is_of_the_state
from language import formats, mark
from language import gettext as _
from loaders import vocabulary

Years = tuple[int, int]

_BOUGHT = {
    "numerique": mark("d’achats numériques"),
    "nuage": mark("d’achats de nuage et d’hébergement"),
    "tout": mark("d’achats"),
}
_FOREIGN = {
    "france": mark("des fournisseurs ou des produits contrôlés hors de France"),
    "ue": mark("des fournisseurs ou des produits contrôlés hors de l’Union européenne"),
    "europe": mark("des fournisseurs ou des produits contrôlés hors d’Europe"),
    "hors-us": mark("des fournisseurs ou des produits soumis au droit des États-Unis"),
}
_BY_MINISTRY = {
    "premier-ministre": mark("par les services du Premier ministre"),
    "interieur": mark("par le ministère de l’Intérieur"),
    "armees": mark("par le ministère des Armées"),
    "economie": mark("par le ministère de l’Économie et des Finances"),
    "justice": mark("par le ministère de la Justice"),
    "education": mark("par le ministère de l’Éducation nationale"),
    "enseignement-superieur": mark("par le ministère de l’Enseignement supérieur et de la Recherche"),
    "sante": mark("par le ministère de la Santé et des Solidarités"),
    "travail": mark("par le ministère du Travail"),
    "transition-ecologique": mark("par le ministère de la Transition écologique et des Territoires"),
    "agriculture": mark("par le ministère de l’Agriculture"),
    "culture": mark("par le ministère de la Culture"),
    "affaires-etrangeres": mark("par le ministère des Affaires étrangères"),
    "outre-mer": mark("par le ministère des Outre-mer"),
    "etat-non-determine": mark("par des services de l’État dont le ministère n’est pas déterminé"),
}


def of_hundred_euros(interval: Interval, selection: Selection, extent: Years) -> str:
    """The main sentence: what of 100 € goes abroad, between what bounds, and for how much nobody can say.

    ``extent`` is the first and last year of the edition, said when the selection has no years of its own.
    """
    if interval.low is None:
        return _("Aucun montant publié ne répond à ces filtres : il n’y a rien à partager.")
    low, high = euros_of_hundred(interval.low), euros_of_hundred(interval.high)
    part = _("{low} vont à") if low == high else _("entre {low} et {high} vont à")
    unknown = (
        _(" ; pour {unknown}, on ne sait pas.").format(unknown=euros_of_hundred(interval.unknown))
        if interval.unknown
        else "."
    )
    return _("Sur 100 € {bought} publiés {by}{years}, {part} {foreign}{unknown}").format(
        bought=_(_BOUGHT[selection.perimeter]),
        by=buyers(selection),
        years=years(selection, extent),
        part=part.format(low=low, high=high),
        foreign=_(_FOREIGN[selection.definition]),
        unknown=unknown,
    )


def by_ministries(ranking: pl.DataFrame, selection: Selection, extent: Years) -> str:
    """What the ministries bought in all, and which weighs most; ``ranking`` as ministries.ranking gives it."""
    if ranking.is_empty():
        return _("Aucun marché d’un ministère ne répond à ces filtres.")
    first = ranking.row(0, named=True)
    label = vocabulary.MINISTRIES[first["ministry"]]
    return _(
        "Les ministères et leurs opérateurs ont publié {total} {bought}{years} ; "
        "le premier est {ministry}, avec {amount}."
    ).format(
        total=formats.amount(sum(ranking["total_cents"])),
        bought=_(_BOUGHT[selection.perimeter]),
        years=years(selection, extent),
        ministry=_(label),
        amount=formats.amount(first["total_cents"]),
    )


def counted(interval: Interval) -> str:
    """What the shares are made of: the total, the contracts, and those whose amount stands outside every sum."""
    sentences = [
        _("{total} au total, pour {contracts}.").format(
            total=formats.amount(interval.total_cents), contracts=contracts(interval.contract_count)
        )
    ]
    if interval.flagged_count:
        sentences.append(
            _("Hors des sommes : {contracts} au montant invraisemblable.").format(
                contracts=contracts(interval.flagged_count)
            )
        )
    if interval.missing_count:
        sentences.append(_("Sans montant publié : {contracts}.").format(contracts=contracts(interval.missing_count)))
    if interval.undivided_count:
        sentences.append(
            _("Sans durée, donc non divisés : {contracts}.").format(contracts=contracts(interval.undivided_count))
        )
    return " ".join(sentences)


def contract(record: Mapping, vendors: Sequence[str | None]) -> str:
    """What a contract is in one sentence: when, who buys, from whom, for how much."""
    parts = [
        _("Notifié le {day}").format(day=formats.day(record["contract_date"]))
        if record["contract_date"]
        else _("Notifié à une date inconnue"),
        _("par {buyer}").format(buyer=buyer(record)) if record["buyer_name"] or record.get("buyer_id") else "",
        _("à {vendors}").format(vendors=_and(list(dict.fromkeys(filter(None, vendors))))) if any(vendors) else "",
    ]
    amount = record["amount_cents"]
    published = _(", pour {amount}").format(amount=formats.amount(amount)) if amount is not None else ""
    return " ".join(part for part in parts if part) + published + "."


def buyer(record: Mapping) -> str:
    """The name of the buyer of a contract, or its SIRET where no name is published."""
    return record["buyer_name"] or _("l’acheteur de SIRET {siret} (nom non publié)").format(siret=record["buyer_id"])


def _and(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return _("{names} et {last}").format(names=", ".join(names[:-1]), last=names[-1])


def found(count: int) -> str:
    """How many contracts a search finds."""
    if count == 0:
        return _("Aucun marché ne répond à ces filtres.")
    if count == 1:
        return _("Un marché répond à ces filtres.")
    return _("{count} marchés répondent à ces filtres.").format(count=formats.count(count))


def sum_of_list(total: Total, selection: Selection) -> str:
    """What the contracts of a list add up to, under which convention, and what of them stands outside the sum."""
    amount, exact = formats.amount(total.amount_cents), formats.exact_amount(total.amount_cents)
    sentences = [
        _("Leur somme : {amount}{exact}, convention « {convention} ».").format(
            amount=amount,
            exact="" if exact == amount else f" ({exact})",
            convention=_(vocabulary.AMOUNT_CONVENTIONS[selection.amount]),
        )
    ]
    if total.award_count != total.contract_count:
        sentences.append(_("Ils font {awards} retenues, une par titulaire.").format(awards=awards(total.award_count)))
    for count, said in (
        (total.flagged_count, _("Hors de la somme : {contracts} au montant invraisemblable ou en devise.")),
        (total.missing_count, _("Sans montant publié : {contracts}.")),
        (total.undivided_count, _("Sans durée, donc non divisés : {contracts}.")),
    ):
        if count:
            sentences.append(said.format(contracts=contracts(count)))
    if selection.include_flagged:
        sentences.append(_("Les montants signalés comme invraisemblables y sont comptés."))
    return " ".join(sentences)


def whole_list(count: int, most: int) -> str:
    """What a file of the whole list holds, when it may be longer than a file should be."""
    if count > most:
        return _("Télécharger les {count} premiers :").format(count=formats.count(most))
    return _("Télécharger les {count} marchés :").format(count=formats.count(count))


def limits(coverage: pl.DataFrame, delay: Delay) -> Iterator[str]:
    """What the data of a selection do not say, with its own figures; ``coverage`` as quality.coverage gives it."""
    shares = {(row["axis"], row["value"]): row["award_share"] for row in coverage.iter_rows(named=True)}
    yield (
        _("Un titre qui nomme un produit ou un éditeur est rare : {percent} des attributions.").format(
            percent=formats.percent(shares.get(("product", "known")) or 0)
        )
        + " "
        + _("Pour les autres, un revendeur ou un intégrateur peut livrer n’importe quelle technologie.")
    )
    yield _(
        "Pour {percent} des attributions, on ne connaît du titulaire que son SIREN français : sa maison mère n’est pas "
        "documentée, il est présumé français."
    ).format(percent=formats.percent(shares.get(("control", "siren_only")) or 0))
    yield _("Le montant d’un accord-cadre est un plafond : la dépense réelle n’est pas publiée.")
    if delay.median_days is not None:
        yield _(
            "La moitié des marchés sont publiés plus de {days} jours après leur notification, et {percent} dans les "
            "deux mois que prévoit le code de la commande publique ; ceux qui ne sont jamais publiés sont invisibles."
        ).format(days=formats.count(round(delay.median_days)), percent=formats.percent(delay.share_in_time))


def contracts(count: int) -> str:
    """``1 marché``, ``12 400 marchés``."""
    return _("1 marché") if count == 1 else _("{count} marchés").format(count=formats.count(count))


def awards(count: int) -> str:
    """``1 attribution``, ``12 400 attributions``."""
    return _("1 attribution") if count == 1 else _("{count} attributions").format(count=formats.count(count))


def euros_of_hundred(share: float) -> str:
    """A share as euros out of a hundred; what is not nothing is never written 0, nor what is not all 100."""
    if 0 < share < 0.005:
        return _("moins de 1 €")
    if 0.995 < share < 1:
        return _("plus de 99 €")
    return _("{euros} €").format(euros=round(share * 100))


def buyers(selection: Selection) -> str:
    """Who buys, as the end of a sentence: ``par le ministère de la Justice``."""
    ministries = selection.ministries
    if is_of_the_state(selection):
        return _("par l’État et ses opérateurs, hors centrales d’achat,")
    if not ministries:
        by = (
            _("par tous les acheteurs de cette édition")
            if not selection.buyer_kinds
            else _("par les acheteurs choisis")
        )
    elif len(ministries) == 1:
        by = _(_BY_MINISTRY[ministries[0]])
    else:
        by = _("par {count} ministères ({names})").format(
            count=len(ministries), names=_listed(vocabulary.MINISTRIES, ministries)
        )
    if selection.buyer_kinds:
        by += " " + _("({names})").format(names=_listed(vocabulary.BUYER_KINDS, selection.buyer_kinds))
    return by


def years(selection: Selection, extent: Years) -> str:
    """When, to follow the buyers: ``de 2020 à 2024``, with the space before it."""
    first, last = selection.years or extent
    return " " + (
        _("en {year}").format(year=first) if first == last else _("de {first} à {last}").format(first=first, last=last)
    )


def filters_summary(selection: Selection, names: Mapping[str, str] | None = None) -> str:
    """The filters in force in a few words, the ones that matter most first."""
    first, last = selection.years or (None, None)
    parts = [
        _(vocabulary.PERIMETERS[selection.perimeter]),
        _ministries(selection),
        _("toutes les années") if first is None else (str(first) if first == last else f"{first}–{last}"),
        _("non étranger : {definition}").format(definition=_(vocabulary.DEFINITIONS[selection.definition])),
        "" if is_of_the_state(selection) else _listed(vocabulary.BUYER_KINDS, selection.buyer_kinds),
        _listed(vocabulary.VERDICTS, selection.verdicts),
        "" if selection.amount == "partage" else _(vocabulary.AMOUNT_CONVENTIONS[selection.amount]),
        _("« {words} »").format(words=selection.search) if selection.search else "",
        *((names or {}).get(value, value) for value in (selection.group, selection.vendor, selection.product) if value),
        ending(selection),
        _(vocabulary.CONTROL_STATES[selection.control]) if selection.control else "",
        _("montants signalés compris") if selection.include_flagged else "",
    ]
    return _("Filtres : {filters}").format(filters=" · ".join(part for part in parts if part))


def ending(selection: Selection) -> str:
    """When the selected contracts end, if that was chosen: ``fin prévue en 2027``."""
    if selection.end_years is None:
        return ""
    first, last = selection.end_years
    if first == last:
        return _("fin prévue en {year}").format(year=first)
    return _("fin prévue de {first} à {last}").format(first=first, last=last)


def _ministries(selection: Selection) -> str:
    if is_of_the_state(selection):
        return _("l’État et ses opérateurs, hors centrales d’achat")
    return _listed(vocabulary.MINISTRIES, selection.ministries) or _("tous les ministères")


def _listed(labels: Mapping[str, str], codes: Iterable[str]) -> str:
    return ", ".join(_(labels[code]) for code in codes)
