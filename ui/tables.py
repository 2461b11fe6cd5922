"""Tables: what each column is called and how its values are written, on screen and in files.

A table is plain HTML: it can be read aloud, printed, copied and searched, it stands in the order of its frame (the
order that its exports keep), and on a phone each row becomes a short list.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl
from babel import Locale

from charts.theme import Theme
from language import current, formats, mark
from language import gettext as _
from loaders import schema, vocabulary
from ui import markup

NOTHING = "—"
_WIDE_FROM = 4

_OURS = {
    "low": mark("Contrôle étranger"),
    "middle": mark("+ produit étranger"),
    "high": mark("+ hybride, opaque"),
    "unknown": mark("Inconnu"),
    "share": mark("Part"),
    "verdict": mark("Verdict"),
    "total_cents": mark("Montant"),
    "counted_cents": mark("Montant compté"),
    "product": mark("Produit"),
    "country": mark("Pays"),
    "vendor_names": mark("Titulaires"),
    "buyer_count": mark("Acheteurs"),
    "vendor_count": mark("Fournisseurs"),
    "first_year": mark("Depuis"),
    "last_year": mark("Jusqu’à"),
    "flagged_count": mark("Signalés"),
    "reject_count": mark("Enregistrements"),
    "award_share": mark("Part des attributions"),
    "amount_share": mark("Part des montants"),
    "definition": mark("Définition"),
}
_SHARES = ("low", "middle", "high", "unknown", "share", "award_share", "amount_share")
_SHARE_SUFFIX = "_share"
_COUNTRIES = ("control_country", "country", "technology_country")
_CODES = {"verdict": vocabulary.VERDICTS, "definition": vocabulary.DEFINITIONS}


@dataclass(frozen=True)
class Column:
    """A column of a table: its name in the frame, and how to show it.

    ``label`` (translated) replaces the one of the schema; ``link`` gives the address that a row leads to; ``longest``
    is how many characters fit on screen (files have all); ``remark`` names a column written small below, on screen;
    a column may stand ``only_in_files``; ``codes`` are the words for values that the schema does not close.
    """

    name: str
    label: str = ""
    link: Callable[[dict], str] | None = None
    longest: int | None = None
    remark: str = ""
    only_in_files: bool = False
    codes: Mapping[str, str] | None = None

    @property
    def title(self) -> str:
        """What stands above the column, in the current language."""
        if self.label:
            return self.label
        return _(_OURS[self.name]) if self.name in _OURS else _declared_title(self.name)

    @property
    def kind(self) -> str:
        """How its values are written: amount, share, verdict, country, code, day, year, count, list or text."""
        if self.name.endswith("_cents"):
            return "amount"
        if self.name in _SHARES or self.name.endswith(_SHARE_SUFFIX):
            return "share"
        if self.name in _COUNTRIES:
            return "country"
        if self.words is not None:
            return "verdict" if self.words is vocabulary.VERDICTS else "code"
        return "any"

    @property
    def words(self) -> Mapping[str, str] | None:
        """The words for its codes, when its values are codes."""
        return self.codes or _CODES.get(self.name) or _vocabulary(self.name)


def html(frame: pl.DataFrame, columns: Sequence[Column], theme: Theme, caption: str = "") -> str:
    """The table of ``frame``, row by row in its order; the first column names each row."""
    columns = [column for column in columns if not column.only_in_files]
    heads = "".join(
        f'<th scope="col"{_class(column, frame.schema) if place else ""}>{markup.escaped(column.title)}</th>'
        for place, column in enumerate(columns)
    )
    rows = "".join(_row(row, columns, frame.schema, theme) for row in frame.iter_rows(named=True))
    title = f"<caption>{markup.escaped(caption)}</caption>" if caption else ""
    wide = " np-wide" if len(columns) > _WIDE_FROM else ""
    return f'<table class="np-table{wide}">{title}<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'


def written(value: object, column: Column) -> str:
    """One value as text, in the current language; a dash when there is none."""
    if value is None or value == []:
        return NOTHING
    writer = _WRITERS.get(column.kind)
    if writer is not None:
        return writer(value)
    if column.kind in ("code", "verdict"):
        return _(column.words.get(value, str(value)))
    return _written_any(value, is_year=column.name in ("year", "first_year", "last_year"))


def country(code: str) -> str:
    """The name of a country in the current language; its code when it has none."""
    return countries().get(code, code)


def countries() -> dict[str, str]:
    """The name of every country by its ISO code, in the current language; free software without owner has its own."""
    return {**Locale(current()).territories, "FOSS": _("logiciel libre")}


def _declared_title(name: str) -> str:
    column = schema.column(name)
    if column.unit and not name.endswith("_cents"):
        return _("{title} ({unit})").format(title=_(column.label), unit=_(column.unit))
    return _(column.label)


def _vocabulary(name: str) -> Mapping[str, str] | None:
    try:
        return schema.column(name).vocabulary
    except KeyError:
        return None


def _written_any(value: object, is_year: bool) -> str:
    if isinstance(value, date):
        return formats.day(value)
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if isinstance(value, float):
        return formats.count(round(value))
    if isinstance(value, int) and not is_year:
        return formats.count(value)
    return ", ".join(value) if isinstance(value, list) else str(value)


_WRITERS: dict[str, Callable] = {
    "amount": formats.amount,
    "share": formats.percent,
    "country": country,
}


def _row(row: dict, columns: Sequence[Column], types: pl.Schema, theme: Theme) -> str:
    cells = []
    for place, column in enumerate(columns):
        text = _cell(row, column, theme)
        if place == 0:
            cells.append(f'<th scope="row"{_row_class(column, types)}>{text}</th>')
        else:
            label = markup.escaped(column.title)
            cells.append(f'<td data-label="{label}"{_class(column, types)}><span>{text}</span></td>')
    return f"<tr>{''.join(cells)}</tr>"


def _cell(row: dict, column: Column, theme: Theme) -> str:
    remark = row.get(column.remark)
    if remark is None:
        return _value(row, column, theme)
    said = written(remark, Column(column.remark))
    return f'{_value(row, column, theme)}<span class="np-small">{markup.escaped(said)}</span>'


def _value(row: dict, column: Column, theme: Theme) -> str:
    value = row[column.name]
    text = _shortened(written(value, column), column.longest)
    if column.kind == "verdict" and value is not None:
        return markup.verdict(value, theme)
    if column.link is not None and text != NOTHING:
        return markup.anchor(text, column.link(row))
    return markup.escaped(text)


def _shortened(text: str, longest: int | None) -> str:
    if longest is None or len(text) <= longest:
        return text
    return text[:longest].rsplit(" ", 1)[0] + "…"


def _row_class(column: Column, types: pl.Schema) -> str:
    return ' class="np-name"' if types[column.name] == pl.String else ""


def _class(column: Column, types: pl.Schema) -> str:
    dtype = types[column.name]
    if dtype == pl.Date:
        return ' class="np-day"'
    return ' class="np-number"' if dtype.is_numeric() else ""
