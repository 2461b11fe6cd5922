"""A publisher changes its mind about columns, or gives half of what it gave: tolerated and told, or refused."""

import json

import polars as pl
import pytest

from loaders import editions
from tests.faults.conftest import CONTRACTS
from tests.faults.fates import read_with_every_fate
from tests.faults.publisher import whole
from tests.faults.records import as_json, as_parquet, contracts, tabular

TABLE = tabular(CONTRACTS)

TOLERATED = {
    "a column added": TABLE.with_columns(nouvelle=pl.lit("x")),
    "a column dropped that nothing needs": TABLE.drop("dureeMois"),
    "a column renamed that nothing needs": TABLE.rename({"codeCPV": "cpv"}),
    "amounts as text": TABLE.with_columns(pl.col("montant").cast(pl.String)),
    "amounts as decimals": TABLE.with_columns(pl.col("montant").cast(pl.Decimal(12, 2))),
    "dates as text": TABLE.with_columns(pl.col("dateNotification").cast(pl.String)),
    "dates as instants": TABLE.with_columns(pl.col("dateNotification").cast(pl.Datetime)),
    "identifiers as numbers": TABLE.with_columns(pl.col("titulaire_id").cast(pl.Int64)),
    "identifiers as categories": TABLE.with_columns(pl.col("titulaire_id").cast(pl.Categorical)),
    "titles as lists": TABLE.with_columns(objet=pl.concat_list("objet")),
    "titles as lists of lists": TABLE.with_columns(objet=pl.concat_list(pl.concat_list("objet"))),
    "holders as objects": TABLE.with_columns(titulaire_nom=pl.struct("titulaire_nom")),
    "titles as bytes": TABLE.with_columns(pl.col("objet").cast(pl.Binary)),
    "bytes that are no text": TABLE.with_columns(titulaire_nom=pl.lit(b"\xff\xfe\x00")),
    "titles as lists of bytes": TABLE.with_columns(objet=pl.concat_list(pl.col("objet").cast(pl.Binary))),
    "titles as objects of bytes": TABLE.with_columns(objet=pl.struct(pl.col("objet").cast(pl.Binary))),
    "titles as lists of objects": TABLE.with_columns(objet=pl.concat_list(pl.struct("objet"))),
    "holders as arrays": TABLE.with_columns(titulaire_nom=pl.concat_list("titulaire_nom").list.to_array(1)),
    "durations as durations": TABLE.with_columns(dureeMois=pl.duration(days=30)),
    "a column of nothing": TABLE.with_columns(ccag=pl.lit(None)),
    "another order": TABLE.select(reversed(TABLE.columns)),
}
REFUSED = {
    "titles renamed": (TABLE.rename({"objet": "intitule"}), "objet"),
    "buyers dropped": (TABLE.drop("acheteur_id"), "acheteur_id"),
    "all columns renamed": (TABLE.rename(lambda name: f"x_{name}"), "d’aucune source connue"),
    "no row": (TABLE.clear(), "moins d’enregistrements"),
}


@pytest.mark.parametrize("change", TOLERATED)
def test_a_change_that_can_be_read_loses_no_record_and_is_told(tmp_path, change):
    frame = TOLERATED[change]
    path = tmp_path / "file"
    path.write_bytes(as_parquet(frame))
    read = read_with_every_fate(path)
    assert read.column("internal_id") == TABLE["id"].to_list()
    assert read.column("holder_id") == TABLE["titulaire_id"].to_list()
    assert all("serveurs" in title for title in read.column("title"))
    assert set(read.reading.unknown_columns) == set(frame.columns) - set(TABLE.columns) - {"ccag"}
    assert set(TABLE.columns) - set(frame.columns) <= set(read.reading.missing_columns)


