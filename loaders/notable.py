"""The awards of contracts of which more is known than a French number: what questions of a verdict, of groups or of
products are asked of.

Nine awards in ten have nothing but the SIREN of their holder, and are presumed home under every definition. Whoever
asks for other verdicts, for groups, or for what titles name need not read them. The rest are whole contracts, with all
their holders, in the order of the awards, their verdicts, and the text that vendors are sought in.
"""

from pathlib import Path

import polars as pl

from loaders import derived, reference, vocabulary
from loaders.classify.verdict import FACTS, verdict
from loaders.search_texts import seller_text

TABLE = "notable"
PRESUMED = "home_presumed"
_ROW_GROUP_ROWS = 50_000


def verdict_column(definition: str) -> str:
    """The name of the column that holds the verdict under ``definition`` where it was worked out beforehand."""
    return f"verdict_{definition}"


def judged(awards: pl.LazyFrame) -> pl.LazyFrame:
    """``awards``, in any order, with their verdict under each definition, each in its ``verdict_column``."""
    # Millions of awards have some hundreds of different facts: these are judged, once each.
    different = awards.select(FACTS).unique().with_columns(verdicts())
    return awards.join(different, on=FACTS, how="left", nulls_equal=True)


def notable(awards: pl.LazyFrame) -> pl.LazyFrame:
    """The judged awards of each contract with an award that is not presumed home under every definition, or whose
    vendor is in our registry or in a group, or that names a product.
    """
    contracts = judged(awards).filter(_is_notable()).select("contract_id").unique().collect()["contract_id"]
    return awards.filter(pl.col("contract_id").is_in(contracts.implode())).with_columns(*verdicts(), seller_text())


def write(folder: Path) -> None:
    """Write the notable awards of those in ``folder`` beside them."""
    notable(pl.scan_parquet(folder / "awards.parquet")).sink_parquet(
        folder / f"{TABLE}.parquet", row_group_size=_ROW_GROUP_ROWS, metadata=derived.carried(rules())
    )


def rules() -> list[pl.Expr]:
    """What decides whether an award is notable, and what is said of it."""
    return [_is_notable(), *verdicts(), seller_text()]


def verdicts() -> list[pl.Expr]:
    """The verdicts of an award, each under the name of its ``verdict_column``."""
    return [verdict(definition).alias(verdict_column(definition)) for definition in vocabulary.DEFINITIONS]


def is_faithful(found: pl.LazyFrame, awards: pl.LazyFrame) -> bool:
    """Whether ``found`` has as many awards, of as many contracts and euros, as ``awards`` have that are notable."""
    measures = (pl.len(), pl.col("contract_id").n_unique(), pl.col("share_cents").sum())
    ours, theirs = pl.collect_all([rows.select(measures) for rows in (found, notable(awards))])
    return ours.equals(theirs)


def _is_notable() -> pl.Expr:
    registered = reference.table("vendors")["siren"].drop_nulls().unique().sort()
    return pl.any_horizontal(
        *(pl.col(verdict_column(definition)) != PRESUMED for definition in vocabulary.DEFINITIONS),
        pl.col("group_id").is_not_null(),
        pl.col("vendor_siren").is_in(registered.to_list()),
        pl.col("products").list.len() > 0,
    )
