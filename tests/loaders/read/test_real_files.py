"""Real published files: records and rows as counted without our readers (json, csv and sets of tuples)."""

import polars as pl
import pytest

from tests.loaders.read.reading import read_whole

AIFE = "decp_2019_json/data.gouv.fr_aife_json_2019-04-04.zip"
PES = "decp_2019_json/pes_json_2019-04-05.zip"
PARIS_2019 = "decp_2022_json/decp_2019_paris.json"
PARIS_2024 = "decp_2022_json/decp_2024_paris.json"
FLATTENED = "decp_tabular/decp_2019_flattened_10000.csv"
TABULAR = "decp_tabular/decp_2026-08-19_61rows_64cols.parquet"
BOAMP = "boamp/boamp_awards_2019-09_2020-12.parquet"

COUNTED = [
    (AIFE, "decp-json-2019", 4_530, 5_148),
    (PES, "decp-json-2019", 1_148, 1_288),
    (PARIS_2019, "decp-json-2019", 3_850, 4_642),
    (PARIS_2024, "decp-json-2022", 1_054, 1_067),
    (FLATTENED, "awards-table", 10_000, 10_324),
    (TABULAR, "decp-tabular-parquet", 61, 61),
    (BOAMP, "awards-table", 67_456, 66_784),
]


@pytest.mark.parametrize(("name", "format_", "records", "rows"), COUNTED, ids=[counted[0] for counted in COUNTED])
def test_every_record_is_read(real_files, name, format_, records, rows):
    read = read_whole(real_files / name)
    assert (read.reading.format, read.records, read.rows.height) == (format_, records, rows)
    assert (read.reading.missing_columns, read.reading.unknown_columns) == ([], [])
    rejected = read.rejects.filter(pl.col("scope") == "record")["record_number"]
    in_rows = read.rows["record_number"].unique()
    assert in_rows.len() + rejected.len() == records
    assert pl.concat([in_rows, rejected]).sort().to_list() == list(range(1, records + 1))


def test_versions_and_concessions_of_the_aife(real_files):
    rows = read_whole(real_files / AIFE).rows
    assert rows.filter(pl.col("record_kind") == "concession")["record_number"].n_unique() == 22
    versions = rows.select("record_number", "version_number").unique()["version_number"].value_counts()
    assert dict(versions.rows()) == {"0": 4_530, "1": 31, "2": 2}
    assert rows.filter(pl.col("holder_id").is_null() & pl.col("holder_name").is_null()).height == 6


def test_paris_publishes_modified_subcontracts_and_empty_holders(real_files):
    read = read_whole(real_files / PARIS_2024)
    modified = read.subcontracts.group_by("record_number", "change_number").len().sort("record_number").rows()
    assert modified == [(388, "1", 3), (395, "1", 1), (921, "1", 7)]
    assert read.subcontracts["subcontractor_id"].is_null().all()
    assert read.rejects["reason"].to_list() == ["holder_without_values"] * 10
    assert read.column("holder_id").count(None) == 10


def test_the_boamp_awards_contracts_and_concessions(real_files):
    read = read_whole(real_files / BOAMP)
    assert read.rejects["reason"].value_counts().rows() == [("not_an_award", 672)]
    assert read.rows["record_kind"].value_counts(sort=True).rows() == [("contract", 66_104), ("concession", 680)]
    assert read.rows["internal_id"].n_unique() == 63_616
    assert read.rows["descriptors"].str.contains(r"[\[\]]").sum() == 0


def test_holders_of_the_flattened_file(real_files):
    rows = read_whole(real_files / FLATTENED).rows
    assert rows["holder_id"].is_not_null().sum() == 10_247
    assert rows.filter(pl.col("holder_id").is_null() & pl.col("holder_name").is_null()).height == 74
    assert rows["holder_rank"].cast(pl.Int32).max() == 15
    assert rows["holder_id"].str.contains(r"[\[\]']").sum() == 0
