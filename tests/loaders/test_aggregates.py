"""The sums made with an edition: sealed with it, checked with it."""

from pathlib import Path

import polars as pl
import pytest

from analysis.aggregates import cells
from analysis.answers import answer
from analysis.selection import Selection
from analysis.shares import interval
from loaders import aggregates
from loaders.check import problems
from loaders.editions import Edition
from tests.loaders.sealing import sealed, with_table


@pytest.fixture
def with_cells(tiny_edition: Edition, tmp_path: Path) -> Edition:
    """The tiny edition with its cells, sealed."""
    return with_table(tiny_edition, tmp_path / "edition", aggregates)


def test_cells_that_add_up_are_no_problem_and_are_what_questions_read(with_cells):
    assert problems(with_cells) == []
    assert cells(with_cells).collect().equals(with_cells.scan(aggregates.TABLE).collect())


def test_an_edition_made_without_cells_is_sound_and_gives_the_same_answers(tiny_edition, with_cells):
    assert problems(tiny_edition) == []
    assert cells(tiny_edition) is None
    for selection in (Selection(), Selection(perimeter="tout", definition="france")):
        assert answer(tiny_edition, interval, selection) == answer(with_cells, interval, selection)


@pytest.mark.parametrize("column", ["award_count", "contract_count", "partage_cents"])
def test_cells_that_do_not_add_up_to_the_awards_are_refused(with_cells, column):
    path = with_cells.table_path(aggregates.TABLE)
    pl.read_parquet(path).with_columns(pl.col(column) + 1).write_parquet(path)
    assert any("sommes" in problem for problem in problems(sealed(with_cells.folder, aggregates.TABLE)))


def test_cells_that_are_sealed_and_missing_are_refused(with_cells):
    with_cells.table_path(aggregates.TABLE).unlink()
    assert any(aggregates.TABLE in problem for problem in problems(with_cells))


def test_cells_made_by_other_rules_are_left_aside(with_cells, monkeypatch):
    monkeypatch.setattr(aggregates, "rules", lambda: [pl.lit("autre règle")])
    assert cells(with_cells) is None
