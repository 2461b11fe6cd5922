"""What an award weighs under each convention of amounts, before anything is left out."""

from collections.abc import Sequence

import polars as pl


def convention_cents(convention: str, once_per: Sequence[str] = ("contract_id",)) -> pl.Expr:
    """The weight of an award under ``convention`` (a key of vocabulary.AMOUNT_CONVENTIONS), in integer cents.

    See analysis.selection.Selection.amount_cents for what each means. Uses a window: belongs in ``with_columns``.
    """
    share = pl.col("share_cents")
    if convention == "plafond":
        is_first = pl.col("holder_rank") == pl.col("holder_rank").min().over(list(once_per))
        return pl.when(is_first).then(pl.col("amount_cents")).otherwise(0)
    if convention == "annualise":
        months = pl.col("duration_months").cast(pl.Int64)
        return pl.when(months > 12).then(share * 12 // months).otherwise(share)
    if convention == "simples":
        return pl.when(~pl.col("is_framework").fill_null(False)).then(share)
    return share
