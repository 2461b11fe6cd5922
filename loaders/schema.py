"""Every column of every table, declared once.

From here come the schemas that readers fill, the types that editions are written with, the checks, the headers on
screen and in exports, and the data dictionary. A label and a description are French and marked for translation.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from language import mark
from loaders import vocabulary


@dataclass(frozen=True)
class Column:
    """One column: its type, what a reader sees above it, and what it means."""

    name: str
    dtype: pl.DataType | type[pl.DataType]
    label: str
    description: str
    unit: str = ""
    vocabulary: Mapping[str, str] | None = None


def _text(name: str, label: str, description: str = "") -> Column:
    return Column(name, pl.String, label, description)


def _code(name: str, codes: Mapping[str, str], label: str, description: str = "") -> Column:
    return Column(name, pl.Enum(list(codes)), label, description, vocabulary=codes)


def _date(name: str, label: str, description: str = "") -> Column:
    return Column(name, pl.Date, label, description)


def _flag(name: str, label: str, description: str = "") -> Column:
    return Column(name, pl.Boolean, label, description)


def _count(name: str, label: str, description: str = "", unit: str = "") -> Column:
    return Column(name, pl.Int32, label, description, unit)


def _cents(name: str, label: str, description: str = "") -> Column:
    return Column(name, pl.Int64, label, description, unit="centimes d’euro hors taxes")


_FIELDS: dict[str, Column] = {
    column.name: column
    for column in (
        # Identity
        _text(
            "contract_id",
            mark("Identifiant"),
            mark("Identifiant stable : SIRET de l’acheteur et numéro interne, sans le suffixe CPV de 2026."),
        ),
        _text("published_uid", mark("uid publié"), mark("Identifiant tel que la source l’a publié.")),
        _text("internal_id", mark("Numéro interne"), mark("Numéro donné au marché par l’acheteur.")),
        _count("holder_rank", mark("Rang"), mark("Rang du titulaire dans le marché, à partir de 1.")),
        _count(
            "holder_count",
            mark("Titulaires"),
            mark("Nombre de titulaires entre lesquels le montant se partage."),
        ),
        # Time
        _date(
            "contract_date",
            mark("Date"),
            mark("Première notification connue, toutes versions confondues : la date du marché."),
        ),
        Column("year", pl.Int16, mark("Année"), mark("Année de la première notification.")),
        _date(
            "publication_date",
            mark("Publié le"),
            mark("Première publication connue des données essentielles."),
        ),
        _date("end_date", mark("Fin prévue"), mark("Date du marché plus sa durée ; vide si la durée manque.")),
        _count("duration_months", mark("Durée"), mark("Durée de la version en vigueur."), unit="mois"),
        # Buyer
        _text("buyer_id", mark("SIRET acheteur"), mark("SIRET de l’établissement acheteur.")),
        _text("buyer_siren", mark("SIREN acheteur"), mark("Neuf premiers chiffres du SIRET.")),
        _text("buyer_key", mark("Clé acheteur"), mark("SIREN, ou nom normalisé quand la source n’en donne pas.")),
        _text("buyer_name", mark("Acheteur"), mark("Nom de l’acheteur.")),
        _text("buyer_postcode", mark("Code postal acheteur")),
        _code("buyer_kind", vocabulary.BUYER_KINDS, mark("Type d’acheteur")),
        _code("state_status", vocabulary.STATE_STATUSES, mark("État ou non")),
        _code(
            "ministry",
            vocabulary.MINISTRIES,
            mark("Ministère"),
            mark("Ministère auquel l’acheteur appartient ou qui en exerce la tutelle ; vide hors État et opérateurs."),
        ),
        _text("ministry_rule", mark("Règle ministère"), mark("Règle qui a rattaché l’acheteur.")),
        # Holder and vendor
        _text("holder_id", mark("Identifiant titulaire"), mark("Identifiant publié du titulaire.")),
        _text(
            "holder_id_type",
            mark("Type d’identifiant"),
            mark("SIRET, TVA, HORS-UE, TAHITI, RIDET, FRWF, IREP."),
        ),
        _text("holder_name", mark("Titulaire"), mark("Nom publié du titulaire, sinon celui du registre.")),
        _text("vendor_id", mark("Fournisseur"), mark("SIREN, sinon numéro étranger, sinon nom normalisé.")),
        _text("vendor_name", mark("Fournisseur"), mark("Nom d’usage du fournisseur.")),
        _text("vendor_siren", mark("SIREN fournisseur")),
        _text("group_id", mark("Groupe"), mark("Groupe auquel le fournisseur est rattaché à la date du marché.")),
        _text("group_name", mark("Groupe")),
        _code("vendor_kind", vocabulary.VENDOR_KINDS, mark("Métier")),
        _code("channel", vocabulary.CHANNELS, mark("Canal"), mark("Comment l’achat parvient à l’acheteur.")),
        _text("channel_rule", mark("Règle canal")),
        # Control
        _text(
            "control_country",
            mark("Pays de contrôle"),
            mark("Pays (ISO 3166 alpha-2) d’où le fournisseur est contrôlé en dernier ressort à la date du marché."),
        ),
        _code("control_basis", vocabulary.CONTROL_BASES, mark("Fondement")),
        _code("control_confidence", vocabulary.CONFIDENCES, mark("Confiance")),
        _text("control_rule", mark("Règle contrôle"), mark("Champ et ligne de référence qui ont décidé.")),
        _text("control_source", mark("Source du contrôle")),
        _text(
            "technology_country",
            mark("Pays de la technologie"),
            mark("Pays de la technologie sur laquelle un opérateur français repose (offres hybrides) ; vide sinon."),
        ),
        # Object
        _text("title", mark("Objet")),
        _text("lot", mark("Lot")),
        _text("cpv", mark("CPV"), mark("Code du vocabulaire commun des marchés, huit chiffres.")),
        _text("descriptors", mark("Descripteurs"), mark("Descripteurs BOAMP, séparés par « | ».")),
        _text("ccag", mark("CCAG"), mark("Cahier des clauses administratives générales.")),
        _flag("is_digital", mark("Numérique"), mark("Dans le périmètre numérique ; vide si on ne sait pas.")),
        _flag("is_cloud", mark("Nuage"), mark("Hébergement, IaaS, PaaS ou SaaS ; vide si on ne sait pas.")),
        _code("digital_category", vocabulary.DIGITAL_CATEGORIES, mark("Catégorie")),
        _text("perimeter_rule", mark("Règle périmètre")),
        Column(
            "products",
            pl.List(pl.String),
            mark("Produits nommés"),
            mark("Produits ou éditeurs nommés dans l’objet ou le lot."),
        ),
        Column(
            "product_countries",
            pl.List(pl.String),
            mark("Pays des produits"),
            mark("Pays de chaque produit nommé, dans le même ordre ; FOSS pour un logiciel libre sans propriétaire."),
        ),
        _text("product_rule", mark("Règle produit")),
        Column(
            "qualifications",
            pl.List(pl.String),
            mark("SecNumCloud"),
            mark("Décisions de qualification d’un service du titulaire valides à la date du marché."),
        ),
        # Amounts
        _cents(
            "amount_cents",
            mark("Montant publié"),
            mark("Montant de la version en vigueur, hors taxes ; un plafond pour un accord-cadre."),
        ),
        _cents(
            "share_cents",
            mark("Montant partagé"),
            mark("Part du montant publié qui revient à ce titulaire ; la somme des parts égale le montant."),
        ),
        _code(
            "amount_flag",
            vocabulary.AMOUNT_FLAGS,
            mark("Signalement"),
            mark("Pourquoi ce montant est hors de toutes les sommes ; vide quand il compte."),
        ),
        _flag("is_framework", mark("Accord-cadre"), mark("Le montant est un plafond.")),
        _text(
            "published_anomaly",
            mark("Anomalie signalée"),
            mark("Avis du producteur du fichier consolidé sur le montant ; montré, jamais appliqué."),
        ),
        # Contract
        _text("nature", mark("Nature")),
        _text("procedure", mark("Procédure")),
        _text("techniques", mark("Techniques d’achat")),
        _text("framework_id", mark("Accord-cadre d’origine")),
        _count("offers_received", mark("Offres reçues")),
        _count("version_count", mark("Versions"), mark("Nombre de versions publiées.")),
        _count("version_number", mark("Version"), mark("0 pour le marché initial, puis 1 par modification.")),
        _flag("is_current", mark("En vigueur"), mark("Version dont viennent montant, titulaires et objet.")),
        _date("notification_date", mark("Notifié le"), mark("Notification de cette version.")),
        Column(
            "holders",
            pl.List(pl.String),
            mark("Titulaires"),
            mark("Identifiants des titulaires de la version."),
        ),
        # Subcontracts
        _text("act_id", mark("Acte"), mark("Numéro de l’acte de sous-traitance.")),
        _text("subcontractor_id", mark("Sous-traitant")),
        _text("subcontractor_id_type", mark("Type d’identifiant")),
        _count("change_number", mark("Modification"), mark("0 pour l’acte initial, puis 1 par modification.")),
        # Provenance
        _text(
            "source_id",
            mark("Source"),
            mark("Source déclarée dans data/sources.toml, ou nom du fichier local."),
        ),
        Column("record_number", pl.Int64, mark("Enregistrement"), mark("Rang dans la source, à partir de 1.")),
        _text("source_dataset", mark("Jeu d’origine"), mark("Jeu de données d’où le producteur tient la ligne.")),
        _text("source_url", mark("Page de la source")),
        _text(
            "scope",
            mark("Portée"),
            mark("record : l’enregistrement entier ; part : une partie, le reste est gardé."),
        ),
        _code("reason", vocabulary.REJECT_REASONS, mark("Raison")),
        _text("raw_text", mark("Texte brut"), mark("Ce que la source disait, tel quel.")),
        # Totals of vendors and buyers
        _count("contract_count", mark("Marchés")),
        _count("award_count", mark("Attributions")),
        _date("first_date", mark("Premier marché")),
        _date("last_date", mark("Dernier marché")),
        _cents("total_share_cents", mark("Montant partagé"), mark("Somme des parts, montants signalés exclus.")),
    )
}

_TABLES: dict[str, str] = {
    "awards": """
        contract_id holder_rank holder_count contract_date year publication_date end_date duration_months
        buyer_id buyer_siren buyer_key buyer_name buyer_kind state_status ministry ministry_rule
        holder_id holder_id_type holder_name vendor_id vendor_name vendor_siren group_id group_name vendor_kind
        channel channel_rule control_country control_basis control_confidence control_rule control_source
        technology_country title lot cpv descriptors ccag is_digital is_cloud digital_category perimeter_rule
        products product_countries product_rule qualifications
        amount_cents share_cents amount_flag is_framework source_id""",
    "contracts": """
        contract_id published_uid internal_id contract_date publication_date end_date duration_months
        buyer_id buyer_key buyer_name title lot cpv descriptors ccag nature procedure techniques framework_id
        offers_received amount_cents amount_flag published_anomaly is_framework holder_count version_count
        source_id record_number source_dataset source_url""",
    "versions": """
        contract_id version_number is_current notification_date publication_date amount_cents duration_months
        title holders source_id record_number""",
    "subcontracts": """
        contract_id act_id change_number subcontractor_id subcontractor_id_type amount_cents duration_months
        notification_date publication_date source_id record_number""",
    "vendors": """
        vendor_id vendor_name vendor_siren group_id group_name vendor_kind control_country control_basis
        control_confidence control_source technology_country contract_count award_count total_share_cents
        first_date last_date""",
    "buyers": """
        buyer_key buyer_siren buyer_name buyer_kind state_status ministry ministry_rule contract_count award_count
        total_share_cents first_date last_date""",
    "rejects": "source_id record_number scope reason raw_text",
}

TABLES: dict[str, tuple[Column, ...]] = {
    table: tuple(_FIELDS[name] for name in names.split()) for table, names in _TABLES.items()
}

RAW_ROW_COLUMNS = tuple(
    """
    uid internal_id record_kind version_number is_current notification_date publication_date
    buyer_id buyer_name buyer_postcode holder_id holder_id_type holder_name holder_rank
    title lot cpv descriptors amount currency duration_months nature procedure techniques execution_terms ccag
    framework_id
    offers_received published_anomaly source_dataset source_url
    """.split()
)
"""Columns that every reader fills, all text as published (null when absent): one row a version and a holder."""

RAW_SUBCONTRACT_COLUMNS = tuple(
    """
    uid internal_id buyer_id act_id change_number subcontractor_id subcontractor_id_type amount duration_months
    notification_date publication_date
    """.split()
)
"""Columns of subcontracting acts as read, all text as published."""


def column(name: str) -> Column:
    """The declaration of one column; KeyError when there is none."""
    return _FIELDS[name]


def polars_schema(table: str) -> pl.Schema:
    """The Polars schema that ``table`` is written with."""
    return pl.Schema({column.name: column.dtype for column in TABLES[table]})


def raw_schema(columns: tuple[str, ...]) -> pl.Schema:
    """The schema of raw rows: where each record comes from, then text as published."""
    return pl.Schema({"source_id": pl.String, "record_number": pl.Int64, **dict.fromkeys(columns, pl.String)})


RAW_ROWS = raw_schema(RAW_ROW_COLUMNS)
RAW_SUBCONTRACTS = raw_schema(RAW_SUBCONTRACT_COLUMNS)
