"""An edition is whole, balanced, the same twice, and never half in place."""

import json

import polars as pl
import pytest

from loaders import publish
from loaders.build import Plan, build
from loaders.check import problems
from loaders.errors import PublicationRefused
from loaders.sources import local_file
from tests.loaders.test_cli import RECORD

SCHOOL = {
    "id": "2024S1",
    "acheteur": {"id": "21750001600019", "nom": "VILLE DE PARIS"},
    "objet": "Travaux de peinture",
    "codeCPV": "45442100",
    "dateNotification": "2024-05-02",
    "montant": 900,
    "titulaires": [{"titulaire": {"typeIdentifiant": "SIRET", "id": "11111111100011"}}],
}
NO_BUYER = {**SCHOOL, "id": "2024S2", "acheteur": None}


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "source.json"
    path.write_text(json.dumps({"marches": [RECORD, SCHOOL, SCHOOL, NO_BUYER, None]}))
    return path


def built(source, out, kind="local"):
    return build(Plan([local_file(str(source))], kind), out, lambda *_: None)


def test_every_record_has_one_fate(source, tmp_path):
    counts = built(source, tmp_path / "edition").manifest["counts"]
    assert {name: counts[name] for name in counts if name.startswith(("records", "contracts"))} == {
        "records_read": 5,
        "contracts_kept": 2,
        "records_merged": 1,
        "records_rejected": 2,
    }
    assert counts["rejects_by_reason"] == {"no_buyer": 1, "null_record": 1}
    assert counts["by_source"]["source"]["records_read"] == 5


def test_a_rejected_record_keeps_its_text(source, tmp_path):
    rejects = built(source, tmp_path / "edition").scan("rejects").sort("record_number").collect()
    assert rejects["record_number"].to_list() == [4, 5]
    assert "Travaux de peinture" in rejects["raw_text"][0]


def test_the_starter_keeps_what_is_digital_or_of_the_state_and_counts_the_rest(source, tmp_path):
    edition = built(source, tmp_path / "edition", kind="starter")
    assert edition.is_starter
    assert edition.id.startswith("demarrage-")
    assert edition.scan("contracts").collect()["title"].to_list() == ["Maintenance des serveurs"]
    assert edition.manifest["counts"]["rejects_by_reason"]["outside_starter"] == 2
    assert problems(edition) == []


def test_the_same_files_make_the_same_tables(source, tmp_path):
    first, second = (built(source, tmp_path / name).manifest["tables"] for name in ("one", "two"))
    assert first == second


def test_a_new_edition_replaces_the_old_one_whole(source, tmp_path):
    out = tmp_path / "edition"
    built(source, out)
    (out / "stray.txt").write_text("left over")
    built(source, out)
    assert not (out / "stray.txt").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["edition", "source.json"]


@pytest.mark.parametrize("kind", ["local", "starter"])
def test_a_file_of_ones_own_is_not_held_to_what_the_national_source_declares(source, tmp_path, kind):
    plan = Plan([local_file(f"decp_tabular={source}")], kind)
    assert build(plan, tmp_path / "edition", lambda *_: None).manifest["counts"]["contracts_kept"] > 0


def test_the_manifest_says_the_latest_notification_of_each_source(source, tmp_path):
    (described,) = built(source, tmp_path / "edition").manifest["sources"]
    assert described["latest_notification"] == "2024-05-02"


def test_one_typing_error_in_ten_thousand_does_not_make_an_old_file_look_new(source, tmp_path):
    old = [RECORD | {"id": f"M{number}", "dateNotification": "2019-03-07"} for number in range(10_001)]
    source.write_text(json.dumps({"marches": [*old, RECORD | {"dateNotification": "2026-01-02"}]}))
    (described,) = built(source, tmp_path / "edition").manifest["sources"]
    assert (described["latest_notification"], described["last_date"]) == ("2019-03-07", "2026-01-02")


def test_an_edition_that_fails_its_checks_is_not_put_in_place(source, tmp_path, monkeypatch):
    out = tmp_path / "edition"
    before = built(source, out).manifest["id"]
    monkeypatch.setattr(publish, "problems", lambda *_: ["les comptes ne tombent pas juste"])
    with pytest.raises(PublicationRefused, match="ne tombent pas juste"):
        built(source, out)
    assert json.loads((out / "manifest.json").read_text())["id"] == before


def test_the_manifest_names_its_sources_with_their_years(source, tmp_path):
    (described,) = built(source, tmp_path / "edition").manifest["sources"]
    assert (described["first_date"], described["last_date"]) == ("2024-03-07", "2024-05-02")
    assert described["format"].startswith("decp-json")
    assert len(described["sha256"]) == 64


@pytest.mark.parametrize("count", ["contracts_kept", "records_merged", "records_rejected"])
def test_counts_that_do_not_balance_are_a_problem(source, tmp_path, count):
    edition = built(source, tmp_path / "edition")
    edition.manifest["counts"][count] += 1
    assert problems(edition) != []


def test_shares_that_do_not_make_the_amount_are_a_problem(source, tmp_path):
    edition = built(source, tmp_path / "edition")
    path = edition.table_path("awards")
    pl.read_parquet(path).with_columns(pl.col("share_cents") + 1).write_parquet(path)
    found = " ; ".join(problems(edition))
    assert "parts" in found
    assert "somme de contrôle" in found


@pytest.mark.parametrize("holds", ["a file of mine", "folder of mine"])
def test_what_is_no_edition_is_never_replaced(source, tmp_path, holds):
    out = tmp_path / "out"
    if holds == "a file of mine":
        out.write_text("mine")
    else:
        out.mkdir()
        (out / "mine.txt").write_text("mine")
    with pytest.raises(PublicationRefused, match="n’est pas une édition"):
        built(source, out)
    assert (out if out.is_file() else out / "mine.txt").read_text() == "mine"
