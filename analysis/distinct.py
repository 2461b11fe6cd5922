"""How many different contracts, buyers, vendors there are."""

import polars as pl


def distinct(column: str, where: pl.Expr | None = None) -> pl.Expr:
    """How many values ``column`` has (of the rows ``where``): an unknown one is none, and no row is counted for it."""
    values = pl.col(column) if where is None else pl.col(column).filter(where.fill_null(False))
    return values.drop_nulls().n_unique().cast(pl.Int64)
