"""Which entity of the registry a published holder is: by its SIREN, else by an exact name, never by a likeness.

A name decides alone when no valid SIREN is published. Beside a SIREN that the registry does not hold, only a
distinctive alias or a brand may decide, and the result is to be verified: the same group owns many legal units, and
buyers mistype numbers. A SIREN or a name known to be a homonym stops all that.
"""

import polars as pl

from loaders.classify.identifiers import read_identifiers
from loaders.classify.names import SHAPES, may_match, shapes
from loaders.classify.registry import Registry

HOLDER = ("holder_id", "holder_id_type", "holder_name")

_BRAND = "brand"
_SURE_SHAPES = ("name",)


def resolve(holders: pl.LazyFrame, registry: Registry) -> pl.LazyFrame:
    """``holders`` (distinct rows of the columns ``HOLDER``) with the entity of the registry that each one is.

    Added: what ``read_identifiers`` reads, ``entity``, ``matched_by`` (``holder_id``, or the shape of the name that
    matched: ``name``, ``france``, ``part``, ``mandataire``, ``brand``), ``other_number`` (the holder has a number of
    its own that the registry does not hold). At most one entity a holder.
    """
    # Collected, because the plan may be run once for each use of `known`, and a number must mean the same in all.
    known = read_identifiers(holders).with_row_index("_holder").collect().lazy()
    by_id = known.join(registry.sirens.lazy(), on="siren").select("_holder", "entity", matched_by=pl.lit("holder_id"))
    open_to_names = known.join(by_id, on="_holder", how="anti").join(
        registry.homonym_sirens.lazy(), on="siren", how="anti"
    )
    named = _named(open_to_names, registry)
    return (
        known.join(pl.concat([by_id, named]), on="_holder", how="left")
        .with_columns(other_number=(pl.col("matched_by") != "holder_id") & _has_number())
        .drop("_holder")
    )


def _has_number() -> pl.Expr:
    return pl.col("siren").is_not_null() | pl.col("foreign_number").is_not_null()


def _named(holders: pl.LazyFrame, registry: Registry) -> pl.LazyFrame:
    keys = pl.concat([registry.aliases["key"], registry.brands["key"]])
    tried = (
        holders.filter(pl.col("holder_name").is_not_null())
        .filter(may_match(pl.col("holder_name"), keys))
        .select("_holder", has_number=_has_number(), tried=shapes("holder_name"))
        .explode("tried")
        .unnest("tried")
        .drop_nulls("key")
    )
    homonyms = tried.join(registry.homonym_names.lazy(), on="key", how="semi")
    tried = tried.join(homonyms, on="_holder", how="anti")
    surest_first = pl.Enum([*SHAPES, _BRAND])
    return (
        pl.concat([_aliased(tried, registry), _branded(tried, registry)])
        .with_columns(matched_by=pl.col("shape").cast(surest_first))
        .sort("_holder", "matched_by", "length", descending=[False, False, True])
        .unique("_holder", keep="first", maintain_order=True)
        .select("_holder", "entity", pl.col("matched_by").cast(pl.String))
    )


def _aliased(tried: pl.LazyFrame, registry: Registry) -> pl.LazyFrame:
    plain_name_alone = pl.col("shape").is_in(_SURE_SHAPES) & ~pl.col("has_number")
    return (
        tried.join(registry.aliases.lazy(), on="key")
        .filter(pl.col("is_distinctive") | plain_name_alone)
        .select("_holder", "entity", pl.col("shape").cast(pl.String), length=pl.col("key").str.len_chars())
    )


def _branded(tried: pl.LazyFrame, registry: Registry) -> pl.LazyFrame:
    """Names whose first words are a brand that belongs to one group whatever follows; the longest brand wins."""
    words = pl.col("key").str.split(" ")
    beginnings = pl.concat_list([words.list.head(count).list.join(" ") for count in (1, 2, 3)])
    return (
        tried.filter(pl.col("shape").is_in(["name", "mandataire"]))
        .with_columns(key=beginnings.list.unique())
        .explode("key")
        .join(registry.brands.lazy(), on="key")
        .select("_holder", "entity", shape=pl.lit(_BRAND), length=pl.col("key").str.len_chars())
    )
