"""Lists: contracts by date, the ones that end, the ones that could move."""

from datetime import date

import pandas as pd

from analysis import contracts, ending, quality, quota
from benchmarks.engines.question import (
    CENTS,
    OF_A_MINISTRY,
    OF_DIGITAL,
    Question,
    columns,
    counted,
    fields,
    one_row,
    paged,
    quoted,
)

_TODAY = date.today()
_MONTHS, _PERIODS = 12, (3, 6, 12, 24)
_ROWS, _FLAGGED_ROWS = 25, 50
_FOREIGN = quoted(ending.FOREIGN)
_MOVABLE = (*quota.FOREIGN, *quota.UNDECIDED)


def _until(months: int) -> str:
    return f"end_date BETWEEN DATE '{_TODAY}' AND CAST(DATE '{_TODAY}' + INTERVAL {months} MONTH AS DATE)"


def _ends_within(rows: pd.DataFrame, months: int) -> pd.Series:
    today = pd.Timestamp(_TODAY)
    return rows["end_date"].between(today, today + pd.DateOffset(months=months))


def _foreign(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["verdict"].isin(list(ending.FOREIGN))]


def _latest(rows: pd.DataFrame) -> pd.DataFrame:
    days = rows.groupby("contract_id")["contract_date"].min().reset_index()
    page = days.sort_values(["contract_date", "contract_id"], ascending=[False, True]).head(_ROWS)
    theirs = counted(rows[rows["contract_id"].isin(page["contract_id"])]).sort_values(["contract_id", "holder_rank"])
    told = theirs.groupby("contract_id").agg(
        day=("contract_date", "first"),
        title=("title", "first"),
        buyer=("buyer_name", "first"),
        amount=("amount_cents", "first"),
        cents=("cents", "sum"),
    )
    return told.assign(length=len(days)).reset_index()


_LATEST_SQL = f"""
WITH page AS (SELECT contract_id, min(contract_date) AS day FROM awards WHERE {{where}} GROUP BY contract_id
              ORDER BY day DESC NULLS LAST, contract_id LIMIT {_ROWS})
SELECT contract_id, any_value(contract_date), any_value(title), any_value(buyer_name), any_value(amount_cents), {CENTS},
       (SELECT count(DISTINCT contract_id) FROM awards WHERE {{where}})
FROM awards WHERE {{where}} AND contract_id IN (SELECT contract_id FROM page) GROUP BY contract_id
"""


def _flagged(rows: pd.DataFrame) -> pd.DataFrame:
    listed = rows[rows["amount_flag"].notna()].drop_duplicates("contract_id")
    page = listed.sort_values(["amount_cents", "contract_id"], ascending=[False, True]).head(_FLAGGED_ROWS)
    return page.assign(length=len(listed))[["contract_id", "amount_cents", "length"]]


_FLAGGED_SQL = f"""
WITH listed AS (SELECT contract_id, any_value(amount_cents) AS cents FROM awards
                WHERE {{where}} AND amount_flag IS NOT NULL GROUP BY contract_id)
SELECT contract_id, cents, (SELECT count(*) FROM listed) FROM listed
ORDER BY cents DESC NULLS LAST, contract_id LIMIT {_FLAGGED_ROWS}
"""


def _ending(rows: pd.DataFrame) -> pd.DataFrame:
    rows = counted(_foreign(rows))
    soon = rows[_ends_within(rows, _MONTHS)]
    soon = soon.assign(name=soon["vendor_name"].fillna(soon["holder_name"])).groupby("contract_id")
    found = soon.agg(end=("end_date", "first"), title=("title", "first"), cents=("cents", "sum"), names=("name", list))
    return found.reset_index()


_ENDING_SQL = f"""
SELECT contract_id, any_value(end_date), any_value(title), {CENTS},
       list(coalesce(vendor_name, holder_name) ORDER BY holder_rank)
FROM awards WHERE {{where}} AND verdict IN ({_FOREIGN}) AND {_until(_MONTHS)} GROUP BY contract_id
"""


