"""Results as tables: in the terminal, and as a section of docs/performance.md."""

import os
import platform
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rich.table import Table

from benchmarks.folder import ROOT

PAGE = ROOT / "docs" / "performance.md"
_HEAD = """# Performance

Figures of `python -m benchmarks`, on made-up national files with the distributions of the real ones. Each section is
written by the command that measured it, with its date and its machine; nothing here is typed by hand.
"""


@dataclass(frozen=True)
class Figure:
    """One measure beside what it should be. ``holds`` is None where there is no target."""

    what: str
    measured: str
    target: str = "–"
    beside: str = "–"
    holds: bool | None = None
    note: str = ""

    @property
    def sign(self) -> str:
        """Whether the target is held, in a word."""
        return {True: "holds", False: "**missed**", None: ""}[self.holds]


def machine() -> str:
    """When and on what: the day, the processor, its cores, the memory, the versions that matter."""
    import polars
    import pyarrow

    model = next(
        (line.partition(": ")[2] for line in _cpu_lines() if line.startswith("model name")), platform.machine()
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC · {model} · {len(os.sched_getaffinity(0))} cores · {memory:.0f} GB · "
        f"Python {platform.python_version()} · Polars {polars.__version__} · PyArrow {pyarrow.__version__}"
    )


def load() -> str:
    """The load of the machine in the last minute, as a note says it."""
    return f"load {os.getloadavg()[0]:.1f}"


def _cpu_lines() -> list[str]:
    info = Path("/proc/cpuinfo")
    return info.read_text(encoding="utf-8").splitlines() if info.is_file() else []


def shown(figures: Iterable[Figure]) -> Table:
    """The figures for the terminal."""
    table = Table("what", "measured", "to reach", "", "beside", "note")
    for one in figures:
        table.add_row(one.what, one.measured, one.target, one.sign.strip("*"), one.beside, one.note)
    return table


def as_markdown(figures: Iterable[Figure]) -> str:
    """The figures for docs/performance.md."""
    head = "| what | measured | to reach | | beside | note |\n|---|---|---|---|---|---|"
    rows = [
        f"| {one.what} | {one.measured} | {one.target} | {one.sign} | {one.beside} | {one.note} |" for one in figures
    ]
    return "\n".join([head, *rows])


def write_section(name: str, text: str) -> str:
    """Put ``text`` between the marks of section ``name`` of docs/performance.md; returns a sentence that says so."""
    begin, end = f"<!-- begin {name} -->", f"<!-- end {name} -->"
    page = PAGE.read_text(encoding="utf-8") if PAGE.is_file() else _HEAD
    before, found, rest = page.partition(begin)
    after = rest.partition(end)[2] if found else "\n"
    PAGE.write_text(f"{before.rstrip()}\n\n{begin}\n{text.strip()}\n{end}{after.rstrip()}\n", encoding="utf-8")
    return f"{PAGE.relative_to(ROOT)}: {name}"
