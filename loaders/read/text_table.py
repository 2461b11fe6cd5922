"""Tables of any size, Parquet or CSV, as streams of text frames."""

import csv
import io
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

import msgspec
import polars as pl
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from language import mark
from loaders import schema
from loaders.read.encoding import decoded, decoded_chunks, is_utf8, write_utf8
from loaders.read.json_values import LIST_SEPARATOR, text
from loaders.read.source import Source

BATCH_ROWS = 20_000
_CSV_BLOCK_BYTES = 2 << 20
_HEADER_BYTES = 1 << 16
_DELIMITERS = ",;\t|"
_NO_REJECTS = schema.polars_schema("rejects").to_frame()


@dataclass(frozen=True)
class Chunk:
    """Some lines of a table: text, null where empty, with their ``record_number``; and the lines that are broken."""

    frame: pl.DataFrame
    records: int
    position: int
    rejects: pl.DataFrame


class Table(Protocol):
    """A table that is read line after line."""

    columns: list[str]
    size: int

    def chunks(self, columns: list[str]) -> Iterator[Chunk]:
        """The given columns of every line, in order. Raises UnreadableSource where the file turns out damaged."""


class ParquetTable:
    """A Parquet file; ``size`` is in rows. Raises UnreadableSource when it is damaged."""

    def __init__(self, source: Source) -> None:
        self._damaged = source.refusal(
            mark("Le fichier Parquet {name} est abîmé ou incomplet : téléchargez-le de nouveau.")
        )
        try:
            self._file = pq.ParquetFile(source.path, memory_map=True)
        except (pa.ArrowException, OSError):
            raise self._damaged from None
        self.columns = self._file.schema_arrow.names
        self.size = self._file.metadata.num_rows

    def chunks(self, columns: list[str]) -> Iterator[Chunk]:
        """The given columns of every row, as text."""
        read = 0
        try:
            for batch in self._file.iter_batches(BATCH_ROWS, columns=columns):
                frame = _text(pl.DataFrame(pl.from_arrow(batch)))
                numbers = pl.int_range(read + 1, read + frame.height + 1, dtype=pl.Int64, eager=True)
                read += frame.height
                yield Chunk(frame.with_columns(numbers.alias("record_number")), frame.height, read, _NO_REJECTS)
        except (pa.ArrowException, OSError):
            raise self._damaged from None


