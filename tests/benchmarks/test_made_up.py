"""Made-up files are those that the readers know, always the same, and can never be shown."""

import polars as pl
import pytest

from benchmarks import inputs, task
from benchmarks.generate import write_json, write_tabular
from loaders import editions, publish
from loaders.build import build, build_into_store
from loaders.errors import PublicationRefused
from loaders.read import open_source


def rows_of(path):
    reading = open_source(path, "synthetic")
    return reading, pl.concat([batch.rows for batch in reading.batches])


def test_the_tabular_file_has_todays_columns_versions_and_co_holders(tmp_path):
    path = tmp_path / "table.parquet"
    lines = write_tabular(path, 5_000)
    reading, rows = rows_of(path)
    assert rows.height == lines
    assert not reading.missing_columns
    assert not reading.unknown_columns
    assert 1.6 < lines / 5_000 < 2.0
    assert rows["version_number"].n_unique() > 2


def test_the_json_file_is_read_as_the_2022_schema_with_its_quirks(tmp_path):
    path = tmp_path / "decp.json"
    records = write_json(path, 12_000_000)
    reading = open_source(path, "synthetic")
    batches = list(reading.batches)
    assert reading.format == "decp-json-2022"
    assert sum(batch.records for batch in batches) == records
    assert {"null_record", "holder_without_values"} <= set(pl.concat([batch.rejects for batch in batches])["reason"])


def test_a_file_is_always_the_same(tmp_path):
    for name in ("one", "two"):
        write_tabular(tmp_path / name, 1_000)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_an_edition_of_made_up_contracts_is_built_but_never_among_those_shown(tmp_path, monkeypatch):
    monkeypatch.setenv("NUAGES_EDITIONS", str(tmp_path / "store"))
    path = tmp_path / "table.parquet"
    write_tabular(path, 1_000)
    built = build(inputs.plan(path), tmp_path / "outside", lambda *_: None)
    assert built.is_synthetic
    assert built.id.startswith("synthetique-")
    with pytest.raises(PublicationRefused):
        build_into_store(inputs.plan(path), lambda *_: None)
    with pytest.raises(PublicationRefused):
        publish.put_in_place(built.folder, editions.DATA_FOLDER / "made-up")
    assert not editions.published()
    assert editions.current().is_starter


def test_the_edition_whose_build_was_measured_is_the_one_that_questions_are_asked_of(tmp_path, monkeypatch):
    monkeypatch.setenv("NUAGES_BENCHMARKS", str(tmp_path))
    former = inputs.national_edition(0.0005).folder / "made-by-former-code"
    former.touch()
    done = task.edition(0.0005)
    measured = inputs.national_edition(0.0005)
    assert measured.folder == former.parent
    assert not former.exists()
    assert measured.manifest["counts"]["contracts_kept"] == done["contracts"] > 0
