"""Sums: what verdicts, years, groups, ministries weigh."""

from collections.abc import Callable

import pandas as pd
import polars as pl

from analysis import contracts, ministries, quota, shares, vendor_profile
from benchmarks.engines.question import CENTS, OF_A_VENDOR, Question, columns, counted, fields, one_row, quoted

_PERCENT = 60
_OUTSIDE_SUMS = (
    "count(DISTINCT contract_id) FILTER (WHERE amount_flag <> 'missing'), "
    "count(DISTINCT contract_id) FILTER (WHERE amount_flag = 'missing')"
)


def _cents_of(*verdicts: str) -> str:
    return f"coalesce(sum(share_cents) FILTER (WHERE amount_flag IS NULL AND verdict IN ({quoted(verdicts)})), 0)"


_EACH_VERDICT = ", ".join(map(_cents_of, shares.VERDICTS))


def _verdicts_told(found: pl.DataFrame) -> list[tuple]:
    return found.filter(pl.col("award_count") > 0).drop("share").rows()


def _verdicts(rows: pd.DataFrame) -> pd.DataFrame:
    groups = counted(rows).groupby("verdict", observed=True)
    return groups.agg(
        cents=("cents", "sum"), contracts=("contract_id", "nunique"), awards=("cents", "size")
    ).reset_index()


def _outside_sums(rows: pd.DataFrame) -> tuple[int, int]:
    is_missing = rows["amount_flag"] == "missing"
    is_flagged = rows["amount_flag"].notna() & ~is_missing
    return rows.loc[is_flagged, "contract_id"].nunique(), rows.loc[is_missing, "contract_id"].nunique()


def _interval(rows: pd.DataFrame) -> pd.DataFrame:
    weights = (
        counted(rows).groupby("verdict", observed=False)["cents"].sum().reindex(list(shares.VERDICTS), fill_value=0)
    )
    return one_row(rows["contract_id"].nunique(), *_outside_sums(rows), *weights.tolist())


def _interval_told(found: shares.Interval) -> list[tuple]:
    return [(found.contract_count, found.flagged_count, found.missing_count, *found.weights)]


def _by(key: str) -> Callable[[pd.DataFrame], pd.DataFrame]:
    def answer(rows: pd.DataFrame) -> pd.DataFrame:
        rows = counted(rows)
        found = rows.groupby(key, observed=True).agg(cents=("cents", "sum"), contracts=("contract_id", "nunique"))
        of_verdicts = rows.groupby([key, "verdict"], observed=True)["cents"].sum().unstack(fill_value=0)
        return found.join(of_verdicts.reindex(columns=list(shares.VERDICTS), fill_value=0)).reset_index()

    return answer


def _interval_by(key: str) -> Question:
    return Question(
        (shares.interval_by, key),
        columns(key, "total_cents", "contract_count", *(f"{verdict}_cents" for verdict in shares.VERDICTS)),
        f"SELECT {key}, {CENTS}, count(DISTINCT contract_id), {_EACH_VERDICT} FROM awards "
        f"WHERE {{where}} AND {key} IS NOT NULL GROUP BY {key}",
        _by(key),
    )


def _total(rows: pd.DataFrame) -> pd.DataFrame:
    return one_row(counted(rows)["cents"].sum(), rows["contract_id"].nunique(), len(rows), *_outside_sums(rows))


def _shared_out(rows: pd.DataFrame) -> tuple[pd.Series, ...]:
    rows = counted(rows)
    home, foreign = (rows["verdict"].isin(list(verdicts)) for verdicts in (quota.HOME, quota.FOREIGN))
    return rows["cents"], rows["cents"].where(home, 0), rows["cents"].where(foreign, 0)


def _quota(rows: pd.DataFrame) -> pd.DataFrame:
    return one_row(*(cents.sum() for cents in _shared_out(rows)))


def _quota_by_ministry(rows: pd.DataFrame) -> pd.DataFrame:
    total, home, foreign = _shared_out(rows)
    groups = rows.assign(total=total, home=home, foreign=foreign).groupby("ministry", observed=True)
    found = groups.agg(
        total=("total", "sum"), contracts=("contract_id", "nunique"), home=("home", "sum"), foreign=("foreign", "sum")
    )
    return found[found["total"] > 0].reset_index()


