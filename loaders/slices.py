"""Typed rows on disk, cut into slices of whole buyers that are worked on in memory one after the other.

A slice is a range of buyers, so the contracts of one all sort before those of the next, nothing that is said of one
buyer is in two of them, and memory follows the size of a slice, not of the file.
"""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from loaders.clean import values

SLICE_ROWS = 130_000
_SIREN = r"^\d{9}$"


@dataclass(frozen=True)
class Slices:
    """Where the rows are, and the buyers (nine digits) with which all slices but the first begin."""

    folder: Path
    beginnings: tuple[str, ...] = ()

    @staticmethod
    def over(raw: pl.LazyFrame, folder: Path, rows: int | None = None) -> "Slices":
        """Slices of about ``rows`` rows (``SLICE_ROWS``) for the buyers of ``raw``; ``folder`` is made."""
        folder.mkdir()
        rows = rows or SLICE_ROWS
        buyers = (
            raw.group_by("buyer_id")
            .len("rows")
            .with_columns(siren=values.siret("buyer_id").str.slice(0, 9))
            .filter(pl.col("siren").str.contains(_SIREN))
            .group_by("siren")
            .agg(pl.col("rows").sum())
            .sort("siren")
            .with_columns(slice=(pl.col("rows").cum_sum() - pl.col("rows")) // rows)
            .collect()
        )
        first = buyers.filter(pl.col("slice") > pl.col("slice").shift(1))
        return Slices(folder, tuple(first["siren"]))

    def add(self, rows: pl.DataFrame, batch: int) -> None:
        """Write typed rows into the slices that they belong to. ``batch`` tells them from those added before."""
        if not batch:
            self._write(rows.clear(), 0, 0)
        owner = pl.coalesce("buyer_id", "source_dataset", "source_id")
        number = pl.sum_horizontal(pl.lit(0), *(owner >= beginning for beginning in self.beginnings))
        for (of_slice,), part in rows.group_by(number.alias("slice"), maintain_order=True):
            self._write(part.drop("slice", strict=False), of_slice, batch + 1)

    def _write(self, rows: pl.DataFrame, number: int, batch: int) -> None:
        rows.write_ipc(self.folder / f"{number:04}-{batch:05}.arrow", compression="lz4")

    def scan(self, number: int | None = None) -> pl.LazyFrame:
        """The rows of one slice, or of all of them."""
        pattern = "*.arrow" if number is None else f"{number:04}-*.arrow"
        return pl.scan_ipc(sorted(self.folder.glob(pattern)))

    @property
    def numbers(self) -> list[int]:
        """The slices that have rows, in the order of their buyers."""
        return sorted({int(path.name[:4]) for path in self.folder.glob("*.arrow")})
