"""What was found wrong in published data or in our own rules, put right one fact at a time, each with its source.

A correction names the rows it is about by one key and gives one column its value. It leaves its id in the rule of that
column, so that the page of a contract shows it.
"""

import polars as pl

from loaders import reference

RULES = {
    "buyer_name": "ministry_rule",
    "buyer_kind": "ministry_rule",
    "state_status": "ministry_rule",
    "ministry": "ministry_rule",
    "holder_name": "control_rule",
    "vendor_kind": "control_rule",
    "control_country": "control_rule",
    "control_basis": "control_rule",
    "control_confidence": "control_rule",
    "technology_country": "control_rule",
    "channel": "channel_rule",
    "is_digital": "perimeter_rule",
    "is_cloud": "perimeter_rule",
    "digital_category": "perimeter_rule",
    "products": "product_rule",
    "product_countries": "product_rule",
}
"""The columns that a correction may set, and the column that says why."""

KEYS = ("contract_id", "buyer_id", "buyer_siren", "buyer_key", "vendor_id", "vendor_siren")

_LIST_SEPARATOR = " | "
_TRUE = "true"


def apply_corrections(awards: pl.LazyFrame, corrections: pl.DataFrame | None = None) -> pl.LazyFrame:
    """``awards`` with the rows of data/reference/corrections.csv (or ``corrections``) applied, in their order.

    Each has correction_id, key_column (one of ``KEYS``), key, column (one of ``RULES``), value (text; lists are
    separated by `` | ``, flags are ``true`` or ``false``, empty makes it null). The rule of the column becomes
    ``correction:<id>``, after what decided before. A correction of a column or key that ``awards`` lacks waits.
    """
    if corrections is None:
        corrections = reference.table("corrections")
    known = set(awards.collect_schema().names())
    for (key_column, column), rows in corrections.group_by("key_column", "column", maintain_order=True):
        if {key_column, column, RULES[column]} <= known:
            awards = _apply(awards, key_column, column, rows)
    return awards


def _apply(awards: pl.LazyFrame, key_column: str, column: str, rows: pl.DataFrame) -> pl.LazyFrame:
    def of(field: str) -> pl.Expr:
        return pl.col(key_column).replace_strict(rows["key"], rows[field], default=None, return_dtype=pl.String)

    rule = RULES[column]
    corrected = of("correction_id").is_not_null()
    traced = pl.concat_str(rule, pl.lit("correction:") + of("correction_id"), separator="|", ignore_nulls=True)
    value = _typed(of("value"), awards.collect_schema()[column])
    return awards.with_columns(
        pl.when(corrected).then(value).otherwise(column).alias(column),
        pl.when(corrected).then(traced).otherwise(rule).alias(rule),
    )


def _typed(text: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    if isinstance(dtype, pl.List):
        return text.str.split(_LIST_SEPARATOR).fill_null([])
    if dtype == pl.Boolean:
        return text == _TRUE
    return text.cast(dtype)
