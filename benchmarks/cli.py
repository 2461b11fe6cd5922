"""The command line: what is measured, on what, beside what."""

from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console

app = typer.Typer(
    name="benchmarks",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    help=(
        "Measure the observatory on made-up national files and write docs/performance.md.\n\n"
        "Files are drawn from a seed with the distributions of the real ones, once, into `var/benchmarks` "
        "(`NUAGES_BENCHMARKS`). What is built from them is an edition of the kind `synthetic`, which no page ever "
        "shows. Every figure stands beside its target and, where there is one, beside what another reader needs for "
        "the same rows, measured in the same run.\n\n"
        "Examples:\n\n"
        "- everything that the loaders promise, at national size: `python -m benchmarks loaders`\n\n"
        "- a first idea in a minute: `python -m benchmarks loaders --times 0.05 --no-write`\n\n"
        "- growth up to ten times the country: `python -m benchmarks loaders --ten`\n\n"
        "- what a server answers, in some six minutes: `python -m benchmarks serve --quick`\n\n"
        "- the same questions asked of DuckDB and pandas: `python -m benchmarks engines`\n\n"
        "- only make the files: `python -m benchmarks generate --times 1`"
    ),
)
_console = Console()


@app.callback()
def _commands() -> None:
    """Keep commands by name however few there are."""


class Part(StrEnum):
    """What of the loaders is measured; each has a section of its own."""

    EDITIONS = "editions"
    JSON = "json"


@app.command(help="Time and memory from the national files to an edition, beside ijson for JSON.")
def loaders(
    times: Annotated[
        float, typer.Option(help="Size of the files: 1 is the country (3.24 M rows, 1 GB of JSON).")
    ] = 1.0,
    ten: Annotated[bool, typer.Option("--ten", help="Measure ten times `--times` too, for the growth curves.")] = False,
    only: Annotated[Part | None, typer.Option(help="Measure this part alone; the other keeps its section.")] = None,
    write: Annotated[bool, typer.Option(help="Write the sections of docs/performance.md.")] = True,
) -> None:
    from benchmarks import loaders_report
    from benchmarks.report import shown, write_section

    parts = {
        Part.EDITIONS: (loaders_report.editions, loaders_report.editions_section),
        Part.JSON: (loaders_report.json_files, loaders_report.json_section),
    }
    for part in [only] if only else parts:
        measured, section = parts[part]
        results = measured(times, ten, _console.print)
        _console.print(shown(results))
        if write:
            _console.print(write_section(part, section(results)))


@app.command(help="Make the files (and, with --edition, the edition) that measures run on, when they are not there.")
def generate(
    times: Annotated[float, typer.Option(help="Size of the files: 1 is the country.")] = 1.0,
    edition: Annotated[bool, typer.Option("--edition", help="Build the synthetic edition as well.")] = False,
) -> None:
    from benchmarks import inputs

    _console.print(inputs.tabular_file(times))
    _console.print(inputs.json_file(times))
    if edition:
        _console.print(inputs.national_edition(times).folder)


@app.command(help="Questions, filter changes, crowds, light pages: what a server with the national edition answers.")
def serve(
    times: Annotated[float, typer.Option(help="Size of the edition: 1 is the country (1.8 M contracts).")] = 1.0,
    ten: Annotated[bool, typer.Option("--ten", help="Ask the questions of ten times `--times` too.")] = False,
    quick: Annotated[bool, typer.Option("--quick", help="Fewer rounds, shorter crowds: some six minutes.")] = False,
    write: Annotated[bool, typer.Option(help="Write the section of docs/performance.md.")] = True,
) -> None:
    from benchmarks.report import shown, write_section
    from benchmarks.serve_report import QUICK, Scale, measured, section

    results = measured(times, ten, QUICK if quick else Scale(), _console.print)
    _console.print(shown(results))
    if write:
        _console.print(write_section("serve", section(results)))


@app.command(help="Questions of pages asked of DuckDB and pandas too: whether all say the same, how fast each is.")
def engines(
    times: Annotated[float, typer.Option(help="Size of the edition: 1 is the country (1.8 M contracts).")] = 1.0,
    rounds: Annotated[int, typer.Option(help="How often each question is asked.", min=2)] = 9,
    write: Annotated[bool, typer.Option(help="Write the section of docs/performance.md.")] = True,
) -> None:
    from benchmarks.engines.report import measured, section
    from benchmarks.report import shown, write_section

    results = measured(times, rounds, _console.print)
    _console.print(shown(results))
    if write:
        _console.print(write_section("engines", section(results)))
