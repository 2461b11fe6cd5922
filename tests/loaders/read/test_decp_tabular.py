"""The consolidated tabular file, of today and of earlier years."""

import io
from datetime import date

import polars as pl
import pytest

from loaders import schema
from loaders.read.decp_tabular import _COLUMNS, _EXPECTED
from tests.loaders.read.reading import read_bytes

LINE = {
    "uid": "110014016000152024M001_72410000",
    "id": "2024M001",
    "acheteur_id": "11001401600015",
    "acheteur_nom": "Ministère de l’Intérieur",
    "titulaire_id": "33509231800120",
    "titulaire_typeIdentifiant": "SIRET",
    "objet": "Hébergement",
    "montant": 99999999999.99,
    "codeCPV": "72410000",
    "dureeMois": 12,
    "techniques": "",
    "dateNotification": date(2024, 3, 7),
    "modification_id": 1,
    "donneesActuelles": True,
    "montant_anomalie": "suspect",
    "sourceDataset": "aife_dume",
    "sourceFile": "https://www.data.gouv.fr/datasets/x",
}
FILLED = {
    "source_id": "test",
    "record_number": 1,
    "uid": "110014016000152024M001_72410000",
    "internal_id": "2024M001",
    "record_kind": "contract",
    "version_number": "1",
    "is_current": "true",
    "notification_date": "2024-03-07",
    "buyer_id": "11001401600015",
    "buyer_name": "Ministère de l’Intérieur",
    "holder_id": "33509231800120",
    "holder_id_type": "SIRET",
    "title": "Hébergement",
    "cpv": "72410000",
    "amount": "99999999999.99",
    "duration_months": "12",
    "published_anomaly": "suspect",
    "source_dataset": "aife_dume",
    "source_url": "https://www.data.gouv.fr/datasets/x",
}


def parquet(frame: pl.DataFrame) -> bytes:
    written = io.BytesIO()
    frame.write_parquet(written)
    return written.getvalue()


FRAME = pl.DataFrame([LINE])


@pytest.mark.parametrize(("content", "format_"), [(parquet(FRAME), "parquet"), (FRAME.write_csv().encode(), "csv")])
def test_a_line_fills_the_raw_columns_as_text(tmp_path, content, format_):
    read = read_bytes(tmp_path, content)
    assert read.reading.format == f"decp-tabular-{format_}"
    assert read.rows.schema == schema.RAW_ROWS
    assert {name: value for name, value in read.rows.to_dicts()[0].items() if value is not None} == FILLED


def test_the_schema_of_today_has_64_columns():
    assert len(set(_EXPECTED)) == 64
    assert set(_COLUMNS) <= set(schema.RAW_ROW_COLUMNS)


def test_columns_of_other_years_are_told(tmp_path):
    """58 columns in 2025, without the anomalies; some that have gone since."""
    read = read_bytes(tmp_path, parquet(FRAME.drop("montant_anomalie").with_columns(pl.lit(1).alias("anomalies"))))
    assert "montant_anomalie" in read.reading.missing_columns
    assert read.reading.unknown_columns == ["anomalies"]
    assert read.column("published_anomaly") == [None]


def test_a_line_is_a_record_and_has_no_rank(tmp_path):
    read = read_bytes(tmp_path, parquet(pl.concat([FRAME, FRAME])))
    assert (read.records, read.column("record_number"), read.column("holder_rank")) == (2, [1, 2], [None, None])


def test_truth_that_is_not_known_stays_so(tmp_path):
    """32 223 lines without date have no version and no state (decp-veille, July 2026)."""
    nothing = FRAME.with_columns(pl.lit(None, pl.Boolean).alias("donneesActuelles"))
    assert read_bytes(tmp_path, parquet(nothing)).column("is_current") == [None]
