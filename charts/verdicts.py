"""The seven verdicts side by side: by year, and by ministry or any other key."""

from collections.abc import Mapping

import plotly.graph_objects as go
import polars as pl

from charts.behind import behind_amount, filter_on, marked
from charts.canvas import Canvas
from charts.palette import Mark
from charts.theme import LIGHT, SMALL, Theme, axis, bar_marker, bare_axis, legend_name, scale
from language import formats
from language import gettext as _
from loaders.vocabulary import VERDICTS

ROW_PX = 56
_MOST_YEARS_LABELLED = 9
_NAME_SIZE, _NUMBERS_SIZE = 13, 11  # the longest name and its numbers on one line of a phone


def interval_by_year(frame: pl.DataFrame, theme: Theme = LIGHT) -> go.Figure:
    """The share of each verdict in each year, in the fixed order: the edges of the interval are those of the stack.

    ``frame`` is ``interval_by(…, "year")``; awards without a year are left to the text.
    """
    canvas = Canvas(theme, 420)
    years = _summed(frame, "year")
    for verdict, label in VERDICTS.items():
        canvas.bars(
            x=years["year"].to_list(),
            y=years[f"{verdict}_share"].to_list(),
            name=legend_name(_(label)),
            marker=bar_marker(theme.marks[verdict]),
            **_label_on(theme.marks[verdict], years[f"{verdict}_share"]),
            customdata=[
                [formats.percent(share), formats.amount(cents)]
                for share, cents in zip(years[f"{verdict}_share"], years[f"{verdict}_cents"], strict=True)
            ],
            hovertemplate=f"{_(label)} %{{x}}<br>%{{customdata[0]}} · %{{customdata[1]}}<extra></extra>",
            meta=_behind(years, verdict),
        )
    return canvas.figure(
        barmode="stack",
        uniformtext={"minsize": SMALL - 1, "mode": "hide"},
        showlegend=True,
        xaxis=_counted_year_axis(theme, years),
        yaxis=scale(theme, range=[0, 1], tickvals=[0, 0.25, 0.5, 0.75, 1], ticktext=_percent_ticks()),
        legend={"y": 1.04, "yanchor": "bottom"},
    )


def interval_by_year_text(frame: pl.DataFrame) -> str:
    """The same in words: the interval of the first and of the last year."""
    years = _summed(frame, "year")
    if years.is_empty():
        return _("Aucun montant daté dans cette sélection.")
    first, last = years.row(0, named=True), years.row(-1, named=True)
    sentence = _("En {year}, part étrangère {range}, part inconnue {unknown}.")
    rows = [first] if first["year"] == last["year"] else [first, last]
    return " ".join(
        sentence.format(
            year=row["year"], range=_range(row), unknown=_("de {share}").format(share=formats.percent(row["unknown"]))
        )
        for row in rows
    )


def interval_by_key(frame: pl.DataFrame, labels: Mapping[str, str], theme: Theme = LIGHT) -> go.Figure:
    """One bar a ministry (or any first column of ``frame``), the largest amount first, labelled above the bar.

    ``frame`` is ``interval_by(…, key)`` or a ranking; ``labels`` are the words for its codes, already translated.
    The words above a bar are its name, its amount, and its interval.
    """
    key = frame.columns[0]
    rows = _summed(frame, key).sort("total_cents", key, descending=[True, False])
    canvas = Canvas(theme, ROW_PX * max(rows.height, 1) + 120)
    places = list(range(rows.height))
    for verdict, label in VERDICTS.items():
        canvas.bars(
            x=rows[f"{verdict}_share"].to_list(),
            y=places,
            width=0.46,
            orientation="h",
            name=legend_name(_(label)),
            marker=bar_marker(theme.marks[verdict]),
            **_label_on(theme.marks[verdict], rows[f"{verdict}_share"]),
            customdata=[
                [labels.get(code, code), formats.percent(share), formats.amount(cents)]
                for code, share, cents in zip(
                    rows[key], rows[f"{verdict}_share"], rows[f"{verdict}_cents"], strict=True
                )
            ],
            hovertemplate=f"%{{customdata[0]}}<br>{_(label)} %{{customdata[1]}} · %{{customdata[2]}}<extra></extra>",
            meta=_behind(rows, verdict),
        )
    return canvas.figure(
        barmode="stack",
        uniformtext={"minsize": SMALL - 1, "mode": "hide"},
        showlegend=True,
        xaxis=bare_axis(range=[0, 1]),
        yaxis=bare_axis(range=[rows.height - 0.6, -0.75]),
        annotations=[
            label
            for place, row in enumerate(rows.iter_rows(named=True))
            for label in _row_labels(place, row, labels, theme)
        ],
        legend={"y": 1, "yanchor": "bottom"},
    )


