"""What each column of an answer is: its type, unit and label, from loaders.schema where it is declared there."""

from collections.abc import Mapping
from dataclasses import dataclass

from language import gettext as _
from language import mark
from loaders import schema, vocabulary
from loaders.mail.schema import TOWN_HALLS
from web.descriptors import type_name

CENTS = mark("centimes d’euro hors taxes")
SHARE = mark("part, de 0 à 1")
PERCENT_SIGNS = ("low", "middle", "high", "unknown", "share")

INTERVAL = (
    "total_cents contract_count foreign_control_cents foreign_product_cents hybrid_cents opaque_cents "
    "home_documented_cents home_presumed_cents unknown_cents low middle high unknown"
)
SUMMED = "amount_cents=summed_cents contract_count"
SELLER = (
    f"vendor_kind channel control_country control_basis verdict=main_verdict {SUMMED} award_count buyer_count "
    "flagged_count first_year last_year share"
)
OFFER = (
    "offer_id name services vendor_siren group_id product owner owner_country technology_country licence hds "
    f"secnumcloud_ids replaces source confidence verdict {SUMMED} held_count named_count buyer_count buyer_names "
    "first_year last_year"
)
"""Columns that several questions share."""


@dataclass(frozen=True)
class Described:
    """One column of an answer; ``label``, ``description`` and ``unit`` are French and marked for translation."""

    name: str
    type: str
    label: str
    description: str = ""
    unit: str = ""
    codes: Mapping[str, str] | None = None

    def document(self) -> dict:
        """The column as an answer tells it, in the current language."""
        said = {"name": self.name, "type": self.type, "label": _(self.label)}
        said["description"] = _(self.description) if self.description else ""
        said["unit"] = _(self.unit) if self.unit else ""
        return {name: text for name, text in said.items() if text}


