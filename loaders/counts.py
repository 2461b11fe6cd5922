"""The balance of an edition: every record read is a contract, merged into one, or put aside with its reason."""

from collections.abc import Iterable

import polars as pl

from loaders.stage import StagedSource

COUNTED = ("records_read", "contracts_kept", "records_merged", "records_rejected")


def balance(
    staged: Iterable[StagedSource], contracts: pl.LazyFrame, record_contracts: pl.LazyFrame, rejects: pl.LazyFrame
) -> dict:
    """Counts for the manifest, in all and for each source.

    ``contracts`` has the ``source_id`` of each contract kept, ``record_contracts`` one line for each record that
    speaks of a contract kept, ``rejects`` is the table of that name. Nothing is deduced from the equality that the
    counts must show: each is counted on its own.
    """
    read: dict[str, int] = {}
    for source in staged:
        read[source.source.id] = read.get(source.source.id, 0) + source.records_read
    kept = _by_source(contracts)
    speaking = _by_source(record_contracts.unique(["source_id", "record_number"]))
    by_source = {
        source_id: {
            "records_read": records_read,
            "contracts_kept": kept.get(source_id, 0),
            "records_merged": speaking.get(source_id, 0) - kept.get(source_id, 0),
            "records_rejected": sum(_reasons(rejects, "record", source_id).values()),
            "rejects_by_reason": _reasons(rejects, "record", source_id),
            "parts_rejected_by_reason": _reasons(rejects, "part", source_id),
        }
        for source_id, records_read in read.items()
    }
    in_all = {name: sum(counts[name] for counts in by_source.values()) for name in COUNTED}
    return in_all | {
        "rejects_by_reason": _reasons(rejects, "record"),
        "parts_rejected_by_reason": _reasons(rejects, "part"),
        "by_source": by_source,
    }


def _by_source(rows: pl.LazyFrame) -> dict[str, int]:
    return dict(rows.group_by("source_id").len().collect().iter_rows())


def _reasons(rejects: pl.LazyFrame, scope: str, source_id: str | None = None) -> dict[str, int]:
    chosen = rejects.filter(pl.col("scope") == scope)
    if source_id is not None:
        chosen = chosen.filter(pl.col("source_id") == source_id)
    return dict(chosen.group_by(pl.col("reason").cast(pl.String)).len().sort("reason").collect().iter_rows())
