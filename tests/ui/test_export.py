"""What is downloaded is what is on screen: same rows, same order, same titles; and it says how to cite it."""

import zipfile
from datetime import date
from io import BytesIO
from xml.etree import ElementTree

import polars as pl

from language import speaking
from tests.pages.conftest import table_rows
from ui import export, tables
from ui.tables import Column

FRAME = pl.DataFrame(
    {
        "title": ["=1+1", "Hébergement ; « lot » 2", None],
        "contract_date": [date(2024, 3, 7), None, date(2020, 1, 1)],
        "amount_cents": [1_234_567_89, None, 1],
        "vendor_names": [["Ours", "Thé"], [], ["Un seul"]],
        "verdict": ["opaque", "unknown", "foreign_control"],
        "control_country": ["US", None, "FR"],
        "contract_id": ["b", "a", "c"],
    },
    schema_overrides={"amount_cents": pl.Int64, "vendor_names": pl.List(pl.String)},
)
COLUMNS = [
    Column("title", longest=10),
    Column("contract_date"),
    Column("amount_cents"),
    Column("vendor_names"),
    Column("verdict"),
    Column("control_country"),
    Column("contract_id", only_in_files=True),
]
SHEET = export.Sheet(FRAME, COLUMNS, "Nuages publics, « essai »")


def _workbook(content: bytes) -> tuple[list[list[str | None]], str]:
    """The cells of the first sheet as text, and the citation of the second."""
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with zipfile.ZipFile(BytesIO(content)) as book:
        texts = [
            "".join(part.text or "" for part in item.iter(f"{space}t"))
            for item in ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
        ]
        sheets = [ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml")) for number in (1, 2)]

    def value(cell: ElementTree.Element) -> str | None:
        found = cell.find(f"{space}v")
        if found is None:
            return None
        assert cell.find(f"{space}f") is None, "a formula"
        return texts[int(found.text)] if cell.get("t") == "s" else found.text

    rows = [[[value(cell) for cell in row] for row in sheet.iter(f"{space}row")] for sheet in sheets]
    return rows[0], rows[1][0][0]


def test_the_csv_has_the_rows_of_the_screen_in_order():
    shown = table_rows(tables.html(FRAME, COLUMNS))
    saved = pl.read_csv(export.csv(SHEET), infer_schema=False)
    assert saved.columns == [
        "Objet",
        "Date",
        "Montant publié (€)",
        "Titulaires",
        "Verdict",
        "Pays de contrôle",
        "Identifiant",
    ]
    assert saved["Verdict"].to_list() == [row[4] for row in shown] == ["Opaque", "Inconnu", "Contrôle étranger"]
    assert saved.rows()[0] == (
        "'=1+1",
        "2024-03-07",
        "1234567.89",
        "Ours | Thé",
        "Opaque",
        "États-Unis",
        "b",
    )
    assert saved["Montant publié (€)"].to_list() == ["1234567.89", None, "0.01"]


def test_the_workbook_has_the_same_cells_and_a_citation():
    """A title that looks like a formula stays a title."""
    rows, citation = _workbook(export.xlsx(SHEET))
    assert rows[0] == pl.read_csv(export.csv(SHEET), infer_schema=False).columns
    assert [row[0] for row in rows[1:3]] == ["=1+1", "Hébergement ; « lot » 2"]
    assert [row[4] for row in rows[1:]] == ["Opaque", "Inconnu", "Contrôle étranger"]
    assert float(rows[1][2]) == 1_234_567.89
    assert citation == "Nuages publics, « essai »"


def test_parquet_keeps_types_names_and_cents():
    content = export.parquet(SHEET)
    saved = pl.read_parquet(content)
    assert saved.equals(FRAME.select([column.name for column in COLUMNS]))
    assert pl.read_parquet_metadata(BytesIO(content))["citation"] == "Nuages publics, « essai »"


def test_files_speak_the_language_of_the_page():
    with speaking("en"):
        saved = pl.read_csv(export.csv(SHEET), infer_schema=False)
    assert saved.columns[0] == "Title"
    assert saved["Country of control"][0] == "United States"


def test_two_columns_of_one_title_are_told_apart():
    frame = pl.DataFrame({"vendor_id": ["1"], "vendor_name": ["Un"]})
    sheet = export.Sheet(frame, [Column("vendor_id"), Column("vendor_name")], "")
    assert export.readable(sheet).columns == ["Fournisseur (vendor_id)", "Fournisseur (vendor_name)"]
