"""Sound files of contracts of yesterday, small enough to be published fifty times."""

import io
import json
import zipfile
from datetime import UTC, datetime, timedelta

import polars as pl

from tests.loaders.test_cli import RECORD


def notified() -> str:
    """Yesterday."""
    return (datetime.now(UTC).date() - timedelta(days=1)).isoformat()


def contracts(count: int, **changed: object) -> list[dict]:
    """That many contracts, all notified yesterday."""
    usual = RECORD | {"dateNotification": notified()} | changed
    return [usual | {"id": f"M{number:05}"} for number in range(count)]


def as_json(count: int = 20, **changed: object) -> bytes:
    """Them in a file of the 2019 schema."""
    return json.dumps({"marches": contracts(count, **changed)}, indent=1).encode()


def tabular(count: int = 20) -> pl.DataFrame:
    """Them in the columns of the consolidated file that matter, of the types that it has."""
    return pl.DataFrame(
        {
            "uid": [f"11001401600015M{number:05}" for number in range(count)],
            "id": [f"M{number:05}" for number in range(count)],
            "acheteur_id": "11001401600015",
            "acheteur_nom": "Ministère de l’Intérieur",
            "titulaire_id": "33509231800120",
            "titulaire_typeIdentifiant": "SIRET",
            "titulaire_nom": "OVH",
            "objet": "Maintenance des serveurs",
            "codeCPV": "72267000",
            "montant": 1000.0,
            "dureeMois": 12,
            "dateNotification": datetime.now(UTC).date() - timedelta(days=1),
            "modification_id": 0,
            "donneesActuelles": True,
            "sourceDataset": "essai",
        },
        schema_overrides={"dureeMois": pl.Int16, "modification_id": pl.Int16},
    )


def as_parquet(frame: pl.DataFrame | None = None) -> bytes:
    """A table as Parquet."""
    written = io.BytesIO()
    (tabular() if frame is None else frame).write_parquet(written)
    return written.getvalue()


def zipped(**members: bytes) -> bytes:
    """These files in a zip archive, in order."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return written.getvalue()
