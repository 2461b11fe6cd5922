"""What the loaders promise at national size, measured: an edition from the tabular file, rows from 1 GB of JSON."""

from collections.abc import Callable
from pathlib import Path

from benchmarks import inputs
from benchmarks.measure import Cost, run
from benchmarks.report import Figure, as_markdown, machine

EDITION_SECONDS, EDITION_GB = 90, 2
JSON_MB_PER_SECOND, JSON_ANONYMOUS_MB = 80, 300
TIMES_IJSON = 3
_NATIONAL = 1.0
_ROUNDS = 3
_READ_BYTES = 16_000_000


def editions(times: float, ten: bool, say: Callable[[str], None]) -> list[Figure]:
    """Build an edition of a tenth of ``times`` the country, of ``times``, and of ten times it when ``ten``."""
    sizes = _sizes(times, ten)
    for size in sizes:
        say(f"file, {size:g} times the country")
        inputs.tabular_file(size)
    return [_of_edition(_run("edition", size, say)) for size in sizes]


def json_files(times: float, ten: bool, say: Callable[[str], None]) -> list[Figure]:
    """Read JSON files of these sizes to rows on disk, and that of ``times`` beside ijson."""
    sizes = _sizes(times, ten)
    for size in sizes:
        say(f"JSON, {size:g} GB")
        inputs.json_file(size)
    staged = [_of_json(_run("json_rows", size, say)) for size in sizes]
    return [*staged, _beside_ijson(*_in_turn(("json_reader", "json_ijson"), times, say))]


def editions_section(figures: list[Figure]) -> str:
    """The section of docs/performance.md on editions."""
    return f"""## From the public file to an edition

{machine()}

{as_markdown(figures)}

Times are from the call to the result, peak memory is what the system counted for the process (mapped files included).
The load average is the machine's when the measure ended: two cores that do nothing else show at most 2. One line a size
is the growth curve."""


def json_section(figures: list[Figure]) -> str:
    """The section of docs/performance.md on JSON."""
    return f"""## From JSON to raw rows

{machine()}

{as_markdown(figures)}

Times and loads are counted as above; anonymous memory is without the pages of mapped files, sampled every 20 ms. A file
is read through once before it is measured, so that the system holds it; both readers of the last line run in turn, and
each is the median of {_ROUNDS}.

ijson gives dictionaries, of which rows are made in our general way; our reader takes that way only for contracts that
are not written as the schema says. The rows of both are compared."""


def _sizes(times: float, ten: bool) -> list[float]:
    return [times / 10, times, *([times * 10] if ten else [])]


def _in_turn(tasks: tuple[str, ...], size: float, say: Callable[[str], None]) -> list[Cost]:
    """The median run of each task, run in turn: what slows the machine for a while slows them all."""
    rounds = [[_run(task, size, say) for task in tasks] for _ in range(_ROUNDS)]
    return [sorted(costs, key=lambda cost: cost.seconds)[_ROUNDS // 2] for costs in zip(*rounds, strict=True)]


def _run(task: str, size: float, say: Callable[[str], None]) -> Cost:
    if task.startswith("json"):
        _read_through(inputs.json_file(size))
    cost = run(task, size)
    say(f"{task}, {size:g} times: {cost.seconds:.1f} s, peak {cost.peak_bytes / 1e6:.0f} MB, load {cost.load:.1f}")
    return cost


def _read_through(path: Path) -> None:
    """Have the system hold the file, as far as it can: a reader is measured, not a disk."""
    with path.open("rb", buffering=0) as file:
        while file.read(_READ_BYTES):
            pass


def _of_edition(cost: Cost) -> Figure:
    is_national = cost.times == _NATIONAL
    return Figure(
        f"tabular file → edition, {cost.done['rows'] / 1e6:.2f} M rows, {cost.done['contracts'] / 1e6:.2f} M contracts",
        f"{cost.seconds:.0f} s, peak {cost.peak_bytes / 1e9:.2f} GB",
        f"≤ {EDITION_SECONDS} s, ≤ {EDITION_GB} GB" if is_national else "–",
        holds=(cost.seconds <= EDITION_SECONDS and cost.peak_bytes <= EDITION_GB * 1e9) if is_national else None,
        note=f"{cost.done['cpu_seconds']:.0f} s of processor; {_load(cost)}",
    )


def _of_json(cost: Cost) -> Figure:
    anonymous = cost.done["anonymous_bytes"] / 1e6
    speed = cost.megabytes_per_second
    return Figure(
        f"JSON 2022 → raw rows on disk, {cost.done['bytes'] / 1e6:.0f} MB, {cost.done['rows'] / 1e6:.2f} M rows",
        f"{speed:.0f} MB/s, anonymous {anonymous:.0f} MB",
        f"≥ {JSON_MB_PER_SECOND} MB/s, ≤ {JSON_ANONYMOUS_MB} MB",
        holds=speed >= JSON_MB_PER_SECOND and anonymous <= JSON_ANONYMOUS_MB,
        note=f"{cost.done['cpu_seconds']:.0f} s of processor; {_load(cost)}",
    )


def _beside_ijson(ours: Cost, peer: Cost) -> Figure:
    ratio = peer.seconds / ours.seconds
    same = all(ours.done[key] == peer.done[key] for key in ("rows", "digest"))
    return Figure(
        f"the same JSON to rows in memory, {ours.done['bytes'] / 1e6:.0f} MB",
        f"{ours.megabytes_per_second:.0f} MB/s, {ratio:.1f} × ijson",
        f"≥ {TIMES_IJSON} × ijson, same rows",
        beside=f"ijson yajl2_c: {peer.megabytes_per_second:.0f} MB/s, {'the same' if same else '**other**'} rows",
        holds=ratio >= TIMES_IJSON and same,
        note=f"{peer.done['cpu_seconds'] / ours.done['cpu_seconds']:.1f} × in time of the processor; {_load(peer)}",
    )


def _load(cost: Cost) -> str:
    return f"load {cost.load:.1f}"
