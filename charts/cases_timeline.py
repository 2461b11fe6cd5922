"""Documented cases over time, under the legal milestones of the same years; ink only, for colour means a verdict."""

from datetime import date
from itertools import chain

import plotly.graph_objects as go
import polars as pl

from charts.behind import Behind, marked
from charts.canvas import Canvas
from charts.theme import LIGHT, SIZE, SMALL, Theme, axis, bare_axis
from language import current, formats
from language import gettext as _
from loaders.vocabulary import MILESTONE_KINDS

ROW_PX = 36
_LINE = 0.18
_LABEL = -0.02
_FIRST_YEARS = 4
_SINCE = ("in_use", "leaving")
_OPEN_STATUSES = (*_SINCE, "alternative")
_BOX_START = 0.955
_START_SYMBOLS = {"yes": "circle", "quoted": "circle-open", "recalled": "x-thin-open"}


def cases_timeline(
    milestones: pl.DataFrame, cases: pl.DataFrame, contracts: pl.DataFrame, until: date, theme: Theme = LIGHT
) -> go.Figure:
    """One row a milestone, then one row a case, the oldest first, with the contracts that an edition holds for it.

    ``milestones``, ``cases`` and ``contracts`` are as ``analysis.cases`` gives them; ``until`` is the day to which a
    case without a known end is drawn. A full dot is a source that was read, a hollow one a source quoted by others; a
    solid line has a known end, a dotted one has none; each tick is a contract, and the box on the right is full when
    the edition holds any, empty and dotted when it holds none.
    """
    rows = milestones.height + cases.height
    canvas = Canvas(theme, ROW_PX * max(rows, 1) + 60)
    places = {case_id: milestones.height + place for place, case_id in enumerate(cases["case_id"])}
    _draw_milestones(canvas, milestones, theme)
    _draw_spans(canvas, cases, places, until, theme)
    _draw_contracts(canvas, contracts.filter(pl.col("case_id").is_in(list(places))), places, theme)
    return canvas.figure(
        margin={"t": 34, "b": 26},
        xaxis=_years(milestones, cases, until, theme),
        yaxis=bare_axis(range=[rows - 0.3, -0.85]),
        shapes=[
            *(_hairline(day, place, rows, theme) for place, day in enumerate(milestones["happened_on"])),
            *(_box(place, case_id in set(contracts["case_id"]), theme) for case_id, place in places.items()),
        ],
        annotations=[
            *_titles(milestones, 0, theme),
            *_titles(cases, milestones.height, theme),
            *_counts(cases, contracts, milestones.height, theme),
        ],
    )


def cases_timeline_text(milestones: pl.DataFrame, cases: pl.DataFrame, contracts: pl.DataFrame) -> str:
    """The same in words: how many cases and milestones, the years they span, how many cases have contracts."""
    if cases.is_empty():
        return _("Aucun repère ne répond à ces filtres.")
    with_contracts = contracts.filter(pl.col("case_id").is_in(cases["case_id"].implode()))["case_id"].n_unique()
    return _(
        "{cases} cas de {first} à {last} et {milestones} dates du droit ; l’édition contient des marchés pour {found} "
        "d’entre eux."
    ).format(
        cases=cases.height,
        first=cases["starts_on"].min().year,
        last=cases["starts_on"].max().year,
        milestones=milestones.height,
        found=with_contracts,
    )


def _draw_milestones(canvas: Canvas, milestones: pl.DataFrame, theme: Theme) -> None:
    title = f"title_{current()}"
    canvas.points(
        x=milestones["happened_on"].to_list(),
        y=[place + _LINE for place in range(milestones.height)],
        mode="markers",
        marker={"symbol": "diamond", "size": 9, "color": theme.muted},
        customdata=[
            [row[title], formats.day(row["happened_on"]), _(MILESTONE_KINDS[row["kind"]])]
            for row in milestones.iter_rows(named=True)
        ],
        hovertemplate="%{customdata[0]}<br>%{customdata[1]} · %{customdata[2]}<extra></extra>",
    )


def _draw_spans(canvas: Canvas, cases: pl.DataFrame, places: dict, until: date, theme: Theme) -> None:
    rows = list(cases.iter_rows(named=True))
    for dash, drawn in (
        ("solid", [row for row in rows if row["ends_on"] or row["status"] in _OPEN_STATUSES]),
        ("dot", [row for row in rows if not row["ends_on"] and row["status"] not in _OPEN_STATUSES]),
    ):
        points = chain.from_iterable(
            ((row["starts_on"], places[row["case_id"]]), (_end(row, until), places[row["case_id"]]), (None, None))
            for row in drawn
        )
        days, heights = zip(*points, strict=True) if drawn else ((), ())
        canvas.points(
            x=list(days),
            y=[None if height is None else height + _LINE for height in heights],
            mode="lines",
            line={"color": theme.ink, "width": 2, "dash": dash},
            hoverinfo="skip",
        )
    canvas.points(
        x=cases["starts_on"].to_list(),
        y=[places[row["case_id"]] + _LINE for row in rows],
        mode="markers",
        marker={
            "symbol": [_START_SYMBOLS[row["verified"]] for row in rows],
            "size": 9,
            "color": theme.ink,
            "line": {"width": 1.5, "color": theme.ink},
        },
        customdata=[[row[f"title_{current()}"], span(row)] for row in rows],
        hovertemplate="%{customdata[0]}<br>%{customdata[1]}<extra></extra>",
        meta=marked(Behind({"case_id": row["case_id"]}, "", None, "reperes") for row in rows),
    )
    running = [row for row in rows if not row["ends_on"] and row["status"] in _OPEN_STATUSES]
    canvas.points(
        x=[_end(row, until) for row in running],
        y=[places[row["case_id"]] + _LINE for row in running],
        mode="markers",
        marker={"symbol": "triangle-right", "size": 8, "color": theme.ink},
        hoverinfo="skip",
    )


