"""How measures are counted, on three tiny label files and a classifier whose answers are written here."""

import json
from datetime import date

import polars as pl
import pytest

from loaders import schema
from loaders.evaluate import evaluate

VENDORS = """vid,supplier_name,supplier_id,n_contracts,first_date,last_date,control_country,kind,confidence
v1,Oracle,33509231800018,10,2019-01-01,2020-06-30,US,software_editor,high
v2,Agysoft,,1,2019-01-01,2020-06-30,FR,software_editor,high
v3,SAP,,5,2019-01-01,2020-06-30,DE,software_editor,high
v4,Inconnu,,9,2019-01-01,2020-06-30,unknown,other,low
"""
OBJECTS = """oid,objet,lot,cpv,descripteurs,buyer,date,is_digital,is_cloud,product,product_country,confidence
o1,Licences,,48000000,"['Informatique', 'Logiciels']",X,2020-01-01,yes,no,Oracle Database | Linux,US | FOSS,high
o2,Entretien,,,,X,2020-01-01,no,no,,,high
o3,Logiciel,,,,X,2020-01-01,yes,unclear,?,?,medium
o4,Peinture,,,,X,2020-01-01,no,no,,,high
"""
BUYERS = """bid,buyer_name,buyer_id,postcode,is_state,ministry,kind,confidence
b1,Pr\ufffdfecture,,61000,yes,Intérieur,decentralised,high
b2,CNRS,,75794,operator,Enseignement supérieur et recherche,operator,high
b3,Ville,,33000,no,,local,high
b4,Caisse,,75000,social,Santé et solidarités,?,high
b5,DRAC,,35000,yes,Culture,decentralised,high
"""

ANSWERS = {
    "v1": {"control_country": "US", "control_basis": "registry"},
    "v2": {"control_country": "FR", "control_basis": "registry"},
    "v3": {"control_basis": "siren_only"},
    "v4": {"control_country": "US", "control_basis": "gleif"},
    "o1": {"is_digital": True, "is_cloud": False, "products": ["Oracle", "SAP"], "product_countries": ["US", "DE"]},
    "o2": {"is_digital": True, "is_cloud": False},
    "o3": {"is_cloud": True},
    "o4": {"is_digital": False, "is_cloud": True},
    "b1": {"ministry": "interieur", "state_status": "yes", "buyer_kind": "decentralised"},
    "b2": {"ministry": "etat-non-determine", "state_status": "operator", "buyer_kind": "university"},
    "b3": {"ministry": "culture", "state_status": "no", "buyer_kind": "local"},
    "b4": {"ministry": "sante", "state_status": "social", "buyer_kind": "social"},
    "b5": {"ministry": "justice", "state_status": "yes", "buyer_kind": "decentralised"},
}
COLUMNS = """
    control_country control_basis is_digital is_cloud products product_countries ministry state_status buyer_kind
    """.split()
seen: list[pl.DataFrame] = []


def classifier(awards: pl.LazyFrame) -> pl.LazyFrame:
    seen.append(awards.collect())
    types = {"contract_id": pl.String, **{name: schema.column(name).dtype for name in COLUMNS}}
    answers = pl.LazyFrame([{"contract_id": key, **answer} for key, answer in ANSWERS.items()], schema=types)
    return awards.join(answers, on="contract_id", how="left")


@pytest.fixture(scope="module")
def evaluation(tmp_path_factory):
    folder = tmp_path_factory.mktemp("labels")
    for name, text in (("vendors", VENDORS), ("objects", OBJECTS), ("buyers", BUYERS)):
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return evaluate(folder, classifier)


@pytest.fixture
def score(evaluation):
    return {row["axis"]: row for row in evaluation.scores.to_dicts()}


def measures(row):
    return row["precision"], row["recall"], row["coverage"]


def test_foreign_control_counts_vendors_then_contracts(score):
    assert measures(score["foreign_control"]) == (1.0, 0.5, 0.5)
    assert score["foreign_control"]["labelled"] == 3
    assert measures(score["foreign_control_by_contract"]) == (1.0, 10 / 15, 10 / 15)


def test_the_exact_country_is_asked_of_the_registry_only(score):
    assert (score["registry_country"]["labelled"], score["registry_country"]["right"]) == (2, 2)


def test_flags_count_where_the_label_is_clear(score):
    assert (score["digital"]["labelled"], score["cloud"]["labelled"]) == (4, 3)
    assert measures(score["digital"]) == (0.5, 0.5, 0.5)
    assert score["cloud"]["expected"] == 0
    assert (score["cloud"]["precision"], score["cloud"]["recall"]) == (0.0, None)


def test_a_product_is_right_when_one_name_contains_the_other(score):
    assert measures(score["product"]) == (0.5, 0.5, 0.5)
    assert measures(score["product_country"]) == (0.5, 0.5, 0.5)


def test_a_ministry_given_to_another_buyer_is_an_error_and_an_undetermined_one_is_no_answer(score):
    row = score["ministry"]
    assert (row["expected"], row["predicted"], row["right"]) == (3, 3, 1)
    assert measures(row) == (1 / 3, 1 / 3, 2 / 3)


def test_status_and_kind(score):
    assert score["state"]["precision"] == 1.0
    assert (score["buyer_kind"]["labelled"], score["buyer_kind"]["right"]) == (4, 3)


def test_mistakes_and_confusions_are_listed(evaluation):
    mistakes = evaluation.mistakes.filter(axis="ministry").select("label_id", "expected", "found").rows()
    assert ("b5", "Culture", "Justice") in mistakes
    assert ("b2", "Enseignement supérieur et recherche", None) in mistakes
    confusion = evaluation.confusions.filter(axis="ministry", expected="Culture").to_dicts()
    assert confusion == [{"axis": "ministry", "expected": "Culture", "found": "Justice", "count": 1}]


def test_it_can_be_written_as_json(evaluation):
    assert json.loads(json.dumps(evaluation.as_dict()))["scores"][0]["axis"] == "foreign_control"


def test_labels_become_awards_as_sources_publish_them(evaluation):
    awards = {row["contract_id"]: row for row in seen[-1].to_dicts()}
    assert awards["o1"]["descriptors"] == "Informatique | Logiciels"
    assert awards["o2"]["descriptors"] is None
    assert awards["v1"]["contract_date"] == date(2020, 6, 30)
    assert awards["b1"]["buyer_name"] == "Pr\ufffdfecture"
