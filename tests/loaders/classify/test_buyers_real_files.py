"""Buyers of the real files: each State buyer has a ministry, and names of local bodies never make a State buyer."""

import polars as pl
import pytest

from loaders.classify.buyers import add_buyers
from loaders.classify.text import folded


@pytest.fixture(scope="module")
def buyers(real_files) -> pl.DataFrame:
    boamp = pl.scan_parquet(real_files / "boamp" / "boamp_awards_2019-09_2020-12.parquet").select(
        buyer_id=pl.lit(None, pl.String), buyer_name="acheteur_nom", buyer_postcode="acheteur_cp"
    )
    aife = pl.scan_csv(real_files / "decp_tabular" / "decp_2019_flattened_10000.csv", infer_schema=False).select(
        buyer_id="acheteur.id", buyer_name=pl.lit(None, pl.String), buyer_postcode=pl.lit(None, pl.String)
    )
    contracts = pl.concat([boamp, aife]).with_columns(contract_date=pl.lit(None, pl.Date))
    return add_buyers(contracts).collect()


def test_nearly_every_contract_of_the_state_has_its_ministry(buyers):
    of_state = buyers.filter(pl.col("state_status").cast(pl.String).is_in(["yes", "operator"]))
    assert of_state.height > 10_000
    assert (of_state["ministry"] == "etat-non-determine").mean() < 0.01
    assert of_state["ministry"].null_count() == of_state["ministry_rule"].null_count() == 0


def test_a_town_is_never_the_state(buyers):
    towns = buyers.filter(folded(pl.col("buyer_name")).str.contains(r"^(?:COMMUNE|MAIRIE|VILLE) D"))
    assert towns.height > 10_000
    assert set(towns["state_status"]) == {"no"}


def test_every_buyer_has_a_key(buyers):
    assert buyers["buyer_key"].null_count() == 0
