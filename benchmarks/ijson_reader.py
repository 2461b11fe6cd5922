"""The peer's way to read JSON (ijson, backend yajl2_c), with our own rows made of its records."""

from collections.abc import Iterator
from pathlib import Path

import ijson.backends.yajl2_c as ijson
import polars as pl

from loaders.read.decp_json import gather_published
from loaders.read.json_batch import BATCH_ROWS, Gathering

_LISTS = {"marches.marche.item": False, "marches.contrat-concession.item": True}
_BUFFER_BYTES = 1 << 18


def batches(path: Path) -> Iterator[pl.DataFrame]:
    """The rows of a file of the 2022 schema, as ``loaders.read`` gives them."""
    gathering = Gathering("synthetic")
    for prefix, are_concessions in _LISTS.items():
        with path.open("rb") as file:
            for record in ijson.items(file, prefix, buf_size=_BUFFER_BYTES):
                gathering.begin_record()
                gather_published(record, are_concessions, gathering)
                gathering.settle()
                if gathering.waiting >= BATCH_ROWS:
                    yield gathering.batch(0).rows
    if gathering.waiting:
        yield gathering.batch(0).rows
