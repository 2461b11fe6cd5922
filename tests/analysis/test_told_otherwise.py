"""Sums and counts of real contracts, worked out once more in SQL by who knows nothing of our code but the columns."""

import polars as pl
import pytest

pytest.importorskip("duckdb", reason="requirements-bench.in is not installed")

import duckdb

from analysis import contracts, shares, vendors
from analysis.answers import worked_out
from analysis.selection import Selection
from loaders import vocabulary
from loaders.classify.verdict import verdict
from loaders.editions import STARTER_FOLDER, Edition

STARTER = Edition(STARTER_FOLDER)
PERIMETERS = {"numerique": "is_digital", "tout": "true"}
FILTERS = {
    "none": ({}, "true"),
    "years": ({"years": (2019, 2022)}, "year BETWEEN 2019 AND 2022"),
    "local": ({"buyer_kinds": ("local",)}, "buyer_kind = 'local'"),
    "flagged": ({"include_flagged": True}, "true"),
}
WEIGHTS = {
    "partage": "share_cents",
    "simples": "CASE WHEN is_framework IS NOT TRUE THEN share_cents END",
    "annualise": "CASE WHEN duration_months > 12 THEN share_cents * 12 // duration_months ELSE share_cents END",
    "plafond": "CASE WHEN {rank} = 1 THEN amount_cents ELSE 0 END",
}
CENTS = "coalesce(sum(cents), 0)::BIGINT"
COUNTED = "count(DISTINCT contract_id)"


@pytest.fixture(scope="module", params=vocabulary.DEFINITIONS)
def judged(request):
    """The awards under a definition of home, in SQL."""
    with duckdb.connect() as connection:
        awards = STARTER.scan("awards").with_columns(verdict(request.param).alias("verdict"))
        connection.register("awards", awards.with_columns(pl.selectors.enum().cast(pl.String)).collect().to_arrow())
        yield request.param, connection


@pytest.mark.parametrize("filters", FILTERS)
@pytest.mark.parametrize("amount", WEIGHTS)
@pytest.mark.parametrize("perimeter", PERIMETERS)
def test_sums_and_counts_are_those_of_sql(judged, perimeter, amount, filters):
    definition, connection = judged
    chosen, condition = FILTERS[filters]
    selection = Selection(perimeter=perimeter, definition=definition, amount=amount, **chosen)
    is_summed = "amount_flag IS DISTINCT FROM 'foreign_currency'" if filters == "flagged" else "amount_flag IS NULL"

    def told(what: str, once_per: str = "contract_id", rest: str = "") -> list[tuple]:
        weight = WEIGHTS[amount].format(rank=f"row_number() OVER (PARTITION BY {once_per} ORDER BY holder_rank)")
        weighed = f"SELECT *, CASE WHEN {is_summed} THEN {weight} END AS cents FROM awards"
        query = f"{weighed} WHERE {PERIMETERS[perimeter]} AND {condition}"
        return connection.execute(f"SELECT {what} FROM ({query}) {rest}").fetchall()

    def ours(question, *details):
        return worked_out(STARTER, question, selection, *details)

    by_verdict = ours(shares.by_verdict).filter(pl.col("award_count") > 0).drop("share")
    assert set(by_verdict.rows()) == set(told(f"verdict, {CENTS}, {COUNTED}, count(*)", rest="GROUP BY 1"))
    for key in ("year", "ministry", "buyer_kind"):
        found = ours(shares.interval_by, key).select(key, "total_cents", "contract_count", "unknown_cents")
        unknown = "coalesce(sum(cents) FILTER (WHERE verdict = 'unknown'), 0)::BIGINT"
        assert set(found.rows()) == set(told(f"{key}, {CENTS}, {COUNTED}, {unknown}", rest="GROUP BY 1"))
    for question, key in ((vendors.top_vendors, "vendor_id"), (vendors.top_groups, "group_id")):
        found = ours(question, 30).select(key, "amount_cents", "award_count", "contract_count")
        heaviest = f"WHERE {key} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 3 DESC, 1 LIMIT 30"
        what = f"{key}, {CENTS}, count(*), {COUNTED}"
        assert found.rows() == told(what, f"contract_id, {key}", heaviest)
    total = ours(contracts.total)
    outside = f"{COUNTED} FILTER (WHERE NOT ({is_summed}) AND amount_flag <> 'missing')"
    missing = f"{COUNTED} FILTER (WHERE amount_flag = 'missing')"
    counts = (total.amount_cents, total.contract_count, total.award_count, total.flagged_count, total.missing_count)
    assert [counts] == told(f"{CENTS}, {COUNTED}, count(*), {outside}, {missing}")
