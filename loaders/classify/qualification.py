"""Which SecNumCloud qualifications the services of a holder had on the contract's date.

A qualification is that of a service, not of a company, and lasts three years at most: it counts only between the two
dates that a source states. Where a source lists a service without its dates, it counts on the day of that source.
"""

from pathlib import Path

import polars as pl

from loaders import reference
from loaders.classify.names import may_match, slug
from loaders.enrich import DERIVED_FOLDER, secnumcloud_catalogue

_HOLDER = ("vendor_siren", "vendor_name", "contract_date")


def add_qualifications(awards: pl.LazyFrame, derived: Path = DERIVED_FOLDER) -> pl.LazyFrame:
    """``awards`` with ``qualifications``: decision and service, such as ``2279 Hosted Private Cloud (VMware)``.

    In: vendor_siren, vendor_name (compared when the holder or the qualified provider has no SIREN), contract_date.
    Out: one text a service qualified on that day (the decision's number is left out where no source gives it), sorted;
    an empty list when there is none, or no date. Sources: data/reference/secnumcloud.csv, and the ANSSI catalogue when
    an extract of it stands in ``derived``.
    """
    holders = awards.select(_HOLDER).unique().drop_nulls("contract_date")
    services = _services(derived)
    by_siren = holders.join(services, left_on="vendor_siren", right_on="provider_siren")
    by_name = (
        holders.join(_named(awards, services), on="vendor_name")
        .join(services.explode("aliases"), left_on="alias", right_on="aliases")
        .filter(pl.col("vendor_siren").is_null() | pl.col("provider_siren").is_null())
    )
    qualified = (
        pl.concat([found.select(*_HOLDER, "valid_from", "valid_to", "label") for found in (by_siren, by_name)])
        .filter(pl.col("contract_date").is_between("valid_from", "valid_to"))
        .group_by(_HOLDER)
        .agg(pl.col("label").unique().sort().alias("qualifications"))
    )
    return awards.join(qualified, on=_HOLDER, how="left", nulls_equal=True).with_columns(
        pl.col("qualifications").fill_null([])
    )


def _named(awards: pl.LazyFrame, services: pl.LazyFrame) -> pl.LazyFrame:
    """vendor_name and ``alias`` of those vendors whose name may be an alias of a provider: few have its first word."""
    first_words = services.explode("aliases").select(pl.col("aliases").str.to_uppercase().str.split("-").list.first())
    name = pl.col("vendor_name")
    names = awards.select(name).drop_nulls().unique().filter(may_match(name, first_words.collect().to_series()))
    return names.collect().lazy().with_columns(alias=slug(name))


def _services(derived: Path) -> pl.LazyFrame:
    """Our table and the catalogue, each decision once; without a decision's number, the catalogue knows better."""
    columns = secnumcloud_catalogue.SCHEMA.names()
    catalogue = secnumcloud_catalogue.read(derived)
    ours = reference.table("secnumcloud").lazy().filter(pl.col("status") == "qualified").select(columns)
    numbered = ours.drop_nulls("decision")
    unnumbered = ours.filter(pl.col("decision").is_null()).join(catalogue, on="provider", how="anti")
    others = catalogue.join(numbered, on=["decision", "valid_from"], how="anti")
    names = pl.concat_str("provider", "vendor_aliases", separator=" | ", ignore_nulls=True)
    return pl.concat([numbered, unnumbered, others]).select(
        "provider_siren",
        "valid_from",
        "valid_to",
        label=pl.concat_str("decision", "service", separator=" ", ignore_nulls=True),
        aliases=names.str.split(" | ").list.eval(slug(pl.element())),
    )
