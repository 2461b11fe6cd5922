"""Versions and holders of contracts in JSON."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.read.decp_versions import CONTRACT, versions_of
from loaders.read.json_batch import Gathering
from tests.loaders.read.reading import read_contract

FIRST = {"id": "11111111100011", "typeIdentifiant": "SIRET"}
SECOND = {"id": "22222222200022", "typeIdentifiant": "SIRET"}
VERSION = ("version_number", "is_current", "notification_date", "amount", "duration_months", "holder_id")


def versions(read):
    return read.rows.select(VERSION).rows()


def test_a_modification_says_only_what_it_changes(tmp_path):
    changes = [
        {"modification": {"id": 1, "dateNotificationModification": "2024-06-01", "montant": 1500}},
        {"modification": {"id": 2, "dateNotificationModification": "2024-09-01", "dureeMois": 24}},
    ]
    read = read_contract(tmp_path, dureeMois=12, titulaires=[FIRST], modifications=changes)
    assert versions(read) == [
        ("0", "false", "2024-03-07", "1000", "12", FIRST["id"]),
        ("1", "false", "2024-06-01", "1500", "12", FIRST["id"]),
        ("2", "true", "2024-09-01", "1500", "24", FIRST["id"]),
    ]


def test_new_holders_replace_the_former_ones(tmp_path):
    changes = [{"dateNotificationModification": "2024-06-01", "titulaires": [[SECOND]]}]
    read = read_contract(tmp_path, titulaires=[FIRST], modifications=changes)
    assert read.rows.select("version_number", "holder_id").rows() == [("0", FIRST["id"]), ("1", SECOND["id"])]


def test_modifications_are_put_in_the_order_of_their_dates(tmp_path):
    """A modification without a date stays behind those listed before it."""
    changes = [
        {"dateNotificationModification": "2025-01-01", "montant": 3},
        {"dateNotificationModification": "2024-06-01", "montant": 2},
        {"montant": 4},
    ]
    assert read_contract(tmp_path, modifications=changes).column("amount") == ["1000", "2", "3", "4"]


def test_dates_of_a_modification_are_its_own_or_unknown(tmp_path):
    """The AIFE of 2019 dates modifications by their publication alone."""
    changes = [{"montant": 2, "datePublicationDonneesModification": "2024-07-15"}]
    read = read_contract(tmp_path, datePublicationDonnees="2024-03-20", modifications=changes)
    assert read.rows.select("notification_date", "publication_date").rows() == [
        ("2024-03-07", "2024-03-20"),
        (None, "2024-07-15"),
    ]


def test_the_date_of_signature_counts_as_notification(tmp_path):
    """marches-publics.info, 2019."""
    changes = [{"dateSignatureModification": "2019-11-13", "montant": "5504165.00"}]
    assert read_contract(tmp_path, modifications=changes).column("notification_date")[1] == "2019-11-13"


@pytest.mark.parametrize("nothing", ["NC", "", None, "MQ", "nc "])
def test_a_marker_in_a_modification_changes_nothing(tmp_path, nothing):
    changes = [{"dateNotificationModification": "2024-06-01", "montant": nothing, "titulaires": nothing or []}]
    read = read_contract(tmp_path, titulaires=[FIRST], modifications=changes)
    assert read.column("amount") == ["1000", "1000"]
    assert read.column("holder_id") == [FIRST["id"]] * 2


CHANGE = {"dateNotificationModification": "2024-06-01", "montant": 1500}


@pytest.mark.parametrize(
    "modifications",
    [
        [CHANGE],
        CHANGE,
        [{"modification": CHANGE}],
        {"modification": [CHANGE]},
        {"modification": CHANGE},
        [[CHANGE]],
    ],
)
def test_modifications_are_wrapped_in_several_ways(tmp_path, modifications):
    assert read_contract(tmp_path, modifications=modifications).column("amount") == ["1000", "1500"]


@pytest.mark.parametrize("modifications", [None, "", [], {}, [None], [{}], {"modification": []}])
def test_no_modification_is_written_in_several_ways(tmp_path, modifications):
    read = read_contract(tmp_path, modifications=modifications)
    assert read.column("version_number") == ["0"]
    assert read.rejects.is_empty()


def test_a_modification_that_is_no_object_is_put_aside(tmp_path):
    read = read_contract(tmp_path, modifications=["avenant 1", CHANGE])
    assert read.rejected() == [(1, "part", "unreadable_modification", '"avenant 1"')]
    assert read.column("amount") == ["1000", "1500"]


@pytest.mark.parametrize(
    "holders",
    [
        [FIRST],
        FIRST,
        {"titulaire": FIRST},
        {"titulaire": [FIRST]},
        [{"titulaire": FIRST}],
        [[[[FIRST]]]],
        [[{"titulaire": [{"titulaire": FIRST}]}]],
    ],
)
def test_holders_are_wrapped_in_several_ways(tmp_path, holders):
    assert read_contract(tmp_path, titulaires=holders).column("holder_id") == [FIRST["id"]]


def test_several_holders_are_ranked(tmp_path):
    read = read_contract(tmp_path, titulaires=[FIRST, SECOND])
    assert read.rows.select("record_number", "holder_rank", "holder_id").rows() == [
        (1, "1", FIRST["id"]),
        (1, "2", SECOND["id"]),
    ]


@pytest.mark.parametrize("holders", [None, "", [], [{}], [{"titulaire": None}]])
def test_a_contract_without_holder_keeps_its_row(tmp_path, holders):
    read = read_contract(tmp_path, titulaires=holders)
    assert read.rows.select("internal_id", "holder_id", "holder_rank").rows() == [("2024M001", None, "1")]
    assert read.rejects.is_empty()


@pytest.mark.parametrize(
    "holders",
    [
        [{"titulaire": "typeIdentifiant"}, {"titulaire": "id"}],
        ["typeIdentifiant", "id"],
        [{"titulaire": {"typeIdentifiant": "SIRET", "id": ""}}],
        [{"id": "id", "typeIdentifiant": "typeIdentifiant"}],
    ],
)
def test_a_holder_reduced_to_the_names_of_its_fields_is_put_aside_once(tmp_path, holders):
    """decp-processing #131; the City of Paris, 2024, for the empty identifier."""
    read = read_contract(tmp_path, titulaires=holders)
    assert read.column("holder_id") == [None]
    assert [reject[1:3] for reject in read.rejected()] == [("part", "holder_without_values")]


