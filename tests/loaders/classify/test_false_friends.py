"""Words that look like a product, like IT or like cloud and are not: each row of false_friends.csv."""

import pytest

from loaders import reference
from loaders.classify import evidence
from tests.loaders.classify.bought import classified

PRODUCTS = dict(reference.table("products").select("product_id", "product").rows())
FRIENDS = {row["friend_id"]: row for row in reference.table("false_friends").rows(named=True)}


def mistaken(row: dict, said: dict) -> bool:
    kind, _, product_id = row["must_not"].partition(":")
    return PRODUCTS[product_id] in said["products"] if kind == "product" else said[f"is_{kind}"] is True


@pytest.fixture(scope="module")
def said():
    return dict(zip(FRIENDS, classified(*(row["example"] for row in FRIENDS.values())), strict=True))


@pytest.mark.parametrize("friend_id", FRIENDS)
def test_a_false_friend_is_not_taken_for_what_it_is_not(friend_id, said):
    assert not mistaken(FRIENDS[friend_id], said[friend_id])


def test_what_is_taken_out_of_texts_would_else_mislead(monkeypatch):
    """The patterns of the table do work: without them several of its examples are misread."""
    monkeypatch.setattr(evidence, "_false_friends", lambda: "^$")
    misread = classified(*(row["example"] for row in FRIENDS.values()))
    assert sum(map(mistaken, FRIENDS.values(), misread)) >= 8


@pytest.mark.parametrize(
    ("product", "title"),
    [
        ("Microsoft Azure", "Abonnement à la plateforme Azure de Microsoft"),
        ("SAP", "Maintenance des licences SAP"),
        ("SAS", "Concession de droit d'usage des logiciels SAS"),
        ("OVHcloud", "Hébergement de serveurs chez OVH"),
        ("Amazon Web Services", "Hébergement dans le cloud AWS"),
        ("Oracle", "Support technique des logiciels oracle"),
        ("Dell", "Acquisition de serveurs Dell"),
        ("Cisco", "Maintenance des équipements réseau Cisco"),
        ("Tableau", "Licences du logiciel Tableau Software"),
        ("Zoom", "Abonnement de visioconférence Zoom"),
        ("Microsoft Exchange", "Migration de la messagerie Exchange"),
        ("Sage", "Maintenance du progiciel Sage"),
    ],
)
def test_the_true_friend_beside_it_is_still_read(product, title):
    [said] = classified(title)
    assert product in said["products"]
