"""What if x % of a ministry's digital purchases went to home suppliers: how far it is, what would have to move."""

from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from analysis.selection import Selection
from analysis.shares import MIDDLE, interval_by

HOME = ("home_documented", "home_presumed")
UNDECIDED = ("hybrid", "opaque", "unknown")
FOREIGN = MIDDLE
_TO_MOVE = (
    "end_date contract_id title buyer_id buyer_name vendor_id vendor_name verdict amount_cents counted_cents "
    "cumulated_foreign_cents cumulated_cents"
).split()


@dataclass(frozen=True)
class Quota:
    """How far a selection is from giving ``percent`` of its amounts to home suppliers.

    The three amounts add up to ``total_cents``: what is home (of which ``presumed_cents`` only by a French SIREN),
    what is foreign, and what nobody can decide (hybrid, opaque, unknown). ``missing_low_cents`` is the distance if all
    that is undecided were home, ``missing_high_cents`` if none of it were: 0 when the quota is reached.
    """

    percent: int
    total_cents: int
    home_cents: int
    presumed_cents: int
    undecided_cents: int
    foreign_cents: int

    @property
    def target_cents(self) -> int:
        """What the quota asks for, to the cent above."""
        return -(-self.total_cents * self.percent // 100)

    @property
    def missing_low_cents(self) -> int:
        """The least that would have to move."""
        return max(0, self.target_cents - self.home_cents - self.undecided_cents)

    @property
    def missing_high_cents(self) -> int:
        """The most that would have to move."""
        return max(0, self.target_cents - self.home_cents)

    @property
    def home_low(self) -> float | None:
        """The home share if nothing undecided is home; None without a total."""
        return self.home_cents / self.total_cents if self.total_cents else None

    @property
    def home_high(self) -> float | None:
        """The home share if all that is undecided is home; None without a total."""
        return (self.home_cents + self.undecided_cents) / self.total_cents if self.total_cents else None


def quota(awards: pl.LazyFrame, selection: Selection, percent: int) -> Quota:
    """How far the selection is from ``percent`` (1 to 100) of home purchases, under its definition and convention."""
    found = selection.judged(awards).group_by("verdict").agg(cents=pl.col("counted_cents").sum()).collect()
    return quota_of(dict(found.select(pl.col("verdict").cast(pl.String), "cents").iter_rows()), percent)


def quota_of(cents: dict[str, int], percent: int) -> Quota:
    """The quota of what each verdict weighs."""

    def of(verdicts: tuple[str, ...]) -> int:
        return sum(cents.get(verdict, 0) for verdict in verdicts)

    return Quota(
        percent=percent,
        total_cents=sum(cents.values()),
        home_cents=of(HOME),
        presumed_cents=of(HOME[1:]),
        undecided_cents=of(UNDECIDED),
        foreign_cents=of(FOREIGN),
    )


def quota_by_ministry(awards: pl.LazyFrame, selection: Selection, percent: int) -> pl.DataFrame:
    """The same for each ministry that bought something, the farthest from the quota first.

    Columns: ``ministry, total_cents, contract_count, home_cents, undecided_cents, foreign_cents`` (integer cents),
    ``home_low_share, home_high_share`` (of 1), ``missing_low_cents, missing_high_cents``. Buyers outside the
    State have no ministry and are left out.
    """
    return by_distance(interval_by(awards, selection, "ministry"), percent)


def by_distance(by_ministry: pl.DataFrame, percent: int) -> pl.DataFrame:
    """The columns of ``quota_by_ministry`` from the interval of each ministry."""
    target = (pl.col("total_cents") * percent + 99) // 100
    home, undecided = pl.col("home_cents"), pl.col("undecided_cents")
    return (
        by_ministry.filter(pl.col("ministry").is_not_null(), pl.col("total_cents") > 0)
        .with_columns(home_cents=_sum(HOME), undecided_cents=_sum(UNDECIDED), foreign_cents=_sum(FOREIGN))
        .select(
            *("ministry", "total_cents", "contract_count", "home_cents", "undecided_cents", "foreign_cents"),
            home_low_share=home / pl.col("total_cents"),
            home_high_share=(home + undecided) / pl.col("total_cents"),
            missing_low_cents=(target - home - undecided).clip(0),
            missing_high_cents=(target - home).clip(0),
        )
        .sort("missing_high_cents", "missing_low_cents", "ministry", descending=[True, True, False])
    )


def of_movable(selection: Selection) -> Selection:
    """The same selection without what is home: ``contracts_to_move`` says the same of it, from fewer awards."""
    movable = tuple(code for code in (*FOREIGN, *UNDECIDED) if not selection.verdicts or code in selection.verdicts)
    return replace(selection, verdicts=movable) if movable else selection


def contracts_to_move(awards: pl.LazyFrame, selection: Selection, start: date) -> pl.DataFrame:
    """The running contracts that may go elsewhere when they end: foreign or undecided, ending on ``start`` or after.

    One row an award, the soonest end first: ``end_date, contract_id, title, buyer_id, buyer_name, vendor_id,
    vendor_name, verdict, amount_cents`` as published, ``counted_cents`` under the convention, then what has ended up
    to there: ``cumulated_foreign_cents`` of the foreign alone, ``cumulated_cents`` of all of them. Contracts without a
    duration have no end and are not there.
    """
    counted = pl.col("counted_cents").fill_null(0)
    is_foreign = pl.col("verdict").cast(pl.String).is_in(FOREIGN)
    is_undecided = pl.col("verdict").cast(pl.String).is_in(UNDECIDED)
    return (
        selection.judged(awards)
        .filter(is_foreign | is_undecided, pl.col("end_date") >= start)
        .sort("end_date", "contract_id", "holder_rank")
        .with_columns(
            cumulated_foreign_cents=pl.when(is_foreign).then(counted).otherwise(0).cum_sum(),
            cumulated_cents=counted.cum_sum(),
        )
        .select(_TO_MOVE)
        .collect()
    )


def enough_on(moving: pl.DataFrame, cumulated: str, missing_cents: int) -> date | None:
    """The day when enough of ``moving`` (by a column ``cumulated_…`` of contracts_to_move) has ended; None if never."""
    reached = moving.filter(pl.col(cumulated) >= missing_cents)
    return reached["end_date"].min() if missing_cents > 0 else None


def _sum(verdicts: tuple[str, ...]) -> pl.Expr:
    return pl.sum_horizontal(f"{verdict}_cents" for verdict in verdicts)
