"""Any published format, turned into the same raw rows: one module a format, everything streamed.

The format is read from the content of the file, never from its name.
"""

from pathlib import Path

from language import mark
from loaders.read.batch import Reading
from loaders.read.bounds import Allowance
from loaders.read.container import ReleasedBatches, gunzipped, read_zip
from loaders.read.content import Content, content_of
from loaders.read.decp_json import read_decp_json
from loaders.read.source import Scratch, Source
from loaders.read.tables import read_csv, read_parquet

__all__ = ["open_source"]

_DEEPEST_ARCHIVE = 3
_READERS = {Content.JSON: read_decp_json, Content.PARQUET: read_parquet, Content.CSV: read_csv}


def open_source(path: Path, source_id: str, mapping: Path | None = None, scratch: Path | None = None) -> Reading:
    """Begin to read ``path``; the batches of the reading stream in memory that does not grow with the file.

    Formats: ``decp-tabular-parquet``, ``decp-tabular-csv``, ``decp-json-2019``, ``decp-json-2022``, ``awards-table``;
    any of them in gzip or zip. ``mapping`` is the TOML file of an awards table whose columns are not known here (see
    ``loaders.read.mapping``); it changes nothing for the other formats. Temporary copies are made in ``scratch`` (the
    system's folder for them by default) and go when the batches are exhausted or closed. Raises UnreadableSource, here
    or from the batches, when the file is absent, damaged or of no known format.
    """
    source = Source(path, source_id, path.name, mapping, Scratch(scratch), Allowance.of(path))
    try:
        reading = _open(source, _DEEPEST_ARCHIVE)
    except BaseException:
        source.scratch.close()
        raise
    reading.batches = ReleasedBatches(reading.batches, source.scratch)
    return reading


def _open(source: Source, archives_left: int) -> Reading:
    content = content_of(source)
    if content in _READERS:
        return _READERS[content](source)
    if not archives_left:
        raise source.refusal(
            mark("L’archive {name} en contient d’autres, trop emboîtées : donnez le fichier lui-même.")
        )
    if content is Content.GZIP:
        return _open(gunzipped(source), archives_left - 1)
    return read_zip(source, lambda member: _open(member, archives_left - 1))