def test_a_readable_holder_stays_beside_an_unreadable_one(tmp_path):
    read = read_contract(tmp_path, titulaires=[FIRST, "id"])
    assert read.column("holder_id") == [FIRST["id"]]
    assert read.rejected() == [
        (1, "part", "holder_without_values", '[{"id":"11111111100011","typeIdentifiant":"SIRET"},"id"]')
    ]


def nested(holders):
    """Any tree whose leaves are these holders, in order."""
    if len(holders) == 1:
        leaf = st.sampled_from([holders[0], {"titulaire": holders[0]}, {"titulaire": [holders[0]]}])
        return st.recursive(leaf, lambda inner: st.one_of(inner.map(lambda tree: [tree])), max_leaves=6)
    return st.integers(1, len(holders) - 1).flatmap(
        lambda cut: st.tuples(nested(holders[:cut]), nested(holders[cut:])).map(list)
    )


HOLDERS = st.lists(st.integers(1, 99_999), min_size=1, max_size=6).map(
    lambda ids: [{"id": str(number), "typeIdentifiant": "SIRET"} for number in ids]
)


@given(HOLDERS.flatmap(lambda holders: st.tuples(st.just(holders), nested(holders))))
def test_holders_nested_to_any_depth_are_the_same_holders(pair):
    holders, tree = pair
    version = versions_of({"titulaires": tree}, CONTRACT, Gathering("test"))[0]
    assert version.holders == [(holder["id"], "SIRET", None) for holder in holders]
