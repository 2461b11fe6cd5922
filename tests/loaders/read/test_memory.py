"""Readers hold a window of their input, never the input: six times as much to read takes no more memory."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.generate import write_json, write_tabular

SMALL_BYTES, LARGE_BYTES = 20_000_000, 120_000_000
SMALL_CONTRACTS, LARGE_CONTRACTS = 60_000, 200_000
JSON_GROWTH_BYTES, TABULAR_GROWTH_BYTES = 40_000_000, 80_000_000
"""Batches on their way and what allocators keep; less than what a reader that holds its input would add (below)."""

TRIES = 3

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
    small, large = (tmp_path_factory.mktemp("json") / f"{size}.json" for size in (SMALL_BYTES, LARGE_BYTES))
    write_json(small, SMALL_BYTES)
    write_json(large, LARGE_BYTES)
    return small, large


@pytest.fixture(scope="module")
def tabular_files(tmp_path_factory):
    small, large = (tmp_path_factory.mktemp("tabular") / f"{size}.parquet" for size in (1, 2))
    write_tabular(small, SMALL_CONTRACTS)
    write_tabular(large, LARGE_CONTRACTS)
    return small, large


CASES = [("json_files", JSON_GROWTH_BYTES), ("tabular_files", TABULAR_GROWTH_BYTES)]


@pytest.mark.xdist_group("memory")
@pytest.mark.parametrize(("files", "most_growth"), CASES)
def test_memory_does_not_grow_with_the_file_and_would_if_the_reader_held_it(files, most_growth, request):
    small, large = request.getfixturevalue(files)
    # What allocators keep varies from one process to the next; a reader that grew would grow each time
    growths = (peak_of_reading(large) - peak_of_reading(small) for _try in range(TRIES))
    assert any(growth < most_growth for growth in growths)
    assert peak_of_reading(large, "keep") - peak_of_reading(large) > most_growth
