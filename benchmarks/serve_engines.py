"""The same questions in SQL on DuckDB's own table and in pandas, with their answers, to compare speed and truth."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl

from analysis import contracts, shares, vendors
from analysis.answers import worked_out
from analysis.selection import Selection
from benchmarks.serve_questions import percentile, spent_on
from loaders.classify.text import folded
from loaders.classify.verdict import verdict
from loaders.editions import Edition
from loaders.search_texts import SEARCH_TEXT, SEARCHED_COLUMNS, searched

WORD = "logiciel"
_COLUMNS = (
    "contract_id year ministry buyer_kind vendor_id is_digital amount_flag share_cents amount_cents title".split()
)
_PERIMETERS = {"numerique": "is_digital", "tout": "true"}


@dataclass(frozen=True)
class Compared:
    """One question three ways, in milliseconds at the 95th percentile, and whether the answers are the same."""

    name: str
    ours: float
    duckdb: float
    pandas: float | None
    is_same: bool


@dataclass(frozen=True)
class _Question:
    name: str
    ours: Callable[[Edition, Selection], list[tuple]]
    sql: str
    pandas: Callable[[pd.DataFrame], list[tuple]] | None


@contextmanager
def duckdb_table(edition: Edition) -> Iterator[duckdb.DuckDBPyConnection]:
    """The awards in DuckDB’s own file, with what ours have prepared: the verdict, the folded text."""
    with tempfile.TemporaryDirectory(prefix="benchmark-duckdb-") as folder:
        prepared = Path(folder) / "awards.parquet"
        text = searched(SEARCHED_COLUMNS).alias(SEARCH_TEXT)
        edition.scan("awards").select(*_COLUMNS, verdict("ue").alias("verdict"), text).sink_parquet(prepared)
        with duckdb.connect(str(Path(folder) / "awards.duckdb")) as connection:
            connection.execute(f"CREATE TABLE awards AS SELECT * FROM read_parquet('{prepared}')")
            prepared.unlink()
            yield connection


def compared(edition: Edition, rounds: int) -> list[Compared]:
    """Every question that all three answer, for digital awards and for all."""
    awards = edition.scan("awards").with_columns(pl.col("is_digital").fill_null(False))
    table = awards.select(*_COLUMNS, verdict("ue").alias("verdict")).collect().to_pandas()
    found = []
    with duckdb_table(edition) as connection:
        for perimeter, where in _PERIMETERS.items():
            selection = Selection(perimeter=perimeter)
            for question in _QUESTIONS:
                found.append(_compared(question, edition, selection, (connection, where, table), rounds))
    return found


def search(edition: Edition, rounds: int) -> tuple[Compared, float]:
    """How many contracts a word finds among all awards, beside LIKE on the same text, and ILIKE on titles alone."""
    selection = Selection(perimeter="tout", search=WORD)
    word = pl.select(folded(pl.lit(WORD))).item()
    with duckdb_table(edition) as connection:
        sql = f"SELECT count(DISTINCT contract_id) FROM awards WHERE {SEARCH_TEXT} LIKE '% {word}%'"
        ilike = f"SELECT count(DISTINCT contract_id) FROM awards WHERE title ILIKE '%{WORD}%'"
        ours, here = spent_on(lambda: _count_of(edition, selection), rounds)
        theirs, there = spent_on(lambda: connection.sql(sql).fetchall(), rounds)
        titles, _ = spent_on(lambda: connection.sql(ilike).fetchall(), rounds)
    found = Compared(f"« {WORD} »", percentile(ours, 95), percentile(theirs, 95), None, here == there[0][0])
    return found, percentile(titles, 95)


def _count_of(edition: Edition, selection: Selection) -> int:
    return worked_out(edition, contracts.total, selection).contract_count


def _compared(question: _Question, edition: Edition, selection: Selection, others: tuple, rounds: int) -> Compared:
    connection, where, table = others
    ours, here = spent_on(lambda: question.ours(edition, selection), rounds)
    sql = question.sql.format(where=where)
    theirs, there = spent_on(lambda: connection.sql(sql).fetchall(), rounds)
    spent, pandas_says = spent_on(
        lambda: question.pandas(table if where == "true" else table[table[where]]), max(2, rounds // 3)
    )
    name = f"{question.name}, {selection.perimeter}"
    is_same = _plain(here) == _plain(there) == _plain(pandas_says)
    return Compared(name, percentile(ours, 95), percentile(theirs, 95), percentile(spent, 95), is_same)


def _plain(rows: list[tuple]) -> list[tuple]:
    return [tuple(value if isinstance(value, str) or value is None else int(value) for value in row) for row in rows]


def _summed(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(cents=rows["share_cents"].where(rows["amount_flag"].isna()).fillna(0).astype("int64"))


def _years_in_pandas(rows: pd.DataFrame) -> list[tuple]:
    groups = _summed(rows).groupby("year")
    found = groups.agg(cents=("cents", "sum"), contracts=("contract_id", "nunique")).sort_index().reset_index()
    return list(found.itertuples(index=False, name=None))


def _verdicts_in_pandas(rows: pd.DataFrame) -> list[tuple]:
    groups = _summed(rows).groupby("verdict", observed=True)
    found = groups.agg(cents=("cents", "sum"), contracts=("contract_id", "nunique"), awards=("cents", "size"))
    return sorted(found.reset_index().itertuples(index=False, name=None))


def _sellers_in_pandas(rows: pd.DataFrame) -> list[tuple]:
    groups = _summed(rows).groupby("vendor_id")
    found = groups.agg(cents=("cents", "sum"), awards=("cents", "size")).reset_index()
    ordered = found.sort_values(["cents", "awards", "vendor_id"], ascending=[False, False, True]).head(50)
    return list(ordered.itertuples(index=False, name=None))


def _total_in_pandas(rows: pd.DataFrame) -> list[tuple]:
    return [(_summed(rows)["cents"].sum(), rows["contract_id"].nunique(), len(rows))]


def _years(edition: Edition, selection: Selection) -> list[tuple]:
    found = worked_out(edition, shares.interval_by, selection, "year").drop_nulls("year")
    return found.select("year", "total_cents", "contract_count").rows()


def _verdicts(edition: Edition, selection: Selection) -> list[tuple]:
    found = worked_out(edition, shares.by_verdict, selection).filter(pl.col("award_count") > 0)
    return sorted(
        found.select(pl.col("verdict").cast(pl.String), "amount_cents", "contract_count", "award_count").rows()
    )


def _sellers(edition: Edition, selection: Selection) -> list[tuple]:
    return (
        worked_out(edition, vendors.top_vendors, selection, 50)
        .select("vendor_id", "amount_cents", "award_count")
        .rows()
    )


def _total(edition: Edition, selection: Selection) -> list[tuple]:
    found = worked_out(edition, contracts.total, selection)
    return [(found.amount_cents, found.contract_count, found.award_count)]


_CENTS = "coalesce(sum(share_cents) FILTER (WHERE amount_flag IS NULL), 0)"
_QUESTIONS = (
    _Question(
        "interval_by year",
        _years,
        f"SELECT year, {_CENTS}, count(DISTINCT contract_id) FROM awards WHERE {{where}} AND year IS NOT NULL "
        "GROUP BY year ORDER BY year",
        _years_in_pandas,
    ),
    _Question(
        "by_verdict",
        _verdicts,
        f"SELECT verdict::VARCHAR AS v, {_CENTS}, count(DISTINCT contract_id), count(*) FROM awards WHERE {{where}} "
        "GROUP BY v ORDER BY v",
        _verdicts_in_pandas,
    ),
    _Question(
        "top_vendors",
        _sellers,
        f"SELECT vendor_id, {_CENTS} AS cents, count(*) AS awards FROM awards WHERE {{where}} AND vendor_id NOT NULL "
        "GROUP BY vendor_id ORDER BY cents DESC, awards DESC, vendor_id LIMIT 50",
        _sellers_in_pandas,
    ),
    _Question(
        "total",
        _total,
        f"SELECT {_CENTS}, count(DISTINCT contract_id), count(*) FROM awards WHERE {{where}}",
        _total_in_pandas,
    ),
)
