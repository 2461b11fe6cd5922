"""From a value to a place in px: numbers and days, ranges given or found as Plotly finds them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from charts.drawing.attributes import NotDrawn

_NOTHING = {"x": (-1.0, 6.0), "y": (-1.0, 4.0)}
_ROOM = 0.05
"""The part of an axis that Plotly leaves beyond the longest bar, and on both sides of points."""


@dataclass(frozen=True)
class Scale:
    """An axis in px: ``first`` stands at ``start`` and ``last`` at ``end``."""

    first: float
    last: float
    start: float
    end: float

    def at(self, value: object) -> float:
        """Where ``value`` stands."""
        return self.start + (place(value) - self.first) / (self.last - self.first) * (self.end - self.start)

    def holds(self, value: object) -> bool:
        """Whether ``value`` is within the axis."""
        low, high = sorted((self.first, self.last))
        slack = (high - low) * 1e-9
        return low - slack <= place(value) <= high + slack

    def clamped(self, value: object) -> float:
        """Where ``value`` stands, or the end of the axis that it is beyond."""
        low, high = sorted((self.start, self.end))
        return min(max(self.at(value), low), high)

    @property
    def length(self) -> float:
        """Its length in px."""
        return abs(self.end - self.start)

    @property
    def px_per_unit(self) -> float:
        """How many px one unit takes."""
        return self.length / abs(self.last - self.first)


def place(value: object) -> float:
    """A number as it is, a day or a moment as days. Raises NotDrawn on a category."""
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError as error:
            raise NotDrawn(f"category {value!r} on an axis") from error
    if isinstance(value, datetime):
        seconds = value.hour * 3600 + value.minute * 60 + value.second
        return value.toordinal() + seconds / 86_400
    if isinstance(value, date):
        return float(value.toordinal())
    raise NotDrawn(f"{value!r} on an axis")


def of_positions(positions: Sequence[float], step: float) -> tuple[float, float]:
    """The range of an axis that bars stand on."""
    return min(positions) - step / 2, max(positions) + step / 2


def of_sizes(ends: Sequence[float]) -> tuple[float, float]:
    """The range of an axis that bars are measured on: from 0, with some room beyond the longest."""
    low, high = min(0.0, *ends), max(0.0, *ends)
    if low == high:
        return 0.0, 1.0
    room = (high - low) * _ROOM / (1 - _ROOM * (1 + (low < 0)))
    return low - (room if low < 0 else 0), high + (room if high > 0 else 0)


def of_points(values: Sequence[float], length_px: float, radius_px: float) -> tuple[float, float]:
    """The range of an axis of points, with room on both sides for them and their texts."""
    low, high = min(values), max(values)
    if low == high:
        return low - 1, high + 1
    room_px = _ROOM * length_px + radius_px
    room = (high - low) * room_px / (length_px - 2 * room_px)
    return low - room, high + room


def of_nothing(letter: str) -> tuple[float, float]:
    """The range of an axis on which nothing stands."""
    return _NOTHING[letter]
