"""What tests of products and perimeter share: awards written as literals, read by the classification itself."""

import polars as pl

from loaders.classify.perimeter import add_perimeter
from loaders.classify.products import add_products

COLUMNS = ("title", "lot", "cpv", "descriptors", "ccag", "vendor_kind")


def awards(*rows: dict | str) -> pl.DataFrame:
    """One award a row: a title, or the columns that are not null. ``order`` numbers them."""
    titled = [{"title": row} if isinstance(row, str) else row for row in rows]
    return pl.DataFrame(titled, schema=dict.fromkeys(COLUMNS, pl.String)).with_row_index("order")


def classified(*rows: dict | str) -> list[dict]:
    """What products and perimeter say of each award, in the order given."""
    return add_perimeter(add_products(awards(*rows).lazy())).collect().sort("order").to_dicts()


def one(title: str, **columns: str) -> dict:
    """What is said of one award."""
    return classified({"title": title, **columns})[0]
