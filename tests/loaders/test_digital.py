"""The digital awards: sealed with an edition, checked with it, left aside when stale, the same as worked out anew."""

from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from analysis.held import awards_for
from analysis.selection import Selection
from loaders import digital
from loaders.check import problems
from loaders.editions import Edition
from tests.loaders.sealing import WRONG_AWARDS, sealed, with_table, without_table


@pytest.fixture
def with_digital(tiny_edition: Edition, tmp_path: Path) -> Edition:
    """The tiny edition with its digital awards, sealed."""
    return with_table(tiny_edition, tmp_path / "edition", digital)


@pytest.fixture
def without_digital(tiny_edition: Edition, tmp_path: Path) -> Edition:
    """The tiny edition as it was made before they were written."""
    return without_table(tiny_edition, tmp_path / "ancienne", digital)


def test_what_is_read_is_what_would_be_worked_out_in_the_same_order(with_digital, without_digital):
    held, anew = (awards_for(edition, Selection()).collect() for edition in (with_digital, without_digital))
    assert_frame_equal(held, anew)
    assert held.height > 0


def test_they_are_read_and_not_worked_out(with_digital):
    with_digital.table_path("awards").unlink()
    assert awards_for(with_digital, Selection()).select(pl.len()).collect().item() > 0


def test_those_made_by_other_rules_are_left_aside(with_digital):
    path = with_digital.table_path(digital.TABLE)
    pl.read_parquet(path).head(1).write_parquet(path)
    assert awards_for(with_digital, Selection()).select(pl.len()).collect().item() > 1


@pytest.mark.parametrize("wrong", WRONG_AWARDS)
def test_others_than_those_of_the_awards_are_refused(with_digital, wrong):
    assert problems(with_digital) == []
    path = with_digital.table_path(digital.TABLE)
    wrong(pl.read_parquet(path)).write_parquet(path)
    assert any("numériques" in problem for problem in problems(sealed(with_digital.folder, digital.TABLE)))
