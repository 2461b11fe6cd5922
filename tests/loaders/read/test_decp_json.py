"""Contracts of the schemas of 2019 and 2022, in every layout and with every quirk met."""

import json

import polars as pl
import pytest

from loaders import schema
from loaders.errors import UnreadableSource
from loaders.read import open_source
from tests.loaders.read.reading import USUAL, read_bytes, read_contract, read_records


def test_a_contract_of_2022_fills_the_raw_columns_as_text(tmp_path):
    read = read_contract(
        tmp_path,
        uid="11001401600015-2024M001",
        _type="Marché",
        nature="Marché",
        codeCPV="72410000-7",
        procedure="Appel d'offres ouvert",
        techniques={"technique": ["Accord-cadre", "Concours"]},
        dureeMois=12,
        datePublicationDonnees="2024-03-20",
        ccag="Techniques de l'information et de la communication",
        idAccordCadre="2023-1",
        offresRecues=3,
        source="data.gouv.fr_aife",
    )
    assert read.reading.format == "decp-json-2022"
    assert read.rows.schema == schema.RAW_ROWS
    filled = {name: value for name, value in read.rows.to_dicts()[0].items() if value is not None}
    assert filled == {
        "source_id": "test",
        "record_number": 1,
        "uid": "11001401600015-2024M001",
        "internal_id": "2024M001",
        "record_kind": "contract",
        "version_number": "0",
        "is_current": "true",
        "notification_date": "2024-03-07",
        "publication_date": "2024-03-20",
        "buyer_id": "11001401600015",
        "holder_id": "33509231800120",
        "holder_id_type": "SIRET",
        "holder_rank": "1",
        "title": "Hébergement",
        "cpv": "72410000-7",
        "amount": "1000",
        "duration_months": "12",
        "nature": "Marché",
        "procedure": "Appel d'offres ouvert",
        "techniques": "Accord-cadre | Concours",
        "ccag": "Techniques de l'information et de la communication",
        "framework_id": "2023-1",
        "offers_received": "3",
        "source_dataset": "data.gouv.fr_aife",
    }


def test_a_contract_of_2019_names_buyer_and_holders(tmp_path):
    holder = {"typeIdentifiant": "SIRET", "id": "78471226700060", "denominationSociale": "DS Avocats"}
    read = read_contract(tmp_path, acheteur={"id": "83455372900015", "nom": "SOLIDEO"}, titulaires=[holder])
    assert read.reading.format == "decp-json-2019"
    assert read.rows.select("buyer_id", "buyer_name", "holder_name").rows() == [
        ("83455372900015", "SOLIDEO", "DS Avocats")
    ]