def _draw_contracts(canvas: Canvas, contracts: pl.DataFrame, places: dict, theme: Theme) -> None:
    dated = contracts.drop_nulls("contract_date")
    canvas.points(
        x=dated["contract_date"].to_list(),
        y=[places[case_id] + _LINE for case_id in dated["case_id"]],
        mode="markers",
        marker={"symbol": "line-ns", "size": 12, "line": {"width": 1.5, "color": theme.ink}},
        customdata=[formats.day(day) for day in dated["contract_date"]],
        hovertemplate=_("Marché notifié le {day}").format(day="%{customdata}") + "<extra></extra>",
        meta=marked(Behind({"contract_id": contract_id}, "", None, "marche") for contract_id in dated["contract_id"]),
    )


def span(case: dict) -> str:
    """When a case happened, as precisely as it is known: ``2016–2028``, ``depuis juin 2025``, ``12 mars 2021``."""
    written = {"day": formats.day, "month": formats.month, "year": lambda day: str(day.year)}[case["date_precision"]]
    if case["ends_on"] is None:
        template = _("depuis {start}") if case["status"] in _SINCE else "{start}"
        return template.format(start=written(case["starts_on"]))
    start, end = written(case["starts_on"]), written(case["ends_on"])
    if start == end:
        return start
    return f"{start}–{end}" if case["date_precision"] == "year" else _("{start} – {end}").format(start=start, end=end)


def _end(case: dict, until: date) -> date:
    return case["ends_on"] or max(until, case["starts_on"])


def _years(milestones: pl.DataFrame, cases: pl.DataFrame, until: date, theme: Theme) -> dict:
    days = [*milestones["happened_on"], *cases["starts_on"], *cases["ends_on"].drop_nulls(), until]
    first, last = min(days).year, max(days).year + 1
    named = list(range(last - (last - first) % _FIRST_YEARS, first - 1, -_FIRST_YEARS))
    return axis(
        theme,
        type="date",
        side="top",
        range=[date(first, 1, 1), date(last + 1, 1, 1)],
        tickvals=[date(year, 1, 1) for year in named],
        ticktext=[str(year) for year in named],
        tickangle=0,
        showgrid=True,
        gridcolor=theme.hairline,
    )


def _hairline(day: date, place: int, rows: int, theme: Theme) -> dict:
    line = {"color": theme.hairline, "width": 1, "dash": "dot"}
    return {"type": "line", "x0": day, "x1": day, "y0": place + _LINE, "y1": rows, "line": line, "layer": "below"}


def _box(place: int, has_contracts: bool, theme: Theme) -> dict:
    """A full box when the edition holds contracts of the case, an empty dotted one when it holds none."""
    return {
        "type": "rect",
        "xref": "paper",
        "x0": _BOX_START,
        "x1": 1,
        "y0": place + _LINE - 0.07,
        "y1": place + _LINE + 0.07,
        "line": {"color": theme.muted, "width": 1, "dash": "solid" if has_contracts else "dot"},
        "fillcolor": theme.muted if has_contracts else "rgba(0,0,0,0)",
    }


def _titles(frame: pl.DataFrame, above: int, theme: Theme) -> list[dict]:
    return [
        {
            "text": row[f"title_{current()}"] + (" · " + _("à vérifier") if row["verified"] == "recalled" else ""),
            "x": 0,
            "xref": "paper",
            "xanchor": "left",
            "y": above + place + _LABEL,
            "yanchor": "bottom",
            "showarrow": False,
            "font": {"size": SIZE if above else SMALL, "color": theme.ink if above else theme.muted},
        }
        for place, row in enumerate(frame.iter_rows(named=True))
    ]


def _counts(cases: pl.DataFrame, contracts: pl.DataFrame, above: int, theme: Theme) -> list[dict]:
    found = dict(contracts.group_by("case_id").len().iter_rows())
    return [
        {
            "text": _contracts(found.get(case_id, 0)),
            "x": 1,
            "xref": "paper",
            "xanchor": "right",
            "y": above + place + _LABEL,
            "yanchor": "bottom",
            "showarrow": False,
            "font": {"size": SMALL, "color": theme.muted},
        }
        for place, case_id in enumerate(cases["case_id"])
    ]


def _contracts(count: int) -> str:
    if count < 2:
        return _("1 marché") if count else _("aucun marché")
    return _("{count} marchés").format(count=formats.count(count))
