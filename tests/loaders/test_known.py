"""What is known of awards and when they were published: sealed with an edition, checked, left aside when stale."""

import shutil
from pathlib import Path

import polars as pl
import pytest

from analysis.answers import worked_out
from analysis.coverage import by_ministry
from analysis.known import counts, flagged_for
from analysis.quality import amount_flags, coverage, flagged_contracts, publication_delay
from analysis.selection import Selection
from loaders import known
from loaders.check import problems
from loaders.editions import Edition
from tests.loaders.sealing import WRONG_AWARDS, sealed

WHOLE = Selection(perimeter="tout")
ASKED = (coverage, publication_delay, by_ministry, amount_flags, flagged_contracts)


@pytest.fixture
def with_counts(tiny_edition: Edition, tmp_path: Path) -> Edition:
    """The tiny edition with what is known of its awards, sealed."""
    folder = tmp_path / "edition"
    shutil.copytree(tiny_edition.folder, folder)
    known.write(folder)
    for table in known.TABLES:
        sealed(folder, table)
    return Edition(folder)


@pytest.mark.parametrize("question", ASKED)
def test_editions_with_and_without_them_give_the_same_answer(tiny_edition, with_counts, question):
    assert counts(tiny_edition) is None
    assert counts(with_counts) is not None
    for selection in (WHOLE, Selection(), Selection(perimeter="tout", verdicts=("opaque",))):
        counted, scanned = (worked_out(edition, question, selection) for edition in (with_counts, tiny_edition))
        assert str(counted) == str(scanned)


def test_flagged_awards_are_read_apart_unless_fewer_awards_tell(with_counts):
    assert flagged_for(with_counts, WHOLE).collect()["amount_flag"].null_count() == 0
    for selection in (Selection(), Selection(perimeter="tout", search="exemple")):
        assert flagged_for(with_counts, selection).collect()["amount_flag"].null_count() > 0


def test_those_made_by_other_rules_are_left_aside(with_counts, monkeypatch):
    monkeypatch.setattr(known, "rules", lambda: [pl.lit("autre règle")])
    assert counts(with_counts) is None


@pytest.mark.parametrize(
    ("table", "wrong"),
    [
        *((known.FLAGGED, wrong) for wrong in (WRONG_AWARDS[1], lambda rows: rows.head(1))),
        (known.KNOWN, lambda rows: rows.with_columns(pl.col("award_count") + 1)),
        (known.KNOWN, lambda rows: rows.with_columns(pl.col("partage_cents") + 1)),
        (known.DELAYS, lambda rows: rows.tail(-1)),
    ],
)
def test_counts_of_others_are_refused(with_counts, table, wrong):
    assert problems(with_counts) == []
    path = with_counts.table_path(table)
    wrong(pl.read_parquet(path)).write_parquet(path)
    assert any("comptes" in problem for problem in problems(sealed(with_counts.folder, table)))
