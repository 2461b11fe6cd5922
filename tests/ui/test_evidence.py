"""The rules of an edition in words."""

import pytest

from ui import evidence


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (
            "holder_id=vendors:oracle-france>groups:oracle",
            "identifiant du titulaire vendors.csv « oracle-france » → groups.csv « oracle »",
        ),
        (
            "holder_name[brand]=brands:BOUYGUES ENERGIES>groups:bouygues",
            "nom du titulaire brands.csv « BOUYGUES ENERGIES » → groups.csv « bouygues »",
        ),
        ("title:ms-365|lot:ms-365", "objet « ms-365 » ; lot « ms-365 »"),
        (
            "descriptors:Logiciel|product:yes|word:logiciel@title",
            "descripteurs « Logiciel » ; produit nommé ; mot « logiciel » (objet)",
        ),
        ("vendor_kind=reseller", "métier du fournisseur revendeur"),
        ("name:ugap", "nom de l’acheteur « ugap »"),
        ("siren", "SIREN de l’acheteur"),
        ("jamais-vu:x", "jamais-vu « x »"),
        ("", ""),
    ],
)
def test_a_rule_says_what_was_read_and_which_row_decided(rule, words):
    assert evidence.in_words(rule) == words
