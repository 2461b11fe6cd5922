"""The reference tables of vendors hold together: ids, countries, periods, sources, SIRENs, aliases."""

import polars as pl
import pytest

from loaders import reference, vocabulary
from loaders.classify.identifiers import countries, is_siren
from loaders.classify.names import comparable, without_legal_form
from loaders.classify.registry import FIRST_DAY, LAST_DAY, Registry

TABLES = ("groups", "vendors", "vendor_aliases", "vendor_brands", "vendor_homonyms", "purchasing_bodies")


def repeated(frame, *columns):
    return frame.group_by(columns).len().filter(pl.col("len") > 1).rows()


@pytest.fixture(params=(*TABLES, "identifier_prefixes", "legal_forms"))
def any_table(request):
    return reference.table(request.param)


def test_every_row_has_a_source_and_says_how_it_was_verified(any_table):
    assert any_table["source"].null_count() == 0
    if "verified" in any_table.columns:
        assert set(any_table["verified"]) <= set(reference.VERIFIED_TO_CONFIDENCE)


def test_a_fact_from_memory_never_says_it_was_checked():
    for name in ("groups", "vendors", "purchasing_bodies"):
        frame = reference.table(name)
        recalled = frame.filter(pl.col("verified") == "recalled")
        assert recalled["checked_on"].null_count() == recalled.height
        assert frame.filter(pl.col("source").str.contains("de mémoire"), pl.col("verified") != "recalled").height == 0
        assert frame.filter(pl.col("verified") != "recalled")["checked_on"].null_count() == 0


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("groups", "country"),
        ("vendors", "technology_country"),
        ("identifier_prefixes", "country"),
        ("legal_forms", "country"),
    ],
)
def test_countries_are_iso(name, column):
    assert set(reference.table(name)[column].drop_nulls()) <= set(countries())


def test_every_vendor_belongs_to_a_group_and_has_a_trade():
    vendors = reference.table("vendors")
    assert set(vendors["group_id"]) <= set(reference.table("groups")["group_id"])
    assert set(vendors["vendor_kind"]) <= set(vocabulary.VENDOR_KINDS)
    assert set(reference.table("vendor_brands")["group_id"]) <= set(reference.table("groups")["group_id"])
    assert set(reference.table("vendor_brands")["vendor_kind"]) <= set(vocabulary.VENDOR_KINDS)


def test_a_vendor_keeps_its_siren_through_its_periods_and_shares_it_with_nobody():
    vendors = reference.table("vendors").select("vendor_key", "siren", "vendor_name").unique()
    assert repeated(vendors, "vendor_key") == []
    assert repeated(vendors.drop_nulls("siren"), "siren") == []


def test_every_siren_passes_its_check_digit_and_says_where_it_comes_from():
    for name in ("vendors", "vendor_homonyms", "purchasing_bodies"):
        sirens = reference.table(name).drop_nulls("siren")
        assert sirens.filter(~is_siren(pl.col("siren")))["siren"].to_list() == []
    known = reference.table("vendors").drop_nulls("siren")
    assert known["siren_source"].null_count() == 0


def test_periods_of_one_vendor_do_not_overlap():
    facts = Registry.load().facts.sort("entity", "valid_from")
    following = facts.with_columns(next_from=pl.col("valid_from").shift(-1).over("entity"))
    assert following.filter(pl.col("next_from") <= pl.col("valid_to"))["entity"].to_list() == []
    assert facts.group_by("entity").agg(pl.col("is_latest").sum()).filter(pl.col("is_latest") != 1).height == 0


def followed(periods: pl.DataFrame, key: str) -> pl.DataFrame:
    """Periods that another of the same ``key`` follows, with its first day ``next_from``."""
    closed = periods.with_columns(pl.col("valid_from").fill_null(FIRST_DAY), pl.col("valid_to").fill_null(LAST_DAY))
    ordered = closed.sort(key, "valid_from")
    return ordered.with_columns(next_from=pl.col("valid_from").shift(-1).over(key)).drop_nulls("next_from")


def test_periods_of_one_group_do_not_overlap():
    pairs = followed(reference.table("groups"), "group_id")
    assert pairs.height > 0
    assert pairs.filter(pl.col("next_from") <= pl.col("valid_to"))["group_id"].to_list() == []


def test_no_day_is_left_between_two_owners_unless_the_table_says_so():
    """A day without a row makes its contracts unknown: meant only where the words say « non établi »."""
    pairs = followed(reference.table("groups"), "group_id")
    holes = pairs.filter(pl.col("next_from") > pl.col("valid_to").dt.offset_by("1d"))
    assert holes.filter(~pl.col("owner").str.contains("non établi"))["group_id"].to_list() == []


def test_no_day_is_left_between_two_groups_of_one_vendor():
    by_group = (
        Registry.load().facts.group_by("entity", "group_id").agg(pl.col("valid_from").min(), pl.col("valid_to").max())
    )
    pairs = followed(by_group, "entity")
    assert pairs.height > 0
    assert pairs.filter(pl.col("next_from") > pl.col("valid_to").dt.offset_by("1d"))["entity"].to_list() == []


def test_no_period_ends_before_it_begins():
    for name in ("groups", "vendors"):
        assert reference.table(name).filter(pl.col("valid_to") < pl.col("valid_from")).is_empty()


def test_every_vendor_has_at_least_one_period():
    keys = {f"vendors:{key}" for key in reference.table("vendors")["vendor_key"]}
    assert keys <= set(Registry.load().facts["entity"])


def test_an_alias_names_one_vendor_and_is_written_as_it_is_compared():
    aliases = reference.table("vendor_aliases").with_columns(key=comparable(pl.col("alias")))
    assert repeated(aliases, "key") == []
    assert repeated(Registry.load().aliases, "key") == []
    assert aliases.filter(pl.col("alias") != pl.col("key"))["alias"].to_list() == []
    assert set(aliases["vendor_key"]) <= set(reference.table("vendors")["vendor_key"])
    assert set(aliases["distinctive"]) == {"yes", "no"}


def test_no_alias_is_a_known_homonym():
    registry = Registry.load()
    assert registry.aliases.join(registry.homonym_names, on="key").rows() == []
    assert registry.sirens.join(registry.homonym_sirens, on="siren").rows() == []


def test_no_brand_is_so_short_that_it_begins_other_names():
    brands = reference.table("vendor_brands").with_columns(key=without_legal_form(comparable(pl.col("brand"))))
    assert brands.filter(pl.col("key") != pl.col("brand"))["brand"].to_list() == []
    assert brands.filter(pl.col("brand").str.len_chars() < 3)["brand"].to_list() == []
    assert repeated(brands, "brand", "group_id") == []


def test_the_registry_is_as_large_as_the_method_says():
    assert reference.table("vendors")["vendor_key"].n_unique() >= 500


def test_a_purchasing_body_has_one_name_and_siren():
    bodies = reference.table("purchasing_bodies").select("body_id", "name", "siren").unique()
    assert repeated(bodies, "body_id") == []
    assert repeated(reference.table("purchasing_bodies"), "alias") == []
