"""Windows over a JSON list: every record once, in little memory."""

import json
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.read import json_records, open_source
from loaders.read.json_records import RecordList, value_of, windows
from loaders.read.source import Source
from tests.loaders.read.reading import USUAL

SOURCE = Source(Path("file"), "test", "file")
VALUES = st.recursive(
    st.none() | st.integers() | st.text(alphabet='{}[],:"\\ idé', max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "objet", "a"]), inner, max_size=3)
    ),
)


def values_of_windows(text: bytes) -> list[list[object]]:
    return [[value_of(record, SOURCE) for record in run] for run, _ in windows(RecordList(text, False, SOURCE))]


@settings(max_examples=200)
@given(st.lists(VALUES, max_size=30), st.integers(2, 64), st.sampled_from([None, 1]))
def test_windows_hold_each_record_once(records, size, indent):
    """Whatever the texts look like, and however small the window."""
    text = json.dumps(records, indent=indent).encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_records, "WINDOW_BYTES", size)
        found = [record for run in values_of_windows(text) for record in run]
    assert found == records


def test_a_record_larger_than_a_window_is_read(monkeypatch):
    monkeypatch.setattr(json_records, "WINDOW_BYTES", 64)
    records = [{"id": 1, "objet": "x" * 5000}, {"id": 2}]
    assert values_of_windows(json.dumps(records).encode()) == [records]


def _peak_bytes(path) -> int:
    tracemalloc.start()
    for _ in open_source(path, "test").batches:
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


@pytest.mark.parametrize("fault", ["", "NaN"], ids=["sound", "to be repaired"])
def test_memory_does_not_grow_with_the_file(tmp_path, monkeypatch, fault):
    """Eight times the file, the same peak: a source may be larger than the machine's memory."""
    monkeypatch.setattr("loaders.read.decp_json.BATCH_ROWS", 500)
    monkeypatch.setattr("loaders.read.encoding._CHUNK_BYTES", 1 << 16)
    record = json.dumps(USUAL | {"objet": "x" * 1000, "tauxAvance": fault}).replace('"NaN"', "NaN")
    peaks = []
    for rank, count in enumerate((1_000, 2_000, 16_000)):
        path = tmp_path / str(rank)
        path.write_text("[" + ",".join([record] * count) + "]")
        peaks.append(_peak_bytes(path))
    _warmed_up, small, large = peaks
    assert large < 1.2 * small
    assert large < path.stat().st_size / 3
