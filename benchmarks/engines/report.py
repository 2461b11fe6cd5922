"""Our answers beside those of DuckDB and pandas, with how fast each was."""

from collections.abc import Callable

from benchmarks.engines.compare import Compared, compared, duckdb_table, search
from benchmarks.inputs import national_edition
from benchmarks.report import Figure, as_markdown, load, machine
from benchmarks.serve_questions import percentile
from web.warm import answer_from_memory

TIMES_DUCKDB, TIMES_PANDAS = 2, 10
SEARCH_MS = 300
_ENGINES = ("ours", "duckdb", "pandas")


def measured(times: float, rounds: int, say: Callable[[str], None]) -> list[Figure]:
    """Every compared question on the edition of ``times`` the country: those of each selection, then one by one."""
    edition = national_edition(times)
    answer_from_memory()
    found = []
    with duckdb_table(edition) as connection:
        for one in compared(edition, connection, rounds):
            found.append(one)
            say(f"{_figure(one)}")
        word, titles = search(edition, connection, rounds)
    selections = dict.fromkeys(one.selection for one in found)
    of_selections = [_together(name, [one for one in found if one.selection == name]) for name in selections]
    return [_together("all", found), *of_selections, *map(_figure, found), _sought(word, titles)]


def section(figures: list[Figure]) -> str:
    """The section of docs/performance.md."""
    return f"""## The same questions asked of DuckDB and pandas

{machine()}

{as_markdown(figures)}

The line of a question is the 95th percentile of its rounds. The first lines, which the promise is about, are the 95th
percentile of all questions, and of those under one selection: digital purchases, the whole country, one ministry over
four years (some nine thousand awards of the whole country), one vendor. DuckDB answers from a table of its own file
with the same verdicts and texts prepared, pandas from a frame in memory. Answers are compared value by value, in the
columns of a page that all three can tell; ours tell all that the page shows, and none is one that was kept. Left out
are the questions that also read our tables of references (alternatives, cases, the chain of control, reconciliation) or
what the edition's manifest says.

Of few awards pandas needs some milliseconds, and ten times as fast would be less than one: to ask Polars anything takes
about one, whatever it reads."""


def _together(selection: str, found: list[Compared]) -> Figure:
    ours, duckdb, pandas = (percentile([getattr(one, engine) for one in found], 95) for engine in _ENGINES)
    is_same = all(one.is_same for one in found)
    slower = {
        f"{times} × {engine}": sum(getattr(one, engine) < times * one.ours for one in found)
        for engine, times in (("duckdb", TIMES_DUCKDB), ("pandas", TIMES_PANDAS))
    }
    below = ", ".join(f"{count} below {target}" for target, count in slower.items())
    return Figure(
        f"{len(found)} questions, {selection}",
        f"p95 {ours:.1f} ms",
        f"≥ {TIMES_DUCKDB} × DuckDB, ≥ {TIMES_PANDAS} × pandas, same answers",
        _beside(ours, duckdb, pandas),
        is_same and duckdb >= TIMES_DUCKDB * ours and pandas >= TIMES_PANDAS * ours,
        f"{_same(is_same)}; one by one, {below}; {load()}",
    )


def _figure(one: Compared) -> Figure:
    beside = _beside(one.ours, one.duckdb, one.pandas)
    return Figure(f"{one.name}, {one.selection}", f"p95 {one.ours:.1f} ms", beside=beside, note=_same(one.is_same))


def _beside(ours: float, duckdb: float, pandas: float) -> str:
    return f"DuckDB {duckdb:.0f} ms ({duckdb / ours:.1f} ×), pandas {pandas:.0f} ms ({pandas / ours:.1f} ×)"


def _same(is_same: bool) -> str:
    return f"{'same' if is_same else '**other**'} answers"


def _sought(word: Compared, titles_ms: float) -> Figure:
    return Figure(
        f"contracts that {word.name} finds, of all",
        f"p95 {word.ours:.0f} ms",
        f"≤ {SEARCH_MS} ms",
        f"DuckDB LIKE on the same text {word.duckdb:.0f} ms, ILIKE on titles alone {titles_ms:.0f} ms",
        word.is_same and word.ours <= SEARCH_MS,
        load(),
    )
