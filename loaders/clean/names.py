"""Names that one row lacks and another row gives for the same identifier."""

import polars as pl

_NAMED = {"buyer_id": "buyer_name", "holder_id": "holder_name"}


def with_known_names(rows: pl.LazyFrame, known: dict[str, pl.LazyFrame] | None = None) -> pl.LazyFrame:
    """Fill ``buyer_name`` and ``holder_name`` where they are missing from rows with the same identifier.

    The 2022 schema no longer publishes holders' names; older records of the same establishment do. ``known`` is what
    ``known_names`` says of more rows than these.
    """
    known = known or known_names(rows)
    for identifier, name in _NAMED.items():
        rows = (
            rows.join(known[identifier], on=identifier, how="left")
            .with_columns(pl.coalesce(name, "_known").alias(name))
            .drop("_known")
        )
    return rows


def known_names(rows: pl.LazyFrame) -> dict[str, pl.LazyFrame]:
    """For each identifier of ``rows`` that has a name: ``buyer_id`` or ``holder_id``, and ``_known``.

    The name that the first source gives most often is taken, the first in the alphabet among equals.
    """
    return {identifier: _known(rows, identifier, name).collect().lazy() for identifier, name in _NAMED.items()}


def _known(rows: pl.LazyFrame, identifier: str, name: str) -> pl.LazyFrame:
    return (
        rows.filter(pl.col(identifier).is_not_null() & pl.col(name).is_not_null())
        .group_by(identifier, name)
        .agg(pl.col("source_rank").min(), pl.len().alias("_times"))
        .sort(identifier, "source_rank", "_times", name, descending=[False, False, True, False])
        .group_by(identifier, maintain_order=True)
        .agg(pl.col(name).first().alias("_known"))
    )
