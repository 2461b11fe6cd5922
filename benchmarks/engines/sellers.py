"""Rankings: the vendors, groups, products and buyers that weigh most."""

from collections.abc import Callable

import pandas as pd

from analysis import vendors
from analysis.vendors import RESELLER_CHANNELS
from benchmarks.engines.question import CENTS, OF_A_MINISTRY, Question, columns, counted, quoted

_SHOWN, _FEW = 50, 10
_TIME = ["contract_date", "contract_id", "holder_rank"]
_COUNTS = ("contract_count", "buyer_count", "flagged_count", "first_year", "last_year")


def _heaviest(rows: pd.DataFrame, key: str, limit: int) -> pd.DataFrame:
    found = counted(rows).groupby(key).agg(cents=("cents", "sum"), awards=("cents", "size")).reset_index()
    return found.sort_values(["cents", "awards", key], ascending=[False, False, True]).head(limit).set_index(key)


def _heaviest_sql(key: str, limit: int, among: str = "true") -> str:
    return f"""SELECT {key}, {CENTS} AS cents, count(*) AS awards FROM awards
               WHERE {{where}} AND {key} IS NOT NULL AND {among} GROUP BY {key}
               ORDER BY cents DESC, awards DESC, {key} LIMIT {limit}"""


def _ranked(key: str, name: str, limit: int) -> Callable[[pd.DataFrame], pd.DataFrame]:
    def answer(rows: pd.DataFrame) -> pd.DataFrame:
        top = _heaviest(rows, key, limit)
        theirs = rows[rows[key].isin(top.index)]
        theirs = theirs.assign(flagged=theirs["contract_id"].where(theirs["amount_flag"].notna()))
        told = theirs.groupby(key).agg(
            contracts=("contract_id", "nunique"),
            buyers=("buyer_key", "nunique"),
            flagged=("flagged", "nunique"),
            first=("year", "min"),
            last=("year", "max"),
        )
        names = theirs.sort_values(_TIME, na_position="first").drop_duplicates(key, keep="last").set_index(key)[[name]]
        return top.join(told).join(names).reset_index()

    return answer


def _ranked_sql(key: str, name: str, limit: int, among: str = "true") -> str:
    return f"""
WITH top AS ({_heaviest_sql(key, limit, among)})
SELECT {key}, any_value(top.cents), any_value(top.awards), count(DISTINCT contract_id), count(DISTINCT buyer_key),
       count(DISTINCT contract_id) FILTER (WHERE amount_flag IS NOT NULL), min(year), max(year),
       last({name} ORDER BY contract_date NULLS FIRST, contract_id, holder_rank)
FROM awards JOIN top USING ({key}) WHERE {{where}} AND {among} GROUP BY {key}
"""


def _top(question: Callable, key: str, name: str, limit: int) -> Question:
    told = columns(key, "amount_cents", "award_count", *_COUNTS, name)
    return Question((question, limit), told, _ranked_sql(key, name, limit), _ranked(key, name, limit))


def _resellers(rows: pd.DataFrame) -> pd.DataFrame:
    return _ranked("vendor_id", "vendor_name", _FEW)(rows[rows["channel"].isin(list(RESELLER_CHANNELS))])


def _buyers(rows: pd.DataFrame) -> pd.DataFrame:
    top = _heaviest(rows, "buyer_key", _FEW)
    theirs = rows[rows["buyer_key"].isin(top.index)].groupby("buyer_key")
    told = theirs.agg(contracts=("contract_id", "nunique"), vendors=("vendor_id", "nunique"))
    return top.drop(columns="awards").join(told).reset_index()


_BUYERS_SQL = f"""
WITH top AS ({_heaviest_sql("buyer_key", _FEW)})
SELECT buyer_key, any_value(cents), count(DISTINCT contract_id), count(DISTINCT vendor_id)
FROM awards JOIN top USING (buyer_key) WHERE {{where}} GROUP BY buyer_key
"""


def _products(rows: pd.DataFrame) -> pd.DataFrame:
    named = counted(rows).explode("products").dropna(subset="products")
    once = named.drop_duplicates(["products", "contract_id", "vendor_id"])
    found = once.groupby("products").agg(cents=("cents", "sum"), contracts=("contract_id", "nunique")).reset_index()
    return found.sort_values(["cents", "contracts", "products"], ascending=[False, False, True]).head(_FEW)


_PRODUCTS_SQL = f"""
SELECT product, {CENTS} AS cents, count(DISTINCT contract_id) AS contracts FROM (
    SELECT DISTINCT ON (product, contract_id, vendor_id) product, contract_id, vendor_id, share_cents, amount_flag
    FROM (SELECT unnest(products) AS product, contract_id, vendor_id, share_cents, amount_flag
          FROM awards WHERE {{where}} AND len(products) > 0))
GROUP BY product ORDER BY cents DESC, contracts DESC, product LIMIT {_FEW}
"""

QUESTIONS = (
    _top(vendors.top_vendors, "vendor_id", "vendor_name", _SHOWN),
    _top(vendors.top_groups, "group_id", "group_name", _SHOWN),
    Question(
        (vendors.top_resellers, _FEW),
        columns("vendor_id", "amount_cents", "award_count", *_COUNTS, "vendor_name"),
        _ranked_sql("vendor_id", "vendor_name", _FEW, f"channel IN ({quoted(RESELLER_CHANNELS)})"),
        _resellers,
        cases=OF_A_MINISTRY,
    ),
    Question(
        (vendors.top_buyers, _FEW),
        columns("buyer_key", "amount_cents", "contract_count", "vendor_count"),
        _BUYERS_SQL,
        _buyers,
        cases=OF_A_MINISTRY,
    ),
    Question(
        (vendors.top_products, _FEW),
        columns("product", "amount_cents", "contract_count"),
        _PRODUCTS_SQL,
        _products,
        cases=OF_A_MINISTRY,
    ),
)
