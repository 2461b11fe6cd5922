"""One line a vendor and one line a buyer, summed from awards."""

import polars as pl

_SUMMED = (
    pl.col("contract_id").hash().n_unique().cast(pl.Int32).alias("contract_count"),
    pl.len().cast(pl.Int32).alias("award_count"),
    pl.col("share_cents").filter(pl.col("amount_flag").is_null()).sum().alias("total_share_cents"),
    pl.col("contract_date").min().alias("first_date"),
    pl.col("contract_date").max().alias("last_date"),
)

_VENDOR_FACTS = (
    "vendor_name vendor_siren group_id group_name vendor_kind control_country control_basis control_confidence "
    "control_source technology_country"
).split()
_BUYER_FACTS = "buyer_siren buyer_name buyer_kind state_status ministry ministry_rule".split()


def vendor_totals(awards: pl.LazyFrame) -> pl.LazyFrame:
    """The vendors table: facts as of each vendor's latest award, flagged amounts left out of the sum."""
    return _totals(awards, "vendor_id", _VENDOR_FACTS)


def buyer_totals(awards: pl.LazyFrame) -> pl.LazyFrame:
    """The buyers table, by SIREN or by name where there is none."""
    return _totals(awards, "buyer_key", _BUYER_FACTS)


def _totals(awards: pl.LazyFrame, key: str, facts: list[str]) -> pl.LazyFrame:
    in_time = ["contract_date", "contract_id", "holder_rank"]
    numbered = awards.filter(pl.col(key).is_not_null()).with_row_index("_row")
    latest = (
        numbered.select(key, "_row", *in_time)
        .sort(in_time, nulls_last=False)
        .unique(key, keep="last", maintain_order=True)
        .select("_row")
    )
    of_latest = numbered.select("_row", key, *facts).join(latest, on="_row", how="semi").drop("_row")
    return of_latest.join(numbered.group_by(key).agg(*_SUMMED), on=key)
