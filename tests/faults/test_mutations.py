"""Thousands of real records made wrong, through every reader and to the end of an edition.

``NUAGES_MUTATIONS`` says how many (``make fuzz``: 20 000); the suite takes a tenth.
"""

import csv
import io
import json
import os
import random
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import ceil
from pathlib import Path

import msgspec
import polars as pl
import pytest

from loaders.build import Plan, build
from loaders.errors import UnreadableSource
from loaders.sources import local_file
from tests.faults.fates import nothing_is_run, read_with_every_fate
from tests.faults.mutations import wrong_bytes, wrong_object, wrong_row

MUTATIONS = int(os.environ.get("NUAGES_MUTATIONS", "2000"))
IN_ONE_FILE = 250
PART_IN_BYTES = 5
"""One mutation in so many is of bytes, with a file of its own; the others are of records."""
RECORDS_UNDER_WRONG_BYTES = 5
SOUND_EVERY = 10
SOUND = "9999SOUND"

Record = dict


def _objects_2019(folder: Path) -> list[Record]:
    with zipfile.ZipFile(folder / "decp_2019_json/data.gouv.fr_aife_json_2019-04-04.zip") as archive:
        return json.loads(archive.read("data.gouv.fr_aife.json"))["marches"]


def _objects_2022(folder: Path) -> list[Record]:
    return json.loads((folder / "decp_2022_json/decp_2024_paris.json").read_bytes())


def _tabular_rows(folder: Path) -> list[Record]:
    return _text_rows(pl.read_parquet(folder / "decp_tabular/decp_2026-08-19_61rows_64cols.parquet"))


def _flattened_rows(folder: Path) -> list[Record]:
    return _text_rows(
        pl.read_csv(folder / "decp_tabular/decp_2019_flattened_10000.csv", infer_schema=False, n_rows=400)
    )


def _boamp_rows(folder: Path) -> list[Record]:
    return _text_rows(pl.read_parquet(folder / "boamp/boamp_awards_2019-09_2020-12.parquet", n_rows=600))


def _text_rows(frame: pl.DataFrame) -> list[Record]:
    return frame.with_columns(pl.all().cast(pl.String)).to_dicts()


def _as_json(records: list) -> bytes:
    return msgspec.json.encode({"marches": records})


def _as_csv(rows: list[Record]) -> bytes:
    written = io.StringIO(newline="")
    writer = csv.DictWriter(written, list(rows[0]), quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue().replace("\0", "").encode()


def _as_parquet(rows: list[Record]) -> bytes:
    written = io.BytesIO()
    pl.DataFrame(rows, schema=dict.fromkeys(rows[0], pl.String)).write_parquet(written)
    return written.getvalue()


@dataclass(frozen=True)
class Shape:
    """One format: its real records, how one is made wrong, and how they are written."""

    records: Callable[[Path], list[Record]]
    wronged: Callable[[Record, random.Random], object]
    written: Callable[[list], bytes]
    number: str


SHAPES = {
    "JSON 2019": Shape(_objects_2019, wrong_object, _as_json, "id"),
    "JSON 2022": Shape(_objects_2022, wrong_object, _as_json, "id"),
    "tabular CSV": Shape(_tabular_rows, wrong_row, _as_csv, "id"),
    "tabular Parquet": Shape(_tabular_rows, wrong_row, _as_parquet, "id"),
    "2019 flattened CSV": Shape(_flattened_rows, wrong_row, _as_csv, "id"),
    "BOAMP": Shape(_boamp_rows, wrong_row, _as_parquet, "idweb"),
}


_OF_EACH_SHAPE = ceil(MUTATIONS / len(SHAPES))
OF_BYTES = ceil(_OF_EACH_SHAPE / PART_IN_BYTES)
OF_RECORDS = _OF_EACH_SHAPE - OF_BYTES


def _files(shape: Shape, real: list[Record], chance: random.Random) -> Iterator[tuple[list, list[Record]]]:
    """Files of wrong records with a sound one among ten: all records, and the sound ones among them."""
    left = OF_RECORDS
    while left > 0:
        wronged = [shape.wronged(chance.choice(real), chance) for _ in range(min(IN_ONE_FILE, left))]
        left -= len(wronged)
        sound = [chance.choice(real) | {shape.number: f"{SOUND}{rank}"} for rank in range(len(wronged) // SOUND_EVERY)]
        mixed = list(wronged)
        for rank, record in enumerate(sound):
            mixed.insert(rank * (SOUND_EVERY + 1), record)
        yield mixed, sound


def _of_sound_records(rows: pl.DataFrame) -> list[tuple]:
    """What was read of the sound ones, whatever their rank in the file."""
    is_sound = pl.any_horizontal(pl.col("internal_id", "uid").str.contains(SOUND))
    return rows.filter(is_sound).drop("record_number").rows()


@pytest.mark.parametrize("name", SHAPES)
def test_wrong_records_all_have_a_fate_and_leave_the_sound_ones_alone(name, real_files, tmp_path):
    shape = SHAPES[name]
    chance = random.Random(f"records of {name}")
    for mixed, sound in _files(shape, shape.records(real_files), chance):
        alone, path = tmp_path / "alone", tmp_path / "source"
        alone.write_bytes(shape.written(sound))
        path.write_bytes(shape.written(mixed))
        with nothing_is_run():
            read = read_with_every_fate(path)
            edition = build(Plan([local_file(str(path))]), tmp_path / "edition", lambda *_: None)
        assert read.records == len(mixed)
        assert _of_sound_records(read.rows) == _of_sound_records(read_with_every_fate(alone).rows)
        counts = edition.manifest["counts"]
        assert counts["records_read"] == len(mixed)
        assert len(mixed) == counts["contracts_kept"] + counts["records_merged"] + counts["records_rejected"]


@pytest.mark.parametrize("name", SHAPES)
def test_wrong_bytes_are_read_record_by_record_or_refused_with_a_sentence(name, real_files, tmp_path):
    shape = SHAPES[name]
    chance = random.Random(f"bytes of {name}")
    real = shape.records(real_files)
    path = tmp_path / "source"
    refusals = []
    for _ in range(OF_BYTES):
        sound = shape.written([chance.choice(real) for _ in range(RECORDS_UNDER_WRONG_BYTES)])
        path.write_bytes(wrong_bytes(sound, chance) or b" ")
        try:
            with nothing_is_run():
                read_with_every_fate(path)
        except UnreadableSource as refusal:
            refusals.append(str(refusal))
    assert len(refusals) < OF_BYTES
    assert all("source" in sentence for sentence in refusals)
