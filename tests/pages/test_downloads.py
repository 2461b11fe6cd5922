"""Every table of every page downloads with exactly the rows on screen, in their order."""

import re

import polars as pl
import pytest

from loaders import editions
from tests.pages.conftest import opened, table_rows


@pytest.fixture
def downloads(monkeypatch):
    """The files that a page offers, by name, written as they would be on a click."""
    offered = {}

    def remember(_label, *, data, file_name, **_):
        offered[file_name] = data
        return False

    monkeypatch.setattr("streamlit.download_button", remember)
    return offered


PAGES_WITH_TABLES = [
    ("vue_ensemble", {}),
    ("ministeres", {"ministere": "interieur"}),
    ("marches", {"tri": "montant"}),
    ("marche", {"id": "C17"}),
    ("methode", {}),
    ("messageries", {"commune": "abergement"}),
]


@pytest.mark.parametrize(("page", "query"), PAGES_WITH_TABLES)
def test_every_table_of_every_page_downloads_with_exactly_its_rows(open_page, downloads, page, query):
    visit = open_page(page, **query)
    shown = [table_rows(markup) for markup in re.findall(r"<table.*?</table>", visit.markup, flags=re.DOTALL)]
    saved = [pl.read_csv(data(), infer_schema=False) for name, data in downloads.items() if name.endswith(".csv")]
    shown = [rows for rows in shown if rows]
    assert len(saved) == len(shown) > 0
    for table, rows in zip(saved, shown, strict=True):
        assert table.height == len(rows)
        first_words = [(value or "—").split()[0] for value in table.to_series(0)]
        assert first_words == [row[0].replace("\u00a0", " ").split()[0] for row in rows]


def test_every_format_of_every_table_can_be_written(open_page, downloads):
    open_page("marche", id="C01")
    assert {name.rsplit(".", 1)[1] for name in downloads} == {"csv", "xlsx", "parquet"}
    for name, data in downloads.items():
        assert len(data()) > 50, name


def test_a_list_cut_in_pages_can_be_taken_whole_in_the_same_order(downloads, tmp_path, monkeypatch):
    if not (editions.STARTER_FOLDER / editions.MANIFEST_NAME).is_file():
        pytest.skip("the starter edition is not there")
    monkeypatch.setenv("NUAGES_EDITIONS", str(tmp_path))
    shown = table_rows(opened("marches", page="2", tri="montant").markup)
    files = {
        name.split("_")[1]: pl.read_csv(data(), infer_schema=False)
        for name, data in downloads.items()
        if name.endswith("csv")
    }
    assert files["marches"].height == len(shown) == 25
    assert files["marches-tous"][25:50].equals(files["marches"])
