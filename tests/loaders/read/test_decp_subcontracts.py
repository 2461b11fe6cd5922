"""Subcontracting acts, which the official JSON alone publishes."""

import pytest

from loaders import schema
from tests.loaders.read.reading import read_contract

ACT = {
    "id": 1,
    "sousTraitant": {"id": "44444444400044", "typeIdentifiant": "SIRET"},
    "dureeMois": 12,
    "dateNotification": "2024-04-01",
    "montant": 50000.5,
    "variationPrix": "Révisable",
    "datePublicationDonnees": "2024-04-10",
}
CHANGE = {
    "id": 1,
    "montant": 60000,
    "dateNotificationModificationSousTraitance": "2024-08-01",
    "datePublicationDonnees": "2024-08-10",
}
SAID = ("act_id", "change_number", "subcontractor_id", "amount", "duration_months", "notification_date")


def test_an_act_and_its_modification(tmp_path):
    read = read_contract(
        tmp_path,
        actesSousTraitance=[{"acteSousTraitance": ACT}],
        modificationsActesSousTraitance=[{"modificationActeSousTraitance": CHANGE}],
    )
    assert read.subcontracts.schema == schema.RAW_SUBCONTRACTS
    assert read.subcontracts.rows() == [
        (
            *("test", 1, None, "2024M001", "11001401600015", "1", "0", "44444444400044", "SIRET"),
            *("50000.5", "12", "2024-04-01", "2024-04-10"),
        ),
        (
            *("test", 1, None, "2024M001", "11001401600015", "1", "1", "44444444400044", "SIRET"),
            *("60000", "12", "2024-08-01", "2024-08-10"),
        ),
    ]
    assert read.reading.unknown_columns == []


def test_modifications_belong_to_the_act_of_their_id_in_the_order_of_their_dates(tmp_path):
    other = ACT | {"id": 2, "sousTraitant": {"id": "55555555500055"}, "montant": 1}
    later = CHANGE | {"montant": 70000, "dateNotificationModificationSousTraitance": "2025-01-01"}
    read = read_contract(tmp_path, actesSousTraitance=[ACT, other], modificationsActesSousTraitance=[later, CHANGE])
    assert read.subcontracts.select("act_id", "change_number", "amount").rows() == [
        ("1", "0", "50000.5"),
        ("2", "0", "1"),
        ("1", "1", "60000"),
        ("1", "2", "70000"),
    ]


def test_modifications_of_an_act_that_was_not_published_are_kept(tmp_path):
    """The City of Paris publishes modifications without their acts."""
    read = read_contract(tmp_path, modificationsActesSousTraitance=[{"modificationActeSousTraitance": CHANGE}])
    assert read.subcontracts.select(SAID).rows() == [("1", "1", None, "60000", None, "2024-08-01")]


@pytest.mark.parametrize("acts", [[ACT], ACT, {"acteSousTraitance": [ACT]}, [[{"acteSousTraitance": ACT}]]])
def test_acts_are_wrapped_in_several_ways(tmp_path, acts):
    read = read_contract(tmp_path, actesSousTraitance=acts)
    assert read.subcontracts["subcontractor_id"].to_list() == ["44444444400044"]


def test_an_act_that_is_no_object_is_put_aside(tmp_path):
    read = read_contract(tmp_path, actesSousTraitance=["acteSousTraitance"])
    assert read.subcontracts.is_empty()
    assert read.rejected() == [(1, "part", "unreadable_subcontract", '"acteSousTraitance"')]
