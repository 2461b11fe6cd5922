"""The consolidated tabular file of essential procurement data, Parquet or CSV, of today and of earlier years.

Columns: schema of the file « données essentielles de la commande publique consolidées, format tabulaire »
(data.gouv.fr, dataset 608c055b35eb4e6ee20eb325), 64 since the summer of 2026.
"""

from collections.abc import Iterator

import polars as pl

from loaders import schema
from loaders.read.batch import RawBatch, Reading
from loaders.read.text_table import Table

_COLUMNS = {
    "uid": "uid",
    "internal_id": "id",
    "version_number": "modification_id",
    "is_current": "donneesActuelles",
    "notification_date": "dateNotification",
    "publication_date": "datePublicationDonnees",
    "buyer_id": "acheteur_id",
    "buyer_name": "acheteur_nom",
    "holder_id": "titulaire_id",
    "holder_id_type": "titulaire_typeIdentifiant",
    "holder_name": "titulaire_nom",
    "title": "objet",
    "cpv": "codeCPV",
    "amount": "montant",
    "duration_months": "dureeMois",
    "nature": "nature",
    "procedure": "procedure",
    "techniques": "techniques",
    "execution_terms": "modalitesExecution",
    "ccag": "ccag",
    "framework_id": "idAccordCadre",
    "offers_received": "offresRecues",
    "published_anomaly": "montant_anomalie",
    "source_dataset": "sourceDataset",
    "source_url": "sourceFile",
}
"""Raw column = published column."""

_NOT_USED = tuple(
    """
    type dureeRestanteMois formePrix typesPrix attributionAvance tauxAvance marcheInnovant
    considerationsSociales considerationsEnvironnementales sousTraitanceDeclaree typeGroupementOperateurs origineUE
    origineFrance lieuExecution_code lieuExecution_typeCode titulaire_distance acheteur_categorie
    acheteur_commune_code acheteur_commune_nom acheteur_departement_code acheteur_departement_nom
    acheteur_region_code acheteur_region_nom acheteur_latitude acheteur_longitude acheteur_population
    titulaire_categorie titulaire_activite_code titulaire_activite_libelle titulaire_commune_code
    titulaire_commune_nom titulaire_departement_code titulaire_departement_nom titulaire_region_code
    titulaire_region_nom titulaire_latitude titulaire_longitude montant_rationalise montant_anomalie_raisons
    """.split()
)
_EXPECTED = (*_COLUMNS.values(), *_NOT_USED)

_SIGNS = {"uid", "acheteur_id", "titulaire_id", "titulaire_typeIdentifiant", "donneesActuelles", "sourceDataset"}
_FEWEST_SIGNS = 2


def is_decp_tabular(columns: list[str]) -> bool:
    """Whether these columns are those of the tabular file rather than of somebody's own table."""
    return len(_SIGNS.intersection(columns)) >= _FEWEST_SIGNS


def missing_to_be_read(columns: list[str]) -> list[str]:
    """The columns without which the file cannot be read: a contract has an identifier, a buyer and a title."""
    needed = [] if "uid" in columns else ["id"]
    return [name for name in (*needed, "acheteur_id", "objet") if name not in columns]


def read_decp_tabular(table: Table, source_id: str, format_: str) -> Reading:
    """Read the table, one row a line: the file already has one line a contract × version × holder.

    ``missing_columns`` and ``unknown_columns`` tell it from today's 64.
    """
    return Reading(
        format_,
        table.size,
        _batches(table, source_id),
        missing_columns=[name for name in _EXPECTED if name not in table.columns],
        unknown_columns=[name for name in table.columns if name not in _EXPECTED],
    )


def _batches(table: Table, source_id: str) -> Iterator[RawBatch]:
    present = [name for name in _COLUMNS.values() if name in table.columns]
    constants = {"source_id": source_id, "record_kind": "contract"}
    cells = [_cell(raw, constants, table.columns).alias(raw) for raw in schema.RAW_ROWS.names()]
    for chunk in table.chunks(present):
        yield RawBatch(chunk.records, chunk.position, rows=chunk.frame.select(cells), rejects=chunk.rejects)


def _cell(raw: str, constants: dict[str, str], columns: list[str]) -> pl.Expr:
    if raw == "record_number":
        return pl.col(raw)
    if _COLUMNS.get(raw) in columns:
        return pl.col(_COLUMNS[raw])
    return pl.lit(constants.get(raw), pl.String)
