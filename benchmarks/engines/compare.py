"""Every question three ways on one edition, and a word sought in all texts."""

import gc
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl

from analysis import contracts
from analysis.held import awards_for
from analysis.selection import Selection
from analysis.vendors import top_vendors
from benchmarks.engines import amounts, listed, publishing, sellers
from benchmarks.engines.question import Question
from benchmarks.serve_questions import Asked, percentile, spent_on
from loaders.classify.text import folded
from loaders.classify.verdict import verdict
from loaders.editions import Edition
from loaders.search_texts import SEARCH_TEXT, SEARCHED_COLUMNS, searched

WORD = "logiciel"
QUESTIONS = (*amounts.QUESTIONS, *sellers.QUESTIONS, *listed.QUESTIONS, *publishing.QUESTIONS)
_COLUMNS = (
    "contract_id holder_rank contract_date publication_date end_date duration_months year ministry buyer_key "
    "buyer_name vendor_id vendor_name group_id group_name channel control_basis is_digital digital_category "
    "products title holder_name amount_flag share_cents amount_cents"
).split()


@dataclass(frozen=True)
class Compared:
    """One question three ways, in milliseconds at the 95th percentile, and whether the answers are the same."""

    name: str
    selection: str
    ours: float
    duckdb: float
    pandas: float | None
    is_same: bool


@dataclass(frozen=True)
class _Case:
    """A selection, as each engine chooses its awards."""

    name: str
    selection: Selection
    where: str
    rows: Callable[[pd.DataFrame], pd.DataFrame]


@contextmanager
def duckdb_table(edition: Edition) -> Iterator[duckdb.DuckDBPyConnection]:
    """The awards in DuckDB’s own file, with what ours have prepared: the verdict, the folded text."""
    with tempfile.TemporaryDirectory(prefix="benchmark-duckdb-") as folder:
        prepared = Path(folder) / "awards.parquet"
        text = searched(SEARCHED_COLUMNS).alias(SEARCH_TEXT)
        _awards(edition).with_columns(text).sink_parquet(prepared)
        with duckdb.connect(str(Path(folder) / "awards.duckdb")) as connection:
            connection.execute(f"CREATE TABLE awards AS SELECT * FROM read_parquet('{prepared}')")
            prepared.unlink()
            yield connection


def compared(edition: Edition, connection: duckdb.DuckDBPyConnection, rounds: int) -> Iterator[Compared]:
    """Every question under the selections of pages that ask it; ``connection`` has the awards of ``edition``."""
    table = _awards(edition).collect().to_pandas()
    cases = {case.name: case for case in _cases(edition)}
    # As a server does once warm: full collections would look through the objects of pandas each time
    gc.collect()
    gc.freeze()
    for question in QUESTIONS:
        for name in question.cases:
            yield _compared(question, edition, cases[name], (connection, table), rounds)


def search(edition: Edition, connection: duckdb.DuckDBPyConnection, rounds: int) -> tuple[Compared, float]:
    """How many contracts a word finds among all awards, beside LIKE on the same text, and ILIKE on titles alone."""
    asked = Asked(contracts.total, Selection(perimeter="tout", search=WORD), ())
    word = pl.select(folded(pl.lit(WORD))).item()
    sql = f"SELECT count(DISTINCT contract_id) FROM awards WHERE {SEARCH_TEXT} LIKE '% {word}%'"
    ilike = f"SELECT count(DISTINCT contract_id) FROM awards WHERE title ILIKE '%{WORD}%'"
    ours, here = spent_on(lambda: asked.answer(edition).contract_count, rounds)
    theirs, there = spent_on(lambda: connection.execute(sql).fetchall(), rounds)
    titles, _ = spent_on(lambda: connection.execute(ilike).fetchall(), rounds)
    found = Compared(f"« {WORD} »", "tout", percentile(ours, 95), percentile(theirs, 95), None, here == there[0][0])
    return found, percentile(titles, 95)


def _awards(edition: Edition) -> pl.LazyFrame:
    awards = edition.scan("awards").with_columns(pl.col("is_digital").fill_null(False))
    return awards.select(*_COLUMNS, *(set(SEARCHED_COLUMNS) - set(_COLUMNS)), verdict("ue").alias("verdict"))


def _cases(edition: Edition) -> tuple[_Case, ...]:
    digital = Selection()
    vendor = top_vendors(awards_for(edition, digital), digital, 1)["vendor_id"].item()
    years, ministry = (2021, 2024), "armees"
    return (
        _Case("numerique", digital, "is_digital", lambda rows: rows[rows["is_digital"]]),
        _Case("tout", Selection(perimeter="tout"), "true", lambda rows: rows),
        _Case(
            "ministere",
            Selection(perimeter="tout", ministries=(ministry,), years=years),
            f"ministry = '{ministry}' AND year BETWEEN {years[0]} AND {years[1]}",
            lambda rows: rows[(rows["ministry"] == ministry) & rows["year"].between(*years)],
        ),
        _Case(
            "fournisseur",
            Selection(vendor=vendor),
            f"is_digital AND vendor_id = '{vendor}'",
            lambda rows: rows[rows["is_digital"] & (rows["vendor_id"] == vendor)],
        ),
    )


def _compared(question: Question, edition: Edition, case: _Case, others: tuple, rounds: int) -> Compared:
    connection, table = others
    ask, *details = question.asked
    asked = Asked(ask, question.narrowed(case.selection), tuple(details))
    ours, here = spent_on(lambda: asked.answer(edition), rounds)
    sql = question.sql.format(where=case.where)
    theirs, there = spent_on(lambda: connection.execute(sql).fetchall(), rounds)
    spent, pandas_says = spent_on(lambda: question.pandas(case.rows(table)), max(2, rounds // 3))
    said = (question.told(here), there, pandas_says.itertuples(index=False, name=None))
    first, *rest = [sorted(map(_plain, rows), key=repr) for rows in said]
    return Compared(
        question.name,
        case.name,
        *(percentile(each, 95) for each in (ours, theirs, spent)),
        all(rows == first for rows in rest),
    )


def _plain(row: tuple) -> tuple:
    return tuple(map(_plain_value, row))


def _plain_value(value: object) -> object:
    if isinstance(value, list):
        return tuple(sorted({name for name in value if isinstance(name, str)}))
    if value is None or pd.isna(value):
        return None
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, str | date) else int(value)
