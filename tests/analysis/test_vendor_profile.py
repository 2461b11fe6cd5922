"""One vendor or group, counted by hand on the tiny edition."""

from datetime import date

import polars as pl

from analysis import vendor_profile
from analysis.selection import Selection
from tests import tiny_edition

AWARDS = tiny_edition.awards()


def test_the_profile_of_a_vendor():
    found = vendor_profile.profile(AWARDS, Selection(vendor="000000208"))
    assert (found.name, found.siren, found.group_id) == ("Nuage Atlantique France", "000000208", "nuage-atlantique")
    assert (found.contract_count, found.buyer_count, found.flagged_count) == (3, 2, 1)
    assert found.amount_cents == 120_000_000 + 66_666_667
    assert (found.kinds, found.channels, found.countries) == (["cloud_host"], ["direct"], ["US"])


def test_the_profile_of_a_group_has_no_siren_and_all_its_trades():
    found = vendor_profile.profile(AWARDS, Selection(group="nuage-atlantique"))
    assert (found.name, found.siren) == ("Nuage Atlantique", None)
    assert found.kinds == ["cloud_host", "software_editor"]


def test_nobody_has_no_profile():
    assert vendor_profile.profile(AWARDS, Selection(vendor="nobody")) is None


def test_the_chain_of_control_says_who_owned_the_group_at_the_date_of_the_contracts():
    """Inetum belonged to Mannai (Qatar) from 2016 to July 2022, then to Bain (United States)."""
    before = pl.col("contract_date") < date(2022, 7, 28)
    mine = pl.col("vendor_id") == "000000208"
    awards = AWARDS.with_columns(
        group_id=pl.when(mine).then(pl.lit("inetum")).otherwise("group_id"),
        control_country=pl.when(mine & before).then(pl.lit("QA")).otherwise("control_country"),
    )
    chain = vendor_profile.control_chain(awards, Selection(vendor="000000208"))
    assert chain.select("control_country", "valid_from", "valid_to", "contract_count").rows() == [
        ("QA", date(2016, 1, 1), date(2022, 7, 27), 1),
        ("US", date(2022, 7, 28), None, 2),
    ]
    assert chain["owner"].str.contains("Mannai|Bain").all()


def test_a_vendor_without_a_documented_group_has_no_owner():
    chain = vendor_profile.control_chain(AWARDS, Selection(vendor="000000273"))
    assert chain["owner"].to_list() == [None]
    assert chain["control_basis"].to_list() == ["siren_only"]


def test_services_are_those_of_the_products_named_of_the_offer_and_of_the_trade():
    assert vendor_profile.services(AWARDS, Selection(vendor="000000240")) == ["cloud"]
    assert vendor_profile.services(AWARDS, Selection(vendor="000000273")) == []
    named = AWARDS.with_columns(products=pl.concat_list(pl.lit("Microsoft Exchange")))
    assert vendor_profile.services(named, Selection(vendor="000000273")) == ["messaging"]
    as_oodrive = AWARDS.with_columns(group_id=pl.lit("oodrive"))
    asked = Selection(vendor="000000273")
    assert vendor_profile.services(as_oodrive, asked) == ["file_sharing", "video_meeting", "signature"]
    assert vendor_profile.own_offers(as_oodrive, asked) == ["oodrive"]


def test_ministries_with_the_others_in_one_row():
    rows = vendor_profile.ministries(AWARDS, Selection(vendor="000000240")).select("ministry", "contract_count").rows()
    assert sorted(rows, key=str) == sorted([("enseignement-superieur", 1), ("interieur", 2), (None, 1)], key=str)
