"""What an edition holds of each ministry and of each buyer, and how late; never a share of what is not published.

Nobody publishes how many contracts a ministry signs: there is no denominator but the edition's own awards.
"""

import polars as pl

from analysis.distinct import distinct
from analysis.held import awards_for
from analysis.selection import Selection, is_control_documented
from loaders import known
from loaders.editions import Edition

OF_MINISTRIES = (
    "ministry contract_count buyer_count award_count documented_count documented_share flagged_share first_year "
    "last_year median_days in_time_share"
).split()


def by_ministry(awards: pl.LazyFrame, selection: Selection) -> pl.DataFrame:
    """What the edition holds of each ministry, in the order of the vocabulary.

    Columns: ``ministry, contract_count, buyer_count, award_count``; ``documented_count`` of the awards whose holder's
    control something documents, and its share ``documented_share``; ``flagged_share`` of the contracts whose amount is
    outside every sum; ``first_year``, ``last_year``; ``median_days`` and ``in_time_share`` of publication (see
    ``quality.Delay``).
    """
    return (
        selection.filtered(awards)
        .with_columns(**known.DELAY)
        .filter(pl.col("ministry").is_not_null())
        .group_by("ministry")
        .agg(
            distinct("contract_id").alias("contract_count"),
            distinct("buyer_key").alias("buyer_count"),
            award_count=pl.len().cast(pl.Int64),
            documented_count=is_control_documented().sum().cast(pl.Int64),
            documented_share=is_control_documented().mean(),
            flagged_share=distinct("contract_id", pl.col("amount_flag").is_not_null()) / distinct("contract_id"),
            first_year=pl.col("year").min(),
            last_year=pl.col("year").max(),
            **_delays(),
        )
        .sort("ministry")
        .collect()
    )


def delay_by_buyer(awards: pl.LazyFrame, selection: Selection, limit: int) -> pl.DataFrame:
    """How long the buyers with the most contracts took to publish them.

    Columns: ``buyer_key, buyer_name, contract_count, undated_count`` (no date of publication, or one before the
    notification), ``median_days``, ``in_time_share`` published within two months (null when none tells): an upper
    bound, since what is never published is not counted.
    """
    return (
        selection.filtered(awards)
        .with_columns(**known.DELAY)
        .filter(pl.col("buyer_key").is_not_null())
        .group_by("buyer_key")
        .agg(
            pl.col("buyer_name").drop_nulls().sort().last(),
            distinct("contract_id").alias("contract_count"),
            distinct("contract_id", pl.col("delay_days").is_null()).alias("undated_count"),
            **_delays(),
        )
        .sort("contract_count", "buyer_key", descending=[True, False])
        .head(limit)
        .collect()
    )


def subcontractors(edition: Edition, selection: Selection) -> pl.DataFrame:
    """The subcontractors declared for the selected contracts, where the source has them.

    Columns: ``subcontractor_id`` (as published), ``vendor_name`` (when that SIREN is a vendor of the edition),
    ``control_country`` of that vendor, ``act_count, contract_count, amount_cents`` (of the latest state of each act);
    the largest amount first.
    """
    acts = edition.scan("subcontracts").collect()
    return (
        acts.lazy()
        .join(_contracts_of(acts, edition, selection), on="contract_id", how="semi")
        .sort("contract_id", "act_id", "subcontractor_id", "change_number")
        .group_by("contract_id", "act_id", "subcontractor_id", maintain_order=True)
        .agg(pl.col("amount_cents").drop_nulls().last())
        .group_by("subcontractor_id")
        .agg(
            act_count=pl.len().cast(pl.Int64),
            contract_count=distinct("contract_id"),
            amount_cents=pl.col("amount_cents").sum(),
        )
        .join(
            _vendors_of(acts, edition),
            left_on=pl.col("subcontractor_id").str.slice(0, 9),
            right_on="vendor_siren",
            how="left",
        )
        .sort("amount_cents", "subcontractor_id", descending=[True, False])
        .select("subcontractor_id", "vendor_name", "control_country", "act_count", "contract_count", "amount_cents")
        .collect()
    )


def _contracts_of(acts: pl.DataFrame, edition: Edition, selection: Selection) -> pl.LazyFrame:
    if acts.is_empty():
        return acts.lazy().select("contract_id")
    is_declared = pl.col("contract_id").is_in(acts["contract_id"].unique().implode())
    return selection.filtered(awards_for(edition, selection)).filter(is_declared).select("contract_id").unique()


def _vendors_of(acts: pl.DataFrame, edition: Edition) -> pl.LazyFrame:
    sirens = acts["subcontractor_id"].str.slice(0, 9).unique().drop_nulls()
    vendors = edition.scan("vendors").filter(pl.col("vendor_siren").is_in(sirens.implode()))
    return vendors.select("vendor_siren", "vendor_name", "control_country").unique("vendor_siren", keep="any")


def _delays() -> dict[str, pl.Expr]:
    # A contract has as many rows as holders: it is counted by its first
    is_first = pl.col("contract_id").is_first_distinct()
    is_told = pl.col("delay_days").is_not_null()
    return {
        "median_days": pl.col("delay_days").filter(is_first).median(),
        "in_time_share": pl.col("is_in_time").filter(is_first, is_told).mean(),
    }
