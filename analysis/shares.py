"""How much of what was bought is foreign: by verdict, and as the interval that the data allow."""

from dataclasses import dataclass

import polars as pl

from analysis.distinct import distinct
from analysis.selection import VERDICT_TYPE, Selection
from loaders import vocabulary

VERDICTS = tuple(vocabulary.VERDICTS)
LOW = VERDICTS[:1]
MIDDLE = VERDICTS[:2]
HIGH = VERDICTS[:4]
MEASURES = ("amount", "contracts")

_MISSING = "missing"
_SELLERS = ("vendor_id", "group_id")


@dataclass(frozen=True)
class Interval:
    """The foreign share of a selection, as far as the data tell.

    ``low`` counts foreign control; ``middle`` adds foreign products; ``high`` adds hybrid and opaque purchases;
    ``unknown`` stands beside them. All four are shares from 0 to 1 of ``total_cents`` (or of the contracts), and
    None when that total is 0. ``flagged_count`` are the contracts whose amount is left out as implausible,
    ``missing_count`` those that publish none: both outside the amounts, both within ``contract_count``.
    ``undivided_count`` are the contracts that ``annualise`` could not divide for want of a duration. ``weights`` are
    what the seven verdicts weigh, in their order: cents, or contracts.
    """

    low: float | None
    middle: float | None
    high: float | None
    unknown: float | None
    total_cents: int
    contract_count: int
    flagged_count: int
    missing_count: int
    undivided_count: int = 0
    weights: tuple[int, ...] = ()


def by_verdict(awards: pl.LazyFrame, selection: Selection) -> pl.DataFrame:
    """What each verdict weighs: ``verdict, amount_cents, contract_count, award_count, share``.

    All seven verdicts, in their order. ``share`` is that of the summed amounts, null when they are 0.
    ``contract_count`` counts the contracts with at least one award so judged, as a list filtered by that verdict
    shows them: a contract whose holders differ is in several.
    """
    found = (
        selection.judged(awards)
        .select("verdict", "contract_id", "counted_cents")
        .group_by("verdict", "contract_id")
        .agg(amount_cents=pl.col("counted_cents").sum(), award_count=pl.len())
        .group_by("verdict")
        .agg(
            pl.col("amount_cents").sum(),
            contract_count=pl.len().cast(pl.Int64),
            award_count=pl.col("award_count").sum().cast(pl.Int64),
        )
    )
    return every_verdict(found)


def every_verdict(found: pl.LazyFrame) -> pl.DataFrame:
    """The seven verdicts in their order, with what was found of each and its share."""
    all_verdicts = pl.LazyFrame({"verdict": VERDICTS}, schema={"verdict": VERDICT_TYPE})
    share = pl.col("amount_cents") / _none_if_zero(pl.col("amount_cents").sum())
    return (
        all_verdicts.join(found, on="verdict", how="left")
        .with_columns(pl.exclude("verdict").fill_null(0))
        .with_columns(share=share)
        .sort("verdict")
        .collect()
    )


def interval(awards: pl.LazyFrame, selection: Selection, measure: str = "amount") -> Interval:
    """The foreign share of a selection by ``measure``: ``amount`` or ``contracts``.

    By contracts, one whose holders differ counts once, under the first of their verdicts in the order of
    ``VERDICTS``. Raises ValueError on another measure.
    """
    if measure not in MEASURES:
        raise ValueError(f"unknown measure {measure}; known: {MEASURES}")
    contracts = _contracts(awards, selection)
    weight = pl.col("counted_cents").sum() if measure == "amount" else pl.len()
    judged = contracts if measure == "contracts" else selection.judged(awards)
    weights, counts = pl.collect_all(
        [
            judged.group_by("verdict").agg(weight=weight.cast(pl.Int64)),
            contracts.select(
                total_cents=pl.col("counted_cents").sum(),
                contract_count=pl.len(),
                flagged_count=((pl.col("amount_flag") != _MISSING) & ~selection.is_summed()).sum(),
                missing_count=(pl.col("amount_flag") == _MISSING).sum(),
                undivided_count=pl.col("is_undivided").sum(),
            ),
        ]
    )
    return interval_of(dict(weights.iter_rows()), **counts.row(0, named=True))


