"""Somebody's own table of awards, read by a mapping (see ``mapping``)."""

import hashlib
import re
from collections.abc import Iterable, Iterator

import polars as pl

from loaders import schema
from loaders.read.batch import RawBatch, Reading
from loaders.read.json_values import LIST_SEPARATOR
from loaders.read.mapping import ContractKey, Mapping
from loaders.read.text_table import Chunk, Table

_REJECTS = schema.polars_schema("rejects")
_LIST_ITEM = r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[^\s,\[\]]+"""
_QUOTES_AROUND = r"""(?s)^['"](.*)['"]$"""
_ESCAPED = r"""\\(['"\\])"""
_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")
_KEY_SEPARATOR = "\x1f"
_KEY_BYTES = 6
_NOTHING = pl.lit(None, pl.String)
_ONLY_VERSION = {"version_number": "0", "is_current": "true"}


def read_awards_table(table: Table, source_id: str, mapping: Mapping) -> Reading:
    """Read the table by ``mapping``: one row a line and a holder; lines that award nothing are rejected.

    ``missing_columns`` are those of the mapping that the table has not; ``unknown_columns`` those of the table that
    the mapping does not speak of.
    """
    ranks = _holder_ranks(mapping, table.columns)
    used = _used_columns(mapping, ranks)
    return Reading(
        "awards-table",
        table.size,
        _batches(table, source_id, mapping, ranks),
        missing_columns=[name for name in used if name not in table.columns],
        unknown_columns=[name for name in table.columns if name not in {*used, *mapping.ignore, *mapping.detect}],
    )


def _holder_ranks(mapping: Mapping, columns: list[str]) -> range:
    """The values of ``{n}`` for which the table has columns, 1 and on without a gap."""
    last = 0
    while any(column.format(n=last + 1) in columns for column in mapping.holders.values()):
        last += 1
    return range(1, last + 1)


def _used_columns(mapping: Mapping, ranks: range) -> list[str]:
    repeated = (column.format(n=rank) for rank in ranks for column in mapping.holders.values())
    in_templates = (name for template in mapping.templates.values() for name in _PLACEHOLDER.findall(template))
    key = mapping.contract.all_columns if mapping.contract else ()
    used = (*mapping.columns.values(), *repeated, *in_templates, *key, *mapping.award, *mapping.concession)
    return list(dict.fromkeys(used))


def _batches(table: Table, source_id: str, mapping: Mapping, ranks: range) -> Iterator[RawBatch]:
    lists = [name.format(n=rank) for name in mapping.lists for rank in (ranks or (1,))]
    in_lists = [_list_cell(name).alias(name) for name in dict.fromkeys(lists) if name in table.columns]
    awards = pl.all_horizontal(True, *_has_value(mapping.award, table.columns))
    for chunk in table.chunks(table.columns):
        marked = chunk.frame.with_columns(awards.alias("_awards"))
        lines = marked.filter("_awards").with_columns(in_lists)
        yield RawBatch(
            chunk.records,
            chunk.position,
            rows=_rows(lines, source_id, mapping, ranks),
            rejects=_rejects(chunk, marked.filter(~pl.col("_awards")), source_id),
        )


def _rows(lines: pl.DataFrame, source_id: str, mapping: Mapping, ranks: range) -> pl.DataFrame:
    columns = lines.columns
    said = {name: pl.col(column) for name, column in mapping.columns.items() if column in columns}
    said |= {name: pl.lit(text) for name, text in (_ONLY_VERSION | mapping.constants).items()}
    said |= {name: _filled(template, columns) for name, template in mapping.templates.items()}
    said |= {"source_id": pl.lit(source_id), "record_number": pl.col("record_number")}
    said |= {"record_kind": _record_kind(mapping, columns)}
    if mapping.contract:
        lines = lines.with_columns(_contract_numbers(lines, mapping.contract))
        said["internal_id"] = pl.col("_internal_id")
    if ranks:
        lines = _with_holders(lines, mapping, ranks)
        said |= {name: pl.col(f"_{name}") for name in (*mapping.holders, "holder_rank")}
    return lines.select(said.get(name, pl.lit(None)).cast(dtype).alias(name) for name, dtype in schema.RAW_ROWS.items())


def _with_holders(lines: pl.DataFrame, mapping: Mapping, ranks: range) -> pl.DataFrame:
    """Each line once for each of its holders that have a name or an identifier, once without when none has."""
    of_each_rank = [
        lines.select(
            "record_number",
            pl.lit(rank).alias("_holder_rank"),
            *(
                (pl.col(column.format(n=rank)) if column.format(n=rank) in lines.columns else _NOTHING).alias(
                    f"_{name}"
                )
                for name, column in mapping.holders.items()
            ),
        )
        for rank in ranks
    ]
    identifying = [f"_{name}" for name in ("holder_id", "holder_name") if name in mapping.holders]
    holders = (
        pl.concat(of_each_rank)
        .filter(pl.any_horizontal(pl.col(identifying).is_not_null()))
        .sort("record_number", "_holder_rank")
    )
    held = lines.join(holders, on="record_number", how="left", maintain_order="left_right")
    return held.with_columns(pl.col("_holder_rank").fill_null(1))


def _record_kind(mapping: Mapping, columns: list[str]) -> pl.Expr:
    is_concession = pl.any_horizontal(False, *_has_value(mapping.concession, columns))
    return pl.when(is_concession).then(pl.lit("concession")).otherwise(pl.lit("contract"))


def _has_value(rules: dict[str, list[str]], columns: list[str]) -> Iterable[pl.Expr]:
    """For each column of ``rules`` that is there: whether its cell has one of the values."""
    return [pl.col(name).is_in(values).fill_null(False) for name, values in rules.items() if name in columns]


def _list_cell(name: str) -> pl.Expr:
    """The items of a cell that holds a list, joined; any other cell unchanged."""
    cell = pl.col(name).str.strip_chars()
    items = cell.str.extract_all(_LIST_ITEM).list.eval(
        pl.element().str.replace(_QUOTES_AROUND, "$1").str.replace_all(_ESCAPED, "$1")
    )
    joined = items.list.join(LIST_SEPARATOR)
    holds_list = cell.str.starts_with("[") & cell.str.ends_with("]")
    return pl.when(holds_list & (joined != "")).then(joined).when(~holds_list).then(pl.col(name))


def _filled(template: str, columns: list[str]) -> pl.Expr:
    """The template with its columns in place; null where one of them is empty or absent."""
    names = _PLACEHOLDER.findall(template)
    return pl.format(
        _PLACEHOLDER.sub("{}", template), *(pl.col(name) if name in columns else _NOTHING for name in names)
    )


def _contract_numbers(lines: pl.DataFrame, key: ContractKey) -> pl.Series:
    """The same number for lines that agree on the key, whatever their order and the format of the file.

    Whole amounts are ``120`` in one format and ``120.0`` in another: both count as the same.
    """
    absent = [_NOTHING.alias(name) for name in key.all_columns if name not in lines.columns]
    cells = lines.with_columns(absent).select(key.all_columns)
    same = pl.all().fill_null("").str.strip_chars().str.strip_suffix(".0")
    keys = cells.select(pl.concat_str(same, separator=_KEY_SEPARATOR)).to_series()
    prefixes = cells[key.prefix] if key.prefix else [None] * cells.height
    numbers = [_number(prefix, text) for prefix, text in zip(prefixes, keys, strict=True)]
    return pl.Series("_internal_id", numbers, dtype=pl.String)


def _number(prefix: str | None, key: str) -> str | None:
    if not key.strip(_KEY_SEPARATOR):
        return None
    digest = hashlib.blake2b(key.encode(), digest_size=_KEY_BYTES).hexdigest()
    return f"{prefix}-{digest}" if prefix else digest


def _rejects(chunk: Chunk, awarding_nothing: pl.DataFrame, source_id: str) -> pl.DataFrame:
    not_awards = awarding_nothing.select(
        pl.lit(source_id).alias("source_id"),
        "record_number",
        pl.lit("record").alias("scope"),
        pl.lit("not_an_award").alias("reason"),
        pl.struct(pl.all().exclude("record_number", "_awards")).struct.json_encode().alias("raw_text"),
    )
    return pl.concat([chunk.rejects, not_awards.cast(dict(_REJECTS))])
