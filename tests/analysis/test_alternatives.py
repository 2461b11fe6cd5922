"""Offers: every link of their tables leads somewhere, and what is bought of them is counted by hand."""

import polars as pl
import pytest

from analysis import alternatives, offers
from analysis.selection import Selection
from loaders import reference, vocabulary
from loaders.classify.registry import Registry
from tests import tiny_edition

AWARDS = tiny_edition.awards()


def split(table: str, column: str) -> set[str]:
    return set(reference.table(table)[column].drop_nulls().str.split(" | ").explode())


@pytest.mark.parametrize("table", ["alternatives", "foreign_clouds"])
@pytest.mark.parametrize(
    ("column", "known"), [("vendor_key", "vendors"), ("group_id", "groups"), ("product_id", "products")]
)
def test_every_key_of_an_offer_exists(table, column, known):
    assert split(table, column) <= set(reference.table(known)[column])


def test_every_other_code_of_an_alternative_exists():
    assert split("alternatives", "services") <= set(vocabulary.SERVICES)
    assert split("alternatives", "replaces") <= set(reference.table("products")["product_id"])
    assert split("alternatives", "secnumcloud_ids") <= set(reference.table("secnumcloud")["service_id"])
    assert split("alternatives", "licence") <= set(vocabulary.LICENCES)
    assert split("alternatives", "held_perimeter") <= set(vocabulary.PERIMETERS)


@pytest.mark.parametrize("table", ["alternatives", "foreign_clouds"])
def test_every_offer_has_a_source_and_says_how_it_was_checked(table):
    rows = reference.table(table)
    assert rows["source"].null_count() == 0
    assert set(rows["verified"]) <= set(reference.VERIFIED_TO_CONFIDENCE)
    assert (rows["checked_on"].is_null() == (rows["verified"] == "recalled")).all()


def test_an_offer_whose_vendor_is_counted_says_by_one_key_and_for_which_contracts():
    rows = reference.table("alternatives")
    keys = rows.select(pl.col("vendor_key").is_not_null() & pl.col("group_id").is_not_null()).to_series()
    assert not keys.any()
    has_key = rows["vendor_key"].is_not_null() | rows["group_id"].is_not_null()
    assert (has_key == rows["held_perimeter"].is_not_null()).all()


def test_an_offer_has_the_country_of_its_product_and_of_the_group_that_sells_it():
    """Stormshield stood as French among the alternatives and as Airbus's, hence Dutch, everywhere else."""
    offers, products = reference.table("alternatives"), reference.table("products")
    today = reference.table("groups").filter(pl.col("valid_to").is_null())
    latest = Registry.load().facts.filter("is_latest")
    sold_by = latest.select(vendor_key=pl.col("entity").str.strip_prefix("vendors:"), by_vendor="country")
    known = (
        offers.join(products.select("product_id", by_product="country"), on="product_id", how="left")
        .join(today.select("group_id", by_group="country"), on="group_id", how="left")
        .join(sold_by, on="vendor_key", how="left")
    )
    for country in ("by_product", "by_group", "by_vendor"):
        stated = known.drop_nulls(country)
        assert stated.height > 0
        assert stated.filter(pl.col("owner_country") != pl.col(country))["alternative_id"].to_list() == []


def test_every_service_has_an_offer_from_here():
    assert all(offers.alternatives("ue", service).height for service in vocabulary.SERVICES)


@pytest.mark.parametrize(
    ("definition", "german", "swiss"), [("france", False, False), ("ue", True, False), ("europe", True, True)]
)
def test_the_definition_decides_what_is_from_here(definition, german, swiss):
    names = set(offers.alternatives(definition)["name"])
    assert ("Nextcloud" in names, "Proton" in names) == (german, swiss)
    assert "PostgreSQL" in names


def test_foreign_technology_inside_is_said():
    judged = dict(offers.clouds("ue").select("name", pl.col("verdict").cast(pl.String)).iter_rows())
    assert judged["Bleu"] == judged["S3NS (PREMI3NS)"] == "hybrid"
    assert judged["Amazon Web Services"] == "foreign_control"
    assert judged["OVHcloud"] == "home_documented"


def as_ovh(awards: pl.LazyFrame, *contract_ids: str) -> pl.LazyFrame:
    """The tiny edition, some contracts of which OVHcloud holds."""
    return awards.with_columns(
        group_id=pl.when(pl.col("contract_id").is_in(contract_ids)).then(pl.lit("ovh")).otherwise("group_id")
    )


def naming(awards: pl.LazyFrame, product: str, country: str, *contract_ids: str) -> pl.LazyFrame:
    """The same, some contracts of which name ``product``."""
    chosen = pl.col("contract_id").is_in(contract_ids)
    return awards.with_columns(
        products=pl.when(chosen).then(pl.concat_list(pl.lit(product))).otherwise("products"),
        product_countries=pl.when(chosen).then(pl.concat_list(pl.lit(country))).otherwise("product_countries"),
    )


@pytest.mark.parametrize("amount", ["partage", "plafond"])
def test_contracts_held_and_contracts_that_name_are_both_counted_each_once(amount):
    awards = naming(as_ovh(AWARDS, "C06", "C07"), "OVHcloud", "FR", "C07", "C08")
    row = alternatives.clouds(awards, Selection(amount=amount)).row(
        by_predicate=pl.col("name") == "OVHcloud", named=True
    )
    assert (row["held_count"], row["named_count"], row["contract_count"], row["buyer_count"]) == (2, 2, 3, 3)
    assert row["amount_cents"] == 50_000_000 + 8_000_000 + 7_000_000
    assert row["buyer_names"][0] == "Université d’Exemple"


def test_what_is_not_cloud_is_not_counted_for_the_cloud_of_a_company_that_sells_much_else():
    """Worldline holds C06 (hosting) and C07 (maintenance): only the first is its cloud."""
    chosen = pl.col("contract_id").is_in(["C06", "C07"])
    awards = AWARDS.with_columns(group_id=pl.when(chosen).then(pl.lit("worldline")).otherwise("group_id"))
    row = alternatives.clouds(awards, Selection()).row(by_predicate=pl.col("group_id") == "worldline", named=True)
    assert (row["held_count"], row["amount_cents"]) == (1, 50_000_000)


def test_products_bought_for_a_service_with_who_sells_them():
    awards = naming(AWARDS, "Microsoft Exchange", "US", "C02", "C03")
    bought = alternatives.bought(awards, Selection(), "messaging").row(0, named=True)
    assert (bought["product"], bought["verdict"]) == ("Microsoft Exchange", "foreign_product")
    assert (bought["contract_count"], bought["buyer_count"]) == (2, 2)
    assert bought["amount_cents"] == 90_000_100 + 30_000_000
    assert set(bought["vendor_names"]) == {"Hexagone Hébergement", "Éditions Atlantique", "Comptoir des Licences"}
    assert alternatives.bought(awards, Selection(), "backup").is_empty()
