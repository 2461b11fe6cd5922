"""Work done once for each distinct cell of a column: published columns repeat themselves tenfold or more."""

import polars as pl

_MOSTLY_DISTINCT = 0.8


def each_distinct_once(rows: pl.DataFrame, cell: pl.Expr) -> pl.Series:
    """``cell``, an expression over one text column of ``rows``, read once for each distinct text."""
    (name,) = set(cell.meta.root_names())
    distinct = rows.select(pl.col(name).unique().alias(name))
    if distinct.height > _MOSTLY_DISTINCT * rows.height:
        return rows.select(cell).to_series()
    values = distinct.select(pl.col(name).alias("_text"), cell.alias("_value"))
    read = rows.select(_text=name).join(values, on="_text", how="left", nulls_equal=True, maintain_order="left")
    return read["_value"].alias(cell.meta.output_name())
