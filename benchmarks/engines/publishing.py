"""What is known of awards, and how late they were published."""

import pandas as pd

from analysis import coverage, quality
from benchmarks.engines.question import CENTS, OF_A_MINISTRY, Question, columns, counted, fields, one_row, quoted
from loaders import vocabulary

_FEW = 10
_DOCUMENTED = tuple(vocabulary.DOCUMENTED_CONTROL_BASES)
_AXES = ("control", "product", "ministry", "category", "duration", "amount")
_DELAY = "CASE WHEN publication_date >= contract_date THEN publication_date - contract_date END"
_ONCE = f"SELECT contract_id, any_value(ministry) AS ministry, any_value({_DELAY}) AS days FROM awards WHERE {{where}}"

_COVERAGE_SQL = f"""
WITH ways AS (
    SELECT coalesce(control_basis, 'none') AS control,
           if(len(products) > 0, 'known', 'not_known') AS product,
           CASE WHEN ministry = 'etat-non-determine' THEN 'not_known' WHEN ministry IS NOT NULL THEN 'known'
                ELSE 'outside_state' END AS ministry,
           if(digital_category IS NOT NULL, 'known', 'not_known') AS category,
           if(duration_months > 0, 'known', 'not_known') AS duration,
           if(amount_flag IS NULL, 'known', 'not_known') AS amount,
           count(*) AS awards, {CENTS} AS cents
    FROM awards WHERE {{where}} GROUP BY 1, 2, 3, 4, 5, 6)
""" + " UNION ALL ".join(
    f"SELECT '{axis}', {axis}, sum(awards), sum(cents) FROM ways GROUP BY {axis}" for axis in _AXES
)


def _known(is_known: pd.Series) -> pd.Series:
    return is_known.map({True: "known", False: "not_known"})


def _coverage(rows: pd.DataFrame) -> pd.DataFrame:
    ministry = _known(rows["ministry"].notna() & (rows["ministry"] != "etat-non-determine"))
    axes = {
        "control": rows["control_basis"].astype(object).where(rows["control_basis"].notna(), "none"),
        "product": _known(rows["products"].str.len() > 0),
        "ministry": ministry.where(rows["ministry"].notna(), "outside_state"),
        "category": _known(rows["digital_category"].notna()),
        "duration": _known(rows["duration_months"] > 0),
        "amount": _known(rows["amount_flag"].isna()),
    }
    cents = counted(rows)["cents"]
    by_axis = [cents.groupby(value).agg(["size", "sum"]).reset_index(names="value") for value in axes.values()]
    return pd.concat(by_axis, keys=axes).reset_index(level=0)


def _days(rows: pd.DataFrame) -> pd.Series:
    days = (rows["publication_date"] - rows["contract_date"]).dt.days
    return days.where(days >= 0)


def _delay(rows: pd.DataFrame) -> pd.DataFrame:
    days = _days(rows.drop_duplicates("contract_id"))
    return one_row(days.median(), len(days), days.isna().sum())


def _by_ministry(rows: pd.DataFrame) -> pd.DataFrame:
    rows = rows[rows["ministry"].notna()]
    rows = rows.assign(
        days=_days(rows),
        is_documented=rows["control_basis"].isin(list(_DOCUMENTED)),
    )
    groups = rows.groupby("ministry", observed=True)
    found = groups.agg(
        contracts=("contract_id", "nunique"),
        buyers=("buyer_key", "nunique"),
        awards=("days", "size"),
        documented=("is_documented", "sum"),
        first=("year", "min"),
        last=("year", "max"),
    )
    days = rows.drop_duplicates("contract_id").groupby("ministry", observed=True)["days"].median()
    return found.join(days).reset_index()


_BY_MINISTRY_SQL = f"""
WITH whole AS (
    SELECT ministry, count(DISTINCT contract_id) AS contracts, count(DISTINCT buyer_key) AS buyers, count(*) AS awards,
           count(*) FILTER (WHERE control_basis IN ({quoted(_DOCUMENTED)})) AS documented,
           min(year) AS first, max(year) AS last
    FROM awards WHERE {{where}} AND ministry IS NOT NULL GROUP BY ministry),
     late AS (SELECT ministry, median(days) AS days FROM ({_ONCE} GROUP BY contract_id) GROUP BY ministry)
SELECT whole.*, late.days FROM whole JOIN late USING (ministry)
"""


def _buyers(rows: pd.DataFrame) -> pd.DataFrame:
    undated = rows.assign(undated=rows["contract_id"].where(_days(rows).isna())).groupby("buyer_key")
    found = undated.agg(contracts=("contract_id", "nunique"), undated=("undated", "nunique")).reset_index()
    return found.sort_values(["contracts", "buyer_key"], ascending=[False, True]).head(_FEW)


QUESTIONS = (
    Question(
        (quality.coverage,),
        columns("axis", "value", "award_count", "amount_cents"),
        _COVERAGE_SQL,
        _coverage,
    ),
    Question(
        (quality.publication_delay,),
        fields("median_days", "contract_count", "undated_count"),
        f"SELECT median(days), count(*), count(*) FILTER (WHERE days IS NULL) FROM ({_ONCE} GROUP BY contract_id)",
        _delay,
    ),
    Question(
        (coverage.by_ministry,),
        columns(
            *("ministry", "contract_count", "buyer_count", "award_count", "documented_count"),
            *("first_year", "last_year", "median_days"),
        ),
        _BY_MINISTRY_SQL,
        _by_ministry,
    ),
    Question(
        (coverage.delay_by_buyer, _FEW),
        columns("buyer_key", "contract_count", "undated_count"),
        f"SELECT buyer_key, count(DISTINCT contract_id) AS contracts, "
        f"count(DISTINCT contract_id) FILTER (WHERE {_DELAY} IS NULL) FROM awards "
        f"WHERE {{where}} AND buyer_key IS NOT NULL GROUP BY buyer_key ORDER BY contracts DESC, buyer_key LIMIT {_FEW}",
        _buyers,
        cases=OF_A_MINISTRY,
    ),
)
