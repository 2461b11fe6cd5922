"""An edition being assembled: where parts of its tables wait for the others, and how several are worked on at once."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

import polars as pl

RECORD = ["source_id", "record_number"]
PERIOD = "awards-of-"
"""How the names of the tables begin in which awards of one period are put."""
_PARTS_AT_ONCE = 3

_Part = TypeVar("_Part")
_Made = TypeVar("_Made")


@dataclass(frozen=True)
class Assembly:
    """Where the raw rows are, where the tables go, and what stays."""

    raw: Path
    folder: Path
    latest: date
    only_digital_or_state: bool

    @property
    def parts(self) -> Path:
        """Where parts of tables wait for the others."""
        return self.raw / "parts"

    def put(self, table: str, number: int, rows: pl.LazyFrame) -> None:
        """Write the part of ``table`` that comes from the slice ``number``."""
        rows.sink_ipc(self._path(table, number), compression="lz4")

    def part(self, table: str, number: int) -> pl.LazyFrame:
        """What was ``put`` there."""
        return pl.scan_ipc(self._path(table, number))

    def all_parts(self, table: str) -> pl.LazyFrame:
        """What was ``put`` of ``table``, in the order of slices."""
        return pl.scan_ipc(sorted(self.parts.glob(f"{table}-*.arrow")))

    def tables(self, beginning: str) -> list[str]:
        """The names with this ``beginning`` under which something was ``put``, in their order."""
        return sorted({path.stem.rpartition("-")[0] for path in self.parts.glob(f"{beginning}*.arrow")})

    def _path(self, table: str, number: int) -> Path:
        return self.parts / f"{table}-{number:04}.arrow"


def at_once(work: Callable[[_Part], _Made], parts: Iterable[_Part]) -> list[_Made]:
    """What ``work`` makes of each part, in their order, three parts at a time: they fill the pauses of each other."""
    with ThreadPoolExecutor(_PARTS_AT_ONCE) as pool:
        return list(pool.map(work, parts))


def ahead(work: Callable[[_Part], _Made], parts: Iterable[_Part]) -> Iterator[_Made]:
    """What ``work`` makes of each part, in their order: the next one is made while one is used, never more."""
    with ThreadPoolExecutor(1) as pool:
        coming: deque[Future[_Made]] = deque()
        for part in parts:
            coming.append(pool.submit(work, part))
            if len(coming) > 1:
                yield coming.popleft().result()
        yield from (made.result() for made in coming)


def in_memory() -> pl.Config:
    """The engine for parts that are in memory: the streaming one makes each expression again for each of its pieces."""
    return pl.Config(engine_affinity="in-memory")
