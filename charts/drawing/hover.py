"""What a mark says under a mouse, in plain words: the name of its link."""

import re

from charts.drawing.attributes import NotDrawn, needed
from charts.drawing.texts import plain

_FIELD = re.compile(r"%\{([^}\[]+)(?:\[(\d+)\])?[^}]*\}")
_BREAK = re.compile(r"<br\s*/?>")
_BOX = re.compile(r"<extra>.*?</extra>")


def words(trace: dict, point: int) -> str:
    """The hover text of a point of ``trace`` on one line. Raises NotDrawn on a field that is not a plain value."""
    template = _BOX.sub("", trace.get("hovertemplate") or "")
    filled = _FIELD.sub(lambda field: _value(trace, point, field), template)
    return ", ".join(filter(None, (plain(line).strip() for line in _BREAK.split(filled))))


def _value(trace: dict, point: int, field: re.Match) -> str:
    name, rank = field.groups()
    if name not in ("x", "y", "z", "text", "customdata"):
        raise NotDrawn(f"hovertemplate %{{{name}}}")
    value = needed(trace, name)[point]
    if rank is not None:
        value = value[int(rank)]
    if isinstance(value, float) and not value.is_integer():
        raise NotDrawn(f"hovertemplate %{{{name}}} of {value}")
    return str(int(value)) if isinstance(value, float) else str(value)
