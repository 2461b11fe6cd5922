"""Each real file gives an edition whose counts balance, and the facts that are known of it."""

from datetime import date

import polars as pl
import pytest

from loaders.build import Plan, build
from loaders.classify.verdict import verdict
from loaders.sources import local_file

FILES = {
    "decp_json_2019_aife": "decp_2019_json/data.gouv.fr_aife_json_2019-04-04.zip",
    "decp_json_2019_pes": "decp_2019_json/pes_json_2019-04-05.zip",
    "decp_flattened_2019": "decp_tabular/decp_2019_flattened_10000.csv",
    "decp_tabular_2026": "decp_tabular/decp_2026-08-19_61rows_64cols.parquet",
    "decp_paris_2019": "decp_2022_json/decp_2019_paris.json",
    "decp_paris_2024": "decp_2022_json/decp_2024_paris.json",
    "boamp": "boamp/boamp_awards_2019-09_2020-12.parquet",
}


@pytest.fixture(scope="session")
def edition_of(real_files, tmp_path_factory):
    """Build the edition of one real file, once a session."""
    built = {}

    def edition(name):
        if name not in built:
            plan = Plan([local_file(str(real_files / FILES[name]))])
            built[name] = build(plan, tmp_path_factory.mktemp("editions") / name, lambda *_: None)
        return built[name]

    return edition


pytestmark = pytest.mark.xdist_group("real-files")


@pytest.mark.parametrize("name", FILES)
def test_every_record_is_kept_merged_or_rejected_with_a_reason(edition_of, name):
    counts = edition_of(name).manifest["counts"]
    assert counts["records_read"] > 0
    assert counts["records_read"] == counts["contracts_kept"] + counts["records_merged"] + counts["records_rejected"]
    assert sum(counts["rejects_by_reason"].values()) == counts["records_rejected"]


COUNTS = {
    "decp_json_2019_aife": (4530, 4241, 202, {"concession": 22, "no_buyer": 1, "test_record": 64}),
    "decp_json_2019_pes": (1148, 1136, 12, {}),
    "decp_flattened_2019": (10_000, 10_000, 0, {}),
    "decp_tabular_2026": (61, 45, 16, {}),
    "decp_paris_2019": (3850, 3850, 0, {}),
    "decp_paris_2024": (1054, 1054, 0, {}),
    "boamp": (67_456, 62_912, 3192, {"concession": 680, "not_an_award": 672}),
}


@pytest.mark.parametrize("name", COUNTS)
def test_the_counts_of_each_file_are_the_expected_ones(edition_of, name):
    counts = edition_of(name).manifest["counts"]
    read, kept, merged, reasons = COUNTS[name]
    assert (counts["records_read"], counts["contracts_kept"], counts["records_merged"]) == (read, kept, merged)
    assert counts["rejects_by_reason"] == reasons


def awards(edition, *conditions) -> list[dict]:
    """The awards that meet the conditions, with their default verdict."""
    found = edition.scan("awards").filter(*conditions).with_columns(verdict("ue").alias("verdict"))
    return found.sort("contract_id", "holder_rank").collect().to_dicts()


def bought_by(name: str) -> pl.Expr:
    return pl.col("buyer_name") == name


def test_ugap_buys_an_unnamed_cloud_from_capgemini(edition_of):
    (award,) = awards(edition_of("boamp"), pl.col("title").str.contains("informatique en nuage"))
    assert award["buyer_name"] == "Union des Groupements d'Achats Publics"
    assert award["holder_name"].startswith("Capgemini")
    assert (award["contract_date"], award["amount_cents"]) == (date(2020, 5, 4), 25_000_000_000)
    assert (award["is_digital"], award["is_cloud"]) == (True, True)
    assert (award["buyer_kind"], award["channel"]) == ("central_purchasing", "central_purchasing")
    assert (award["control_country"], award["products"], award["verdict"]) == ("FR", [], "opaque")


