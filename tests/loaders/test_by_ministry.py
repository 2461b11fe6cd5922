"""The awards of ministries, those of one vendor together: sealed with an edition, checked, left aside when stale."""

from pathlib import Path

import polars as pl
import pytest

from analysis.answers import worked_out
from analysis.held import by_ministry_for
from analysis.ministries import ranking
from analysis.selection import Selection
from loaders import aggregates, by_ministry, by_vendor
from loaders.check import problems
from loaders.editions import Edition
from tests.loaders.sealing import WRONG_AWARDS, sealed, with_table

WHOLE = Selection(perimeter="tout")


@pytest.fixture
def with_ministries(tiny_edition: Edition, tmp_path: Path) -> Edition:
    """The tiny edition with its cells and the awards of its ministries, sealed."""
    return with_table(tiny_edition, tmp_path / "edition", aggregates, by_vendor, by_ministry)


def test_each_award_of_a_ministry_stands_beside_those_of_its_vendor(tiny_edition, with_ministries):
    rows = with_ministries.scan(by_ministry.TABLE).collect()
    theirs = tiny_edition.scan("awards").filter(pl.col("ministry").is_not_null()).collect()
    assert 0 < rows.height == theirs.height
    together = rows.select(pl.struct("ministry", by_ministry.SELLER).rle_id().max() + 1).item()
    assert together == theirs.select("ministry", "vendor_id").n_unique()


def test_ministries_are_ranked_from_them_unless_fewer_awards_tell(with_ministries):
    def reads_them(**asked: object) -> bool:
        awards = by_ministry_for(with_ministries, Selection(**asked))
        return by_ministry.SELLER in awards.collect_schema()

    assert reads_them(perimeter="tout")
    assert not reads_them()


def test_editions_with_and_without_them_give_the_same_answer(tiny_edition, with_ministries):
    for selection in (WHOLE, Selection(perimeter="tout", amount="plafond", verdicts=("opaque", "foreign_control"))):
        ranked, scanned = (worked_out(edition, ranking, selection) for edition in (with_ministries, tiny_edition))
        assert ranked.height > 0
        assert ranked.equals(scanned)


def test_those_made_by_other_rules_are_left_aside(with_ministries):
    path = with_ministries.table_path(by_ministry.TABLE)
    pl.read_parquet(path).write_parquet(path)
    assert by_ministry.SELLER not in by_ministry_for(with_ministries, WHOLE).collect_schema()


@pytest.mark.parametrize("wrong", WRONG_AWARDS)
def test_others_than_those_of_the_awards_are_refused(with_ministries, wrong):
    assert problems(with_ministries) == []
    path = with_ministries.table_path(by_ministry.TABLE)
    wrong(pl.read_parquet(path)).write_parquet(path)
    assert any("par ministère" in problem for problem in problems(sealed(with_ministries.folder, by_ministry.TABLE)))