_LABELS: dict[str, tuple[str, str]] = {
    "low": (mark("Contrôle étranger"), mark("Bas de l’intervalle : sous contrôle étranger établi.")),
    "middle": (mark("+ produit étranger"), mark("Milieu : plus les produits étrangers nommés.")),
    "high": (mark("+ hybride, opaque"), mark("Haut de l’intervalle : plus l’hybride et l’opaque.")),
    "unknown": (mark("Inconnu"), mark("À côté de l’intervalle : ce dont on ne sait rien.")),
    "share": (mark("Part"), mark("Part dans le total de la sélection.")),
    "verdict": (mark("Verdict"), mark("Sous la définition demandée.")),
    "definition": (mark("Définition"), ""),
    "total_cents": (
        mark("Montant"),
        mark("Somme sous la convention demandée ; les montants signalés n’y sont que s’ils sont demandés."),
    ),
    "summed_cents": (
        mark("Montant"),
        mark("Somme sous la convention demandée ; les montants signalés n’y sont que s’ils sont demandés."),
    ),
    "counted_cents": (
        mark("Montant compté"),
        mark("Ce que le marché pèse dans les sommes sous la convention demandée ; vide s’il en est exclu."),
    ),
    "main_verdict": (mark("Verdict"), mark("Celui qui pèse le plus dans ses montants partagés.")),
    "flagged_count": (mark("Signalés"), mark("Marchés dont le montant est hors des sommes.")),
    "missing_count": (mark("Sans montant"), mark("Marchés qui ne publient pas de montant.")),
    "undivided_count": (
        mark("Sans durée"),
        mark("Marchés que la convention « annualise » n’a pu diviser, faute de durée."),
    ),
    "buyer_count": (mark("Acheteurs"), ""),
    "vendor_count": (mark("Fournisseurs"), ""),
    "ministry_count": (mark("Ministères"), ""),
    "town_hall_count": (mark("Mairies"), ""),
    "counted_count": (mark("Mairies comptées"), mark("Celles que retient le choix demandé.")),
    "unknown_count": (mark("Pays inconnu"), mark("Mairies dont le pays du fournisseur n’est pas connu.")),
    "reject_count": (mark("Enregistrements"), ""),
    "held_count": (mark("Détenus"), mark("Marchés que détient son fournisseur.")),
    "named_count": (mark("Nommés"), mark("Marchés dont l’objet le nomme.")),
    "first_year": (mark("Depuis"), mark("Année du premier marché.")),
    "last_year": (mark("Jusqu’à"), mark("Année du dernier marché.")),
    "vendor_ids": (mark("Identifiants des titulaires"), mark("Par rang.")),
    "vendor_names": (mark("Titulaires"), mark("Par rang.")),
    "buyer_names": (mark("Acheteurs"), mark("Les plus gros d’abord.")),
    "top_vendor_id": (mark("Premier fournisseur"), mark("Identifiant de celui qui pèse le plus.")),
    "top_vendor_name": (mark("Premier fournisseur"), ""),
    "top_vendor_cents": (mark("Montant du premier fournisseur"), ""),
    "product": (mark("Produit"), ""),
    "country": (mark("Pays"), mark("ISO 3166 alpha-2 ; FOSS pour un logiciel libre sans propriétaire.")),
    "owner": (mark("Tête du groupe"), ""),
    "owner_country": (mark("Pays de contrôle"), ""),
    "valid_from": (mark("Depuis"), ""),
    "valid_to": (mark("Jusqu’à"), mark("Vide quand aucune source ne donne la fin.")),
    "offer_id": (mark("Identifiant"), mark("Ligne de nos tables de référence.")),
    "name": (mark("Offre"), ""),
    "services": (mark("Services"), mark("Codes de la clé « service ».")),
    "service": (mark("Service"), ""),
    "service_id": (mark("Identifiant"), ""),
    "service_type": (mark("Nature du service"), ""),
    "provider": (mark("Prestataire"), ""),
    "decision": (mark("Décision"), ""),
    "third_party_technology": (mark("Technologie d’un tiers"), ""),
    "source": (mark("Source"), ""),
    "verified": (mark("Vérification"), mark("yes : source lue ; quoted : citée par un tiers ; recalled : à vérifier.")),
    "licence": (mark("Licence"), ""),
    "hds": (mark("Hébergement de données de santé"), mark("Confiance dans la certification ; vide si rien ne la dit.")),
    "secnumcloud_ids": (mark("SecNumCloud"), mark("Services qualifiés de nos tables de référence.")),
    "replaces": (mark("Remplace"), mark("Produits nommés qui rendent le même service.")),
    "confidence": (mark("Confiance"), ""),
    "home_cents": (mark("Montant non étranger"), mark("Documenté ou présumé.")),
    "undecided_cents": (mark("Montant indécis"), mark("Hybride, opaque, inconnu.")),
    "foreign_cents": (mark("Montant étranger"), mark("Contrôle étranger ou produit étranger.")),
    "home_low_share": (mark("Part non étrangère, au moins"), ""),
    "home_high_share": (mark("Part non étrangère, au plus"), ""),
    "missing_low_cents": (mark("Manque, au moins"), mark("Si tout l’indécis était d’ici.")),
    "missing_high_cents": (mark("Manque, au plus"), mark("Si rien de l’indécis n’était d’ici.")),
    "documented_share": (mark("Contrôle documenté"), mark("Part des attributions.")),
    "flagged_share": (mark("Montants signalés"), mark("Part des marchés.")),
    "in_time_share": (mark("Publiés en deux mois, au plus"), mark("Les marchés jamais publiés ne se voient pas.")),
    "median_days": (mark("Délai médian (jours)"), mark("De la notification à la première publication.")),
    "axis": (mark("Axe"), ""),
    "value": (mark("Valeur"), ""),
    "award_share": (mark("Part des attributions"), ""),
    "amount_share": (mark("Part des montants"), ""),
    "rival": (mark("Identifiant"), ""),
    "rival_name": (mark("Nom"), ""),
    "is_group": (mark("Groupe"), mark("Faux pour une société.")),
    **{
        f"within_{months}": (mark("Fins prévues"), mark("Marchés qui finissent dans ces mois."))
        for months in (3, 6, 12, 24)
    },
}
_LISTS = ("vendor_ids", "vendor_names", "buyer_names", "services", "secnumcloud_ids", "replaces")
_CODES = {
    "verdict": vocabulary.VERDICTS,
    "main_verdict": vocabulary.VERDICTS,
    "definition": vocabulary.DEFINITIONS,
    "licence": vocabulary.LICENCES,
    "hds": vocabulary.CONFIDENCES,
    "confidence": vocabulary.CONFIDENCES,
}
_TOWN_HALLS = {column.name: column for column in TOWN_HALLS}


def described(name: str) -> Described:
    """The column ``name``, or ``name=meaning`` where a question gives it another meaning (``amount_cents`` summed)."""
    shown, _equals, meaning = name.partition("=")
    meaning = meaning or shown
    if meaning.startswith("mail."):
        return _declared(shown, _TOWN_HALLS[meaning.removeprefix("mail.")])
    verdict = meaning.removesuffix("_cents")
    if verdict in vocabulary.VERDICTS and verdict != meaning:
        label, description = vocabulary.VERDICTS[verdict], _LABELS["summed_cents"][1]
        return Described(shown, "integer", label, description, CENTS)
    if meaning in _LABELS:
        return _ours(shown, meaning)
    return _declared(shown, schema.column(meaning))


def _ours(shown: str, meaning: str) -> Described:
    label, description = _LABELS[meaning]
    return Described(shown, _type(meaning), label, description, _unit(meaning), _CODES.get(meaning))


def _declared(shown: str, column: schema.Column) -> Described:
    return Described(shown, type_name(column.dtype), column.label, column.description, column.unit, column.vocabulary)


def _unit(name: str) -> str:
    if name.endswith("_cents"):
        return CENTS
    return SHARE if name in PERCENT_SIGNS or name.endswith("_share") else ""


def _type(name: str) -> str:
    if name in _LISTS:
        return "array"
    if name in PERCENT_SIGNS or name.endswith("_share") or name == "median_days":
        return "number"
    if name.endswith(("_cents", "_count", "_year")) or name.startswith("within_"):
        return "integer"
    if name.startswith("valid_"):
        return "date"
    return "boolean" if name.startswith("is_") else "string"
