"""The awards of the digital perimeter, prepared for questions: what a server holds in memory.

Picked out of all the awards they cost a server that starts a second, and three times their weight in memory.
"""

from pathlib import Path

import polars as pl

from loaders import by_vendor, derived, notable, search_texts

TABLE = "digital"

_IS_DIGITAL = pl.col("is_digital").fill_null(False) | pl.col("is_cloud").fill_null(False)


def prepared(awards: pl.LazyFrame) -> pl.LazyFrame:
    """``awards``, in any order, with what questions would work out each time: verdicts, the texts of both searches."""
    return notable.judged(awards).with_columns(_texts())


def digital(awards: pl.LazyFrame) -> pl.LazyFrame:
    """The digital ones of ``awards``, prepared, those of the heaviest vendors first."""
    return by_vendor.heaviest_first(prepared(awards.filter(_IS_DIGITAL)))


def write(folder: Path) -> None:
    """Write the digital awards of those in ``folder`` beside them."""
    digital(pl.scan_parquet(folder / "awards.parquet")).sink_parquet(
        folder / f"{TABLE}.parquet", maintain_order=True, metadata=derived.carried(rules())
    )


def rules() -> list[pl.Expr]:
    """What decides whether an award is digital, what is said of it, and where it stands."""
    return [_IS_DIGITAL, *notable.verdicts(), *_texts(), *by_vendor.rules()]


def is_faithful(found: pl.LazyFrame, awards: pl.LazyFrame) -> bool:
    """Whether ``found`` has as many awards, of as many contracts and euros, as ``awards`` have that are digital."""
    measures = (pl.len(), pl.col("contract_id").n_unique(), pl.col("share_cents").sum())
    ours, theirs = pl.collect_all([rows.select(measures) for rows in (found, awards.filter(_IS_DIGITAL))])
    return ours.equals(theirs)


def _texts() -> list[pl.Expr]:
    return [*search_texts.rules(), search_texts.seller_text()]
