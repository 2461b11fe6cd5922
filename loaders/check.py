"""Whether an edition can be trusted, and what changed from one to the next."""

import polars as pl
from polars.exceptions import PolarsError

from language import gettext as _
from loaders import aggregates, by_ministry, by_vendor, digital, known, notable, schema, search_texts, vendor_texts
from loaders.classify.verdict import verdict
from loaders.editions import Edition
from loaders.stage import sha256

_RULES = {
    "control_rule": ("control_rule", "control_country", "technology_country"),
    "product_rule": ("product_rule", "product_countries"),
    "channel_rule": ("channel_rule", "channel"),
    "perimeter_rule": ("perimeter_rule", "is_digital"),
    "ministry_rule": ("ministry_rule", "ministry"),
}
"""Each rule with what it establishes: a row of a table may say something else and keep its name."""


def problems(edition: Edition, just_made: bool = False) -> list[str]:
    """Every reason not to show this edition, one sentence each; none when it is sound.

    ``just_made``: this very process made and summed its files a moment ago. They are then not summed again, nor are
    the awards picked again of which more is known than a number; all else is checked.
    """
    sealed = {*schema.TABLES, *edition.manifest["tables"]}
    missing = [table for table in sorted(sealed) if not edition.table_path(table).is_file()]
    if missing:
        return [_("tables absentes : {tables}").format(tables=", ".join(missing))]
    try:
        return [
            *_wrong_schemas(edition),
            *([] if just_made else _wrong_checksums(edition)),
            *_unbalanced_counts(edition),
            *_wrong_rows(edition),
            *_wrong_derived(edition, just_made),
        ]
    except PolarsError as damage:
        unreadable = _("des tables ne se lisent pas ({cause})").format(cause=str(damage).partition("\n")[0])
        return [*_wrong_checksums(edition), unreadable]


def differences(older: Edition, newer: Edition) -> pl.DataFrame:
    """Awards of both editions whose verdict changed: from what to what, by which rules, how many, for how much.

    Columns: verdict_before, verdict_after, axis (the rules that changed, or that now say something else), award_count,
    share_cents (flagged amounts, which are outside all sums, left out). The verdict is that of the default definition.
    """
    key = ["contract_id", "vendor_id"]
    facts = [fact for said in _RULES.values() for fact in said]
    before, after = (
        edition.scan("awards").select(*key, *facts, _counted_share(), verdict("ue").alias("verdict")).unique(key)
        for edition in (older, newer)
    )
    changed_rules = pl.concat_str(
        [pl.when(pl.any_horizontal(map(_has_changed, said))).then(pl.lit(rule)) for rule, said in _RULES.items()],
        separator=" ",
        ignore_nulls=True,
    )
    return (
        before.join(after, on=key, suffix="_after")
        .filter(pl.col("verdict") != pl.col("verdict_after"))
        .group_by(pl.col("verdict").alias("verdict_before"), "verdict_after", changed_rules.alias("axis"))
        .agg(pl.len().alias("award_count"), pl.col("share_cents_after").sum().alias("share_cents"))
        .sort("award_count", "verdict_before", "verdict_after", "axis", descending=[True, False, False, False])
        .collect()
    )


def _has_changed(fact: str) -> pl.Expr:
    return pl.col(fact).ne_missing(pl.col(f"{fact}_after"))


def _counted_share() -> pl.Expr:
    return pl.when(pl.col("amount_flag").is_null()).then("share_cents").alias("share_cents")


def _wrong_schemas(edition: Edition) -> list[str]:
    return [
        _("la table {table} n’a pas les colonnes déclarées").format(table=table)
        for table in schema.TABLES
        if edition.scan(table).collect_schema() != schema.polars_schema(table)
    ]


def _wrong_checksums(edition: Edition) -> list[str]:
    return [
        _("la table {table} n’a pas la somme de contrôle du manifeste").format(table=table)
        for table, sealed in edition.manifest["tables"].items()
        if sha256(edition.table_path(table)) != sealed["sha256"]
    ]


