"""What describes an edition to machines: a Table Schema for each table, a Data Package for all (Frictionless, v1).

Everything comes from loaders.schema and from the manifest of the edition.
"""

import polars as pl

from language import gettext as _
from language import mark
from loaders import schema
from loaders.editions import Edition
from loaders.schema import Column

TABLE_TITLES = {
    "awards": mark("Attributions : une ligne par marché et par titulaire, avec les axes et leurs preuves"),
    "contracts": mark("Marchés : une ligne par marché, tel que publié"),
    "versions": mark("Versions : le marché initial et chacune de ses modifications"),
    "subcontracts": mark("Sous-traitance : les actes déclarés, quand la source les publie"),
    "vendors": mark("Fournisseurs : une ligne par fournisseur"),
    "buyers": mark("Acheteurs : une ligne par acheteur"),
    "rejects": mark("Enregistrements écartés, avec leur raison et leur texte brut"),
}
_PRIMARY_KEYS = {
    "awards": ["contract_id", "holder_rank"],
    "contracts": ["contract_id"],
    "versions": ["contract_id", "version_number"],
    "vendors": ["vendor_id"],
    "buyers": ["buyer_key"],
}
_LICENCES = {
    "Licence Ouverte 2.0": {"name": "etalab-2.0", "path": "https://spdx.org/licenses/etalab-2.0.html"},
    "MIT": {"name": "MIT", "path": "https://spdx.org/licenses/MIT.html"},
    "CC0 1.0": {"name": "CC0-1.0", "path": "https://spdx.org/licenses/CC0-1.0.html"},
}
_TYPES = {pl.String: "string", pl.Enum: "string", pl.Date: "date", pl.Boolean: "boolean", pl.List: "array"}


def table_schema(table: str) -> dict:
    """The Table Schema of ``table`` (a key of schema.TABLES), in the current language.

    ``unit`` and ``categories`` (each code with its label) are ours beside the properties of the standard.
    """
    described = {
        "fields": [field(column) for column in schema.TABLES[table]],
        "missingValues": [""],
    }
    if table in _PRIMARY_KEYS:
        described["primaryKey"] = _PRIMARY_KEYS[table]
    return described


def field(column: Column) -> dict:
    """One column as a field of a Table Schema, in the current language."""
    described = {"name": column.name, "title": _(column.label), "type": type_name(column.dtype)}
    if column.description:
        described["description"] = _(column.description)
    if column.unit:
        described["unit"] = _(column.unit)
    if column.vocabulary:
        described["constraints"] = {"enum": list(column.vocabulary)}
        described["categories"] = [{"value": code, "label": _(label)} for code, label in column.vocabulary.items()]
    return described


def type_name(dtype: pl.DataType | type[pl.DataType]) -> str:
    """The type of a column in the words of Table Schema."""
    if dtype.is_integer():
        return "integer"
    return _TYPES.get(dtype.base_type(), "number")


def data_package(edition: Edition, address: str) -> dict:
    """The Data Package of ``edition``, in the current language; its files stand beside ``address``, its own."""
    manifest = edition.manifest
    return {
        "profile": "data-package",
        "name": f"nuages-publics-{edition.id.lower()}",
        "id": address,
        "title": _("Nuages publics, édition {edition}").format(edition=edition.id),
        "description": _(
            "Marchés publics français (DECP, BOAMP) et ce que l’on sait de leurs fournisseurs : contrôle, produits "
            "nommés, canal, ministère. Montants en centimes d’euro hors taxes. Chaque classement porte sa règle et sa "
            "source."
        ),
        "version": edition.id,
        "created": manifest["created_at"],
        "method_version": manifest["method_version"],
        "keywords": ["commande publique", "DECP", "BOAMP", "cloud"],
        "licenses": licences(edition),
        "sources": [_source(source) for source in manifest["sources"]],
        "contributors": [{"title": "Nuages publics", "role": "wrangler"}],
        "resources": [resource for table in schema.TABLES for resource in _resources(edition, table)],
    }


def licences(edition: Edition) -> list[dict]:
    """The licences of the sources of ``edition``, each once."""
    names = sorted({source["licence"] for source in edition.manifest["sources"] if source["licence"]})
    return [{**_LICENCES.get(name, {"name": name.lower().replace(" ", "-")}), "title": name} for name in names]


def _source(source: dict) -> dict:
    kept = {"title": f"{source['publisher']}, {source['title']}", "path": source.get("page", "")}
    kept |= {"licence": source["licence"], "hash": f"sha256:{source['sha256']}" if source.get("sha256") else ""}
    return {name: value for name, value in kept.items() if value}


def _resources(edition: Edition, table: str) -> list[dict]:
    told = edition.manifest["tables"][table]
    described = {"title": _(TABLE_TITLES[table]), "rows": told["rows"]}
    return [
        {
            "name": table,
            "path": f"{table}.parquet",
            "format": "parquet",
            "mediatype": "application/vnd.apache.parquet",
            "bytes": edition.table_path(table).stat().st_size,
            "hash": f"sha256:{told['sha256']}",
            **described,
            "schema": table_schema(table),
        },
        {
            "name": f"{table}-csv",
            "path": f"{table}.csv.gz",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "compression": "gz",
            **described,
            "schema": f"{table}.schema.json",
        },
    ]
