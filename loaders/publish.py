"""Write an edition beside the current one, seal it with its manifest, and put it in place in one step."""

import json
import os
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import polars as pl

from language import mark
from loaders import schema
from loaders.check import problems
from loaders.editions import MANIFEST_NAME, Edition
from loaders.errors import PublicationRefused
from loaders.stage import sha256

ROW_GROUP_ROWS = 100_000

SORT_KEYS = {
    "awards": ("ministry", "contract_date", "contract_id", "holder_rank"),
    "contracts": ("contract_id",),
    "versions": ("contract_id", "version_number"),
    "subcontracts": ("contract_id", "act_id", "change_number", "record_number"),
    "vendors": ("vendor_id",),
    "buyers": ("buyer_key",),
    "rejects": ("source_id", "record_number", "scope", "reason", "raw_text"),
}


@dataclass(frozen=True)
class Identity:
    """What kind of edition this is, when and by which method it was made."""

    kind: str
    created_at: datetime
    method_version: str

    def edition_id(self, digest: str) -> str:
        """The name of the edition: readable, and different for different content."""
        prefix = "demarrage-" if self.kind == "starter" else ""
        return f"{prefix}{self.created_at:%Y-%m-%d}-{digest[:6]}"


def write_table(table: str, rows: pl.LazyFrame, folder: Path) -> None:
    """Write ``rows`` as ``table``: the declared columns and types, in the order of its main question."""
    columns = schema.polars_schema(table)
    (
        rows.select(pl.col(name).cast(dtype) for name, dtype in columns.items())
        .sort(SORT_KEYS[table], maintain_order=True)
        .sink_parquet(folder / f"{table}.parquet", compression="zstd", row_group_size=ROW_GROUP_ROWS)
    )


def seal(folder: Path, identity: Identity, sources: list[dict], counts: dict) -> Edition:
    """Write ``manifest.json`` for the tables in ``folder``: identity, sources, counts, rows and SHA-256 of each."""
    tables = {
        table: {
            "rows": pl.scan_parquet(folder / f"{table}.parquet").select(pl.len()).collect().item(),
            "sha256": sha256(folder / f"{table}.parquet"),
        }
        for table in schema.TABLES
    }
    manifest = {
        "id": identity.edition_id(tables["awards"]["sha256"]),
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


def refuse_if_wrong(edition: Edition) -> None:
    """Raise PublicationRefused with every problem that ``check.problems`` finds."""
    found = problems(edition)
    if found:
        raise PublicationRefused(
            mark("L’édition construite ne passe pas ses contrôles, elle n’est pas publiée : {problems}"),
            problems=" ; ".join(found),
        )


def put_in_place(built: Path, out: Path) -> Edition:
    """Move the folder ``built`` to ``out``; what stood there goes away only once the new one is in place."""
    out.parent.mkdir(parents=True, exist_ok=True)
    aside = out.with_name(f".{out.name}.old-{os.getpid()}")
    if out.exists():
        out.replace(aside)
    try:
        built.replace(out)
    except OSError:
        if aside.exists():
            aside.replace(out)
        raise
    shutil.rmtree(aside, ignore_errors=True)
    return Edition(out)
