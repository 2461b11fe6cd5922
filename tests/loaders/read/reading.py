"""Files written by a test and read back whole."""

import json
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from loaders.read import open_source
from loaders.read.batch import Reading

USUAL = {
    "id": "2024M001",
    "acheteur": {"id": "11001401600015"},
    "objet": "Hébergement",
    "montant": 1000,
    "dateNotification": "2024-03-07",
    "titulaires": [{"titulaire": {"id": "33509231800120", "typeIdentifiant": "SIRET"}}],
}


@dataclass(frozen=True)
class Whole:
    """A reading that came to its end."""

    reading: Reading
    records: int
    rows: pl.DataFrame
    subcontracts: pl.DataFrame
    rejects: pl.DataFrame

    def column(self, name: str) -> list:
        """The cells of one raw column."""
        return self.rows[name].to_list()

    def rejected(self) -> list[tuple]:
        """Record, scope, reason and raw text of each reject."""
        return self.rejects.drop("source_id").rows()


def read_whole(path: Path, mapping: Path | None = None) -> Whole:
    """Read ``path`` to its end, as the source ``test``."""
    reading = open_source(path, "test", mapping)
    batches = list(reading.batches)
    tables = {
        name: pl.concat([getattr(batch, name) for batch in batches]) if batches else pl.DataFrame()
        for name in ("rows", "subcontracts", "rejects")
    }
    return Whole(reading, sum(batch.records for batch in batches), **tables)


def read_bytes(folder: Path, content: bytes, mapping: Path | None = None) -> Whole:
    """Read a file of these bytes, whose name says nothing."""
    path = folder / "file"
    path.write_bytes(content)
    return read_whole(path, mapping)


def read_records(folder: Path, *records: object) -> Whole:
    """Read a JSON list of these records."""
    return read_bytes(folder, json.dumps({"marches": list(records)}, ensure_ascii=False).encode())


def read_contract(folder: Path, **fields: object) -> Whole:
    """Read one contract: usual fields, changed by these."""
    return read_records(folder, USUAL | fields)
