"""Every column of the table of town halls and of the answers of the resolver, declared once."""

import polars as pl

from language import mark
from loaders.mail import vocabulary
from loaders.schema import Column

TOWN_HALLS = (
    Column("insee_code", pl.String, mark("Code Insee"), mark("Code officiel géographique de la commune.")),
    Column("commune_name", pl.String, mark("Commune"), mark("Nom publié, sans le mot « mairie ».")),
    Column(
        "department_code", pl.String, mark("Département"), mark("Deux premiers signes du code Insee, trois outre-mer.")
    ),
    Column("domain", pl.String, mark("Domaine"), mark("Domaine de l’adresse publiée de la mairie ; vide s’il manque.")),
    Column(
        "provider",
        pl.String,
        mark("Fournisseur"),
        mark("Code de data/reference/mail_providers.csv ; unknown quand les indices ne suffisent pas."),
    ),
    Column(
        "provider_country",
        pl.String,
        mark("Pays"),
        mark("Pays d’où le fournisseur est contrôlé ; vide quand on ne sait pas qui exploite le serveur."),
    ),
    Column(
        "basis",
        pl.Enum(list(vocabulary.BASES)),
        mark("Fondement"),
        mark("Ce qui établit le fournisseur."),
        vocabulary=vocabulary.BASES,
    ),
    Column("confidence", pl.Int8, mark("Confiance"), mark("Score des indices DNS, de 0 à 100.")),
    Column(
        "published_provider",
        pl.String,
        mark("Fournisseur publié"),
        mark("Classement de la source, avant le seuil de confiance."),
    ),
    Column("flags", pl.List(pl.String), mark("Indices"), mark("Indices relevés par la source, tels quels.")),
    Column("looked_up_on", pl.Date, mark("Relevé le"), mark("Jour de la publication ou de l’interrogation du DNS.")),
)

ANSWERS = (
    Column("domain", pl.String, mark("Domaine"), mark("Domaine demandé, en minuscules.")),
    Column(
        "status",
        pl.Enum(list(vocabulary.STATUSES)),
        mark("Réponse"),
        mark("Comment la recherche a fini."),
        vocabulary=vocabulary.STATUSES,
    ),
    Column("provider", pl.String, mark("Fournisseur"), mark("Code du fournisseur reconnu ; unknown sinon.")),
    Column("confidence", pl.Int8, mark("Confiance"), mark("De 0 à 100, selon l’échelle de loaders/mail/deduce.py.")),
    Column("evidence", pl.String, mark("Indices"), mark("Ce qui a été reconnu, séparé par des espaces.")),
    Column(
        "mx_hosts", pl.String, mark("Serveurs de courrier"), mark("Hôtes MX par préférence, séparés par des espaces.")
    ),
    Column("spf", pl.String, mark("SPF"), mark("Enregistrement TXT v=spf1, tel que publié.")),
    Column("looked_up_on", pl.Date, mark("Relevé le"), mark("Jour de l’interrogation du DNS.")),
)

TOWN_HALL_SCHEMA = pl.Schema({column.name: column.dtype for column in TOWN_HALLS})
ANSWER_SCHEMA = pl.Schema({column.name: column.dtype for column in ANSWERS})


def label(name: str) -> str:
    """The French label of a column of the town halls, to be translated where it is shown; KeyError when none."""
    return {column.name: column.label for column in TOWN_HALLS}[name]