def _unbalanced_counts(edition: Edition) -> list[str]:
    counts = edition.manifest["counts"]
    by_name = {_("toutes sources"): counts} | counts["by_source"]
    return [
        _("{source} : {read} lus ≠ {kept} gardés + {merged} réunis + {rejected} écartés").format(
            source=name,
            read=count["records_read"],
            kept=count["contracts_kept"],
            merged=count["records_merged"],
            rejected=count["records_rejected"],
        )
        for name, count in by_name.items()
        if count["records_read"] != count["contracts_kept"] + count["records_merged"] + count["records_rejected"]
    ]


def _wrong_derived(edition: Edition, just_made: bool) -> list[str]:
    """What was made of the awards to answer faster: an edition made before it has none."""
    sealed, awards = edition.manifest["tables"], edition.scan("awards")
    facts = {
        _("les sommes faites avec l’édition ne sont pas celles de ses attributions"): aggregates.TABLE in sealed
        and not aggregates.is_faithful(edition.scan(aggregates.TABLE), awards),
        _("les textes où l’on cherche ne sont pas ceux des attributions"): search_texts.TABLE in sealed
        and not search_texts.are_faithful(edition.scan(search_texts.TABLE), awards),
        _("les attributions dont on sait plus qu’un SIREN ne sont pas celles de l’édition"): notable.TABLE in sealed
        and not just_made
        and not notable.is_faithful(edition.scan(notable.TABLE), awards),
        _("les attributions numériques gardées à part ne sont pas celles de l’édition"): digital.TABLE in sealed
        and not digital.is_faithful(edition.scan(digital.TABLE), awards),
        _("les attributions rangées par fournisseur ne sont pas celles de l’édition"): by_vendor.TABLE in sealed
        and not by_vendor.is_faithful(edition.scan(by_vendor.TABLE), awards),
        _("les noms où l’on cherche les fournisseurs ne sont pas ceux des attributions"): vendor_texts.TABLE in sealed
        and not vendor_texts.are_faithful(edition.scan(vendor_texts.TABLE), edition.scan(by_vendor.TABLE)),
        _("les attributions rangées par ministère ne sont pas celles de l’édition"): by_ministry.TABLE in sealed
        and not by_ministry.is_faithful(edition.scan(by_ministry.TABLE), awards),
        _("les comptes de ce que l’on sait des attributions ne sont pas les leurs"): sealed.keys() >= {*known.TABLES}
        and not known.are_faithful({table: edition.scan(table) for table in known.TABLES}, awards),
    }
    return [fact for fact, is_wrong in facts.items() if is_wrong]


def _wrong_rows(edition: Edition) -> list[str]:
    awards, contracts = edition.scan("awards"), edition.scan("contracts")
    shares = awards.group_by("contract_id").agg(
        pl.col("share_cents").sum(),
        pl.col("amount_cents").first(),
        pl.col("amount_cents").n_unique().alias("amounts"),
    )
    has_amount = pl.col("amount_cents").is_not_null()
    wrong_shares = shares.filter(
        (pl.col("amounts") != 1) | (has_amount & (pl.col("share_cents") != pl.col("amount_cents")))
    )
    rejected = edition.scan("rejects").filter(pl.col("scope") == "record").select(pl.len()).collect().item()
    facts = {
        _("des parts de titulaires ne font pas le montant du marché"): _count(wrong_shares),
        _("des identifiants de marché sont en double"): _count(contracts) - _count(contracts.unique("contract_id")),
        _("des attributions n’ont pas de marché"): _count(awards.join(contracts, on="contract_id", how="anti")),
        _("des marchés n’ont pas d’attribution"): _count(contracts.join(awards, on="contract_id", how="anti")),
        _("le nombre de marchés n’est pas celui du manifeste"): _count(contracts)
        - edition.manifest["counts"]["contracts_kept"],
        _("la table des rejets n’a pas les enregistrements écartés du manifeste"): rejected
        - edition.manifest["counts"]["records_rejected"],
    }
    return [f"{fact} ({abs(number)})" for fact, number in facts.items() if number]


def _count(rows: pl.LazyFrame) -> int:
    return rows.select(pl.len()).collect().item()