LAYOUTS = {
    "bare list": [USUAL],
    "marches is a list": {"marches": [USUAL]},
    "marches holds lists": {"marches": {"marche": [USUAL], "contrat-concession": []}},
    "a list of one without brackets": {"marches": {"marche": USUAL}},
    "pretty": {"marches": [USUAL]},
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layouts(tmp_path, layout):
    indent = 2 if layout == "pretty" else None
    read = read_bytes(tmp_path, json.dumps(LAYOUTS[layout], indent=indent).encode())
    assert (read.records, read.column("internal_id")) == (1, ["2024M001"])


def test_records_of_both_schemas_in_one_list(tmp_path):
    of_2019 = USUAL | {"id": "2019A", "titulaires": [{"id": "1", "typeIdentifiant": "TVA"}]}
    of_2022 = USUAL | {"id": "2022B", "techniques": {"technique": ["Sans objet"]}}
    read = read_records(tmp_path, of_2019, of_2022)
    assert read.column("holder_id") == ["1", "33509231800120"]
    assert read.column("record_number") == [1, 2]
    assert read.reading.format == "decp-json-2022"


CONCESSION = {
    "id": "C1",
    "autoriteConcedante": {"id": "80128543800017", "nom": "Ville"},
    "objet": "Réseau de chaleur",
    "concessionnaires": [{"concessionnaire": {"id": "79858993300018", "typeIdentifiant": "SIRET"}}],
    "dateSignature": "2018-07-12",
    "valeurGlobale": "7789456.56",
    "modifications": [{"valeurGlobale": 1, "datePublicationDonneesModification": "2019-07-12"}],
}


@pytest.mark.parametrize("where", ["in its own list", "among contracts"])
def test_concessions_are_told_apart(tmp_path, where):
    layout = {"contrat-concession": [CONCESSION]} if where == "in its own list" else {"marche": [CONCESSION]}
    read = read_bytes(tmp_path, json.dumps({"marches": layout}).encode())
    columns = "record_kind", "buyer_id", "buyer_name", "holder_id", "notification_date", "amount"
    assert read.rows.select(columns).rows() == [
        ("concession", "80128543800017", "Ville", "79858993300018", "2018-07-12", "7789456.56"),
        ("concession", "80128543800017", "Ville", "79858993300018", None, "1"),
    ]


@pytest.mark.parametrize("kind", [{"_type": "Marché", "concessionnaires": []}, {"autoriteConcedante": None}])
def test_empty_keys_of_concessions_do_not_make_one(tmp_path, kind):
    """Exports of both kinds in one frame give every record every key."""
    assert read_contract(tmp_path, **kind).column("record_kind") == ["contract"]


@pytest.mark.parametrize(
    "buyer",
    [
        {"acheteur": {"id": "11001401600015"}},
        {"acheteur": [{"id": "11001401600015"}]},
        {"acheteur": "11001401600015"},
        {"acheteur.id": "11001401600015"},
        {"acheteur_id": 11001401600015},
    ],
)
def test_the_buyer_is_written_in_several_ways(tmp_path, buyer):
    others = {key: value for key, value in USUAL.items() if key != "acheteur"}
    assert read_records(tmp_path, others | buyer).column("buyer_id") == ["11001401600015"]


def test_numbers_stay_as_they_were_written(tmp_path):
    """An amount with a fraction is not rewritten, nor a sentinel turned into 1e11; ids come as numbers."""
    content = json.dumps([USUAL | {"id": 202401}]).replace('"montant": 1000', '"montant": 99999999999.990')
    read = read_bytes(tmp_path, content.encode())
    assert read.rows.select("internal_id", "amount").rows() == [("202401", "99999999999.990")]


@pytest.mark.parametrize(("field", "value"), [("dureeMois", "NC"), ("montant", "77 899,00"), ("montant", "INX NC")])
def test_markers_and_amounts_as_text_are_left_to_cleaning(tmp_path, field, value):
    column = {"dureeMois": "duration_months", "montant": "amount"}[field]
    assert read_contract(tmp_path, **{field: value}).column(column) == [value]


@pytest.mark.parametrize(
    ("techniques", "text"),
    [
        ({"technique": ["Accord-cadre", "Concours"]}, "Accord-cadre | Concours"),
        ({"technique": "Accord-cadre"}, "Accord-cadre"),
        (["Accord-cadre", "Concours"], "Accord-cadre | Concours"),
        ([{"technique": "Accord-cadre"}, {"technique": None}], "Accord-cadre"),
        ("Sans objet", "Sans objet"),
        ({"technique": []}, None),
        ("", None),
    ],
)
def test_lists_are_joined_however_they_are_wrapped(tmp_path, techniques, text):
    assert read_contract(tmp_path, techniques=techniques).column("techniques") == [text]


@pytest.mark.parametrize("kind", ["TVA_INTRACOMMUNAUTAIRE", "HORS_UE", "FRW", "SIRET"])
def test_types_of_identifiers_pass_as_published(tmp_path, kind):
    read = read_contract(tmp_path, titulaires=[{"id": "1", "typeIdentifiant": kind}])
    assert read.column("holder_id_type") == [kind]


def test_a_null_contract_is_a_rejected_record(tmp_path):
    """marches-securises.fr publishes empty contracts; the next ones keep their number."""
    read = read_records(tmp_path, None, {}, USUAL)
    assert read.records == 3
    assert read.column("record_number") == [3]
    assert read.rejected() == [(1, "record", "null_record", "null"), (2, "record", "null_record", "{}")]


def test_what_is_no_object_is_a_rejected_record(tmp_path):
    read = read_records(tmp_path, USUAL, "marché", [1])
    assert read.rejected() == [
        (2, "record", "unreadable_record", '"marché"'),
        (3, "record", "unreadable_record", "[1]"),
    ]


def test_unknown_keys_are_listed_once_and_unused_ones_are_not(tmp_path):
    record = USUAL | {"lieuExecution": {"code": "75"}, "considerationsSociales": {}, "nouveau": 1}
    changed = record | {"modifications": [{"montant": 2, "motif": "x"}], "titulaires": [{"id": "1", "pays": "FR"}]}
    read = read_records(tmp_path, record, changed)
    assert read.reading.unknown_columns == ["modifications.motif", "nouveau", "titulaires.pays"]


def test_keys_beside_the_list_are_listed(tmp_path):
    read = read_bytes(tmp_path, json.dumps({"marches": [USUAL], "horodatage": "2024"}).encode())
    assert read.reading.unknown_columns == ["horodatage"]


def test_an_empty_list_is_a_source_without_contracts(tmp_path):
    assert read_bytes(tmp_path, b'{"marches": []}').records == 0


@pytest.mark.parametrize("content", [b'{"message": "not found"}', b"[1, 2]", b'{"marches": null}', b'[{"a": 1}]'])
def test_json_without_contracts_is_refused(tmp_path, content):
    with pytest.raises(UnreadableSource, match="sans liste de marchés"):
        read_bytes(tmp_path, content)


def test_batches_follow_one_another(tmp_path, monkeypatch):
    monkeypatch.setattr("loaders.read.decp_json.BATCH_ROWS", 100)
    path = tmp_path / "file"
    path.write_text(json.dumps([USUAL | {"id": str(rank), "objet": "x" * 500} for rank in range(1000)]))
    reading = open_source(path, "test")
    batches = list(reading.batches)
    assert len(batches) > 5
    assert sum(batch.records for batch in batches) == 1000
    assert pl.concat([batch.rows for batch in batches])["record_number"].to_list() == list(range(1, 1001))
    positions = [batch.position for batch in batches]
    assert positions == sorted(positions)
    assert positions[-1] == reading.size == path.stat().st_size