def test_many_changes_at_once_are_published_and_told_in_the_manifest(observatory):
    changed = TABLE.drop("dureeMois").with_columns(
        pl.col("montant").cast(pl.String), pl.col("objet").cast(pl.Binary), nouvelle=pl.lit("x")
    )
    observatory.publisher.answer = whole(as_parquet(changed))
    code, said = observatory.update()
    assert code == 0, said
    manifest = editions.current().manifest
    assert manifest["counts"]["contracts_kept"] == CONTRACTS
    (source,) = manifest["sources"]
    assert source["unknown_columns"] == ["nouvelle"]
    assert "dureeMois" in source["missing_columns"]


@pytest.mark.parametrize("change", REFUSED)
def test_a_change_that_cannot_be_read_leaves_the_current_edition(observatory, change):
    frame, sentence = REFUSED[change]
    observatory.publisher.answer = whole(as_parquet(frame))
    observatory.refused(sentence)


def test_a_file_without_any_date_is_not_believed(observatory):
    observatory.declare("oldest_notification_days = 30")
    observatory.publisher.answer = whole(as_parquet(TABLE.with_columns(dateNotification=pl.lit(None, pl.Date))))
    observatory.refused("n’a aucune date de notification lisible")


def test_a_source_shrunk_by_half_is_not_published_unless_a_person_says_so(observatory):
    observatory.publisher.answer = whole(as_json(CONTRACTS // 2))
    observatory.refused("10 marchés au lieu de 20", "--accept-suspicious")
    code, said = observatory.update("--accept-suspicious")
    assert code == 0
    assert "10 marchés au lieu de 20" in said
    assert editions.current().manifest["counts"]["contracts_kept"] == CONTRACTS // 2


def test_check_refuses_an_edition_that_is_too_short_or_too_old_unless_told_otherwise(observatory):
    """The one that readers see, since more is declared of what its publisher gives."""
    observatory.publisher.answer = whole(as_json(CONTRACTS, dateNotification="2024-03-07"))
    assert observatory.update()[0] == 0
    assert observatory.run("check")[0] == 0
    observatory.declare("oldest_notification_days = 30", instead_of="fewest_records = 1")
    observatory.declare("fewest_records = 30")
    for arguments, expected in ((), 1), (("--accept-suspicious",), 0):
        code, said = observatory.run("check", *arguments)
        assert code == expected, said
        assert "moins d’enregistrements qu’attendu (20, au lieu d’au moins 30)" in said
        assert "du 7 mars 2024, il y a plus de 30 jours" in said


def test_check_refuses_totals_that_jump_unless_told_otherwise(observatory):
    former = editions.current().id
    observatory.publisher.answer = whole(as_json(CONTRACTS // 2))
    assert observatory.update("--accept-suspicious")[0] == 0
    for arguments, expected in ((), 1), (("--accept-suspicious",), 0):
        code, said = observatory.run("check", "--against", former, *arguments)
        assert code == expected, said
        assert "10 marchés au lieu de 20" in said


JSON_CHANGES = {
    "a key added": {"nouvelleCle": {"a": [1]}},
    "amounts as text": {"montant": "1 000,00 €"},
    "holders as one object": {"titulaires": {"typeIdentifiant": "SIRET", "id": "33509231800120"}},
    "the buyer as its number": {"acheteur": "11001401600015"},
    "the title as a list": {"objet": ["Maintenance", "des serveurs"]},
}


@pytest.mark.parametrize("change", JSON_CHANGES)
def test_a_changed_json_that_can_be_read_loses_no_record(tmp_path, change):
    path = tmp_path / "file"
    path.write_bytes(as_json(CONTRACTS, **JSON_CHANGES[change]))
    read = read_with_every_fate(path)
    assert read.records == CONTRACTS
    assert set(read.column("buyer_id")) == {"11001401600015"}
    assert set(read.column("holder_id")) == {"33509231800120"}


def test_a_json_whose_every_key_changed_is_refused(observatory):
    renamed = [{f"x_{key}": value for key, value in record.items()} for record in contracts(CONTRACTS)]
    observatory.publisher.answer = whole(json.dumps(renamed).encode())
    observatory.refused("sans liste de marchés")
