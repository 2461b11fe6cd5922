"""What the data are worth: records put aside, amounts flagged, what is documented, how fresh and how late."""

from dataclasses import dataclass
from datetime import date, datetime

import polars as pl

from analysis.contracts import AWARDS_A_CONTRACT, Page
from analysis.distinct import distinct
from analysis.selection import Selection
from loaders import known, vocabulary
from loaders.editions import Edition

_FLAGGED_COLUMNS = (
    "contract_id contract_date buyer_key buyer_name ministry title amount_cents amount_flag is_framework source_id"
).split()


@dataclass(frozen=True)
class Records:
    """What became of the records that were read: ``read = kept + merged + rejected`` (checked at publication)."""

    read: int
    kept: int
    merged: int
    rejected: int


@dataclass(frozen=True)
class Freshness:
    """How old the data are on a given day; dates are None when nothing carries one."""

    latest_notification: date | None
    latest_publication: date | None
    edition_date: date
    days_since_notification: int | None
    days_since_edition: int


@dataclass(frozen=True)
class Delay:
    """Days from a contract's first notification to the first publication of its data.

    ``share_in_time`` is the share published within two months, as article R. 2196-1 of the Code de la commande
    publique asks; contracts never published are invisible, so it is an upper bound. ``undated_count`` contracts
    publish no date, or one before the notification. None when no contract tells.
    """

    median_days: float | None
    ninth_decile_days: float | None
    share_in_time: float | None
    contract_count: int
    undated_count: int


def records(edition: Edition) -> Records:
    """What became of the records that the edition was made from."""
    counts = edition.manifest["counts"]
    return Records(
        read=counts["records_read"],
        kept=counts["contracts_kept"],
        merged=counts["records_merged"],
        rejected=counts["records_rejected"],
    )


def rejects_by_reason(edition: Edition) -> pl.DataFrame:
    """The records put aside: ``reason, source_id, reject_count``, the most frequent reason first."""
    return (
        edition.scan("rejects")
        .group_by("reason", "source_id")
        .agg(reject_count=pl.len().cast(pl.Int64))
        .sort("reject_count", "reason", "source_id", descending=[True, False, False])
        .collect()
    )


def amount_flags(awards: pl.LazyFrame, selection: Selection) -> pl.DataFrame:
    """How many selected contracts are outside every sum, and why: ``amount_flag, contract_count``; all flags."""
    found = (
        _flagged(awards, selection)
        .group_by(pl.col("amount_flag").cast(pl.String))
        .agg(contract_count=distinct("contract_id"))
    )
    return (
        pl.LazyFrame({"amount_flag": list(vocabulary.AMOUNT_FLAGS)})
        .join(found, on="amount_flag", how="left", maintain_order="left")
        .with_columns(pl.col("contract_count").fill_null(0))
        .collect()
    )


def flagged_contracts(awards: pl.LazyFrame, selection: Selection, limit: int = 50, offset: int = 0) -> Page:
    """The contracts whose amount is outside every sum, one row each, the largest amount first, missing ones last."""
    count = _flagged(awards, selection).select(distinct("contract_id")).collect().item()
    return Page(first_flagged(awards, selection, limit, offset), count)


def first_flagged(awards: pl.LazyFrame, selection: Selection, limit: int = 50, offset: int = 0) -> pl.DataFrame:
    """The rows of ``flagged_contracts``, from the awards of the largest amounts alone when these are enough."""
    flagged, amount = _flagged(awards, selection), pl.col("amount_cents")
    least = flagged.select(amount.top_k((offset + limit) * AWARDS_A_CONTRACT).min()).collect().item()
    listed = _listed(flagged.filter(amount >= pl.lit(least, pl.Int64)))
    # Missing amounts come last: they are on the page when the others do not fill it.
    return (listed if listed.height >= offset + limit else _listed(flagged)).slice(offset, limit)