def interval_of(weights: dict[str, int], **counts: int) -> Interval:
    """The interval of what verdicts weigh."""
    of_verdicts = tuple(weights.get(verdict, 0) for verdict in VERDICTS)
    return Interval(**_shares(weights), **counts, weights=of_verdicts)


def interval_by(awards: pl.LazyFrame, selection: Selection, key: str) -> pl.DataFrame:
    """The interval of each value of ``key``, a column of the awards (``year``, ``ministry``, ``buyer_kind``, …).

    Columns: the key, ``total_cents``, ``contract_count``, ``<verdict>_cents`` for the seven verdicts, then the shares
    ``low``, ``middle``, ``high``, ``unknown`` (0 to 1, null when the total is 0). Sorted by key; awards without it
    come last, under null. By vendor or by group, each carries its own amounts: see ``Selection.amount_cents``.
    """
    return with_shares(weighed_by(awards, selection, key), key)


def weighed_by(awards: pl.LazyFrame, selection: Selection, key: str) -> pl.LazyFrame:
    """What each value of ``key`` weighs: ``contract_count`` and ``cents_of_verdicts``."""
    once_per = ("contract_id", key) if key in _SELLERS else ("contract_id",)
    return selection.judged(awards, once_per).group_by(key).agg(*_weights())


def cents_of_verdicts() -> list[pl.Expr]:
    """What each verdict weighs among awards that are judged, as ``<verdict>_cents``."""
    return [_cents_of(verdict) for verdict in VERDICTS]


def weighed(awards: pl.LazyFrame, selection: Selection) -> pl.LazyFrame:
    """What all of them weigh together, in one row: columns of ``weighed_by`` without the key."""
    return selection.judged(awards).select(*_weights())


def with_shares(by_key: pl.LazyFrame, key: str) -> pl.DataFrame:
    """The columns of ``interval_by`` from the cents of the verdicts and the contracts of each ``key``."""
    return (
        by_key.with_columns(total_cents=pl.sum_horizontal(_cents_columns(VERDICTS)))
        .select(
            key,
            "total_cents",
            "contract_count",
            *_cents_columns(VERDICTS),
            _share_of(LOW).alias("low"),
            _share_of(MIDDLE).alias("middle"),
            _share_of(HIGH).alias("high"),
            _share_of(("unknown",)).alias("unknown"),
        )
        .sort(key, nulls_last=True)
        .collect()
    )


def _weights() -> list[pl.Expr]:
    return [*cents_of_verdicts(), distinct("contract_id").alias("contract_count")]


def _contracts(awards: pl.LazyFrame, selection: Selection) -> pl.LazyFrame:
    is_undivided = pl.col("duration_months").is_null() if selection.amount == "annualise" else pl.lit(False)
    return (
        selection.judged(awards)
        .group_by("contract_id")
        .agg(
            pl.col("verdict").min(),
            pl.col("counted_cents").sum(),
            pl.col("amount_flag").first(),
            is_undivided=is_undivided.first(),
        )
    )


def _shares(weights: dict[str, int]) -> dict[str, float | None]:
    total = sum(weights.values())

    def share(verdicts: tuple[str, ...]) -> float | None:
        return sum(weights.get(verdict, 0) for verdict in verdicts) / total if total else None

    return {"low": share(LOW), "middle": share(MIDDLE), "high": share(HIGH), "unknown": share(("unknown",))}


def _cents_of(verdict: str) -> pl.Expr:
    return pl.col("counted_cents").filter(pl.col("verdict") == verdict).sum().alias(f"{verdict}_cents")


def _cents_columns(verdicts: tuple[str, ...]) -> list[str]:
    return [f"{verdict}_cents" for verdict in verdicts]


def _share_of(verdicts: tuple[str, ...]) -> pl.Expr:
    return pl.sum_horizontal(_cents_columns(verdicts)) / _none_if_zero(pl.col("total_cents"))


def _none_if_zero(amount: pl.Expr) -> pl.Expr:
    return pl.when(amount != 0).then(amount)
