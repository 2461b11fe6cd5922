"""Readers hold a window of their input, never the input: six times as much to read takes no more memory."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.generate import write_json, write_tabular

SMALL_BYTES, LARGE_BYTES = 10_000_000, 60_000_000
SMALL_CONTRACTS, LARGE_CONTRACTS = 60_000, 200_000
MOST_GROWTH_BYTES = 40_000_000
ROOT = Path(__file__).parents[3]
READ = """
import json, sys
from pathlib import Path
from benchmarks.memory import AnonymousMemory
from loaders.read import open_source
with AnonymousMemory() as memory:
    kept = []
    for batch in open_source(Path(sys.argv[1]), "test").batches:
        if sys.argv[2] == "keep":
            kept.append(batch)
print(json.dumps(memory.peak_bytes))
"""


def peak_of_reading(path, then="drop"):
    """The most anonymous memory, in bytes, of a process that reads ``path`` and drops, or keeps, what it has read."""
    run = subprocess.run([sys.executable, "-c", READ, path, then], cwd=ROOT, capture_output=True, text=True, check=True)
    return json.loads(run.stdout)


@pytest.fixture(scope="module")
def json_files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("json")
    for size in (SMALL_BYTES, LARGE_BYTES):
        write_json(folder / f"{size}.json", size)
    return folder / f"{SMALL_BYTES}.json", folder / f"{LARGE_BYTES}.json"


@pytest.mark.xdist_group("memory")
def test_json_is_read_in_memory_that_does_not_grow_with_the_file(json_files):
    small, large = map(peak_of_reading, json_files)
    assert large - small < MOST_GROWTH_BYTES


@pytest.mark.xdist_group("memory")
def test_a_reader_that_held_its_input_would_be_seen(json_files):
    _, large = json_files
    assert peak_of_reading(large, "keep") - peak_of_reading(large) > MOST_GROWTH_BYTES


@pytest.mark.xdist_group("memory")
def test_the_tabular_file_is_read_in_memory_that_does_not_grow_with_it(tmp_path):
    small, large = tmp_path / "small.parquet", tmp_path / "large.parquet"
    write_tabular(small, SMALL_CONTRACTS)
    write_tabular(large, LARGE_CONTRACTS)
    assert peak_of_reading(large) - peak_of_reading(small) < MOST_GROWTH_BYTES
