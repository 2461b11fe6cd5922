"""Why an award was counted so: each axis as a sentence, with its rule, its source and how sure it is."""

from collections.abc import Iterator
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Reason:
    """One step of the judgement: its sentence, the rule that decided, the source, how sure it is (translated)."""

    sentence: str
    rule: str = ""
    source: str = ""
    confidence: str = ""


def reasons(award: dict) -> Iterator[Reason]:
    """The steps that lead to the verdict of one award (a row of ``awards``), facts in the order they weigh."""
    yield _control(award)
    yield from _technology(award)
    yield _products(award)
    yield from _channel(award)
    yield from _qualifications(award)
    yield _perimeter(award)
    yield from _ministry(award)


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
    products = ", ".join(f"{product} ({country(code)})" for product, code in named if code)
    if not products:
        return Reason(_("Ni l’objet ni le lot ne nomment un produit ou un éditeur que nous connaissons."))
    return Reason(_("L’objet ou le lot nomme : {products}.").format(products=products), award["product_rule"] or "")


def _channel(award: dict) -> Iterator[Reason]:
    if award["channel"] not in (None, "direct"):
        label = _(vocabulary.CHANNELS[award["channel"]]).lower()
        sentence = _("L’achat passe par un intermédiaire ({channel}), qui peut livrer la technologie d’un autre.")
        yield Reason(sentence.format(channel=label), award["channel_rule"] or "")


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
        sentence = _("L’acheteur est rattaché à ce ministère : {ministry}.")
        yield Reason(
            sentence.format(ministry=_(vocabulary.MINISTRIES[award["ministry"]])), award["ministry_rule"] or ""
        )


def _vendor(award: dict) -> str:
    return award["vendor_name"] or award["holder_name"] or _("Ce titulaire")
