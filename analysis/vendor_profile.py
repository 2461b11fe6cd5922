"""One vendor or one group: who controls it and what says so, which services it renders, what else renders them."""

from dataclasses import dataclass

import polars as pl

from analysis import offers
from analysis.distinct import distinct
from analysis.selection import Selection
from loaders import reference, vocabulary

_CHAIN = (
    "vendor_id vendor_name group_name owner control_country technology_country valid_from valid_to control_basis "
    "control_confidence control_source contract_count"
).split()


@dataclass(frozen=True)
class Profile:
    """What is said of a vendor or a group at the head of its page, as of its latest selected contract.

    ``siren`` is None for a group and for a vendor without one; ``kinds`` and ``channels`` are codes, the most frequent
    first; ``countries`` those from which it was controlled over the selected contracts, the latest first.
    """

    name: str | None
    siren: str | None
    group_id: str | None
    group_name: str | None
    kinds: list[str]
    channels: list[str]
    countries: list[str]
    contract_count: int
    buyer_count: int
    amount_cents: int
    flagged_count: int


def profile(awards: pl.LazyFrame, selection: Selection) -> Profile | None:
    """The profile of the vendor or the group that ``selection`` names; None when it has no selected contract."""
    mine = selection.judged(awards).sort("contract_date", "contract_id", nulls_last=False).collect()
    if mine.is_empty():
        return None
    latest = mine.row(-1, named=True)
    is_group = selection.vendor is None
    return Profile(
        name=latest["group_name"] if is_group else latest["vendor_name"],
        siren=None if is_group else latest["vendor_siren"],
        group_id=latest["group_id"],
        group_name=latest["group_name"],
        kinds=_most_frequent(mine["vendor_kind"]),
        channels=_most_frequent(mine["channel"]),
        countries=list(dict.fromkeys(mine["control_country"].drop_nulls().reverse())),
        contract_count=mine["contract_id"].n_unique(),
        buyer_count=mine["buyer_key"].drop_nulls().n_unique(),
        amount_cents=mine["counted_cents"].sum(),
        flagged_count=mine.filter(pl.col("amount_flag").is_not_null())["contract_id"].n_unique(),
    )


def control_chain(awards: pl.LazyFrame, selection: Selection) -> pl.DataFrame:
    """From each legal unit to whoever owns its group, period by period, with what says so.

    Columns: ``vendor_id, vendor_name, group_name, owner`` (null where no group is documented), ``control_country,
    technology_country, valid_from, valid_to`` (of the owner, null for an open end), ``control_basis,
    control_confidence, control_source, contract_count``; by vendor, then by date of its first contract. The owner is
    that of data/reference/groups.csv when the contracts were notified.
    """
    owners = reference.table("groups").lazy().select("group_id", "owner", "valid_from", "valid_to", country="country")
    evidence = (
        selection.filtered(awards)
        .group_by(
            "vendor_id",
            "group_id",
            "group_name",
            "control_country",
            "technology_country",
            "control_basis",
            "control_confidence",
            "control_source",
        )
        .agg(
            pl.col("vendor_name").drop_nulls().sort().first(),
            first_date=pl.col("contract_date").min(),
            contract_count=distinct("contract_id"),
        )
        .with_row_index("_evidence")
    )
    owned = (
        evidence.join(owners, on="group_id")
        .filter(
            pl.col("country") == pl.col("control_country"),
            pl.col("valid_from").is_null()
            | pl.col("first_date").is_null()
            | (pl.col("valid_from") <= pl.col("first_date")),
            pl.col("valid_to").is_null()
            | pl.col("first_date").is_null()
            | (pl.col("valid_to") >= pl.col("first_date")),
        )
        .sort("valid_from", nulls_last=False)
        .group_by("_evidence")
        .agg(pl.col("owner", "valid_from", "valid_to").last())
    )
    return (
        evidence.join(owned, on="_evidence", how="left")
        .sort("vendor_id", "first_date", "control_country", "control_source", nulls_last=True)
        .select(_CHAIN)
        .collect()
    )


def services(awards: pl.LazyFrame, selection: Selection) -> list[str]:
    """The services that the selected vendor renders, in the order of ``vocabulary.SERVICES``.

    They are those of the products that its contracts name, and of its own offer in data/reference/alternatives.csv;
    a registered host renders ``cloud``.
    """
    mine = selection.filtered(awards).select("products", "vendor_siren", "group_id", "vendor_kind").collect()
    named = reference.table("products").join(
        mine.select(product="products").explode("product").unique(), on="product", how="semi"
    )
    own = offers.owned_by(mine["vendor_siren"].unique().to_list(), mine["group_id"].unique().to_list())
    found = {*named["service_category"], *own["services"].explode().drop_nulls()}
    if (mine["vendor_kind"] == "cloud_host").any():
        found.add(offers.CLOUD)
    return [service for service in vocabulary.SERVICES if service in found]


def own_offers(awards: pl.LazyFrame, selection: Selection) -> list[str]:
    """The ``offer_id`` of data/reference/alternatives.csv that the selected vendor or group sells itself."""
    mine = selection.filtered(awards).select("vendor_siren", "group_id").unique().collect()
    own = offers.owned_by(mine["vendor_siren"].to_list(), mine["group_id"].to_list())
    return own["offer_id"].sort().to_list()


def ministries(awards: pl.LazyFrame, selection: Selection) -> pl.DataFrame:
    """The ministries that buy from it: ``ministry, amount_cents, contract_count, buyer_count``, by amount.

    Buyers outside the State stand in one row without a ministry.
    """
    return (
        selection.judged(awards)
        .group_by("ministry")
        .agg(
            amount_cents=pl.col("counted_cents").sum(),
            contract_count=distinct("contract_id"),
            buyer_count=distinct("buyer_key"),
        )
        .sort("amount_cents", "contract_count", "ministry", descending=[True, True, False], nulls_last=True)
        .collect()
    )


def _most_frequent(codes: pl.Series) -> list[str]:
    counts = codes.drop_nulls().cast(pl.String).value_counts().sort("count", codes.name, descending=[True, False])
    return counts[codes.name].to_list()
