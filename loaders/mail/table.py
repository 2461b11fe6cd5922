"""Where the table of town halls lives, and how it is read back."""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import polars as pl

from loaders.editions import DATA_FOLDER

FOLDER = DATA_FOLDER / "mail"
TABLE_NAME = "town_halls.parquet"
MANIFEST_NAME = "manifest.json"


@dataclass(frozen=True)
class MailTable:
    """The table of town halls on disk: ``town_halls`` in the schema of loaders.mail.schema, and its ``manifest``."""

    folder: Path

    @property
    def manifest(self) -> dict:
        """Source, licence, dates, checksum of the source, counts."""
        return json.loads((self.folder / MANIFEST_NAME).read_text(encoding="utf-8"))

    @property
    def town_halls(self) -> pl.DataFrame:
        """One row a town hall, in the order of commune codes."""
        manifest = self.manifest
        return _read(self.folder, manifest["source"]["sha256"], manifest["created_at"])


@lru_cache(maxsize=4)
def _read(folder: Path, _sha256: str, _created_at: str) -> pl.DataFrame:
    """Read once for each build of the table."""
    return pl.read_parquet(folder / TABLE_NAME)
