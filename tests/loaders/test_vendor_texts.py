"""The texts that vendors are sought in: sealed with an edition, checked with it, left aside when stale."""

import shutil
from pathlib import Path

import polars as pl
import pytest

from analysis.answers import worked_out
from analysis.held import ByVendor, by_vendor_for
from analysis.selection import Selection
from analysis.vendors import top_vendors
from loaders import aggregates, by_vendor, vendor_texts
from loaders.check import problems
from loaders.editions import Edition
from loaders.search_texts import SELLER_TEXT
from tests.loaders.sealing import sealed, with_table, without_table

WHOLE = Selection(perimeter="tout")


@pytest.fixture
def with_texts(tiny_edition: Edition, tmp_path: Path) -> Edition:
    """The tiny edition with its cells, its awards in the order of vendors and their texts, sealed."""
    return with_table(tiny_edition, tmp_path / "edition", aggregates, by_vendor, vendor_texts)


def test_each_vendor_has_each_of_its_texts_once(tiny_edition, with_texts):
    texts = with_texts.scan(vendor_texts.TABLE).collect()
    assert not texts.is_duplicated().any()
    assert texts[by_vendor.VENDOR].n_unique() == tiny_edition.scan("vendors").select(pl.len()).collect().item()


@pytest.mark.parametrize("words", ["comptoir", "licences des", "nuage", "000000208", "aucun"])
def test_words_find_the_same_vendors_with_and_without_them(tiny_edition, with_texts, words):
    for selection in (WHOLE, Selection(perimeter="tout", years=(2022, 2023), include_flagged=True)):
        found, scanned = (
            worked_out(edition, top_vendors, selection, 5, words) for edition in (with_texts, tiny_edition)
        )
        assert found.equals(scanned)
        assert found.is_empty() == (words == "aucun")


def test_without_them_or_with_those_of_other_rules_all_awards_are_asked(with_texts, tmp_path):
    stale = Edition(Path(shutil.copytree(with_texts.folder, tmp_path / "perimee")))
    texts = pl.read_parquet(stale.table_path(vendor_texts.TABLE))
    texts.write_parquet(stale.table_path(vendor_texts.TABLE))
    without = without_table(with_texts, tmp_path / "ancienne", vendor_texts)
    assert isinstance(by_vendor_for(with_texts, WHOLE), ByVendor)
    for edition in (stale, without):
        assert isinstance(by_vendor_for(edition, WHOLE), pl.LazyFrame)


@pytest.mark.parametrize(
    "wrong", [lambda rows: rows.head(2), lambda rows: rows.with_columns(pl.lit(" autre").alias(SELLER_TEXT))]
)
def test_others_than_those_of_the_vendors_are_refused(with_texts, wrong):
    assert problems(with_texts) == []
    path = with_texts.table_path(vendor_texts.TABLE)
    wrong(pl.read_parquet(path)).write_parquet(path)
    assert any("noms" in problem for problem in problems(sealed(with_texts.folder, vendor_texts.TABLE)))
