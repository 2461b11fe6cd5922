"""What is bought in the real notices: facts that are known of some, and shares that must not drift."""

import polars as pl
import pytest

from loaders.classify.perimeter import add_perimeter
from loaders.classify.products import add_products


@pytest.fixture(scope="module")
def notices(real_files) -> pl.DataFrame:
    listed = pl.col("descripteurs").str.strip_chars("[]").str.replace_all(r"""["'], ?["']""", " | ")
    awards = pl.scan_parquet(real_files / "boamp" / "boamp_awards_2019-09_2020-12.parquet").select(
        notice="idweb",
        buyer="acheteur_nom",
        holder_name="titulaire_nom",
        title="objet",
        lot="intitule_lot",
        cpv=pl.lit(None, pl.String),
        descriptors=listed.str.strip_chars("\"'"),
        ccag=pl.lit(None, pl.String),
        vendor_kind=pl.lit(None, pl.String),
    )
    return add_perimeter(add_products(awards).collect().lazy()).collect()


def of(notices: pl.DataFrame, title: str) -> pl.DataFrame:
    rows = notices.filter(pl.col("title").str.to_lowercase().str.starts_with(title.lower()))
    assert rows.height > 0
    return rows


def test_cloud_bought_by_the_central_purchasing_body_names_nothing(notices):
    rows = of(notices, "services d'informatique en nuage (iaas / paas)")
    assert set(rows["is_digital"]) == set(rows["is_cloud"]) == {True}
    assert set(rows["digital_category"].cast(pl.String)) == {"iaas"}
    assert rows["products"].list.len().sum() == 0


def test_licences_bought_for_a_department_are_microsoft_s(notices):
    rows = of(notices, "Acquisition et renouvellement des droits de licences Microsoft, abonnements")
    assert rows["products"].to_list() == [["Microsoft"]] * rows.height
    assert rows["product_countries"].to_list() == [["US"]] * rows.height


def test_hosting_and_managed_services_of_the_chambers_of_commerce_are_cloud(notices):
    rows = of(notices, "hébergement et infogérance").filter(pl.col("buyer").str.contains("(?i)cci france"))
    assert rows.height > 0
    assert set(rows["is_cloud"]) == {True}


def test_support_of_oracle_software_at_the_payment_agency(notices):
    rows = of(notices, "Support technique des logiciels oracle")
    assert set(rows["is_digital"]) == {True}
    assert rows["products"].to_list() == [["Oracle"]] * rows.height
    assert rows["product_countries"].to_list() == [["US"]] * rows.height


@pytest.mark.parametrize("holder", ["AMAZONIE PAYSAGE", "Agence Amazonienne de Géomètres-Experts"])
def test_a_holder_named_like_a_host_sells_no_it(notices, holder):
    rows = notices.filter(pl.col("holder_name") == holder)
    assert rows.height > 0
    assert set(rows["is_digital"]) == {False}
    assert rows["products"].list.len().sum() == 0


def test_shares_stay_those_that_were_read_by_eye(notices):
    assert notices.height > 60_000
    assert 0.05 < notices["is_digital"].mean() < 0.08
    assert notices["is_digital"].null_count() / notices.height < 0.01
    digital = notices.filter("is_digital")
    assert 0.03 < digital["is_cloud"].mean() < 0.10
    assert digital["digital_category"].null_count() == 0
    assert (
        notices.filter(~pl.col("is_digital"))["digital_category"].null_count()
        == notices.filter(~pl.col("is_digital")).height
    )


def test_lists_are_parallel_never_null_and_without_doubles(notices):
    assert notices.select("products", "product_countries").null_count().row(0) == (0, 0)
    assert (notices["products"].list.len() == notices["product_countries"].list.len()).all()
    assert (notices["products"].list.len() == notices["products"].list.n_unique()).all()
    assert (notices["product_rule"].is_null() == (notices["products"].list.len() == 0)).all()