class CsvTable:
    """A CSV file with any usual delimiter and encoding; ``size`` is in bytes.

    Lines with too many or too few cells are rejected one by one. Raises UnreadableSource when quotes never close.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._path = source.path
        if not is_utf8(source.path):
            self._path = write_utf8(source.scratch.new_file(), decoded_chunks(source.path))
        self._header = _header(self._path)
        self.columns = _told_apart(self._header.names)
        self.size = self._path.stat().st_size

    def chunks(self, columns: list[str]) -> Iterator[Chunk]:
        """The given columns of every line."""
        if self._header.is_all:
            return
        read = 0
        broken: deque[tuple[int, str]] = deque()
        with self._path.open("rb", buffering=0) as file:
            try:
                for blocks in _by_rows(self._blocks(file, columns, broken)):
                    chunk = self._chunk(pa.Table.from_batches(blocks), read, file.tell(), broken)
                    read += chunk.records
                    yield chunk
            except pa.ArrowException:
                sentence = mark(
                    "Le fichier CSV {name} est mal formé après l’enregistrement {record} : "
                    "un guillemet n’est sans doute pas refermé."
                )
                raise self._source.refusal(sentence, record=read) from None
        if broken:
            nothing = pa.table({name: pa.array([], pa.string()) for name in columns})
            yield self._chunk(nothing, read, self.size, broken)

    def _blocks(self, file: BinaryIO, columns: list[str], broken: deque[tuple[int, str]]) -> Iterator[pa.RecordBatch]:
        def put_aside(line: pyarrow.csv.InvalidRow) -> str:
            broken.append((line.number - self._header.lines, line.text))
            return "skip"

        return pyarrow.csv.open_csv(
            file,
            pyarrow.csv.ReadOptions(
                column_names=self.columns,
                skip_rows=self._header.lines,
                block_size=_CSV_BLOCK_BYTES,
                use_threads=False,  # or broken lines come without their number
            ),
            pyarrow.csv.ParseOptions(
                delimiter=self._header.delimiter, newlines_in_values=True, invalid_row_handler=put_aside
            ),
            pyarrow.csv.ConvertOptions(
                include_columns=columns,
                column_types=dict.fromkeys(self.columns, pa.string()),
                null_values=[""],
                strings_can_be_null=True,
                check_utf8=False,
            ),
        )

    def _chunk(self, lines: pa.Table, read: int, position: int, broken: deque[tuple[int, str]]) -> Chunk:
        rejects = []
        while broken and broken[0][0] - read - len(rejects) <= max(lines.num_rows, 1):
            number, text = broken.popleft()
            rejects.append((self._source.source_id, number, "record", "unreadable_record", text))
        records = lines.num_rows + len(rejects)
        numbers = pl.int_range(read + 1, read + records + 1, dtype=pl.Int64, eager=True)
        sound = numbers.filter(~numbers.is_in([reject[1] for reject in rejects]))
        return Chunk(
            pl.DataFrame(pl.from_arrow(lines)).with_columns(sound.alias("record_number")),
            records,
            position,
            pl.DataFrame(rejects, schema=_NO_REJECTS.schema, orient="row"),
        )


@dataclass(frozen=True)
class _Header:
    """What the first lines say. ``lines`` is how many they are, ``is_all`` that nothing follows them."""

    delimiter: str
    names: list[str]
    lines: int
    is_all: bool


def _header(path: Path) -> _Header:
    """The header as read with the delimiter that finds the most columns."""
    with path.open("rb") as file:
        head = decoded(file.read(_HEADER_BYTES))
    found = []
    for delimiter in _DELIMITERS:
        lines = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
        names = next(lines)
        found.append(_Header(delimiter, names, lines.line_num, next(lines, None) is None))
    return max(found, key=lambda header: len(header.names))


def _told_apart(header: list[str]) -> list[str]:
    """Names of columns without spaces around; a second one of the same name has its rank added."""
    names = [name.strip() or f"column_{rank}" for rank, name in enumerate(header, start=1)]
    return [f"{name}_{rank}" if name in names[: rank - 1] else name for rank, name in enumerate(names, start=1)]


def _by_rows(blocks: Iterator[pa.RecordBatch]) -> Iterator[list[pa.RecordBatch]]:
    """Blocks put together until they make a batch."""
    waiting: list[pa.RecordBatch] = []
    for block in blocks:
        waiting.append(block)
        if sum(each.num_rows for each in waiting) >= BATCH_ROWS:
            yield waiting
            waiting = []
    if waiting:
        yield waiting


def _text(frame: pl.DataFrame) -> pl.DataFrame:
    """Every column as text; lists joined, objects as JSON, empty text as null."""
    odd = [name for name, dtype in frame.schema.items() if not _has_words(dtype)]
    said = [pl.Series(name, list(map(_said, frame[name].to_list())), dtype=pl.String) for name in odd]
    return frame.with_columns(said).pipe(_written)


def _has_words(dtype: pl.DataType) -> bool:
    """Whether columns of this type become text by themselves; nobody publishes the others, but a schema may change."""
    if isinstance(dtype, pl.Struct):
        return all(_has_words(field.dtype) for field in dtype.fields)
    if isinstance(dtype, pl.List):
        return not dtype.inner.is_nested() and _has_words(dtype.inner)
    return not dtype.is_nested() and dtype not in (pl.Binary, pl.Duration, pl.Object)


def _said(value: object) -> str | None:
    """A value of an odd type: bytes as text, the pieces of lists joined."""
    return text(msgspec.to_builtins(value, builtin_types=(bytes,)))


def _written(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(_as_text(name, dtype) for name, dtype in frame.schema.items()).with_columns(
        pl.when(pl.all() != "").then(pl.all())
    )


def _as_text(name: str, dtype: pl.DataType) -> pl.Expr:
    column = pl.col(name)
    if isinstance(dtype, pl.List):
        return column.cast(pl.List(pl.String)).list.join(LIST_SEPARATOR, ignore_nulls=True)
    if isinstance(dtype, pl.Struct):
        return pl.when(column.is_not_null()).then(column.struct.json_encode())
    return column.cast(pl.String)