def _ending_awards(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.loc[_ends_within(rows, _MONTHS), ["contract_id", "end_date", "vendor_name", "title"]]


def _periods(rows: pd.DataFrame) -> pd.DataFrame:
    rows = counted(_foreign(rows))
    soon = rows[_ends_within(rows, max(_PERIODS)) & rows["ministry"].notna()]
    by_ministry = soon.groupby("ministry", observed=True)
    within = {
        months: soon[_ends_within(soon, months)].groupby("ministry", observed=True)["contract_id"].nunique()
        for months in _PERIODS
    }
    return pd.DataFrame({**within, "cents": by_ministry["cents"].sum()}).fillna(0).reset_index()


_PERIODS_SQL = (
    "SELECT ministry, "
    + ", ".join(f"count(DISTINCT contract_id) FILTER (WHERE {_until(months)})" for months in _PERIODS)
    + f", {CENTS} FROM awards WHERE {{where}} AND verdict IN ({_FOREIGN}) AND ministry IS NOT NULL "
    f"AND {_until(max(_PERIODS))} GROUP BY ministry"
)


def _years(rows: pd.DataFrame) -> pd.DataFrame:
    rows = _foreign(rows).dropna(subset="end_date")
    rows = rows.assign(end_year=rows["end_date"].dt.year)
    whole = rows.groupby("end_year")["contract_id"].nunique().rename("whole")
    found = rows.groupby(["end_year", "verdict"], observed=True)["contract_id"].nunique().rename("contracts")
    return found.reset_index().join(whole, on="end_year")


_YEARS_SQL = f"""
WITH chosen AS (SELECT contract_id, verdict, year(end_date) AS end_year FROM awards
                WHERE {{where}} AND verdict IN ({_FOREIGN}) AND end_date IS NOT NULL),
     whole AS (SELECT end_year, count(DISTINCT contract_id) AS contracts FROM chosen GROUP BY end_year)
SELECT end_year, verdict, count(DISTINCT contract_id), any_value(whole.contracts)
FROM chosen JOIN whole USING (end_year) GROUP BY end_year, verdict
"""


def _dated(rows: pd.DataFrame) -> pd.DataFrame:
    once = _foreign(rows).drop_duplicates("contract_id")["end_date"]
    return one_row(len(once), once.isna().sum(), once.min(), once.max())


def _to_move(rows: pd.DataFrame) -> pd.DataFrame:
    moving = rows[rows["verdict"].isin(list(_MOVABLE)) & (rows["end_date"] >= pd.Timestamp(_TODAY))]
    ordered = counted(moving).sort_values(["end_date", "contract_id", "holder_rank"])
    foreign = ordered["cents"].where(ordered["verdict"].isin(list(quota.FOREIGN)), 0)
    ordered = ordered.assign(so_far=ordered["cents"].cumsum(), foreign_so_far=foreign.cumsum())
    return ordered[["contract_id", "end_date", "title", "buyer_name", "vendor_name", "foreign_so_far", "so_far"]]


_TO_MOVE_SQL = f"""
SELECT contract_id, end_date, title, buyer_name, vendor_name,
       sum(CASE WHEN verdict IN ({_FOREIGN}) THEN cents ELSE 0 END) OVER by_end, sum(cents) OVER by_end
FROM (SELECT *, CASE WHEN amount_flag IS NULL THEN coalesce(share_cents, 0) ELSE 0 END AS cents FROM awards
      WHERE {{where}} AND verdict IN ({quoted(_MOVABLE)})
      AND end_date >= DATE '{_TODAY}')
WINDOW by_end AS (ORDER BY end_date, contract_id, holder_rank ROWS UNBOUNDED PRECEDING)
"""


QUESTIONS = (
    Question(
        (contracts.search_contracts, contracts.Place(limit=_ROWS)),
        paged("contract_id", "contract_date", "title", "buyer_name", "amount_cents", "counted_cents"),
        _LATEST_SQL,
        _latest,
    ),
    Question(
        (quality.flagged_contracts, _FLAGGED_ROWS, 0),
        paged("contract_id", "amount_cents"),
        _FLAGGED_SQL,
        _flagged,
        cases=OF_DIGITAL,
    ),
    Question(
        (ending.contracts_ending, _TODAY, _MONTHS),
        columns("contract_id", "end_date", "title", "counted_cents", "vendor_names"),
        _ENDING_SQL,
        _ending,
        narrowed=ending.of_foreign,
    ),
    Question(
        (ending.ending_contracts, _TODAY, _MONTHS),
        columns("contract_id", "end_date", "vendor_name", "title"),
        f"SELECT contract_id, end_date, vendor_name, title FROM awards WHERE {{where}} AND {_until(_MONTHS)}",
        _ending_awards,
        cases=OF_A_MINISTRY,
    ),
    Question(
        (ending.ending_by_period, _TODAY, _PERIODS),
        columns("ministry", *(f"within_{months}" for months in _PERIODS), "amount_cents"),
        _PERIODS_SQL,
        _periods,
        narrowed=ending.of_foreign,
    ),
    Question(
        (ending.ending_by_year,),
        columns("year", "verdict", "contract_count", "year_contract_count"),
        _YEARS_SQL,
        _years,
        narrowed=ending.of_foreign,
    ),
    Question(
        (ending.dated,),
        fields("contract_count", "undated_count", "first_end", "last_end"),
        "SELECT count(DISTINCT contract_id), count(DISTINCT contract_id) FILTER (WHERE end_date IS NULL), "
        f"min(end_date), max(end_date) FROM awards WHERE {{where}} AND verdict IN ({_FOREIGN})",
        _dated,
        narrowed=ending.of_foreign,
    ),
    Question(
        (quota.contracts_to_move, _TODAY),
        columns(
            *("contract_id", "end_date", "title", "buyer_name", "vendor_name"),
            *("cumulated_foreign_cents", "cumulated_cents"),
        ),
        _TO_MOVE_SQL,
        _to_move,
        narrowed=quota.of_movable,
    ),
)
