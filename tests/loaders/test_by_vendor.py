"""The awards in the order of vendors: sealed with an edition, checked with it, left aside when stale."""

from pathlib import Path

import polars as pl
import pytest

from analysis.answers import worked_out
from analysis.held import ByVendor, by_vendor_for
from analysis.selection import Selection
from analysis.vendors import top_vendors
from loaders import by_vendor, vendor_texts
from loaders.check import problems
from loaders.editions import Edition
from tests.loaders.sealing import WRONG_AWARDS, sealed, with_table, without_table

WHOLE = Selection(perimeter="tout")


@pytest.fixture
def with_vendors(tiny_edition: Edition, tmp_path: Path) -> Edition:
    """The tiny edition with its awards in the order of vendors and their texts, sealed."""
    return with_table(tiny_edition, tmp_path / "edition", by_vendor, vendor_texts)


@pytest.fixture
def without_vendors(tiny_edition: Edition, tmp_path: Path) -> Edition:
    """The tiny edition as it was made before they were written."""
    return without_table(tiny_edition, tmp_path / "ancienne", by_vendor)


def test_each_award_stands_there_with_its_vendor_and_its_number(tiny_edition, with_vendors):
    awards, rows = tiny_edition.scan("awards").collect(), with_vendors.scan(by_vendor.TABLE).collect()
    assert rows["vendor_id"].sort().equals(awards["vendor_id"].sort())
    assert rows[by_vendor.VENDOR].equals(rows["vendor_id"].rank("dense") - 1)
    assert rows[by_vendor.VENDOR].rle().len() == awards["vendor_id"].n_unique()
    assert rows[by_vendor.MOST_CENTS].is_sorted(descending=True)
    for column in ("contract_id", "buyer_key"):
        assert rows[column].n_unique() == awards[column].n_unique()


def test_vendors_are_ranked_from_them_unless_fewer_awards_tell(with_vendors):
    assert isinstance(by_vendor_for(with_vendors, WHOLE), ByVendor)
    for fewer in ({"verdicts": ("foreign_control",)}, {"ministries": ("interieur",)}, {"search": "exemple"}):
        selection = Selection(perimeter="tout", **fewer)
        assert isinstance(by_vendor_for(with_vendors, selection), pl.LazyFrame)


def test_editions_with_and_without_them_give_the_same_answer(with_vendors, without_vendors):
    ranked, scanned = (worked_out(edition, top_vendors, WHOLE) for edition in (with_vendors, without_vendors))
    assert ranked.equals(scanned)
    assert ranked.height > 0


def test_those_made_by_other_rules_are_left_aside(with_vendors):
    path = with_vendors.table_path(by_vendor.TABLE)
    pl.read_parquet(path).head(1).write_parquet(path)
    assert isinstance(by_vendor_for(with_vendors, WHOLE), pl.LazyFrame)


@pytest.mark.parametrize("wrong", WRONG_AWARDS)
def test_others_than_those_of_the_awards_are_refused(with_vendors, wrong):
    assert problems(with_vendors) == []
    path = with_vendors.table_path(by_vendor.TABLE)
    wrong(pl.read_parquet(path)).write_parquet(path)
    assert any("fournisseur" in problem for problem in problems(sealed(with_vendors.folder, by_vendor.TABLE)))
