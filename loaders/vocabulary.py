"""The closed lists of the field: every code that a column may hold, with the French label that screens translate.

Codes are stable and stand in files and addresses; labels may change. Order is meaningful: it is the order of
legends, tables and sorts.
"""

from language import mark

MINISTRIES = {
    "premier-ministre": mark("Premier ministre"),
    "interieur": mark("Intérieur"),
    "armees": mark("Armées"),
    "economie": mark("Économie et finances"),
    "justice": mark("Justice"),
    "education": mark("Éducation nationale"),
    "enseignement-superieur": mark("Enseignement supérieur et recherche"),
    "sante": mark("Santé et solidarités"),
    "travail": mark("Travail"),
    "transition-ecologique": mark("Transition écologique et territoires"),
    "agriculture": mark("Agriculture"),
    "culture": mark("Culture"),
    "affaires-etrangeres": mark("Affaires étrangères"),
    "outre-mer": mark("Outre-mer"),
    "etat-non-determine": mark("État, ministère non déterminé"),
}

STATE_STATUSES = {
    "yes": mark("État"),
    "operator": mark("Opérateur de l’État"),
    "social": mark("Sécurité sociale"),
    "no": mark("Autre acheteur public"),
}

BUYER_KINDS = {
    "ministry_central": mark("Administration centrale"),
    "national_service": mark("Service national"),
    "decentralised": mark("Service déconcentré"),
    "operator": mark("Opérateur de l’État"),
    "university": mark("Université, grande école"),
    "hospital": mark("Hôpital"),
    "social": mark("Organisme de sécurité sociale"),
    "local": mark("Collectivité locale"),
    "central_purchasing": mark("Centrale d’achat"),
    "constitutional": mark("Pouvoirs publics, autorité indépendante"),
    "company": mark("Entreprise publique, concessionnaire"),
    "other": mark("Autre acheteur"),
}

VENDOR_KINDS = {
    "cloud_host": mark("Hébergeur, fournisseur de cloud"),
    "software_editor": mark("Éditeur de logiciels"),
    "hardware_maker": mark("Fabricant de matériel"),
    "telecom": mark("Opérateur télécom"),
    "integrator": mark("Intégrateur, société de services"),
    "reseller": mark("Revendeur"),
    "public_body": mark("Organisme public"),
    "other": mark("Autre fournisseur"),
}

CHANNELS = {
    "direct": mark("Direct"),
    "reseller": mark("Revendeur"),
    "integrator": mark("Intégrateur"),
    "central_purchasing": mark("Centrale d’achat"),
}

DIGITAL_CATEGORIES = {
    "iaas": mark("Infrastructure à la demande (IaaS)"),
    "paas": mark("Plateforme à la demande (PaaS)"),
    "saas": mark("Logiciel en ligne (SaaS)"),
    "hosting": mark("Hébergement"),
    "managed_services": mark("Infogérance"),
    "software": mark("Logiciels et licences"),
    "hardware": mark("Matériel informatique"),
    "telecom": mark("Télécommunications et réseaux"),
    "it_services": mark("Services informatiques"),
}
CLOUD_CATEGORIES = ("iaas", "paas", "saas", "hosting")

CONTROL_BASES = {
    "registry": mark("Registre des fournisseurs"),
    "gleif": mark("Maison mère déclarée (GLEIF)"),
    "vat": mark("Numéro de TVA étranger"),
    "foreign_id": mark("Identifiant étranger"),
    "siren_only": mark("SIREN français, maison mère non documentée"),
    "none": mark("Rien d’établi"),
}

CONTROL_STATES = {
    "documente": mark("contrôle documenté"),
    "non-documente": mark("contrôle non documenté"),
}
DOCUMENTED_CONTROL_BASES = ("registry", "gleif", "vat", "foreign_id")
"""The bases on which the control of a vendor is documented."""

CONFIDENCES = {
    "high": mark("établi"),
    "medium": mark("probable"),
    "to_verify": mark("à vérifier"),
}

VERDICTS = {
    "foreign_control": mark("Contrôle étranger"),
    "foreign_product": mark("Produit étranger"),
    "hybrid": mark("Hybride"),
    "opaque": mark("Opaque"),
    "home_documented": mark("Non étranger, documenté"),
    "home_presumed": mark("Présumé français"),
    "unknown": mark("Inconnu"),
}

AMOUNT_FLAGS = {
    "missing": mark("montant absent"),
    "at_most_one_euro": mark("montant d’un euro ou moins"),
    "sentinel": mark("valeur de remplissage"),
    "repeated_digit": mark("même chiffre répété"),
    "implausible": mark("montant invraisemblable"),
    "foreign_currency": mark("montant dans une autre devise que l’euro"),
}

