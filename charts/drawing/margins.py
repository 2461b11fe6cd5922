"""How much room labels, legend and scale of colours take around the plot, as Plotly shares it out."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

from charts.drawing.markup import whole

_MOST_PAD = 12


@dataclass(frozen=True)
class Plot:
    """The rectangle of the data in a picture of ``width`` by ``height`` px."""

    left: float
    top: float
    right: float
    bottom: float
    width: float
    height: float

    @property
    def across(self) -> float:
        """Its width in px."""
        return self.right - self.left

    @property
    def down(self) -> float:
        """Its height in px."""
        return self.bottom - self.top

    def x(self, part: float) -> float:
        """Where a part of its width stands (Plotly's ``paper``)."""
        return self.left + part * self.across

    def y(self, part: float) -> float:
        """Where a part of its height stands, counted from the bottom."""
        return self.bottom - part * self.down


@dataclass(frozen=True)
class Push:
    """Something that needs ``px`` beyond the ``part`` of the plot's width or height where it stands."""

    side: str
    part: float
    px: float


def pad(margin: dict) -> float:
    """What is left free between what pushes and the edge of the picture."""
    return min(_MOST_PAD, *(margin[side] for side in "lrtb"))


def plot(width: float, height: float, margin: dict, pushes: Iterable[Push]) -> Plot:
    """The plot that leaves each push its room, in whole px."""
    asked = [*pushes, Push("l", 0, margin["l"]), Push("r", 1, margin["r"]), Push("b", 0, margin["b"])]
    asked.append(Push("t", 1, margin["t"]))
    left, right = _pair(asked, "l", "r", width)
    bottom, top = _pair(asked, "b", "t", height)
    return Plot(whole(left), whole(top), width - whole(right), height - whole(bottom), width, height)


def _pair(pushes: Iterable[Push], low_side: str, high_side: str, whole: float) -> tuple[float, float]:
    """The two margins of an axis that satisfy the most demanding pair of pushes."""
    best = (0.0, 0.0)
    lows = [push for push in pushes if push.side == low_side]
    highs = [push for push in pushes if push.side == high_side]
    for low, high in product(lows, highs):
        apart = high.part - low.part
        if apart <= 0:
            continue
        before = (low.px * high.part + (high.px - whole) * low.part) / apart
        after = (high.px * (1 - low.part) + (low.px - whole) * (1 - high.part)) / apart
        if before + after > sum(best):
            best = (before, after)
    return best
