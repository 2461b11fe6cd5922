"""Tables: what each column is called and how its values are written, on screen and in files.

A table is plain HTML: it can be read aloud, printed, copied and searched, it stands in the order of its frame (the
order that its exports keep), and on a phone each row becomes a short list.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from types import MappingProxyType

import polars as pl
from babel import Locale

from language import current, formats, mark, speaking
from language import gettext as _
from loaders import schema, vocabulary
from ui import markup

NOTHING = "—"
_MOST_COLUMNS = 4
_MOST_COLUMNS_OF_WORDS = 2

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
    a column may stand ``only_in_files``; ``codes`` are the words for values that the schema does not close; ``links``
    gives the address of each item of a list (empty for none); ``instead`` names an identifier shown where no name is
    published.
    """

    name: str
    label: str = ""
    link: Callable[[dict], str] | None = None
    longest: int | None = None
    remark: str = ""
    only_in_files: bool = False
    codes: Mapping[str, str] | None = None
    links: Callable[[dict], Sequence[str]] | None = None
    instead: str = ""

    @property
    def title(self) -> str:
        """What stands above the column, in the current language."""
        if self.label:
            return self.label
        return _(_OURS[self.name]) if self.name in _OURS else _declared_title(self.name)

    @cached_property
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

    @cached_property
    def words(self) -> Mapping[str, str] | None:
        """The words for its codes, when its values are codes."""
        return self.codes or _CODES.get(self.name) or _vocabulary(self.name)


def html(frame: pl.DataFrame, columns: Sequence[Column], caption: str = "") -> str:
    """The table of ``frame``, row by row in its order; the first column names each row."""
    columns = [column for column in columns if not column.only_in_files]
    first, *others = columns
    classes = [_class(column, frame.schema) for column in others]
    heads = "".join(
        f'<th scope="col"{of_column}>{markup.escaped(column.title)}</th>'
        for column, of_column in zip(columns, ["", *classes], strict=True)
    )
    of_rows = [_row_class(first, frame.schema), *classes]
    rows = "".join(_row(row, columns, of_rows) for row in frame.iter_rows(named=True))
    title = f"<caption>{markup.escaped(caption)}</caption>" if caption else ""
    wide = f' np-wide" style="{_names_for_phones(columns)}' if _is_wide(columns, frame.schema) else ""
    return f'<table class="np-table{wide}">{title}<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'


def _is_wide(columns: Sequence[Column], types: pl.Schema) -> bool:
    """Whether a phone has no room for the columns side by side: many of them, or several of words."""
    words = sum(not types[column.name].is_numeric() for column in columns)
    return len(columns) > _MOST_COLUMNS or (words > 1 and len(columns) > _MOST_COLUMNS_OF_WORDS)


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


def countries() -> Mapping[str, str]:
    """The name of every country by its ISO code, in the current language; free software without owner has its own."""
    return _countries(current())


@cache
def _countries(language: str) -> Mapping[str, str]:
    with speaking(language):
        return MappingProxyType({**Locale(language).territories, "FOSS": _("logiciel libre")})


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


def _names_for_phones(columns: Sequence[Column]) -> str:
    """The names of the columns as CSS variables: on a phone, where a row is a list, each cell is named by its own."""
    names = ((place, column.title.replace("\\", " ").replace('"', "”")) for place, column in enumerate(columns, 1))
    return markup.escaped(";".join(f'--c{place}:"{name}"' for place, name in names if place > 1))


def _row(row: dict, columns: Sequence[Column], classes: Sequence[str]) -> str:
    name, *others = (_cell(row, column) for column in columns)
    cells = "".join(
        f"<td{of_column}><span>{text}</span></td>" for text, of_column in zip(others, classes[1:], strict=True)
    )
    return f'<tr><th scope="row"{classes[0]}>{name}</th>{cells}</tr>'


def _cell(row: dict, column: Column) -> str:
    remark = row.get(column.remark)
    if remark is None:
        return _value(row, column)
    said = written(remark, Column(column.remark))
    return f'{_value(row, column)}<span class="np-small">{markup.escaped(said)}</span>'


def _value(row: dict, column: Column) -> str:
    value = row[column.name]
    if value is None and row.get(column.instead) is not None:
        return _unnamed(row[column.instead])
    if column.links is not None and value:
        return _linked_items(value, column.links(row), column.longest)
    text = _shortened(written(value, column), column.longest)
    if column.kind == "verdict" and value is not None:
        return markup.verdict(value)
    if column.link is not None and text != NOTHING:
        return markup.anchor(text, column.link(row))
    return markup.escaped(text)


def _unnamed(identifier: str) -> str:
    return f'{markup.escaped(identifier)}<span class="np-small">{markup.escaped(_("nom non publié"))}</span>'


def _linked_items(items: Sequence[str | None], addresses: Sequence[str], longest: int | None) -> str:
    """The items of a list, each leading to its address, as many as fit; the same item once."""
    places = {item or NOTHING: address for item, address in zip(items, addresses, strict=True)}
    shown, length = [], 0
    for item, address in places.items():
        length += len(item)
        if shown and longest is not None and length > longest:
            shown.append("…")
            break
        text = _shortened(item, longest)
        shown.append(markup.anchor(text, address) if address else markup.escaped(text))
    return ", ".join(shown)


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
