"""What stands behind each mark of a figure: the filters that list exactly its contracts, and what those add up to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import plotly.graph_objects as go

_KEY = "behind"
_FILTERS = {
    "year": ("years", lambda year: (year, year)),
    "ministry": ("ministries", lambda code: (code,)),
    "vendor_id": ("vendor", str),
    "group_id": ("group", str),
}


@dataclass(frozen=True)
class Behind:
    """What a reader finds behind one mark.

    ``filters`` are fields of ``analysis.selection.Selection`` (or of the page's state) that narrow what was drawn to
    what the mark counts; ``page`` is where they are listed. ``value`` is the sum that the list must give, in
    ``measure``: ``amount_cents``, ``contract_count``, ``award_count``, ``town_hall_count``, or none at all
    (``value`` is then null) when the mark is no sum.
    """

    filters: Mapping[str, object] = field(default_factory=dict)
    measure: str = "amount_cents"
    value: int | None = None
    page: str = "marches"


def behind_amount(filters: Mapping[str, object], cents: int) -> Behind | None:
    """Behind a mark that is an amount; nothing when it is none, for nothing is drawn."""
    return Behind(filters, "amount_cents", cents) if cents else None


def filter_on(column: str, value: object) -> dict[str, object]:
    """The filter that keeps one value of a column of the awards: a year, a ministry, a vendor or a group."""
    field, as_filter = _FILTERS[column]
    return {field: as_filter(value)}


def marked(points: Iterable[Behind | None]) -> dict:
    """The ``meta`` of a trace: what stands behind each of its points, in their order."""
    return {_KEY: [None if point is None else dict(vars(point)) for point in points]}


def at(figure: go.Figure, trace: int, point: int) -> Behind | None:
    """What stands behind a point of a trace; None when nothing does."""
    try:
        known = figure.to_dict()["data"][trace]["meta"][_KEY][point]
    except (IndexError, KeyError, TypeError):
        return None
    return read(known)


def every(figure: go.Figure) -> list[Behind]:
    """All that stands behind the marks of ``figure``."""
    metas = [trace.get("meta") or {} for trace in figure.to_dict()["data"]]
    return [read(known) for meta in metas for known in meta.get(_KEY, ()) if known is not None]


def read(known: Mapping | None) -> Behind | None:
    """What one entry of a trace's ``meta`` says; lists are tuples again."""
    if known is None:
        return None
    filters = {
        name: tuple(value) if isinstance(value, list | tuple) else value for name, value in known["filters"].items()
    }
    return Behind(filters, known["measure"], known["value"], known["page"])
