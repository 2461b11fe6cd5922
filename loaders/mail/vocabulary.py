"""The closed lists of mail: kinds of providers, what a town hall's provider rests on, how a look-up ended."""

from language import mark

KINDS = {
    "office_suite": mark("Suite bureautique en ligne"),
    "host": mark("Hébergeur"),
    "operator": mark("Opérateur, fournisseur d’accès"),
    "public_mailbox": mark("Messagerie grand public"),
    "software": mark("Logiciel sur un serveur non identifié"),
    "own_server": mark("Serveur au nom de la commune"),
    "gateway": mark("Passerelle de filtrage"),
    "unidentified": mark("Non identifié"),
}

BASES = {
    "address": mark("l’adresse publiée est celle d’une messagerie connue"),
    "dns": mark("enregistrements DNS"),
    "weak": mark("indices trop faibles"),
    "none": mark("rien de publié"),
}

STATUSES = {
    "found": mark("fournisseur reconnu"),
    "unknown_provider": mark("serveur de courrier d’un fournisseur non reconnu"),
    "nxdomain": mark("domaine inexistant"),
    "no_mx": mark("aucun serveur de courrier déclaré"),
    "null_mx": mark("domaine qui déclare refuser le courrier"),
    "timeout": mark("pas de réponse"),
    "failure": mark("réponse en erreur"),
    "not_a_domain": mark("nom de domaine mal formé"),
}
UNANSWERED = ("timeout", "failure")
"""What another try may change: the next run asks again."""

REJECTIONS = {
    "malformed_code": mark("code de commune mal formé"),
    "duplicate_code": mark("commune déjà lue"),
}

UNKNOWN = "unknown"
GENERIC_NAMES = (
    mark("Rien d’établi"),
    mark("Serveur au nom de la commune"),
    mark("Autre prestataire, non identifié"),
    mark("Autre réseau, non identifié"),
    mark("Zimbra, sur un serveur non identifié"),
    mark("BlueMind, sur un serveur non identifié"),
    mark("Microsoft Exchange, sur un serveur non identifié"),
)
"""Names of ``data/reference/mail_providers.csv`` that are words rather than names of companies: translated."""
