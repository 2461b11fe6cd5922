"""What is measured, each in a process of its own: ``python -m benchmarks.task NAME TIMES`` prints what it cost."""

import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import polars as pl

from benchmarks import inputs
from benchmarks.folder import folder
from benchmarks.memory import AnonymousMemory, peak_bytes
from loaders.read import open_source
from loaders.stage import stage


def edition(times: float) -> dict:
    """Build the national edition from its tabular file; it stays, for those who measure what a server answers."""
    source = inputs.tabular_file(times)
    counts = inputs.build_edition(times).manifest["counts"]
    return {"rows": counts["records_read"], "contracts": counts["contracts_kept"], "bytes": source.stat().st_size}


def json_rows(times: float) -> dict:
    """Read a JSON file to the raw rows of an edition on disk, as the loaders do."""
    source = inputs.json_file(times)
    with tempfile.TemporaryDirectory(dir=folder()) as place:
        raw = Path(place) / "raw"
        stage(inputs.plan(source).files, raw, None, lambda *_: None)
        rows = pl.scan_parquet(raw / "rows.parquet").select(pl.len()).collect().item()
    return {"rows": rows, "bytes": source.stat().st_size}


def json_reader(times: float) -> dict:
    """Read a JSON file to raw rows in memory, batch by batch, and nothing else."""
    source = inputs.json_file(times)
    return _consumed(batch.rows for batch in open_source(source, "synthetic").batches) | {
        "bytes": source.stat().st_size
    }


def json_ijson(times: float) -> dict:
    """The same rows, with ijson (yajl2_c) in the place of our JSON reader."""
    from benchmarks.ijson_reader import batches

    source = inputs.json_file(times)
    return _consumed(batches(source)) | {"bytes": source.stat().st_size}


def _consumed(frames: Iterable[pl.DataFrame]) -> dict:
    rows = digest = 0
    for frame in frames:
        rows += frame.height
        digest ^= _digest(frame)
    return {"rows": rows, "digest": f"{digest:016x}"}


def _digest(frame: pl.DataFrame) -> int:
    """The same for the same rows, however they come in batches."""
    return frame.hash_rows(seed=1).to_frame("row").select(pl.col("row").bitwise_xor()).item() or 0


TASKS: dict[str, Callable[[float], dict]] = {
    task.__name__: task for task in (edition, json_rows, json_reader, json_ijson)
}


def main(name: str, times: float) -> None:
    """Run a task and print, as JSON, what it did, in how many seconds, with how much memory of its own."""
    with AnonymousMemory() as memory:
        began, busy = time.perf_counter(), time.process_time()
        done = TASKS[name](times)
        cost = {"seconds": time.perf_counter() - began, "cpu_seconds": time.process_time() - busy}
    print(json.dumps(done | cost | {"anonymous_bytes": memory.peak_bytes, "peak_bytes": peak_bytes()}))


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
