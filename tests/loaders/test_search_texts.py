"""The texts folded with an edition: found by the same words as a scan that folds, sealed and checked with it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from analysis import alternatives, coverage, ending, ministries, quality, quota, shares, vendors
from analysis.answers import worked_out
from analysis.contracts import SORTS, Place, search_contracts, total
from analysis.held import awards_for, left_to_ask
from analysis.selection import Selection
from loaders import search_texts
from loaders.check import problems
from loaders.editions import Edition
from tests.loaders.sealing import sealed, with_table

WHOLE = Selection(perimeter="tout", search="e")
DAY = date(2024, 1, 1)
ASKED = [
    (total, ()),
    (shares.interval, ()),
    (shares.interval_by, ("group_id",)),
    (shares.by_verdict, ()),
    (vendors.top_vendors, (50,)),
    (vendors.top_resellers, (50,)),
    (vendors.top_products, (50,)),
    (vendors.top_buyers, (50,)),
    (vendors.control_evidence, ()),
    (ministries.ranking, ()),
    (coverage.by_ministry, ()),
    (coverage.delay_by_buyer, (50,)),
    (quality.coverage, ()),
    (quality.publication_delay, ()),
    (quota.contracts_to_move, (DAY,)),
    (ending.contracts_ending, (DAY, 36)),
    (alternatives.clouds, ()),
]
WORDS = ["hebergement", "HÉBERGEMENT", "exemple", "licences atlan", "aucun mot de ce genre", "l"]


@pytest.fixture
def with_texts(tiny_edition: Edition, tmp_path: Path) -> Edition:
    """The tiny edition with its texts, sealed."""
    return with_table(tiny_edition, tmp_path / "edition", search_texts)


@pytest.mark.parametrize("ministries", [(), ("interieur",), ("interieur", "enseignement-superieur")])
@pytest.mark.parametrize("words", WORDS)
def test_words_find_the_same_awards_in_texts_as_in_a_scan(tiny_edition, with_texts, words, ministries):
    asked = Selection(perimeter="tout", search=words, ministries=ministries)
    scanned = asked.filtered(tiny_edition.scan("awards")).collect()
    left = left_to_ask(with_texts, asked)
    assert left == replace(asked, search="")
    assert left.filtered(awards_for(with_texts, asked)).collect().equals(scanned)


@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize(("question", "details"), ASKED)
def test_whatever_is_asked_of_words_is_answered_as_by_a_scan(tiny_edition, with_texts, question, details, words):
    asked = Selection(perimeter="tout", search=words, amount="plafond")
    found = worked_out(with_texts, question, asked, *details)
    scanned = question(tiny_edition.scan("awards"), asked, *details)
    assert found.equals(scanned) if isinstance(found, pl.DataFrame) else found == scanned


@pytest.mark.parametrize("sort", SORTS)
def test_a_page_found_in_texts_and_described_without_them_is_that_of_a_scan(tiny_edition, with_texts, sort):
    for asked in (WHOLE, replace(WHOLE, amount="plafond", verdicts=("home_documented", "unknown"))):
        for place in (Place(sort), Place(sort, False, 2, 1), Place(sort, True, 50, 100)):
            scanned = search_contracts(tiny_edition.scan("awards"), asked, place)
            found = worked_out(with_texts, search_contracts, asked, place)
            assert found.total == scanned.total > 0
            assert found.rows.equals(scanned.rows)


def test_texts_of_the_awards_are_no_problem_and_an_edition_may_have_none(tiny_edition, with_texts):
    assert problems(with_texts) == []
    assert problems(tiny_edition) == []


@pytest.mark.parametrize("wrong", [pl.all().reverse(), pl.all().head(3)])
def test_texts_of_other_awards_are_refused(with_texts, wrong):
    path = with_texts.table_path(search_texts.TABLE)
    pl.read_parquet(path).select(wrong).write_parquet(path)
    assert any("textes" in problem for problem in problems(sealed(with_texts.folder, search_texts.TABLE)))


def test_texts_made_by_other_rules_are_left_aside(with_texts, monkeypatch):
    monkeypatch.setattr(search_texts, "rules", lambda: [pl.lit("autre règle")])
    asked = Selection(perimeter="tout", search="exemple")
    assert left_to_ask(with_texts, asked) == asked
