"""Contracts written as the schemas say are decoded in a faster way, and give the rows of the general one."""

import json
import random

import msgspec
import polars as pl
import pytest

from benchmarks.generate import write_json
from loaders.read import decp_json
from tests.faults.mutations import wrong_object
from tests.loaders.read.reading import USUAL, read_bytes, read_records, read_whole

HOLDER = {"id": "33509231800120", "typeIdentifiant": "SIRET"}
MADE_UP_BYTES = 2_000_000
WRONG_RECORDS = 1_500


@pytest.fixture
def in_general(monkeypatch):
    """Read as if no contract were written as the schemas say."""

    def read(how, *what):
        with monkeypatch.context() as patch:
            patch.setattr(decp_json, "regular_contract", lambda record: None)
            return how(*what)

    return read


def all_that_was_read(read):
    return [read.records, read.reading.unknown_columns, *(table.rows() for table in (read.rows, read.subcontracts))]


@pytest.mark.parametrize(
    "name",
    [
        "decp_2019_json/data.gouv.fr_aife_json_2019-04-04.zip",
        "decp_2019_json/pes_json_2019-04-05.zip",
        "decp_2022_json/decp_2019_paris.json",
        "decp_2022_json/decp_2024_paris.json",
    ],
)
def test_real_files_give_the_same_rows_either_way(name, real_files, in_general):
    fast, general = read_whole(real_files / name), in_general(read_whole, real_files / name)
    assert all_that_was_read(fast) == all_that_was_read(general)
    assert fast.rejects.equals(general.rejects)


@pytest.fixture
def made_up_file(tmp_path):
    path = tmp_path / "made-up.json"
    write_json(path, MADE_UP_BYTES)
    return path


def test_most_contracts_of_the_schema_take_the_fast_way(made_up_file, in_general, monkeypatch):
    general = in_general(read_whole, made_up_file)
    read_in_general = []
    gather = decp_json.gather_published
    monkeypatch.setattr(
        decp_json, "gather_published", lambda *given: read_in_general.append(given[0]) or gather(*given)
    )
    fast = read_whole(made_up_file)
    assert all_that_was_read(fast) == all_that_was_read(general)
    assert fast.rejects.equals(general.rejects)
    assert 0 < len(read_in_general) < fast.records / 10


def test_wrong_records_give_the_same_rows_either_way(made_up_file, tmp_path, in_general):
    """But for a number too long to be one: where nothing is read of it, the fast way reads the rest of the contract."""
    chance = random.Random("either way")
    right = [record for record in json.loads(made_up_file.read_bytes())["marches"]["marche"] if record]
    wrong = [wrong_object(chance.choice(right), chance) for _ in range(WRONG_RECORDS)]
    content = msgspec.json.encode(wrong)
    fast, general = read_bytes(tmp_path, content), in_general(read_bytes, tmp_path, content)
    assert fast.records == general.records == WRONG_RECORDS
    put_aside = general.rejects.filter(pl.col("reason") == "unreadable_record")["record_number"].to_list()
    assert len(put_aside) < WRONG_RECORDS / 10
    for table in ("rows", "subcontracts", "rejects"):
        read_by_both = ~pl.col("record_number").is_in(put_aside)
        assert getattr(fast, table).filter(read_by_both).equals(getattr(general, table).filter(read_by_both))


@pytest.mark.parametrize(
    "changed",
    [
        {"titulaires": [HOLDER]},
        {"titulaires": [{"titulaire": HOLDER}, HOLDER | {"denominationSociale": "OVH", "nom": "OVHcloud"}]},
        {"titulaires": [{"titulaire": HOLDER, "id": "other"}]},
        {"titulaires": [{"titulaire": None, "id": "not read, for it is beside the holder"}]},
        {"titulaires": [{"titulaire": {"titulaire": HOLDER}}]},
        {"titulaires": [{"id": "", "nom": "OVH"}]},
        {"titulaires": [{"titulaire": {"id": "typeIdentifiant"}}]},
        {"titulaires": [{}]},
        {"titulaires": HOLDER},
        {"titulaires": None},
        {"titulaire": HOLDER},
        {"_type": "Contrat de concession"},
        {"_type": ""},
        {"acheteur": {"id": "1", "nom": "Ville", "pays": "FR"}},
        {"acheteur": {"id": 1}},
        {"acheteur": {}},
        {"montant": {"valeur": ["1", 2]}, "dureeMois": True},
        {"modifications": {"montant": 2}},
        {"modifications": ["illegible"]},
        {"modification": [{"montant": 2}]},
        {"actesSousTraitance": "illegible"},
        {"inconnu": 1},
    ],
    ids=json.dumps,
)
def test_what_nearly_fits_gives_the_same_rows_either_way(changed, tmp_path, in_general):
    record = USUAL | changed
    fast, general = read_records(tmp_path, record), in_general(read_records, tmp_path, record)
    assert all_that_was_read(fast) == all_that_was_read(general)
    assert fast.rejects.equals(general.rejects)
    assert fast.records == 1


def test_a_number_too_long_to_be_one_costs_nothing_where_it_is_not_read(tmp_path):
    content = json.dumps([USUAL, USUAL | {"tauxAvance": "?"}]).replace('"?"', "9" * 5_000)
    assert read_bytes(tmp_path, content.encode()).column("internal_id") == [USUAL["id"]] * 2
