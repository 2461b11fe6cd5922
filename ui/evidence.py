"""Why an award was counted so: each axis as a sentence, with its rule, its source and how sure it is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from language import gettext as _
from language import mark
from loaders import vocabulary
from ui.tables import country

_CONTROL = {
    "registry": mark("{vendor} est contrôlé en dernier ressort depuis ce pays : {country}, d’après notre registre."),
    "gleif": mark("La maison mère ultime que {vendor} déclare au registre GLEIF est établie dans ce pays : {country}."),
    "vat": mark("{vendor} est identifié par un numéro de TVA étranger ({country}) : c’est son pays d’établissement."),
    "foreign_id": mark("{vendor} est identifié par un numéro étranger ({country}) : c’est son pays d’établissement."),
    "siren_only": mark("{vendor} a un SIREN français, et rien ne documente sa maison mère."),
    "none": mark("Rien ne dit depuis quel pays {vendor} est contrôlé."),
}

_READ = {
    "holder_id": mark("identifiant du titulaire"),
    "holder_name": mark("nom du titulaire"),
    "vendor_kind": mark("métier du fournisseur"),
    "vendor_siren": mark("SIREN du fournisseur"),
    "vendor": mark("métier du titulaire"),
    "buyer_name": mark("nom de l’acheteur"),
    "buyer_siren": mark("SIREN de l’acheteur"),
    "name": mark("nom de l’acheteur"),
    "siren": mark("SIREN de l’acheteur"),
    "siren_prefix": mark("début du SIREN de l’acheteur"),
    "operator": mark("liste des opérateurs de l’État"),
    "directory": mark("annuaire de l’administration"),
    "postcode": mark("code postal de l’acheteur"),
    "title": mark("objet"),
    "lot": mark("lot"),
    "word": mark("mot"),
    "product": mark("produit nommé"),
    "descriptors": mark("descripteurs"),
    "cpv": mark("CPV"),
    "vat": mark("numéro de TVA"),
    "not": mark("faux ami écarté"),
    "correction": mark("correction"),
}


@dataclass(frozen=True)
class Reason:
    """One step of the judgement: its sentence, the rule that decided, the source, how sure it is (translated)."""

    sentence: str
    rule: str = ""
    source: str = ""
    confidence: str = ""


def of_the_contract(award: dict) -> Iterator[Reason]:
    """What any award of a contract (a row of ``awards``) says of the contract itself: products, perimeter, ministry."""
    yield _products(award)
    yield _perimeter(award)
    yield from _ministry(award)


def of_the_holder(award: dict) -> Iterator[Reason]:
    """What an award says of its holder: control, technology, channel, qualifications."""
    yield _control(award)
    yield from _technology(award)
    yield from _channel(award)
    yield from _qualifications(award)


def by_definition(verdicts: pl.DataFrame) -> pl.DataFrame:
    """The verdict of each holder under each definition, one row a holder: ``vendor_name``, then the definitions."""
    return verdicts.pivot("definition", index=["holder_rank", "vendor_name"], values="verdict").sort("holder_rank")


def in_words(rule: str) -> str:
    """A rule as the edition keeps it (``holder_id=vendors:oracle-france>groups:oracle``), for people.

    Each part says what was read, then the row of the reference table or the pattern that decided.
    """
    return " ; ".join(_part_in_words(part) for part in rule.split("|") if part)


def _part_in_words(part: str) -> str:
    read, _sign, decided = re.match(r"([^=:]*)([=:]?)(.*)", part, re.DOTALL).groups()
    label = _READ.get(read.partition("[")[0])
    words = " → ".join(_row_in_words(row) for row in decided.split(">")) if decided not in ("", "yes") else ""
    return " ".join(filter(None, (_(label) if label else read, words)))


def _row_in_words(row: str) -> str:
    table, colon, key = row.rpartition(":")
    pattern, _at, place = key.partition("@")
    kind, where = vocabulary.VENDOR_KINDS.get(pattern), _READ.get(place)
    words = _(kind).lower() if kind else f"« {pattern} »"
    return (f"{table}.csv " if colon else "") + words + (f" ({_(where)})" if where else "")


def _control(award: dict) -> Reason:
    basis = award["control_basis"] or "none"
    sentence = _(_CONTROL[basis]).format(vendor=_vendor(award), country=country(award["control_country"] or ""))
    confidence = vocabulary.CONFIDENCES.get(award["control_confidence"], "")
    return Reason(sentence, award["control_rule"] or "", award["control_source"] or "", confidence and _(confidence))


def _technology(award: dict) -> Iterator[Reason]:
    if award["technology_country"] is not None:
        sentence = _("Son offre repose sur une technologie de ce pays : {country}.")
        yield Reason(sentence.format(country=country(award["technology_country"])), award["control_rule"] or "")


def _products(award: dict) -> Reason:
    named = zip(award["products"] or [], award["product_countries"] or [], strict=False)
    products = ", ".join(
        f"{product} ({country(code) if code else _('éditeur inconnu de nous')})" for product, code in named
    )
    if not products:
        return Reason(_("Ni l’objet ni le lot ne nomment un produit ou un éditeur que nous connaissons."))
    return Reason(_("L’objet ou le lot nomme : {products}.").format(products=products), award["product_rule"] or "")


def _channel(award: dict) -> Iterator[Reason]:
    if award["channel"] not in (None, "direct"):
        label = vocabulary.CHANNELS[award["channel"]]
        sentence = _("L’achat passe par un intermédiaire ({channel}), qui peut livrer la technologie d’un autre.")
        yield Reason(sentence.format(channel=_(label).lower()), award["channel_rule"] or "")


def _qualifications(award: dict) -> Iterator[Reason]:
    for decision in award["qualifications"] or []:
        sentence = _("Un service du titulaire était qualifié SecNumCloud à la date du marché : {decision}.")
        yield Reason(sentence.format(decision=decision))


def _perimeter(award: dict) -> Reason:
    if not award["is_digital"]:
        known = award["is_digital"] is False
        sentence = (
            _("Ce marché n’est pas compté comme numérique.") if known else _("On ne sait pas s’il est numérique.")
        )
        return Reason(sentence, award["perimeter_rule"] or "")
    category = vocabulary.DIGITAL_CATEGORIES.get(award["digital_category"])
    sentence = _("Ce marché est compté comme numérique : {category}.").format(
        category=_(category) if category else _("catégorie inconnue")
    )
    return Reason(sentence, award["perimeter_rule"] or "")


def _ministry(award: dict) -> Iterator[Reason]:
    if award["ministry"] is not None:
        label = vocabulary.MINISTRIES[award["ministry"]]
        sentence = _("L’acheteur est rattaché à ce ministère : {ministry}.")
        yield Reason(sentence.format(ministry=_(label)), award["ministry_rule"] or "")


def _vendor(award: dict) -> str:
    return award["vendor_name"] or award["holder_name"] or _("Ce titulaire")
