"""How a purchase reaches the buyer: directly, through a reseller or an integrator, or through a purchasing body.

A central purchasing body hides what is bought on either side: as holder it resells, as buyer it buys for others.
"""

import polars as pl

from loaders import reference, schema
from loaders.classify.names import comparable, may_match, shapes

_BY_KIND = {
    "reseller": "reseller",
    "integrator": "integrator",
    "cloud_host": "direct",
    "software_editor": "direct",
    "hardware_maker": "direct",
    "telecom": "direct",
    "public_body": "direct",
}
_SHAPES = ("name", "part")


def add_channel(awards: pl.LazyFrame) -> pl.LazyFrame:
    """``awards`` with ``channel`` and ``channel_rule`` (the field and the row that decided; null when unknown).

    In: vendor_kind, vendor_siren, holder_name, buyer_kind, buyer_siren, buyer_name. Purchasing bodies come first, by
    SIREN then by exact name (data/reference/purchasing_bodies.csv), then the trade of the vendor.
    """
    buyer = _body("buyer_siren", "buyer_name", awards)
    holder = _body("vendor_siren", "holder_name", awards)
    named = awards.join(buyer, on=["buyer_siren", "buyer_name"], how="left", nulls_equal=True).join(
        holder, on=["vendor_siren", "holder_name"], how="left", nulls_equal=True
    )
    rule = pl.coalesce(
        pl.col("buyer_name_body"),
        pl.when(pl.col("buyer_kind") == "central_purchasing").then(pl.lit("buyer_kind=central_purchasing")),
        pl.col("holder_name_body"),
    )
    kind = pl.col("vendor_kind").cast(pl.String)
    by_kind = kind.replace_strict(_BY_KIND, default=None, return_dtype=pl.String)
    return named.with_columns(
        channel=pl.when(rule.is_not_null())
        .then(pl.lit("central_purchasing"))
        .otherwise(by_kind)
        .cast(schema.column("channel").dtype),
        channel_rule=pl.coalesce(rule, pl.when(by_kind.is_not_null()).then("vendor_kind=" + kind)),
    ).drop("buyer_name_body", "holder_name_body")


def _body(siren: str, name: str, awards: pl.LazyFrame) -> pl.LazyFrame:
    """The distinct pairs of ``siren`` and ``name`` that are a purchasing body, with the rule that says so."""
    bodies = reference.table("purchasing_bodies").lazy()
    by_siren = bodies.select(pl.col("siren").alias(siren), "body_id").drop_nulls().unique()
    by_name = bodies.select(key=comparable(pl.col("alias")), named_body="body_id").unique().collect()
    pairs = awards.select(siren, name).unique().collect().lazy()
    named = (
        pairs.select(name)
        .drop_nulls()
        .unique()
        .filter(may_match(pl.col(name), by_name["key"]))
        .select(name, tried=shapes(name))
        .explode("tried")
        .unnest("tried")
        .filter(pl.col("shape").is_in(_SHAPES))
        .join(by_name.lazy(), on="key")
        .select(name, "named_body")
        .unique(name)
    )
    rule = pl.coalesce(
        f"{siren}=purchasing_bodies:" + pl.col("body_id"), f"{name}=purchasing_bodies:" + pl.col("named_body")
    )
    return (
        pairs.join(by_siren, on=siren, how="left")
        .join(named, on=name, how="left")
        .select(siren, name, rule.alias(f"{name}_body"))
        .drop_nulls(f"{name}_body")
    )
