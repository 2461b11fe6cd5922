"""Write an edition beside the current one, seal it with its manifest, and put it in place in one step."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import polars as pl
from polars.io.plugins import register_io_source

from language import mark
from loaders import (
    aggregates,
    by_ministry,
    by_vendor,
    digital,
    known,
    notable,
    schema,
    search_texts,
    swap,
    vendor_texts,
)
from loaders.check import problems
from loaders.editions import DATA_FOLDER, MANIFEST_NAME, SYNTHETIC, Edition, store
from loaders.errors import PublicationRefused
from loaders.stage import sha256

ROW_GROUP_ROWS = 25_000

SORT_KEYS = {
    "awards": ("ministry", "contract_date", "contract_id", "holder_rank"),
    "contracts": ("contract_id",),
    "versions": ("contract_id", "version_number"),
    "subcontracts": ("contract_id", "act_id", "change_number", "record_number"),
    "vendors": ("vendor_id",),
    "buyers": ("buyer_key",),
    "rejects": ("source_id", "record_number", "scope", "reason", "raw_text"),
}

_MADE_OF_AWARDS = (aggregates, search_texts, notable, digital, by_vendor, vendor_texts, by_ministry)
_DERIVED = (*(made.TABLE for made in _MADE_OF_AWARDS), *known.TABLES)
_ID_PREFIXES = {"starter": "demarrage-", SYNTHETIC: "synthetique-"}


@dataclass(frozen=True)
class Identity:
    """What kind of edition this is, when and by which method it was made."""

    kind: str
    created_at: datetime
    method_version: str

    def edition_id(self, digest: str) -> str:
        """The name of the edition: readable, and different for different content."""
        return f"{_ID_PREFIXES.get(self.kind, '')}{self.created_at:%Y-%m-%d}-{digest[:6]}"


def write_table(table: str, rows: pl.LazyFrame, folder: Path) -> None:
    """Write ``rows`` as ``table``: the declared columns and types, in the order of its main question."""
    _write(table, in_order(table, rows), folder)


def write_parts(table: str, parts: Iterable[pl.DataFrame], folder: Path) -> None:
    """Write ``table`` from frames whose rows are those of ``in_order``, each frame after the one before it."""

    def one_by_one(*_asked: object) -> Iterator[pl.DataFrame]:
        yield from parts

    _write(table, register_io_source(one_by_one, schema=schema.polars_schema(table)), folder)


def in_order(table: str, rows: pl.LazyFrame) -> pl.LazyFrame:
    """The declared columns and types of ``table``, in the order of its main question."""
    columns = schema.polars_schema(table)
    return rows.select(pl.col(name).cast(dtype) for name, dtype in columns.items()).sort(
        SORT_KEYS[table], maintain_order=True
    )


def _write(table: str, rows: pl.LazyFrame, folder: Path) -> None:
    rows.sink_parquet(
        folder / f"{table}.parquet", compression="zstd", row_group_size=ROW_GROUP_ROWS, maintain_order=True
    )


def seal(folder: Path, identity: Identity, sources: list[dict], counts: dict) -> Edition:
    """Write ``manifest.json`` for the tables in ``folder``: identity, sources, counts, rows and SHA-256 of each."""
    tables = {
        table: {
            "rows": pl.scan_parquet(folder / f"{table}.parquet").select(pl.len()).collect().item(),
            "sha256": sha256(folder / f"{table}.parquet"),
        }
        for table in (*schema.TABLES, *_DERIVED)
    }
    manifest = {
        "id": identity.edition_id(_digest(tables)),
        "kind": identity.kind,
        "created_at": identity.created_at.isoformat(timespec="seconds"),
        "method_version": identity.method_version,
        "sources": sources,
        "counts": counts,
        "tables": tables,
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2, default=str)
    (folder / MANIFEST_NAME).write_text(text + "\n", encoding="utf-8")
    return Edition(folder)


def refuse_if_wrong(edition: Edition, just_made: bool = False) -> None:
    """Raise PublicationRefused with every problem that ``check.problems`` finds."""
    found = problems(edition, just_made)
    if found:
        raise PublicationRefused(
            mark("L’édition construite ne passe pas ses contrôles, elle n’est pas publiée : {problems}"),
            problems=" ; ".join(found),
        )


def put_in_place(built: Path, out: Path) -> Edition:
    """Move the folder ``built`` to ``out``; what stood there then stands where ``built`` was, for the caller to remove.

    Whoever looks at ``out`` meanwhile finds one or the other, whole. Raises PublicationRefused for an edition made up
    to measure whose place would be among those that are shown.
    """
    _refuse_if_made_up(Edition(built), out)
    if out.exists():
        swap.exchange(built, out)
    else:
        built.replace(out)
    return Edition(out)


def put_in_store(built: Edition, store: Path) -> Edition:
    """Move ``built`` under its name into ``store``, unless its very tables are there already, and sound.

    An edition that readers may be reading is not touched: its name says its content.
    """
    published = Edition(store / built.id)
    if published.folder.exists() and _is_same(published, built) and not problems(published):
        return published
    return put_in_place(built.folder, published.folder)


def _is_same(published: Edition, built: Edition) -> bool:
    try:
        return published.manifest["tables"] == built.manifest["tables"]
    except (OSError, ValueError):
        return False


def _digest(tables: dict[str, dict]) -> str:
    """What all tables together amount to: two editions that differ in one table differ in name."""
    return hashlib.sha256("".join(tables[table]["sha256"] for table in schema.TABLES).encode()).hexdigest()


def _refuse_if_made_up(edition: Edition, out: Path) -> None:
    shown = (DATA_FOLDER.resolve(), store().resolve())
    if edition.is_synthetic and any(out.resolve().is_relative_to(folder) for folder in shown):
        raise PublicationRefused(
            mark("L’édition {id} est faite de marchés inventés pour mesurer : elle n’est jamais publiée."),
            id=edition.id,
        )
