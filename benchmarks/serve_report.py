"""What the served pages promise with the national edition, measured: questions, visits, light pages."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from benchmarks import serve_measures
from benchmarks.inputs import national_edition
from benchmarks.report import Figure, as_markdown, load, machine
from benchmarks.serve_measures import Waited
from benchmarks.serve_questions import asked_by_pages, percentile, spent_on
from benchmarks.serve_server import observatory
from loaders.editions import Edition
from web.warm import answer_from_memory

QUESTION_MS, QUESTION_TEN_MS = 40, 120
CHANGE_MS, CHANGE_BYTES = 250, 150_000
START_SECONDS, MEMORY_MB, VISITOR_MB = 4, 700, 12
CROWD_MS, WARM_MS, COLD_MS = 300, 60, 300
LIGHT_MS, LIGHT_BYTES = 150, 60_000
_SLOWEST_NAMED = 6
_STARTS = 3


@dataclass(frozen=True)
class Scale:
    """How much is measured: rounds of a question, visitors and seconds of a crowd, readers of a shared link."""

    rounds: int = 9
    changes: int = 80
    visitors: int = 200
    crowd_seconds: float = 180
    plain_visitors: int = 50
    plain_seconds: float = 40
    readers: int = 2_000
    viral_seconds: float = 60
    links: int = 12
    light_pages: int = 40


QUICK = Scale(3, 30, 200, 75, 50, 25, 700, 21, 12, 15)


def measured(times: float, ten: bool, scale: Scale, say: Callable[[str], None]) -> list[Figure]:
    """Every measure on the edition of ``times`` the country; questions at a tenth, and at ten times when ``ten``."""
    sizes = [times / 10, times, *([times * 10] if ten else [])]
    editions = {size: _edition(size, say) for size in sizes}
    edition = editions[times]
    answer_from_memory()
    figures = [figure for size, asked in editions.items() for figure in _questions(asked, size, scale, say)]
    starts = [serve_measures.start(edition) for _ in range(_STARTS)]
    say(f"starts: {starts}")
    figures.append(_started(starts))
    with observatory(edition) as server:
        figures += _visits(server, scale, say)
    plain = _said(
        serve_measures.plain_crowd(edition, scale.plain_visitors, scale.plain_seconds), "plain Streamlit", say
    )
    return [*figures, _waited(f"the same clicks of {scale.plain_visitors} on plain Streamlit, Plotly Express", plain)]


def section(figures: list[Figure]) -> str:
    """The section of docs/performance.md."""
    return f"""## Serving the national edition

{machine()}

{as_markdown(figures)}

Questions are those that every page asks, recorded by drawing every page with and without filters, each worked out anew
(answers kept for other readers are not used) in one process; lines of a tenth and of ten times the country are the
growth curve. Visitors speak Streamlit's own protocol over WebSocket from another process, on real pages with filters
drawn from a seed: a view lasts from the request to the end of the script, and is whole when its footer came. Light
pages are read over HTTP with a connection each. The load average is the machine's when the measure ended; measuring and
serving share its cores: read times at a load above 2 as bounds. Pages of mapped files are those of the tables that were
read: all processes share them, and the system takes them back.

