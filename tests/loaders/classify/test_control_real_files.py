"""The registry against real notices: what share of digital amounts it documents."""

import polars as pl
import pytest

from loaders.classify.control import add_control

DIGITAL = r"(?i)informatique|logiciel|progiciel|t[ée]l[ée]communications|site internet|numérisation"
SMALLEST_AMOUNT, LARGEST_AMOUNT = 1, 500_000_000


@pytest.fixture(scope="module")
def digital_awards(real_files, tmp_path_factory):
    notices = pl.scan_parquet(real_files / "boamp" / "boamp_awards_2019-09_2020-12.parquet")
    awards = notices.filter(pl.col("descripteurs").str.contains(DIGITAL), pl.col("devise") == "EUR").select(
        holder_id=pl.lit(None, pl.String),
        holder_id_type=pl.lit(None, pl.String),
        holder_name="titulaire_nom",
        contract_date=pl.col("date_publication").str.to_date("%Y-%m-%d"),
        amount="montant",
    )
    return add_control(awards, derived=tmp_path_factory.mktemp("no extracts")).collect()


def test_the_registry_documents_four_fifths_of_digital_amounts(digital_awards):
    counted = digital_awards.filter(pl.col("amount") > SMALLEST_AMOUNT, pl.col("amount") < LARGEST_AMOUNT)
    documented = counted.filter(pl.col("control_basis") == "registry")
    assert documented["amount"].sum() / counted["amount"].sum() >= 0.8


def test_each_name_has_one_answer_a_day(digital_awards):
    answers = digital_awards.group_by("holder_name", "contract_date").agg(pl.col("control_rule").n_unique())
    assert answers["control_rule"].max() == 1
