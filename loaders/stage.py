"""Read the source files of an edition into raw Parquet, batch by batch, and count what was read."""

import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path

import polars as pl
import polars.selectors as cs
import pyarrow as pa
import pyarrow.parquet as pq

from loaders import schema
from loaders.read import open_source
from loaders.read.batch import RawBatch, Reading
from loaders.sources import LocalFile, Source

Report = Callable[[str, int, int], None]
"""Called with what is being done, how far it has come and how far it goes (0 when unknown)."""

_TABLES = {
    "rows": schema.RAW_ROWS,
    "subcontracts": schema.RAW_SUBCONTRACTS,
    "rejects": schema.polars_schema("rejects"),
}


@dataclass(frozen=True)
class StagedSource:
    """What was read of one file, for the manifest."""

    source: Source
    file_name: str
    format: str
    bytes: int
    sha256: str
    records_read: int
    missing_columns: tuple[str, ...]
    unknown_columns: tuple[str, ...]

    def described(self) -> dict:
        """The manifest's words for this source."""
        named = {
            key: getattr(self.source, key) for key in ("id", "title", "publisher", "licence", "page", "published_on")
        }
        own = {key: value for key, value in asdict(self).items() if key != "source"}
        return named | own


def stage(files: list[LocalFile], folder: Path, mapping: Path | None, report: Report) -> list[StagedSource]:
    """Read every file into ``rows.parquet``, ``subcontracts.parquet`` and ``rejects.parquet`` of ``folder``.

    Several files of one source go on counting its records; temporary copies stay in ``folder``. Raises
    UnreadableSource at the first file that is damaged or of no known format.
    """
    folder.mkdir(parents=True)
    counted: dict[str, int] = {}
    staged = []
    with ExitStack() as stack:
        writers = {name: stack.enter_context(_writer(folder / f"{name}.parquet", of)) for name, of in _TABLES.items()}
        for file in files:
            already = counted.get(file.source.id, 0)
            reading = open_source(file.path, file.source.id, mapping, folder)
            read = _stage_file(file, reading, already, writers, report)
            counted[file.source.id] = already + read.records_read
            staged.append(read)
    return staged


def _writer(path: Path, of: pl.Schema) -> pq.ParquetWriter:
    """These files are read from end to end, once or twice: nobody asks for statistics."""
    return pq.ParquetWriter(path, _arrow(pl.DataFrame(schema=of)).schema, compression="zstd", write_statistics=False)


def _stage_file(
    file: LocalFile, reading: Reading, already: int, writers: dict[str, pq.ParquetWriter], report: Report
) -> StagedSource:
    records = 0
    with ThreadPoolExecutor(1) as aside:
        digest = aside.submit(sha256, file.path)
        before = digest
        for batch in reading.batches:
            records += batch.records
            before.result()  # One batch waits to be written, never more: memory would grow with the file
            before = aside.submit(_write, batch, already, writers)
            report(file.path.name, batch.position, reading.size)
        before.result()
    return StagedSource(
        source=file.source,
        file_name=file.path.name,
        format=reading.format,
        bytes=file.path.stat().st_size,
        sha256=digest.result(),
        records_read=records,
        missing_columns=tuple(reading.missing_columns),
        unknown_columns=tuple(reading.unknown_columns),
    )


def _write(batch: RawBatch, already: int, writers: dict[str, pq.ParquetWriter]) -> None:
    for name, writer in writers.items():
        frame: pl.DataFrame = getattr(batch, name)
        if not frame.is_empty():
            shifted = frame.select(_TABLES[name].names()).with_columns(pl.col("record_number") + already)
            writer.write_table(_arrow(shifted.cast(_TABLES[name])))


def _arrow(frame: pl.DataFrame) -> pa.Table:
    """``frame`` as it is in memory, but Enums as text: Arrow dictionaries of different batches do not go into one
    file.
    """
    return frame.with_columns(cs.enum().cast(pl.String)).to_arrow(compat_level=pl.CompatLevel.newest())


def sha256(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
