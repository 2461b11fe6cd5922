"""How a purchase reaches the buyer: purchasing bodies first, on either side, then the trade of the vendor."""

import polars as pl
import pytest

from loaders import schema, vocabulary
from loaders.classify.channel import add_channel

COLUMNS = {
    "vendor_kind": schema.column("vendor_kind").dtype,
    "vendor_siren": pl.String,
    "holder_name": pl.String,
    "buyer_kind": schema.column("buyer_kind").dtype,
    "buyer_siren": pl.String,
    "buyer_name": pl.String,
}


def channel(**award):
    frame = pl.LazyFrame([dict.fromkeys(COLUMNS) | award], schema=COLUMNS)
    return add_channel(frame).select("channel", "channel_rule").collect().row(0)


@pytest.mark.parametrize(
    "name",
    ["UGAP", "Union des Groupements d'Achats Publics", "UNION DES GROUPEMENTS D'ACHATS PUBLICS (UGAP)", "U.G.A.P."],
)
def test_the_ugap_is_known_by_its_names_as_buyer_and_as_holder(name):
    if name != "U.G.A.P.":
        assert channel(buyer_name=name) == ("central_purchasing", "buyer_name=purchasing_bodies:ugap")
        assert channel(holder_name=name) == ("central_purchasing", "holder_name=purchasing_bodies:ugap")
    else:
        assert channel(buyer_name=name) == (None, None), "a spelling nobody listed is left alone"


def test_a_siren_decides_before_a_name():
    assert channel(buyer_siren="776056467", buyer_name="Achats") == (
        "central_purchasing",
        "buyer_siren=purchasing_bodies:ugap",
    )
    assert channel(vendor_siren="776056467", vendor_kind="public_body") == (
        "central_purchasing",
        "vendor_siren=purchasing_bodies:ugap",
    )


@pytest.mark.parametrize(
    "name", ["GIP RESAH", "Resah", "SIPPEREC", "UniHA GCS", "CAIH", "CANUT", "Direction des Achats de l'Etat"]
)
def test_other_purchasing_bodies(name):
    assert channel(buyer_name=name)[0] == "central_purchasing"


def test_a_buyer_classified_as_purchasing_body_is_one():
    assert channel(buyer_kind="central_purchasing", vendor_kind="telecom") == (
        "central_purchasing",
        "buyer_kind=central_purchasing",
    )


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("reseller", "reseller"),
        ("integrator", "integrator"),
        ("cloud_host", "direct"),
        ("software_editor", "direct"),
        ("hardware_maker", "direct"),
        ("telecom", "direct"),
        ("public_body", "direct"),
    ],
)
def test_the_trade_of_the_vendor_decides_otherwise(kind, expected):
    assert channel(vendor_kind=kind, buyer_name="Ville de Nantes") == (expected, f"vendor_kind={kind}")


@pytest.mark.parametrize("kind", [None, "other"])
def test_an_unknown_trade_is_an_unknown_channel(kind):
    assert channel(vendor_kind=kind, holder_name="Dupont") == (None, None)


def test_rows_are_kept_and_typed():
    kinds = [None, *vocabulary.VENDOR_KINDS] * 5
    frame = pl.LazyFrame([dict.fromkeys(COLUMNS) | {"vendor_kind": kind} for kind in kinds], schema=COLUMNS)
    found = add_channel(frame).collect()
    assert found.height == len(kinds)
    assert found["channel"].dtype == schema.column("channel").dtype