def test_manche_numerique_buys_microsoft_licences_from_a_reseller(edition_of):
    (award,) = awards(
        edition_of("boamp"),
        bought_by("Syndicat Mixte Manche Numérique"),
        pl.col("holder_name").str.contains("(?i)crayon"),
    )
    assert (award["contract_date"], award["amount_cents"]) == (date(2020, 3, 5), 612_067_430)
    assert (award["vendor_kind"], award["channel"]) == ("reseller", "reseller")
    assert (award["products"], award["product_countries"]) == (["Microsoft"], ["US"])


def test_the_payment_agency_buys_support_from_oracle(edition_of):
    (award,) = awards(
        edition_of("boamp"), pl.col("holder_name") == "ORACLE FRANCE", pl.col("contract_date") == date(2019, 12, 19)
    )
    assert award["buyer_name"] == "Agence de services et de paiement"
    assert (award["control_country"], award["control_basis"], award["verdict"]) == ("US", "registry", "foreign_control")
    assert award["ministry"] == "agriculture"


def test_the_chambers_of_commerce_buy_hosting_from_ovh(edition_of):
    (award,) = awards(edition_of("boamp"), bought_by("CCI FRANCE"), pl.col("holder_name").str.contains("OVH"))
    assert award["title"] == "hébergement et infogérance"
    assert (award["is_cloud"], award["control_country"], award["verdict"]) == (True, "FR", "home_documented")


def test_amazonia_is_not_amazon(edition_of):
    found = awards(edition_of("boamp"), pl.col("holder_name").str.contains("(?i)amazoni"))
    assert {"AMAZONIE PAYSAGE", "Agence Amazonienne de Géomètres-Experts"} <= {award["holder_name"] for award in found}
    assert [award["holder_name"] for award in found if award["is_digital"] or award["control_country"] == "US"] == []


def test_the_extract_of_2026_has_its_earliest_dates(edition_of):
    """Three rows of 17 April 2026 and seven of 3 June 2026 are two versions of one contract."""
    contracts = edition_of("decp_tabular_2026").scan("contracts").collect()
    (contract,) = contracts.filter(pl.col("contract_id") == "20004178800064-2025_017_PI0").to_dicts()
    assert (contract["contract_date"], contract["version_count"]) == (date(2026, 4, 17), 2)


def test_the_extract_of_2026_shares_amounts_among_holders(edition_of):
    shares = awards(edition_of("decp_tabular_2026"), pl.col("contract_id") == "20004178800064-2025_017_PI0")
    assert len(shares) == 5
    assert sum(award["share_cents"] for award in shares) == 401_277_400


def test_the_extract_of_2026_flags_its_absurd_amounts(edition_of):
    contracts = edition_of("decp_tabular_2026").scan("contracts")
    flagged = contracts.filter(pl.col("amount_flag") == "sentinel").sort("amount_cents").collect()
    assert flagged["amount_cents"].to_list() == [1_231_111_111_100, 9_999_999_999_999]
    vendors = edition_of("decp_tabular_2026").scan("vendors").collect()
    assert vendors["total_share_cents"].max() < 1_000_000_000


def test_the_extract_of_2026_has_ids_without_the_cpv_suffix(edition_of):
    ids = edition_of("decp_tabular_2026").scan("contracts").collect()["contract_id"]
    assert "43276694700019-2026S01582" in ids
    assert [contract_id for contract_id in ids if contract_id.endswith("_60424120")] == []


def test_paris_publishes_changes_of_subcontracts_without_the_acts_themselves(edition_of):
    """``modificationsActesSousTraitance`` without ``actesSousTraitance``: amounts, but no subcontractor."""
    changes = edition_of("decp_paris_2024").scan("subcontracts").collect()
    assert changes["change_number"].to_list() == [1] * 11
    assert changes["amount_cents"].null_count() == 0
    assert changes["subcontractor_id"].null_count() == 11