def interval_by_key_text(frame: pl.DataFrame, labels: Mapping[str, str]) -> str:
    """The same in words: the three largest, with their interval."""
    key = frame.columns[0]
    rows = _summed(frame, key).sort("total_cents", key, descending=[True, False]).head(3)
    if rows.is_empty():
        return _("Aucun montant à comparer dans cette sélection.")
    sentence = _("{name} : {amount}, part étrangère {range}.")
    return " ".join(
        sentence.format(
            name=labels.get(row[key], row[key]),
            amount=formats.amount(row["total_cents"]),
            range=_range(row),
        )
        for row in rows.iter_rows(named=True)
    )


def year_axis(theme: Theme, years: pl.Series) -> dict:
    """The axis of years: every year named while there is room, else one in two, counted back from the last."""
    named = years.to_list()[::-1][:: _year_step(years)]
    return axis(theme, tickvals=named, tickformat="d", tickangle=0)


def _counted_year_axis(theme: Theme, years: pl.DataFrame) -> dict:
    """The same with the number of contracts under each year: a share of three contracts is not one of three hundred."""
    counts = years["contract_count"].to_list()[::-1][:: _year_step(years["year"])]
    named = year_axis(theme, years["year"])
    texts = [f"{year}<br>{formats.count(count)}" for year, count in zip(named["tickvals"], counts, strict=True)]
    caption = {
        "text": _("Sous chaque année, son nombre de marchés"),
        "font": {"size": SMALL, "color": theme.muted},
        "standoff": 8,
    }
    return {**named, "ticktext": texts, "title": caption}


def _year_step(years: pl.Series) -> int:
    return 1 if years.len() <= _MOST_YEARS_LABELLED else 2


def _summed(frame: pl.DataFrame, key: str) -> pl.DataFrame:
    rows = frame.lazy().filter(pl.col(key).is_not_null(), pl.col("total_cents") > 0)
    shares = {f"{verdict}_share": pl.col(f"{verdict}_cents") / pl.col("total_cents") for verdict in VERDICTS}
    return rows.with_columns(**shares).collect()


def _behind(rows: pl.DataFrame, verdict: str) -> dict:
    """What stands behind the marks of one verdict; the first column of ``rows`` says of what year, ministry, group."""
    key = rows.columns[0]
    return marked(
        behind_amount({**filter_on(key, value), "verdicts": (verdict,)}, cents)
        for value, cents in zip(rows[key], rows[f"{verdict}_cents"], strict=True)
    )


def _range(row: dict) -> str:
    low, high = formats.percent(row["low"]), formats.percent(row["high"])
    return _("de {share}").format(share=low) if low == high else _("entre {low} et {high}").format(low=low, high=high)


def _label_on(mark: Mark, shares: pl.Series) -> dict:
    """The share written on its mark; Plotly hides what has no room."""
    return {
        "text": [formats.short_percent(share) for share in shares],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "insidetextfont": {"color": mark.ink, "size": SMALL, "shadow": _halo(mark.fill)},
    }


def _halo(colour: str) -> str:
    # Three times, or the pattern shows through and eats thin letters.
    return ", ".join([f"0 0 3px {colour}"] * 3)


def _percent_ticks() -> list[str]:
    return [formats.percent(share) for share in (0, 0.25, 0.5, 0.75, 1)]


def _row_labels(place: int, row: dict, labels: Mapping[str, str], theme: Theme) -> list[dict]:
    code = next(iter(row.values()))
    low, high = formats.short_percent(row["low"]), formats.short_percent(row["high"])
    interval = low if low == high else _("{low} à {high}").format(low=low, high=high)
    above = {"y": place - 0.23, "yanchor": "bottom", "xref": "paper", "showarrow": False}
    return [
        {"text": labels.get(code, code), "x": 0, "xanchor": "left", "font": {"size": _NAME_SIZE}, **above},
        {
            "text": f"{formats.amount(row['total_cents'])} · {interval}",
            "x": 1,
            "xanchor": "right",
            "font": {"size": _NUMBERS_SIZE, "color": theme.muted},
            **above,
        },
    ]