Sums (interval, verdicts, years, ministries, totals, quotas) and the lengths of lists come from the table `aggregates`
made with the edition, whatever the perimeter; coverage and delays of publication from the tables `known` and `delays`,
some ten thousand counts; flagged amounts from `flagged`; questions of groups, of named products and of verdicts that
leave presumed homes out (ends of contracts, what could move) from the table `notable`, whole contracts of which more is
known than a SIREN; a page of a list from the awards at its end. Vendors are ranked from the heaviest ones, whose awards
are held: the table `by_vendor`, in the order of what vendors weigh at most, is read as far as another one may weigh as
much as the last one shown; `vendor_texts` say which of them words may name. Vendors of ministries are added up from
`by_ministry`, where the awards of each stand together; the awards of ministries that a reader chooses in the whole
country are read whole for the first question and held, as far as they fit; what else is asked of ministries is read
where their awards stand in the file. Words are sought in the texts of all awards, folded beforehand: the rows that say
them are kept for the further questions of a page, and nothing else is read. Here they are sought for each question:
that is the scan that stays, with a promise of its own, and the questions of a page with words are above the others for
it. Holding all awards whole in memory would not fit in {MEMORY_MB} MB; the digital ones, which every page asks by
default, are held, the notable ones from when somebody asks for them. What was worked out once is kept for all readers,
up to a bound in bytes."""


def _edition(times: float, say: Callable[[str], None]) -> Edition:
    say(f"edition, {times:g} times the country")
    return national_edition(times)


def _questions(edition: Edition, times: float, scale: Scale, say: Callable[[str], None]) -> list[Figure]:
    target = {1.0: QUESTION_MS, 10.0: QUESTION_TEN_MS}.get(times)
    spent: dict[str, dict[str, list[float]]] = {"numerique": {}, "tout": {}}
    for asked, name in asked_by_pages(edition).items():
        is_whole = asked.selection is not None and asked.selection.perimeter == "tout"
        timings, _answer = spent_on(lambda asked=asked: asked.answer(edition), scale.rounds)
        spent["tout" if is_whole else "numerique"].setdefault(f"{asked.name} ({name})", []).extend(timings)
    return [_question_figure(times, perimeter, found, target, say) for perimeter, found in spent.items()]


def _question_figure(
    times: float, perimeter: str, found: dict[str, list[float]], target: int | None, say: Callable[[str], None]
) -> Figure:
    every = [spent for timings in found.values() for spent in timings]
    p95 = percentile(every, 95)
    slowest = sorted(found, key=lambda name: -percentile(found[name], 50))[:_SLOWEST_NAMED]
    named = ", ".join(f"{name} {percentile(found[name], 50):.0f}" for name in slowest)
    say(f"questions, {perimeter}, {times:g}: p50 {percentile(every, 50):.0f}, p95 {p95:.0f} ms; slowest: {named}")
    return Figure(
        f"{len(found)} questions of pages, {perimeter}, {times:g} × the country",
        f"p50 {percentile(every, 50):.0f}, p95 {p95:.0f} ms",
        f"p95 ≤ {target} ms" if target else "–",
        holds=p95 <= target if target else None,
        note=f"slowest (median ms): {named}; {load()}",
    )


def _started(starts: list[serve_measures.Start]) -> Figure:
    charts = sorted(start.chart_seconds for start in starts if start.chart_seconds)
    is_whole = len(charts) == len(starts)
    seconds, memory_mb = median(charts) if is_whole else None, max(start.memory_mb for start in starts)
    shown = f"{seconds:.1f} s" if is_whole else "no browser or no chart"
    each = ", ".join(f"{chart:.1f}" for chart in charts)
    return Figure(
        "process start → first chart in a browser",
        f"{shown}, memory {memory_mb:.0f} MB",
        f"≤ {START_SECONDS} s, ≤ {MEMORY_MB} MB",
        holds=is_whole and seconds <= START_SECONDS and memory_mb <= MEMORY_MB,
        note=f"median of {each} s; the server answers after {starts[-1].health_seconds:.1f} s; {load()}",
    )


def _visits(server: object, scale: Scale, say: Callable[[str], None]) -> list[Figure]:
    changes = _said(serve_measures.changes(server, scale.changes), "filter changes", say)
    visitor = serve_measures.memory_of_visitors(server, 40)
    say(f"memory of a visitor: {visitor:.1f} MB")
    light = _said(serve_measures.light_pages(server, scale.light_pages), "light pages", say)
    cold, warm, beside = serve_measures.viral(server, scale.readers, scale.viral_seconds, scale.links, 50)
    for name, waited in (("cold", cold), ("warm", warm), ("visitors beside", beside)):
        _said(waited, name, say)
    crowd = _said(serve_measures.crowd(server, scale.visitors, scale.crowd_seconds), "crowd", say)
    mapped_mb = server.mapped_mb
    own_mb = server.memory_mb - mapped_mb
    readers = f"{scale.readers} readers in {scale.viral_seconds:.0f} s on {scale.links} shared links"
    return [
        _waited("a filter change to a view that nobody asked for", changes, CHANGE_MS, CHANGE_BYTES),
        Figure(
            "memory for each further visitor", f"{visitor:.1f} MB", f"≤ {VISITOR_MB} MB", holds=visitor <= VISITOR_MB
        ),
        _waited("a light page rendered from nothing", light, LIGHT_MS, LIGHT_BYTES),
        _waited(f"{readers}, cold", cold, COLD_MS),
        _waited(f"{readers}, warm, while 50 visitors click", warm, WARM_MS),
        _waited("those 50 visitors meanwhile", beside, CROWD_MS),
        _waited(f"{scale.visitors} visitors who click every 8 s, {scale.crowd_seconds:.0f} s", crowd, CROWD_MS),
        Figure(
            "memory after all that",
            f"{own_mb:.0f} MB of its own, {mapped_mb:.0f} MB of mapped files",
            f"≤ {MEMORY_MB} MB of its own",
            holds=own_mb <= MEMORY_MB,
        ),
    ]


def _waited(what: str, waited: Waited, most_ms: int | None = None, most_bytes: int | None = None) -> Figure:
    in_time = most_ms is None or waited.p95 <= most_ms
    is_small = most_bytes is None or waited.most_bytes <= most_bytes
    targets = [f"p95 ≤ {most_ms} ms"] if most_ms else []
    targets += [f"≤ {most_bytes // 1000} kB"] if most_bytes else []
    return Figure(
        what,
        f"p50 {waited.median:.0f}, p95 {waited.p95:.0f} ms, at most {waited.most_bytes / 1000:.0f} kB",
        ", ".join(targets) or "–",
        holds=in_time and is_small and not waited.failed if most_ms else None,
        note=f"{waited.views} views, {waited.failed} failed; load {waited.load:.1f}",
    )


def _said(waited: Waited, what: str, say: Callable[[str], None]) -> Waited:
    say(f"{what}: {waited}")
    return waited
