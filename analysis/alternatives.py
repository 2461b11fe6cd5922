"""Service by service: who is bought today, what exists from here, and which public bodies already buy it."""

import polars as pl

from analysis import offers
from analysis.distinct import distinct
from analysis.selection import Selection

MOST_NAMES = 5
_DETAILS = "amount_cents contract_count held_count named_count buyer_count buyer_names first_year last_year".split()


def bought(awards: pl.LazyFrame, selection: Selection, service: str) -> pl.DataFrame:
    """The products named in the selected awards that render ``service`` (a key of ``vocabulary.SERVICES``).

    Columns: ``product, owner, country, verdict`` (``foreign_product`` or ``home_documented`` under the definition),
    ``amount_cents`` of the contracts that name it (those that name several count for each), ``contract_count,
    buyer_count, vendor_names`` (who sells it, the heaviest first), ``first_year, last_year``. By amount. The other
    purchases of that service name no product: nobody knows what they bought.
    """
    known = offers.products_of(service)
    sold = (
        selection.judged(awards)
        .filter(pl.col("products").list.len() > 0)
        .select("products", "contract_id", "counted_cents", "buyer_key", "vendor_id", "vendor_name", "year")
        .explode("products")
        .rename({"products": "product"})
        .unique(["product", "contract_id", "vendor_id"])
        .join(known.lazy(), on="product", how="inner")
    )
    totals = sold.group_by("product", "owner", "country").agg(
        amount_cents=pl.col("counted_cents").sum(), **_counts(), first_year=_first_year(), last_year=_last_year()
    )
    names = _heaviest_names(sold, "product", "vendor_name", "vendor_names")
    heaviest = totals.join(names, on="product", how="left").sort(
        "amount_cents", "contract_count", "product", descending=[True, True, False]
    )
    return offers.with_product_verdict(heaviest.collect(), selection.definition)


def alternatives_for(awards: pl.LazyFrame, selection: Selection, service: str) -> pl.DataFrame:
    """The offers from here that render ``service``, with what the selected awards already buy of each.

    Columns of ``offers.alternatives``, then ``amount_cents, contract_count, held_count`` (contracts that its vendor
    holds), ``named_count`` (contracts that name it), ``buyer_count, buyer_names`` (the heaviest first), ``first_year,
    last_year``. Those that are bought most come first, those that nobody buys are there too.
    """
    return _with_buyers(awards, selection, offers.alternatives(selection.definition, service))


def clouds(awards: pl.LazyFrame, selection: Selection) -> pl.DataFrame:
    """Foreign clouds and the others, with what the selected awards buy of each: columns of ``alternatives_for``.

    A cloud bought through a reseller or a purchasing body whose contract does not name it is in no row.
    """
    return _with_buyers(awards, selection, offers.clouds(selection.definition))


def _with_buyers(awards: pl.LazyFrame, selection: Selection, offered: pl.DataFrame) -> pl.DataFrame:
    found = _contracts_of(awards, selection, offered).collect().lazy()
    totals = found.group_by("offer_id").agg(
        amount_cents=pl.col("counted_cents").sum(),
        **_counts(),
        held_count=_contracts_where("is_held"),
        named_count=_contracts_where("is_named"),
        first_year=_first_year(),
        last_year=_last_year(),
    )
    names = _heaviest_names(found, "offer_id", "buyer_name", "buyer_names")
    counts = ("amount_cents", "contract_count", "held_count", "named_count", "buyer_count")
    return (
        offered.lazy()
        .join(totals, on="offer_id", how="left")
        .join(names, on="offer_id", how="left")
        .with_columns(pl.col(counts).fill_null(0))
        .select(*offers.OFFER_COLUMNS, "verdict", *_DETAILS)
        .sort("contract_count", "amount_cents", "name", descending=[True, True, False])
        .collect()
    )


def _contracts_of(awards: pl.LazyFrame, selection: Selection, offered: pl.DataFrame) -> pl.LazyFrame:
    """One row an offer and a contract that its vendor or group holds, or that names its product, or both."""
    weighed = selection.filtered(awards).with_columns(selection.amount_cents(once_per=("contract_id", "vendor_id")))
    rows = weighed.select(
        "contract_id holder_rank vendor_siren group_id products buyer_key buyer_name counted_cents year "
        "is_cloud".split()
    )
    named = rows.explode("products").rename({"products": "product"})
    offer_keys = offered.lazy()
    found = [
        table.join(offer_keys.select("offer_id", "held_perimeter", key).drop_nulls(key), on=key)
        .filter((key == "product") | (pl.col("held_perimeter") != "nuage") | pl.col("is_cloud").fill_null(False))
        .select(
            *("offer_id", "contract_id", "holder_rank", "buyer_key", "buyer_name", "counted_cents", "year"),
            is_held=pl.lit(key != "product"),
        )
        for table, key in ((rows, "vendor_siren"), (rows, "group_id"), (named, "product"))
    ]
    awards_found = (
        pl.concat(found)
        .group_by("offer_id", "contract_id", "holder_rank")
        .agg(
            pl.col("buyer_key", "buyer_name", "counted_cents", "year").first(),
            is_named=(~pl.col("is_held")).any(),
            is_held=pl.col("is_held").any(),
        )
    )
    # Under « plafond » each holder carries the whole amount: a contract still weighs it once.
    cents = pl.col("counted_cents")
    return awards_found.group_by("offer_id", "contract_id").agg(
        pl.col("buyer_key", "buyer_name", "year").first(),
        counted_cents=cents.max() if selection.amount == "plafond" else cents.sum(),
        is_named=pl.col("is_named").any(),
        is_held=pl.col("is_held").any(),
    )


def _contracts_where(flag: str) -> pl.Expr:
    return pl.col(flag).sum().cast(pl.Int64)


def _counts() -> dict[str, pl.Expr]:
    return {
        "contract_count": distinct("contract_id"),
        "buyer_count": distinct("buyer_key"),
    }


def _first_year() -> pl.Expr:
    return pl.col("year").min()


def _last_year() -> pl.Expr:
    return pl.col("year").max()


def _heaviest_names(rows: pl.LazyFrame, key: str, name: str, alias: str) -> pl.LazyFrame:
    return (
        rows.filter(pl.col(name).is_not_null())
        .group_by(key, name)
        .agg(pl.col("counted_cents").sum(), pl.len())
        .sort("counted_cents", "len", name, descending=[True, True, False])
        .group_by(key, maintain_order=True)
        .agg(pl.col(name).head(MOST_NAMES).alias(alias))
    )
