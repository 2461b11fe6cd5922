"""The stock of legal units in the published columns; only the units asked for are kept."""

import polars as pl
import pytest

from loaders.enrich import sirene
from loaders.errors import UnreadableSource


@pytest.fixture
def stock(tmp_path):
    path = tmp_path / "StockUniteLegale_utf8.parquet"
    pl.DataFrame(
        {
            "siren": ["552118465", "130002934", "123456782", "732829320", "999999999"],
            "denominationUniteLegale": ["COMPAGNIE IBM FRANCE", None, None, None, "AUTRE"],
            "denominationUsuelle1UniteLegale": [None, "MINISTERE", None, None, None],
            "prenom1UniteLegale": [None, None, "ANNE", "[ND]", None],
            "nomUniteLegale": [None, None, "DURAND", "[ND]", None],
            "categorieJuridiqueUniteLegale": [5710, 7113, 1000, 1000, 5499],
            "categorieEntreprise": ["GE", None, "PME", None, "PME"],
            "trancheEffectifsUniteLegale": ["51", "NN", "00", None, "11"],
            "etatAdministratifUniteLegale": ["A", "A", "C", "A", "A"],
        }
    ).write_parquet(path)
    return path


def test_only_the_units_asked_for_are_kept(stock, tmp_path):
    sirene.build(stock, ["552118465", "552118465", "404404404"], tmp_path)
    units = sirene.read(tmp_path).collect()
    assert units.schema == sirene.SCHEMA
    assert units.row(0) == ("552118465", "COMPAGNIE IBM FRANCE", "5710", "GE", "51", True)
    assert units.height == 1


def test_a_name_is_the_company_else_its_usual_name_else_the_person(stock):
    units = sirene.units(stock, ["130002934", "123456782"]).collect()
    assert dict(units.select("siren", "name").iter_rows()) == {"130002934": "MINISTERE", "123456782": "ANNE DURAND"}
    assert units["is_active"].to_list() == [False, True]


def test_a_withheld_name_stays_withheld(stock):
    assert sirene.units(stock, ["732829320"]).collect()["name"].to_list() == [None]


def test_no_extract_is_an_empty_table(tmp_path):
    assert sirene.read(tmp_path).collect().schema == sirene.SCHEMA


def test_a_stock_without_its_columns_says_which(tmp_path):
    path = tmp_path / "other.parquet"
    pl.DataFrame({"siren": ["1"]}).write_parquet(path)
    with pytest.raises(UnreadableSource, match="denominationUniteLegale"):
        sirene.units(path, ["1"])


def test_a_file_that_is_no_parquet_is_refused(tmp_path):
    path = tmp_path / "broken.parquet"
    path.write_text("no")
    with pytest.raises(UnreadableSource):
        sirene.units(path, ["1"])
