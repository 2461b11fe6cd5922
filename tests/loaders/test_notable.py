"""The awards of which more is known than a SIREN: sealed with an edition, checked with it, left aside when stale."""

from pathlib import Path

import polars as pl
import pytest

from analysis.answers import worked_out
from analysis.contracts import search_contracts
from analysis.ending import of_foreign
from analysis.held import awards_for
from analysis.selection import Selection
from loaders import notable
from loaders.check import problems
from loaders.editions import Edition
from tests.loaders.sealing import WRONG_AWARDS, sealed, with_table

FOREIGN = of_foreign(Selection(perimeter="tout"))


@pytest.fixture
def with_notable(tiny_edition: Edition, tmp_path: Path) -> Edition:
    """The tiny edition with its notable awards, sealed."""
    return with_table(tiny_edition, tmp_path / "edition", notable)


def test_whole_contracts_are_kept_in_order_and_those_presumed_home_throughout_are_not(tiny_edition, with_notable):
    awards, kept = tiny_edition.scan("awards"), with_notable.scan(notable.TABLE).collect()
    left = awards.join(kept.lazy(), on="contract_id", how="anti")
    assert 0 < kept.height < awards.select(pl.len()).collect().item()
    assert left.select(Selection().verdict()).collect()["verdict"].unique().to_list() == [notable.PRESUMED]
    same = awards.filter(pl.col("contract_id").is_in(kept["contract_id"].unique().implode())).collect()
    assert kept.select(same.columns).equals(same)


def test_they_are_read_when_no_chosen_verdict_is_presumed_home(with_notable):
    def reads_them(**asked: object) -> bool:
        columns = awards_for(with_notable, Selection(**asked)).collect_schema()
        return notable.verdict_column("ue") in columns

    assert reads_them(perimeter="tout", verdicts=("foreign_control", "unknown"))
    assert not reads_them(perimeter="tout", verdicts=("foreign_control", notable.PRESUMED))
    assert not reads_them(perimeter="tout")
    assert not reads_them(perimeter="tout", verdicts=("foreign_control",), search="exemple")


def test_an_edition_made_without_them_is_sound_and_gives_the_same_answers(tiny_edition, with_notable):
    assert problems(tiny_edition) == problems(with_notable) == []
    here, there = (worked_out(edition, search_contracts, FOREIGN) for edition in (tiny_edition, with_notable))
    assert here.total == there.total > 0
    assert here.rows.equals(there.rows)


@pytest.mark.parametrize("wrong", WRONG_AWARDS)
def test_others_than_those_of_the_awards_are_refused(with_notable, wrong):
    path = with_notable.table_path(notable.TABLE)
    wrong(pl.read_parquet(path)).write_parquet(path)
    assert any("SIREN" in problem for problem in problems(sealed(with_notable.folder, notable.TABLE)))


def test_a_build_does_not_pick_again_what_it_has_just_picked(with_notable, monkeypatch):
    monkeypatch.setattr(notable, "is_faithful", lambda *_: pytest.fail("picked again"))
    assert problems(with_notable, just_made=True) == []


def test_those_made_by_other_rules_are_left_aside(with_notable, monkeypatch):
    monkeypatch.setattr(notable, "rules", lambda: [pl.lit("autre règle")])
    assert notable.verdict_column("ue") not in awards_for(with_notable, FOREIGN).collect_schema()
