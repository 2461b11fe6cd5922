"""Every way in which a published text could become a formula, in every file that a spreadsheet opens."""

import csv
import io
import zipfile

import polars as pl
import pytest

from ui import export
from ui.tables import Column
from web import machine_csv

RUN = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
BEFORE = ("", " ", "  ", "\t", "\r", "\n", "\r\n", "\u00a0", "\u2003", "\u3000", "\v", "\f")
WAYS = [
    *(before + sign + "SUM(1)" for before in BEFORE for sign in RUN),
    '=HYPERLINK("https://exemple.invalid","cliquez")',
    "+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "=\n1+1",
    "\t",
    "\r",
]
LINKS = ("https://exemple.invalid/x", "mailto:a@exemple.invalid", "external:c:\\x.xlsx", "internal:Sheet1!A1")
HARMLESS = ("Lot 1 = serveurs", "a+b", "1-2", "contact@exemple.fr", "'=1+1", "")


def cells(content: bytes) -> list[str]:
    """The cells of the only column, as a spreadsheet takes them: what a line break within quotes is part of."""
    return [row[0] for row in csv.reader(io.StringIO(content.decode(), newline=""))][1:]


def runs(cell: str) -> bool:
    """Whether a spreadsheet could run the cell: it passes over blanks, and takes wide signs for plain ones."""
    return cell.strip().startswith(RUN) or cell[:1] in ("\t", "\r", "\n")


def test_the_ways_are_ways():
    assert [way for way in WAYS if not runs(way)] == []
    assert [text for text in HARMLESS if runs(text)] == []


@pytest.mark.parametrize("way", WAYS)
def test_no_cell_of_an_open_table_runs_and_none_loses_its_text(way):
    (cell,) = cells(machine_csv.written(pl.DataFrame({"title": [way]})))
    assert not runs(cell)
    assert cell == "'" + way


@pytest.mark.parametrize("text", HARMLESS)
def test_what_runs_nothing_is_left_as_it_is(text):
    assert cells(machine_csv.written(pl.DataFrame({"title": [text, "x"]})))[0] == text


def test_no_list_of_an_open_table_runs():
    products = pl.DataFrame({"products": [WAYS]}, schema={"products": pl.List(pl.String)})
    (cell,) = cells(machine_csv.written(products))
    assert cell.startswith("[")


def _sheet() -> export.Sheet:
    return export.Sheet(pl.DataFrame({"title": [*WAYS, *LINKS]}), [Column("title")], "=1+1")


def test_no_cell_of_a_workbook_is_a_formula_or_a_link():
    with zipfile.ZipFile(io.BytesIO(export.xlsx(_sheet()))) as book:
        sheets = [book.read(name) for name in book.namelist() if name.startswith("xl/worksheets/")]
        texts = book.read("xl/sharedStrings.xml").decode()
    assert len(sheets) >= 2
    assert [sheet for sheet in sheets if b"<f>" in sheet or b"<f " in sheet or b"hyperlink" in sheet] == []
    assert "SUM(1)" in texts
    assert [link for link in LINKS if link not in texts] == []


def test_no_cell_of_the_csv_of_a_page_runs():
    assert [cell for cell in cells(export.csv(_sheet())) if runs(cell)] == []