REJECT_REASONS = {
    "no_buyer": mark("acheteur absent"),
    "no_contract_id": mark("identifiant de marché absent"),
    "no_title_no_holder": mark("ni objet ni titulaire"),
    "concession": mark("contrat de concession : la valeur n’est pas un achat"),
    "test_record": mark("enregistrement d’essai d’une plateforme"),
    "outside_starter": mark("hors du champ de l’édition de démarrage : ni numérique, ni État"),
    "not_an_award": mark("avis qui n’attribue rien"),
    "null_record": mark("enregistrement vide"),
    "unreadable_record": mark("enregistrement illisible"),
    "holder_without_values": mark("titulaire réduit au nom de ses champs"),
    "unreadable_modification": mark("modification illisible"),
    "unreadable_subcontract": mark("acte de sous-traitance illisible"),
}

DEFINITIONS = {
    "france": mark("Français"),
    "ue": mark("Union européenne"),
    "europe": mark("Europe (UE, EEE, Suisse, Royaume-Uni)"),
    "hors-us": mark("Hors droit des États-Unis"),
}

PERIMETERS = {
    "numerique": mark("Numérique"),
    "nuage": mark("Nuage et hébergement"),
    "tout": mark("Tous les achats"),
}

AMOUNT_CONVENTIONS = {
    "partage": mark("Montant publié, partagé entre titulaires"),
    "plafond": mark("Montant tel que publié"),
    "annualise": mark("Montant partagé, par année de durée"),
    "simples": mark("Sans les accords-cadres"),
}

SERVICES = {
    "cloud": mark("Hébergement en nuage"),
    "storage": mark("Stockage"),
    "office_suite": mark("Suite bureautique"),
    "collaboration": mark("Travail collaboratif, intranet"),
    "file_sharing": mark("Partage de fichiers"),
    "messaging": mark("Messagerie"),
    "video_meeting": mark("Visioconférence"),
    "signature": mark("Signature électronique"),
    "crm": mark("Relation client ou usager (CRM)"),
    "emailing": mark("Envoi de courriels"),
    "erp": mark("Gestion intégrée (ERP)"),
    "analytics": mark("Plateforme de données, décisionnel"),
    "database": mark("Base de données"),
    "ai": mark("Intelligence artificielle"),
    "search": mark("Moteur de recherche"),
    "backup": mark("Sauvegarde"),
    "security": mark("Sécurité"),
    "network": mark("Réseau, diffusion de contenu"),
    "virtualisation": mark("Virtualisation"),
    "it_management": mark("Gestion du parc et des incidents"),
    "development": mark("Développement"),
    "project": mark("Gestion de projet"),
    "low_code": mark("Applications sans code"),
    "integration": mark("Échange de données entre applications"),
}
"""The services that a foreign product and one from here may both render: codes of products.csv and alternatives.csv."""

LICENCES = {
    "open_source": mark("libre"),
    "mixed": mark("en partie libre"),
    "proprietary": mark("propriétaire"),
}

CASE_THEMES = {
    "hosting": mark("Hébergement et nuage"),
    "workplace": mark("Bureautique et postes de travail"),
    "messaging": mark("Messagerie et visioconférence"),
    "databases": mark("Bases de données et serveurs"),
    "analytics": mark("Analyse de données"),
    "it_services": mark("Services informatiques"),
}

CASE_STATUSES = {
    "in_use": mark("En cours"),
    "leaving": mark("Sortie annoncée"),
    "stopped": mark("Suspendu ou écarté"),
    "ended": mark("Terminé"),
    "alternative": mark("Autre choix fait"),
    "unknown": mark("Suite non documentée"),
}

MILESTONE_KINDS = {
    "law": mark("Loi"),
    "ruling": mark("Décision de justice"),
    "circular": mark("Circulaire, doctrine"),
    "decision": mark("Décision administrative"),
    "hearing": mark("Audition"),
    "report": mark("Rapport"),
}

FIGURE_NATURES = {
    "orders": mark("commandes"),
    "sales": mark("ventes"),
    "spending": mark("dépense"),
    "payments": mark("versements"),
    "estimate": mark("estimation"),
    "ceiling": mark("maximum"),
    "share": mark("part"),
}
"""What an official figure counts: figures of different natures are never added."""

VERIFICATIONS = {
    "yes": mark("source lue"),
    "quoted": mark("source citée par un tiers"),
    "recalled": mark("à vérifier"),
}
"""How a fact of our tables was checked, in the words of a reader."""
