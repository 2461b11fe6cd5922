"""What is known of awards, and when they were published: tables made with the edition for questions of quality.

``known`` has one row for each combination of facts known or not, ``delays`` one for each delay of publication, by what
a filter may choose: some ten thousand rows, however many awards. ``flagged`` are the awards outside every sum.
"""

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from loaders import derived, vocabulary
from loaders.conventions import convention_cents

KNOWN, DELAYS, FLAGGED = TABLES = ("known", "delays", "flagged")
FACTS = {
    "control": pl.col("control_basis"),
    "product": pl.col("products").list.len() > 0,
    "category": pl.col("digital_category").is_not_null(),
    "duration": pl.col("duration_months") > 0,
}
DELAY = {
    "delay_days": pl.when(pl.col("publication_date") >= pl.col("contract_date")).then(
        (pl.col("publication_date") - pl.col("contract_date")).dt.total_days().cast(pl.Int32)
    ),
    "is_in_time": pl.col("publication_date") <= pl.col("contract_date").dt.offset_by("2mo"),
}
"""Days from the notification to the publication of a contract, null where no date tells; whether within two months."""
_CHOSEN = ("year", "ministry", "buyer_kind", "is_digital", "is_cloud", "amount_flag")
_IS_FLAGGED = pl.col("amount_flag").is_not_null()


def known(awards: pl.LazyFrame) -> pl.LazyFrame:
    """``award_count`` and the cents of each convention, before flags are left out, by what is known of awards."""
    weights = _weights()
    facts = awards.with_columns(**weights, **FACTS).group_by(*_CHOSEN, *FACTS)
    return facts.agg(pl.col(*weights).sum(), award_count=pl.len().cast(pl.Int64)).sort(pl.all())


def delays(awards: pl.LazyFrame) -> pl.LazyFrame:
    """``contract_count`` by ``DELAY``."""
    contracts = contracts_of(awards, *_CHOSEN, "contract_date", "publication_date")
    return contracts.group_by(*_CHOSEN, **DELAY).agg(contract_count=pl.len().cast(pl.Int64)).sort(pl.all())


def flagged(awards: pl.LazyFrame) -> pl.LazyFrame:
    """The awards whose amount has a flag."""
    return awards.filter(_IS_FLAGGED)


def write(folder: Path) -> None:
    """Write what is known of the awards in ``folder`` beside them."""
    awards = pl.scan_parquet(folder / "awards.parquet")
    for table, made in _MADE.items():
        made(awards).sink_parquet(folder / f"{table}.parquet", metadata=derived.carried(rules()))


def rules() -> list[pl.Expr]:
    """What is said of an award here."""
    named = {**_weights(), **FACTS, **DELAY}
    return [pl.col(*_CHOSEN), *(rule.alias(name) for name, rule in named.items()), _IS_FLAGGED]


def are_faithful(tables: Mapping[str, pl.LazyFrame], awards: pl.LazyFrame) -> bool:
    """Whether they count all awards, all contracts, all flagged amounts."""
    found = [
        tables[KNOWN].select(pl.col("award_count", "partage_cents").sum()),
        tables[DELAYS].select(pl.col("contract_count").sum()),
        tables[FLAGGED].select(pl.len().cast(pl.Int64), pl.col("contract_id").n_unique(), pl.col("amount_cents").sum()),
    ]
    wanted = [
        awards.select(award_count=pl.len().cast(pl.Int64), partage_cents=pl.col("share_cents").sum()),
        awards.select(contract_count=pl.col("contract_id").n_unique().cast(pl.Int64)),
        flagged(awards).select(pl.len().cast(pl.Int64), pl.col("contract_id").n_unique(), pl.col("amount_cents").sum()),
    ]
    both = pl.collect_all([*found, *wanted])
    return all(ours.equals(theirs) for ours, theirs in zip(both[:3], both[3:], strict=True))


def contracts_of(awards: pl.LazyFrame, *columns: str) -> pl.LazyFrame:
    """The ``columns`` of each contract of ``awards``, one row each: columns in which its holders do not differ."""
    is_alone = pl.col("holder_count") == 1
    # Most contracts have one holder, hence one row: comparing the others alone takes a third of the time.
    shared = awards.filter(is_alone.ne_missing(True)).select("contract_id", *columns).unique("contract_id", keep="any")
    return pl.concat([awards.filter(is_alone).select(columns), shared.select(columns)])


def _weights() -> dict[str, pl.Expr]:
    return {f"{convention}_cents": convention_cents(convention) for convention in vocabulary.AMOUNT_CONVENTIONS}


_MADE = {KNOWN: known, DELAYS: delays, FLAGGED: flagged}
