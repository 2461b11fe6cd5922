"""What a build does last, for tests that changed a table: the manifest tells its size and its checksum again."""

import json
import shutil
from pathlib import Path
from types import ModuleType

import polars as pl

from loaders.editions import Edition
from loaders.stage import sha256


def sealed(folder: Path, table: str) -> Edition:
    """The edition in ``folder``, once its manifest tells what ``table`` holds now."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    path = folder / f"{table}.parquet"
    rows = pl.scan_parquet(path).select(pl.len()).collect().item()
    manifest["tables"][table] = {"rows": rows, "sha256": sha256(path)}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return Edition(folder)


def with_table(edition: Edition, folder: Path, *makers: ModuleType) -> Edition:
    """A copy of ``edition`` in ``folder`` with the table that each of the modules ``makers`` makes of it, sealed."""
    shutil.copytree(edition.folder, folder)
    for made in makers:
        made.write(folder)
        sealed(folder, made.TABLE)
    return Edition(folder)


def without_table(edition: Edition, folder: Path, made: ModuleType) -> Edition:
    """A copy of ``edition`` in ``folder`` as it was made before that table was."""
    shutil.copytree(edition.folder, folder)
    (folder / f"{made.TABLE}.parquet").unlink(missing_ok=True)
    return Edition(folder)


WRONG_AWARDS = (
    lambda rows: rows.head(3),
    lambda rows: rows.with_columns(pl.col("contract_id").first()),
    lambda rows: rows.with_columns(pl.col("share_cents") + 1),
)
"""Ways for a table of awards to be of other awards than those of its edition."""