def _ranking(rows: pd.DataFrame) -> pd.DataFrame:
    rows = counted(rows)
    found = rows.groupby("ministry", observed=True).agg(
        cents=("cents", "sum"),
        contracts=("contract_id", "nunique"),
        awards=("cents", "size"),
        vendors=("vendor_id", "nunique"),
    )
    sellers = rows.groupby(["ministry", "vendor_id"], observed=True)["cents"].sum().reset_index()
    sold = sellers[sellers["cents"] > 0].sort_values(["cents", "vendor_id"], ascending=[False, True])
    top = sold.drop_duplicates("ministry").set_index("ministry")[["vendor_id"]]
    return found.join(top).reset_index()


_RANKING_SQL = f"""
WITH sold AS (SELECT ministry, vendor_id, {CENTS} AS cents FROM awards
              WHERE {{where}} AND ministry IS NOT NULL AND vendor_id IS NOT NULL GROUP BY ministry, vendor_id),
     top AS (SELECT ministry, vendor_id FROM sold WHERE cents > 0
             QUALIFY row_number() OVER (PARTITION BY ministry ORDER BY cents DESC, vendor_id) = 1),
     whole AS (SELECT ministry, {CENTS} AS cents, count(DISTINCT contract_id) AS contracts, count(*) AS awards,
                      count(DISTINCT vendor_id) AS vendors
               FROM awards WHERE {{where}} AND ministry IS NOT NULL GROUP BY ministry)
SELECT ministry, cents, contracts, awards, vendors, vendor_id FROM whole LEFT JOIN top USING (ministry)
"""


def _of_ministries(rows: pd.DataFrame) -> pd.DataFrame:
    groups = counted(rows).groupby("ministry", observed=True, dropna=False)
    found = groups.agg(
        cents=("cents", "sum"), contracts=("contract_id", "nunique"), buyers=("buyer_key", "nunique")
    ).reset_index()
    return found.assign(ministry=found["ministry"].astype(object).where(found["ministry"].notna(), "none"))


def _of_ministries_told(found: pl.DataFrame) -> list[tuple]:
    return found.with_columns(pl.col("ministry").cast(pl.String).fill_null("none")).rows()


QUESTIONS = (
    Question(
        (shares.by_verdict,),
        _verdicts_told,
        f"SELECT verdict, {CENTS}, count(DISTINCT contract_id), count(*) FROM awards WHERE {{where}} GROUP BY verdict",
        _verdicts,
    ),
    Question(
        (shares.interval,),
        _interval_told,
        f"SELECT count(DISTINCT contract_id), {_OUTSIDE_SUMS}, {_EACH_VERDICT} FROM awards WHERE {{where}}",
        _interval,
    ),
    _interval_by("year"),
    _interval_by("group_id"),
    Question(
        (contracts.total,),
        fields("amount_cents", "contract_count", "award_count", "flagged_count", "missing_count"),
        f"SELECT {CENTS}, count(DISTINCT contract_id), count(*), {_OUTSIDE_SUMS} FROM awards WHERE {{where}}",
        _total,
    ),
    Question(
        (quota.quota, _PERCENT),
        fields("total_cents", "home_cents", "foreign_cents"),
        f"SELECT {CENTS}, {_cents_of(*quota.HOME)}, {_cents_of(*quota.FOREIGN)} FROM awards WHERE {{where}}",
        _quota,
    ),
    Question(
        (quota.quota_by_ministry, _PERCENT),
        columns("ministry", "total_cents", "contract_count", "home_cents", "foreign_cents"),
        f"SELECT ministry, {CENTS} AS cents, count(DISTINCT contract_id), {_cents_of(*quota.HOME)}, "
        f"{_cents_of(*quota.FOREIGN)} FROM awards WHERE {{where}} AND ministry IS NOT NULL GROUP BY ministry "
        "HAVING cents > 0",
        _quota_by_ministry,
    ),
    Question(
        (ministries.ranking,),
        columns("ministry", "total_cents", "contract_count", "award_count", "vendor_count", "top_vendor_id"),
        _RANKING_SQL,
        _ranking,
    ),
    Question(
        (vendor_profile.profile,),
        fields("contract_count", "buyer_count", "amount_cents"),
        f"SELECT count(DISTINCT contract_id), count(DISTINCT buyer_key), {CENTS} FROM awards WHERE {{where}}",
        lambda rows: one_row(rows["contract_id"].nunique(), rows["buyer_key"].nunique(), counted(rows)["cents"].sum()),
        cases=OF_A_VENDOR,
    ),
    Question(
        (vendor_profile.ministries,),
        _of_ministries_told,
        f"SELECT coalesce(ministry, 'none'), {CENTS}, count(DISTINCT contract_id), count(DISTINCT buyer_key) "
        "FROM awards WHERE {where} GROUP BY ministry",
        _of_ministries,
        cases=OF_A_VENDOR,
    ),
)