def coverage(awards: pl.LazyFrame, selection: Selection) -> pl.DataFrame:
    """How much is documented, axis by axis: ``axis, value, award_count, amount_cents, award_share, amount_share``.

    The axes: ``control`` by basis, ``product`` (named or not), ``ministry`` (determined, undetermined, outside the
    State), ``category``, ``duration`` and ``amount`` (known or not). Shares are null when their total is 0.
    """
    # All facts at once: there are a few hundred ways to know them, and six sums over those cost nothing.
    ways = (
        selection.judged(awards)
        .group_by(**known.FACTS, **FACTS)
        .agg(award_count=pl.len().cast(pl.Int64), amount_cents=pl.col("counted_cents").sum())
    )
    return by_axis(ways.collect())


def by_axis(ways: pl.DataFrame) -> pl.DataFrame:
    """``coverage`` of the different ways to know ``known.FACTS`` and ``FACTS``, each with its awards and its cents."""
    rows = [
        ways.group_by(value=value)
        .agg(pl.col("award_count", "amount_cents").sum())
        .select(pl.lit(axis).alias("axis"), pl.all())
        .sort("award_count", "value", descending=[True, False])
        for axis, value in _AXES.items()
    ]
    return pl.concat(rows).with_columns(
        award_share=_share("award_count"),
        amount_share=_share("amount_cents"),
    )


def freshness(edition: Edition, on: date) -> Freshness:
    """How old the edition and its latest contract are on the day ``on``.

    Contracts dated after the edition (a mistyped year) do not make it fresher.
    """
    edition_date = datetime.fromisoformat(edition.manifest["created_at"]).date()
    latest = (
        edition.scan("contracts")
        .select(
            pl.col(column).filter(pl.col(column) <= edition_date).max()
            for column in ("contract_date", "publication_date")
        )
        .collect()
        .row(0)
    )
    notification, publication = latest
    return Freshness(
        latest_notification=notification,
        latest_publication=publication,
        edition_date=edition_date,
        days_since_notification=(on - notification).days if notification else None,
        days_since_edition=(on - edition_date).days,
    )


def publication_delay(awards: pl.LazyFrame, selection: Selection) -> Delay:
    """How long buyers took to publish the selected contracts."""
    contracts = known.contracts_of(selection.filtered(awards), "contract_date", "publication_date")
    days = pl.col("delay_days")
    row = (
        contracts.with_columns(**known.DELAY)
        .select(
            median_days=days.median(),
            ninth_decile_days=days.quantile(0.9, "nearest"),
            share_in_time=pl.col("is_in_time").filter(days.is_not_null()).mean(),
            contract_count=pl.len(),
            undated_count=days.null_count(),
        )
        .collect()
    )
    return Delay(**row.row(0, named=True))


def _flagged(awards: pl.LazyFrame, selection: Selection) -> pl.LazyFrame:
    return selection.filtered(awards).filter(pl.col("amount_flag").is_not_null())


def _listed(flagged: pl.LazyFrame) -> pl.DataFrame:
    contracts = flagged.select(_FLAGGED_COLUMNS).unique("contract_id", keep="any")
    return contracts.sort("amount_cents", "contract_id", descending=[True, False], nulls_last=True).collect()


def _share(column: str) -> pl.Expr:
    total = pl.col(column).sum().over("axis")
    return pl.when(total != 0).then(pl.col(column) / total)


def _named(fact: str) -> pl.Expr:
    return pl.when(pl.col(fact).fill_null(False)).then(pl.lit("known")).otherwise(pl.lit("not_known"))


FACTS = {"ministry": pl.col("ministry"), "amount": pl.col("amount_flag").is_null()}
"""What is known of an award besides ``known.FACTS``: filters may choose it."""
_AXES = {
    "control": pl.col("control").cast(pl.String).fill_null("none"),
    "product": _named("product"),
    "ministry": pl.when(pl.col("ministry") == "etat-non-determine")
    .then(pl.lit("not_known"))
    .when(pl.col("ministry").is_not_null())
    .then(pl.lit("known"))
    .otherwise(pl.lit("outside_state")),
    "category": _named("category"),
    "duration": _named("duration"),
    "amount": _named("amount"),
}
