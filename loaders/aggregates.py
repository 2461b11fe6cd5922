"""Sums made with the edition: what whole-country questions would otherwise scan millions of awards for.

One row for each cell: a definition of home, the facts that a filter may choose, a verdict, and which verdicts the
contracts of the cell have among all their holders (``verdict_set``, one bit a verdict), so that contracts are counted
once whatever the verdicts chosen. There are some thousands of cells, however many awards.
"""

from pathlib import Path

import polars as pl

from loaders import derived, notable, vocabulary
from loaders.classify.verdict import verdict
from loaders.conventions import convention_cents

TABLE = "aggregates"
"""Made of the table ``awards``, and open to nobody but our own questions: it says nothing that awards do not."""
FACTS = ("year", "ministry", "buyer_kind", "is_digital", "is_cloud", "amount_flag", "is_undated")
_VERDICTS = {definition: notable.verdict_column(definition) for definition in vocabulary.DEFINITIONS}
SUMS = tuple(f"{convention}_cents" for convention in vocabulary.AMOUNT_CONVENTIONS)
SCHEMA = pl.Schema(
    {
        "definition": pl.Enum(list(vocabulary.DEFINITIONS)),
        "year": pl.Int16,
        "ministry": pl.Enum(list(vocabulary.MINISTRIES)),
        "buyer_kind": pl.Enum(list(vocabulary.BUYER_KINDS)),
        "is_digital": pl.Boolean,
        "is_cloud": pl.Boolean,
        "amount_flag": pl.Enum(list(vocabulary.AMOUNT_FLAGS)),
        "is_undated": pl.Boolean,
        "verdict": pl.Enum(list(vocabulary.VERDICTS)),
        "verdict_set": pl.UInt8,
        "contract_count": pl.Int64,
        "award_count": pl.Int64,
        **dict.fromkeys(SUMS, pl.Int64),
    }
)


def aggregated(awards: pl.LazyFrame) -> pl.LazyFrame:
    """The cells of ``awards``, in the order of their facts: columns of ``SCHEMA``, cents before flags are left out.

    ``contract_count`` counts the contracts with an award of that verdict; ``is_undated`` those without a duration.
    """
    facts = notable.judged(awards).with_columns(
        pl.col("contract_id").hash().alias("contract"),
        pl.col("is_digital", "is_cloud").fill_null(False),
        is_undated=pl.col("duration_months").is_null(),
    )
    # Most contracts have one holder, hence one verdict: the others alone need comparing.
    is_alone = pl.col("holder_count") == 1
    alone = _weighed(facts.filter(is_alone)).group_by(*FACTS, *_VERDICTS.values()).agg(pl.col(SUMS).sum(), pl.len())
    shared = _weighed(facts.filter(is_alone.ne_missing(True)))
    typed = [pl.col(name).cast(dtype) for name, dtype in SCHEMA.items()]
    cells = pl.concat(
        cells.with_columns(definition=pl.lit(definition)).select(typed)
        for definition, verdict_column in _VERDICTS.items()
        for cells in (
            _cells_of_contracts(alone.rename({verdict_column: "verdict"})),
            _cells_of_holders(shared.rename({verdict_column: "verdict"})),
        )
    )
    keys = ("definition", *FACTS, "verdict", "verdict_set")
    return cells.group_by(keys).agg(pl.col("contract_count", "award_count", *SUMS).sum()).sort(keys)


def write(folder: Path) -> None:
    """Write the cells of the awards in ``folder`` beside them."""
    cells = aggregated(pl.scan_parquet(folder / "awards.parquet"))
    cells.sink_parquet(folder / f"{TABLE}.parquet", metadata=derived.carried(rules()))


def rules() -> list[pl.Expr]:
    """What decides the cells of an award: its verdicts, and its weights."""
    verdicts = [verdict(definition) for definition in vocabulary.DEFINITIONS]
    return [*verdicts, *(convention_cents(convention) for convention in vocabulary.AMOUNT_CONVENTIONS)]


def is_faithful(cells: pl.LazyFrame, awards: pl.LazyFrame) -> bool:
    """Whether, under every definition, the cells add up to the awards: how many, of how many contracts, how much."""
    is_first = (pl.col("verdict_set") & (bit(pl.col("verdict")) - 1)) == 0
    added = cells.group_by("definition").agg(
        pl.col("award_count", "partage_cents").sum(), contracts=pl.col("contract_count").filter(is_first).sum()
    )
    wanted = awards.select(
        pl.len().cast(pl.Int64), pl.col("share_cents").sum(), pl.col("contract_id").n_unique().cast(pl.Int64)
    )
    rows, expected = pl.collect_all([added, wanted])
    found = rows.select("award_count", "partage_cents", "contracts").rows()
    if not any(expected.row(0)):
        return not found
    return found == expected.rows() * len(vocabulary.DEFINITIONS)


def _weighed(facts: pl.LazyFrame) -> pl.LazyFrame:
    weights = (convention_cents(name).alias(f"{name}_cents") for name in vocabulary.AMOUNT_CONVENTIONS)
    return facts.with_columns(weights).select("contract", *FACTS, *SUMS, *_VERDICTS.values())


def _cells_of_contracts(alone: pl.LazyFrame) -> pl.LazyFrame:
    """The cells of contracts with one holder, ``len`` of them together."""
    return (
        alone.group_by(*FACTS, "verdict")
        .agg(pl.col(SUMS).sum(), contract_count=pl.col("len").sum(), award_count=pl.col("len").sum())
        .with_columns(verdict_set=bit(pl.col("verdict")))
    )


def _cells_of_holders(shared: pl.LazyFrame) -> pl.LazyFrame:
    """The cells of contracts whose holders may differ, one row a holder."""
    contracts = (
        shared.group_by("contract", *FACTS, "verdict")
        .agg(pl.col(SUMS).sum(), award_count=pl.len())
        .with_columns(verdict_set=bit(pl.col("verdict")).sum().over("contract"))
    )
    return contracts.group_by(*FACTS, "verdict", "verdict_set").agg(
        pl.col(SUMS).sum(), contract_count=pl.len(), award_count=pl.col("award_count").sum()
    )


def bit(judged: pl.Expr) -> pl.Expr:
    """The bit of a verdict in ``verdict_set``: the first of vocabulary.VERDICTS is the lowest."""
    codes = vocabulary.VERDICTS
    return judged.replace_strict({code: 1 << place for place, code in enumerate(codes)}, return_dtype=pl.UInt8)
