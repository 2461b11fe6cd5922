"""What is on offer, from here and from abroad: clouds and software by service, from the reference tables."""

from functools import cache

import polars as pl

from analysis.selection import VERDICT_TYPE
from loaders import reference
from loaders.classify.verdict import FRANCE, verdict

OFFER_COLUMNS = (
    "offer_id name services vendor_siren group_id held_perimeter product owner owner_country technology_country "
    "licence hds hds_source secnumcloud_ids replaces source confidence"
).split()
CLOUD = "cloud"
_DOCUMENTED = {"control_basis": pl.lit("registry"), "channel": pl.lit("direct")}


def alternatives(definition: str, service: str | None = None) -> pl.DataFrame:
    """The offers that are not foreign under ``definition``, those on foreign technology included; by name.

    Columns: ``OFFER_COLUMNS`` (``services`` and ``replaces``, product names, are lists; ``held_perimeter`` says which
    contracts of its vendor sell it, all or those of the cloud; ``hds`` and ``confidence`` say how sure a fact is:
    high, medium, to_verify, null when no source states it), then ``verdict``: ``home_documented``, or ``hybrid`` when
    a foreign technology is inside. ``service`` (a key of ``vocabulary.SERVICES``) keeps those that render it. Source:
    data/reference/alternatives.csv, row by row.
    """
    offers = _judged(_alternatives(), definition).filter(pl.col("verdict") != "foreign_control")
    return offers if service is None else offers.filter(pl.col("services").list.contains(service))


def clouds(definition: str) -> pl.DataFrame:
    """The clouds of data/reference, foreign and not, in the columns of ``alternatives``; foreign first, then by name.

    A European cloud that ``definition`` holds for foreign is among the foreign ones.
    """
    offers = pl.concat([_foreign_clouds(), _alternatives().filter(pl.col("services").list.contains(CLOUD))])
    return _judged(offers, definition).sort("verdict", "name")


def owned_by(sirens: list[str | None], group_ids: list[str | None]) -> pl.DataFrame:
    """The alternatives of data/reference that one of these legal units or groups sells; ``OFFER_COLUMNS``."""
    is_theirs = pl.col("vendor_siren").is_in(sirens) | pl.col("group_id").is_in(group_ids)
    return _alternatives().filter(is_theirs.fill_null(False))


@cache
def qualifications(service_ids: tuple[str, ...]) -> pl.DataFrame:
    """The rows of data/reference/secnumcloud.csv of these services, by end of validity (unknown last)."""
    table = reference.table("secnumcloud")
    return table.filter(pl.col("service_id").is_in(service_ids)).sort("valid_to", "service_id", nulls_last=True)


def products_of(service: str) -> pl.DataFrame:
    """The products known for ``service``: ``product, owner, country``; data/reference/products.csv."""
    products = reference.table("products").filter(pl.col("service_category") == service)
    return products.select("product", "owner", "country").unique("product", keep="first", maintain_order=True)


def with_product_verdict(products: pl.DataFrame, definition: str) -> pl.DataFrame:
    """``products`` (column ``country``) with the ``verdict`` of an award to a home vendor that names each one alone."""
    home_vendor = {"control_country": pl.lit(FRANCE[0]), "technology_country": pl.lit(None, pl.String)}
    award = {**_DOCUMENTED, **home_vendor, "product_countries": pl.concat_list("country")}
    judged = products.with_columns(**award).with_columns(verdict(definition).cast(VERDICT_TYPE).alias("verdict"))
    return judged.select(*products.columns, "verdict")


def _judged(offers: pl.DataFrame, definition: str) -> pl.DataFrame:
    # An offer is judged as an award to its owner would be.
    nothing_named = pl.lit(None, pl.List(pl.String))
    award = {**_DOCUMENTED, "control_country": pl.col("owner_country"), "product_countries": nothing_named}
    judged = offers.with_columns(**award).with_columns(verdict(definition).cast(VERDICT_TYPE).alias("verdict"))
    return judged.select(*OFFER_COLUMNS, "verdict").sort("name")


@cache
def _alternatives() -> pl.DataFrame:
    names = reference.table("products").select("product_id", "product")
    replaced = (
        reference.table("alternatives")
        .select("alternative_id", product_id=pl.col("replaces").str.split(" | "))
        .explode("product_id")
        .join(names, on="product_id", maintain_order="left")
        .group_by("alternative_id", maintain_order=True)
        .agg(replaces="product")
    )
    return _offers(
        reference.table("alternatives")
        .drop("replaces")
        .join(replaced, on="alternative_id", how="left")
        .with_columns(
            pl.col("services").str.split(" | "),
            pl.col("secnumcloud_ids").str.split(" | ").fill_null([]),
            offer_id="alternative_id",
            hds=reference.confidence(pl.col("hds")),
        )
    )


@cache
def _foreign_clouds() -> pl.DataFrame:
    nothing = pl.lit(None, pl.String)
    return _offers(
        reference.table("foreign_clouds").with_columns(
            offer_id="cloud_id",
            services=pl.concat_list(pl.lit(CLOUD)),
            secnumcloud_ids=pl.lit([], pl.List(pl.String)),
            replaces=pl.lit(None, pl.List(pl.String)),
            licence=nothing,
            hds=nothing,
            hds_source=nothing,
        )
    )


def _offers(rows: pl.DataFrame) -> pl.DataFrame:
    vendors = reference.table("vendors")
    by_key = vendors.select("vendor_key", vendor_siren="siren", of_key="technology_country").unique("vendor_key")
    by_group = vendors.group_by("group_id").agg(
        of_group=pl.when(pl.col("technology_country").is_not_null().all())
        .then(pl.col("technology_country").min())
        .min()
    )
    products = reference.table("products").select("product_id", "product")
    return (
        rows.join(by_key, on="vendor_key", how="left")
        .join(by_group, on="group_id", how="left")
        .join(products, on="product_id", how="left")
        .with_columns(
            technology_country=pl.coalesce("of_key", "of_group"), confidence=reference.confidence(pl.col("verified"))
        )
        .select(OFFER_COLUMNS)
    )
