"""The registry of vendors and of the groups that control them, ready to be joined: facts with the period they hold.

Tables in data/reference: ``groups`` (who controls a group, and from which country, when), ``vendors`` (which group a
company belongs to, when), ``vendor_aliases`` (names it is published under), ``vendor_brands`` (first words that belong
to one group whatever follows, when), ``vendor_homonyms`` (names and SIRENs that are somebody else).
"""

from dataclasses import dataclass
from datetime import date
from functools import cache

import polars as pl

from loaders import reference
from loaders.classify.names import comparable, without_legal_form

FIRST_DAY, LAST_DAY = date(1, 1, 1), date(9999, 12, 31)


@dataclass(frozen=True)
class Registry:
    """What is known of vendors. Periods include both their days; those of one entity do not overlap.

    ``facts``: entity, vendor_name, vendor_siren, vendor_kind, technology_country, group_id, group_name, country,
    verified, rule, source, valid_from, valid_to, is_latest. An entity is ``vendors:<key>`` or ``brands:<brand>``.
    ``sirens``: siren, entity. ``aliases``: key, entity, is_distinctive. ``brands``: key, entity.
    ``homonym_names``: key. ``homonym_sirens``: siren.
    """

    facts: pl.DataFrame
    sirens: pl.DataFrame
    aliases: pl.DataFrame
    brands: pl.DataFrame
    homonym_names: pl.DataFrame
    homonym_sirens: pl.DataFrame

    @staticmethod
    @cache
    def load() -> "Registry":
        """The registry of data/reference."""
        names = ("groups", "vendors", "vendor_aliases", "vendor_brands", "vendor_homonyms")
        return Registry.of(*(reference.table(name) for name in names))

    @staticmethod
    def of(
        groups: pl.DataFrame,
        vendors: pl.DataFrame,
        aliases: pl.DataFrame,
        brands: pl.DataFrame,
        homonyms: pl.DataFrame,
    ) -> "Registry":
        """A registry from its five tables, as ``reference.table`` reads them."""
        entities = vendors.with_columns(entity="vendors:" + pl.col("vendor_key"))
        return Registry(
            facts=_facts(pl.concat([entities, _brand_entities(brands)], how="diagonal"), groups),
            sirens=entities.select("siren", "entity").drop_nulls().unique(),
            aliases=_alias_keys(aliases),
            brands=brands.select(key=comparable(pl.col("brand")), entity="brands:" + pl.col("brand")).unique(),
            homonym_names=homonyms.select(key=comparable(pl.col("name"))).drop_nulls().unique(),
            homonym_sirens=homonyms.select("siren").drop_nulls().unique(),
        )


def _brand_entities(brands: pl.DataFrame) -> pl.DataFrame:
    return brands.select(
        "vendor_kind",
        "group_id",
        "valid_from",
        "valid_to",
        entity="brands:" + pl.col("brand"),
        source="source",
        verified="verified",
    )


def _alias_keys(aliases: pl.DataFrame) -> pl.DataFrame:
    """An alias that begins with ``SOCIETE`` is also known without it, as names lose it with their legal form."""
    known = aliases.select(
        key=comparable(pl.col("alias")),
        entity="vendors:" + pl.col("vendor_key"),
        is_distinctive=pl.col("distinctive") == "yes",
    )
    shortened = known.filter(pl.col("key").str.contains("^(SOCIETE|STE) ")).with_columns(
        key=without_legal_form(pl.col("key"))
    )
    return pl.concat([known, shortened]).unique(["key", "entity"], keep="first", maintain_order=True)


def _facts(entities: pl.DataFrame, groups: pl.DataFrame) -> pl.DataFrame:
    open_ends = {"valid_from": FIRST_DAY, "valid_to": LAST_DAY}
    members = entities.with_columns(pl.col(end).fill_null(day) for end, day in open_ends.items())
    owned = groups.with_columns(pl.col(end).fill_null(day) for end, day in open_ends.items())
    return (
        members.join(owned, on="group_id", suffix="_group")
        .with_columns(
            valid_from=pl.max_horizontal("valid_from", "valid_from_group"),
            valid_to=pl.min_horizontal("valid_to", "valid_to_group"),
        )
        .filter(pl.col("valid_from") <= pl.col("valid_to"))
        .select(
            "entity",
            "vendor_name",
            "vendor_kind",
            "technology_country",
            "group_id",
            "group_name",
            "country",
            "valid_from",
            "valid_to",
            vendor_siren="siren",
            verified=_weakest(pl.col("verified"), pl.col("verified_group")),
            rule=pl.col("entity") + ">groups:" + pl.col("group_id"),
            source=_both_sources(pl.col("source"), pl.col("source_group")),
            is_latest=pl.col("valid_to") == pl.col("valid_to").max().over("entity"),
        )
    )


def _weakest(first: pl.Expr, second: pl.Expr) -> pl.Expr:
    order = list(reference.VERIFIED_TO_CONFIDENCE)
    rank = {verified: place for place, verified in enumerate(order)}
    worst = pl.max_horizontal(each.replace_strict(rank, return_dtype=pl.Int8) for each in (first, second))
    return worst.replace_strict(dict(enumerate(order)), return_dtype=pl.String)


def _both_sources(link: pl.Expr, control: pl.Expr) -> pl.Expr:
    same = link.is_null() | (link == control)
    return pl.when(same).then(control).otherwise(pl.concat_str(link, control, separator=" ; "))
