"""Files of the tables on screen: the same rows in the same order, under the same titles."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO

import polars as pl
import xlsxwriter

from language import gettext as _
from ui.tables import Column, countries

MOST_ROWS = 50_000
"""A spreadsheet of more rows takes seconds to write and helps nobody: the edition's own files are there for that."""

_RUN_BY_SPREADSHEETS = r"^\s*[=+\-@＝＋－＠]|^[\t\r\n]"

_XLSX_CELLS = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}


@dataclass(frozen=True)
class Sheet:
    """A table to be written in a file: ``frame``, its ``columns`` in order, and what must be cited with it."""

    frame: pl.DataFrame
    columns: Sequence[Column]
    citation: str


def csv(sheet: Sheet) -> bytes:
    """CSV (RFC 4180, UTF-8): titles as on screen, amounts in euros, dates ISO; nothing that a spreadsheet runs."""
    return readable(sheet).with_columns(defused(pl.col(pl.String))).write_csv().encode("utf-8")


def xlsx(sheet: Sheet) -> bytes:
    """A workbook: the table on the first sheet, the citation on the second."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, _XLSX_CELLS) as workbook:
        readable(sheet).write_excel(
            workbook,
            _("Données"),
            table_style="Table Style Light 1",
            dtype_formats={pl.Date: "yyyy-mm-dd", pl.Decimal: "#,##0.00", pl.Int16: "0", pl.Float64: "0.0000"},
            freeze_panes=(1, 0),
        )
        workbook.add_worksheet(_("Citation")).write_string(0, 0, sheet.citation)
    return file.getvalue()


def parquet(sheet: Sheet) -> bytes:
    """Parquet for machines: names and types of the schema, amounts in cents; titles and citation as metadata."""
    file = BytesIO()
    titles = {column.name: column.title for column in sheet.columns}
    sheet.frame.select(*titles).write_parquet(
        file, metadata={"citation": sheet.citation, "titles": json.dumps(titles, ensure_ascii=False)}
    )
    return file.getvalue()


FORMATS: dict[str, tuple[str, Callable[[Sheet], bytes]]] = {
    "csv": ("text/csv", csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx),
    "parquet": ("application/vnd.apache.parquet", parquet),
}

TITLES = {"csv": "CSV", "xlsx": "XLSX", "parquet": "Parquet"}


def readable(sheet: Sheet) -> pl.DataFrame:
    """The table as people read it: titles, amounts in euros, codes and countries in words, lists on one line."""
    titles = _distinct([_titled(column) for column in sheet.columns], sheet.columns)
    return sheet.frame.select(
        _readable(column, sheet.frame.schema[column.name]).alias(title)
        for column, title in zip(sheet.columns, titles, strict=True)
    )


def _titled(column: Column) -> str:
    return _("{title} (€)").format(title=column.title) if column.kind == "amount" else column.title


def _distinct(titles: Sequence[str], columns: Sequence[Column]) -> list[str]:
    return [
        title if titles.count(title) == 1 else f"{title} ({column.name})"
        for title, column in zip(titles, columns, strict=True)
    ]


def _readable(column: Column, dtype: pl.DataType) -> pl.Expr:
    value = pl.col(column.name)
    if column.kind == "amount":
        return value.cast(pl.Decimal(18, 0)).cast(pl.Decimal(20, 2)) / 100
    if dtype == pl.List:
        return value.list.join(" | ", ignore_nulls=True)
    if column.words is not None:
        words = {code: _(label) for code, label in column.words.items()}
        return value.cast(pl.String).replace(words)
    if column.kind == "country":
        return value.replace(countries())
    return value


def file_name(table: str, edition_id: str, extension: str) -> str:
    """The name of a downloaded file: what it holds, and of which edition."""
    return f"nuages-publics_{table}_{edition_id}.{extension}"


def defused(text: pl.Expr) -> pl.Expr:
    """``text`` for a CSV cell: an apostrophe goes before what a spreadsheet would run as a formula."""
    return pl.when(~text.str.contains(_RUN_BY_SPREADSHEETS)).then(text).otherwise("'" + text)
