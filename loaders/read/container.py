"""Compressed files: unwrapped into temporary copies that go when they are read."""

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import PurePosixPath
from typing import IO

import polars as pl

from language import mark
from loaders.errors import UnreadableSource
from loaders.read.batch import RawBatch, Reading
from loaders.read.bounds import LARGEST_DIRECTORY_BYTES, LARGEST_RATIO, MOST_MEMBERS, Allowance, Exceeded
from loaders.read.source import Scratch, Source

_DAMAGED = mark("L’archive {name} est abîmée ou incomplète : téléchargez-la de nouveau.")
_TOO_MUCH = mark(
    "L’archive {name} se déploie en trop de fichiers ou en trop de données (au plus {members} fichiers et {ratio} fois "
    "sa taille) : elle est refusée et rien n’en est gardé. Donnez le fichier décompressé."
)
_UNPACKED_AT_ONCE = 1 << 16
_BOUNDED_COMPRESSIONS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
"""The others unfold whole in memory; nobody publishes with them."""
_NOT_DATA = {".txt", ".md", ".pdf", ".html", ".htm", ".doc", ".docx", ".xsd", ".url"}
_WORKBOOK_PARTS = {"xl/workbook.xml", "content.xml"}


class ReleasedBatches:
    """Batches whose temporary copies are removed when they end, fail, are closed or are forgotten."""

    def __init__(self, batches: Iterator[RawBatch], scratch: Scratch) -> None:
        self._batches = batches
        self._scratch = scratch

    def __iter__(self) -> "ReleasedBatches":
        return self

    def __next__(self) -> RawBatch:
        try:
            return next(self._batches)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Stop reading and remove the temporary copies."""
        self._batches = iter(())
        self._scratch.close()


def gunzipped(source: Source) -> Source:
    """The source inside a gzip file. Raises UnreadableSource when the archive is damaged or unfolds to too much."""
    copy = source.scratch.new_file()
    try:
        with gzip.open(source.path) as packed, copy.open("wb") as plain:
            _unpack(packed, plain, source.allowance)
    except (EOFError, gzip.BadGzipFile, zlib.error):
        raise source.refusal(_DAMAGED) from None
    except Exceeded:
        raise _too_much(source) from None
    return replace(source, path=copy)


def read_zip(source: Source, open_member: Callable[[Source], Reading]) -> Reading:
    """Read each data file of a zip archive in turn, as one source whose records go on being counted.

    The format is that of the first file; ``size`` is in bytes once unpacked. Raises UnreadableSource when the archive
    is damaged, protected, a spreadsheet, holds no data, or unfolds to too much.
    """
    members = _data_members(source)
    first = _opened(source, members[0], open_member)
    reading = Reading(
        format=first.reading.format,
        size=sum(member.file_size for member in members),
        batches=iter(()),
        missing_columns=list(first.reading.missing_columns),
    )
    rest = (_opened(source, member, open_member) for member in members[1:])
    reading.batches = _in_turn(chain([first], rest), reading.missing_columns, reading.unknown_columns)
    return reading


@dataclass(frozen=True)
class _Member:
    reading: Reading
    bytes: int
    scratch: Scratch


def _opened(source: Source, member: zipfile.ZipInfo, open_member: Callable[[Source], Reading]) -> _Member:
    scratch = source.scratch.part()
    return _Member(open_member(_extracted(source, member, scratch)), member.file_size, scratch)


def _in_turn(members: Iterable[_Member], missing: list[str], unknown: list[str]) -> Iterator[RawBatch]:
    records = unpacked = 0
    for member in members:
        inner = member.reading
        for batch in inner.batches:
            share = batch.position / inner.size if inner.size else 1
            yield _shifted(batch, records, unpacked + int(member.bytes * share))
            records += batch.records
        unpacked += member.bytes
        member.scratch.close()
        _add_new(missing, inner.missing_columns)
        _add_new(unknown, inner.unknown_columns)


def _add_new(names: list[str], more: list[str]) -> None:
    names.extend(name for name in more if name not in names)


def _shifted(batch: RawBatch, records: int, position: int) -> RawBatch:
    number = pl.col("record_number") + records
    return replace(
        batch,
        position=position,
        rows=batch.rows.with_columns(number),
        subcontracts=batch.subcontracts.with_columns(number),
        rejects=batch.rejects.with_columns(number),
    )


def _data_members(source: Source) -> list[zipfile.ZipInfo]:
    with _opened_zip(source) as archive:
        listed = archive.infolist()
        source.allowance.declare(len(listed), sum(member.file_size for member in listed))
    members = [member for member in listed if not member.is_dir()]
    if any(member.filename in _WORKBOOK_PARTS for member in members):
        raise source.refusal(mark("Le fichier {name} est un classeur de tableur : enregistrez-le en CSV."))
    data = [member for member in members if member.file_size and _is_data(PurePosixPath(member.filename))]
    if not data:
        raise source.refusal(mark("L’archive {name} ne contient aucun fichier de données."))
    return data


def _is_data(name: PurePosixPath) -> bool:
    """Not a notice, nor what operating systems leave in archives (``__MACOSX/``, ``.DS_Store``)."""
    hidden = any(part.startswith((".", "__MACOSX")) for part in name.parts)
    return not hidden and name.suffix.lower() not in _NOT_DATA


def _extracted(source: Source, member: zipfile.ZipInfo, scratch: Scratch) -> Source:
    copy = scratch.new_file()
    with _opened_zip(source) as archive:
        if member.compress_type not in _BOUNDED_COMPRESSIONS:
            raise NotImplementedError
        with archive.open(member) as packed, copy.open("wb") as plain:
            _unpack(packed, plain, source.allowance)
    return replace(source, path=copy, name=f"{source.name} › {member.filename}", scratch=scratch)


class _PatientFile(io.FileIO):
    """A file of which nobody reads a list of members longer than one may be."""

    def read(self, size: int = -1) -> bytes:
        if size > LARGEST_DIRECTORY_BYTES:
            raise Exceeded
        return super().read(size)


@contextmanager
def _opened_zip(source: Source) -> Iterator[zipfile.ZipFile]:
    """The archive; whatever is wrong with it becomes a refusal."""
    try:
        with _PatientFile(source.path) as file, zipfile.ZipFile(file) as archive:
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OverflowError):
        raise source.refusal(_DAMAGED) from None
    except (RuntimeError, NotImplementedError):
        raise source.refusal(
            mark("L’archive {name} est chiffrée ou compressée d’une façon inconnue : donnez le fichier décompressé.")
        ) from None
    except Exceeded:
        raise _too_much(source) from None


def _unpack(packed: IO[bytes], plain: IO[bytes], allowance: Allowance) -> None:
    while piece := packed.read(_UNPACKED_AT_ONCE):
        allowance.take(len(piece))
        plain.write(piece)


def _too_much(source: Source) -> UnreadableSource:
    return source.refusal(_TOO_MUCH, members=MOST_MEMBERS, ratio=LARGEST_RATIO)
