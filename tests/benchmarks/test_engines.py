"""What is asked of DuckDB and pandas is what pages ask of us, and all give the same answers."""

import pytest

pytest.importorskip("duckdb", reason="requirements-bench.in is not installed")
pytest.importorskip("pandas", reason="requirements-bench.in is not installed")

from benchmarks import serve_questions
from benchmarks.engines import compare
from loaders.editions import STARTER_FOLDER, Edition

STARTER = Edition(STARTER_FOLDER)


@pytest.fixture(scope="module")
def connection():
    """The awards of the starter edition in DuckDB."""
    with compare.duckdb_table(STARTER) as connection:
        yield connection


def test_duckdb_and_pandas_give_the_answers_that_we_give(connection):
    found = list(compare.compared(STARTER, connection, rounds=1))
    assert len(found) > 60
    assert [f"{one.name}, {one.selection}" for one in found if not one.is_same] == []


def test_every_question_is_one_that_pages_ask(tiny_edition):
    asked = {one.question for one in serve_questions.asked_by_pages(tiny_edition)}
    assert {question.asked[0] for question in compare.QUESTIONS} <= asked


def test_answers_that_differ_are_seen(connection, monkeypatch):
    first = compare.QUESTIONS[0]
    told = lambda found: [*first.told(found)[:-1], ("unknown", -1, -1, -1)]  # noqa: E731
    other = type(first)(first.asked, told, first.sql, first.pandas, first.narrowed, first.cases)
    monkeypatch.setattr(compare, "QUESTIONS", [other])
    assert not any(one.is_same for one in compare.compared(STARTER, connection, rounds=1))


def test_a_word_finds_as_many_contracts_in_duckdb(connection):
    word, _titles = compare.search(STARTER, connection, rounds=1)
    assert word.is_same
