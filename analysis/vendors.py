"""Who sells: vendors, groups, resellers, products, and the buyers behind them."""

from collections.abc import Sequence

import polars as pl

from analysis.distinct import distinct
from analysis.selection import Selection, begin_words
from loaders.search_texts import SELLER_NAMES, SELLER_TEXT, searched

RESELLER_CHANNELS = ("reseller", "integrator", "central_purchasing")
_TIME = ("contract_date", "contract_id", "holder_rank")


_SPAN = (
    distinct("contract_id").alias("contract_count"),
    pl.col("year").min().alias("first_year"),
    pl.col("year").max().alias("last_year"),
)
_SELLER_COUNTS = (
    *_SPAN,
    distinct("buyer_key").alias("buyer_count"),
    distinct("vendor_id").alias("vendor_count"),
    distinct("contract_id", pl.col("amount_flag").is_not_null()).alias("flagged_count"),
)
_SELLER_LATEST = "vendor_id vendor_name group_name vendor_kind channel control_country control_basis".split()
_MAIN_VERDICT = (pl.col("share_cents").filter(pl.col("amount_flag").is_null()).sum(), pl.len())
_BUYER_COUNTS = (
    *_SPAN,
    pl.col("buyer_name").sort_by(_TIME).drop_nulls().last(),
    distinct("vendor_id").alias("vendor_count"),
)
_BUYER_LATEST = ["buyer_kind", "ministry"]


def top_vendors(awards: pl.LazyFrame, selection: Selection, limit: int = 50, words: str = "") -> pl.DataFrame:
    """The vendors that weigh most, one row each; ``words`` keeps those in whose name, group or number each begins one.

    Columns: ``vendor_id, vendor_name, group_name, vendor_kind, channel, control_country, control_basis, verdict,
    amount_cents, contract_count, award_count, buyer_count, flagged_count, first_year, last_year, share`` of the
    amounts of the whole selection (over 1 in sum under ``plafond``, where each holder carries the amount as
    published). ``verdict`` is the one that weighs most in its shared amounts, for it may vary with the product; what
    else varies from one contract to the next (name, country, …) is that of the latest.
    """
    return _sellers(awards, selection, "vendor_id", limit, words)


def top_groups(awards: pl.LazyFrame, selection: Selection, limit: int = 50, words: str = "") -> pl.DataFrame:
    """The groups that weigh most: columns of ``top_vendors`` with ``group_id`` and ``vendor_count`` for a vendor's.

    Vendors that belong to no group are left out; a group answers ``words`` by its name or by one of its vendors.
    """
    return _sellers(awards, selection, "group_id", limit, words)


def vendor_names(awards: pl.LazyFrame, selection: Selection, limit: int) -> pl.DataFrame:
    """The ``vendor_id`` and ``vendor_name`` of ``top_vendors``, in their order."""
    return _names(awards, selection, "vendor_id", limit)


def group_names(awards: pl.LazyFrame, selection: Selection, limit: int) -> pl.DataFrame:
    """The ``group_id`` and ``group_name`` of ``top_groups``, in their order."""
    return _names(awards, selection, "group_id", limit)


def with_share(sellers: pl.DataFrame, total_cents: int) -> pl.DataFrame:
    """``sellers`` with their ``share`` of ``total_cents``, null when it is 0."""
    share = pl.col("amount_cents") / total_cents if total_cents else pl.lit(None, pl.Float64)
    return sellers.with_columns(share=share)


def top_resellers(awards: pl.LazyFrame, selection: Selection, limit: int = 50) -> pl.DataFrame:
    """The vendors through whom others’ products are bought, as ``top_vendors``, by what passes through them."""
    through = awards.filter(pl.col("channel").is_in(list(RESELLER_CHANNELS)))
    return top_vendors(through, selection, limit)


def top_products(awards: pl.LazyFrame, selection: Selection, limit: int = 50) -> pl.DataFrame:
    """The products and editors that titles name most.

    Columns: ``product, country, amount_cents, contract_count, buyer_count, vendor_count``. An amount is that of the
    contracts that name the product: those that name several count for each.
    """
    return (
        selection.judged(awards)
        .select("products", "product_countries", "contract_id", "counted_cents", "buyer_key", "vendor_id")
        .filter(pl.col("products").list.len() > 0)
        .explode("products", "product_countries")
        .unique(["products", "contract_id", "vendor_id"])
        .group_by(product="products")
        .agg(
            country=pl.col("product_countries").min(),
            amount_cents=pl.col("counted_cents").sum(),
            contract_count=distinct("contract_id"),
            buyer_count=distinct("buyer_key"),
            vendor_count=distinct("vendor_id"),
        )
        .sort("amount_cents", "contract_count", "product", descending=[True, True, False])
        .head(limit)
        .collect()
    )


def top_buyers(awards: pl.LazyFrame, selection: Selection, limit: int = 50) -> pl.DataFrame:
    """The buyers that weigh most: ``buyer_key, buyer_name, buyer_kind, ministry, amount_cents, contract_count,
    vendor_count, first_year, last_year``.
    """
    judged = selection.judged(awards)
    shown = heaviest(judged, "buyer_key", limit).collect()
    theirs = _of_shown(judged, shown, _BUYER_COUNTS, _BUYER_LATEST)
    return _beside(shown, theirs.group_by("buyer_key").agg(_BUYER_COUNTS), _latest(theirs, "buyer_key", _BUYER_LATEST))


def control_evidence(awards: pl.LazyFrame, selection: Selection) -> pl.DataFrame:
    """Why the selected awards were attributed to a country: one row for each different evidence.

    Columns: ``vendor_id, vendor_name, group_name, control_country, control_basis, control_confidence, control_rule,
    control_source, technology_country, first_date, last_date, contract_count``; by vendor and date.
    """
    evidence = (
        "vendor_id vendor_name group_name control_country control_basis control_confidence control_rule "
        "control_source technology_country"
    ).split()
    return (
        selection.filtered(awards)
        .group_by(evidence)
        .agg(
            first_date=pl.col("contract_date").min(),
            last_date=pl.col("contract_date").max(),
            contract_count=distinct("contract_id"),
        )
        .sort("vendor_id", "first_date", *evidence[1:], nulls_last=True)
        # Nine texts of each award of the country are more than the other engine should hold.
        .collect(engine="streaming")
    )


def _sellers(awards: pl.LazyFrame, selection: Selection, key: str, limit: int, words: str = "") -> pl.DataFrame:
    judged = selection.judged(awards)
    carried = selection.judged(awards, once_per=("contract_id", key))
    sought = carried.join(named(carried, key, words), on=key, how="semi") if words.strip() else carried
    # Asked together, so that a scan of the whole country is made twice and not four times.
    whole, shown = pl.collect_all([judged.select(pl.col("counted_cents").sum()), heaviest(sought, key, limit)])
    return described(judged, shown, whole.item())


def described(judged: pl.LazyFrame, heaviest: pl.DataFrame, total_cents: int) -> pl.DataFrame:
    """``heaviest`` with what ``judged`` awards say of each, and its share of ``total_cents``: as ``top_vendors``."""
    key = heaviest.columns[0]
    theirs = _of_shown(judged, heaviest, (*_SELLER_COUNTS, *_MAIN_VERDICT), _SELLER_LATEST)
    counts, latest = theirs.group_by(key).agg(_SELLER_COUNTS), _latest(theirs, key, _SELLER_LATEST)
    return with_share(_beside(heaviest, counts, latest, _main_verdicts(theirs, key)), total_cents)


def _names(awards: pl.LazyFrame, selection: Selection, key: str, limit: int) -> pl.DataFrame:
    carried = selection.judged(awards, once_per=("contract_id", key))
    shown = heaviest(carried, key, limit).collect()
    return names_of(carried, shown)


def names_of(judged: pl.LazyFrame, heaviest: pl.DataFrame) -> pl.DataFrame:
    """The identifiers and names of ``heaviest``, vendors or groups, as the latest of ``judged`` awards tell them."""
    key = heaviest.columns[0]
    told = ["group_id", "group_name"] if key == "group_id" else ["vendor_id", "vendor_name"]
    latest = _latest(_of_shown(judged, heaviest, (), told), key, told)
    return _beside(heaviest.select(key), latest).select(told)


def named(carried: pl.LazyFrame, key: str, words: str) -> pl.LazyFrame:
    """The values of ``key`` of the awards ``carried`` whose name, group or number has, for each word, one it begins."""
    if SELLER_TEXT in carried.collect_schema():
        return carried.filter(*begin_words(pl.col(SELLER_TEXT), words)).select(key).unique()
    # Folding a name takes longer than finding the same ones: each is folded once.
    names = carried.select(pl.col(key).alias("_key"), *SELLER_NAMES).unique()
    return names.filter(*begin_words(searched(SELLER_NAMES), words)).select(pl.col("_key").alias(key)).unique()


def _main_verdicts(theirs: pl.LazyFrame, key: str) -> pl.LazyFrame:
    by_verdict = theirs.group_by(key, "verdict").agg(*_MAIN_VERDICT)
    heaviest_first = pl.col("verdict").sort_by("share_cents", "len", "verdict", descending=[True, True, False])
    return by_verdict.group_by(key).agg(heaviest_first.first())


def heaviest(weighed: pl.LazyFrame, key: str, limit: int) -> pl.LazyFrame:
    """The values of ``key`` that weigh most: the key, ``amount_cents``, ``award_count``, in their order."""
    # Sorting all of them takes as long as summing: only those that may be shown are.
    may_be_shown = pl.col("amount_cents") >= pl.col("amount_cents").top_k(limit).min()
    return (
        weighed.filter(pl.col(key).is_not_null())
        .group_by(key)
        .agg(amount_cents=pl.col("counted_cents").sum(), award_count=pl.len().cast(pl.Int64))
        .filter(may_be_shown)
        .sort("amount_cents", "award_count", key, descending=[True, True, False])
        .head(limit)
    )


def _of_shown(
    judged: pl.LazyFrame, heaviest: pl.DataFrame, counts: Sequence[pl.Expr], latest: Sequence[str]
) -> pl.LazyFrame:
    # Details cost ten times the sum: only those that are shown get them.
    key = heaviest.columns[0]
    columns = {key, "verdict", *_TIME, *latest, *(name for count in counts for name in count.meta.root_names())}
    return judged.filter(pl.col(key).is_in(heaviest[key].implode())).select(sorted(columns)).collect().lazy()


def _latest(theirs: pl.LazyFrame, key: str, columns: Sequence[str]) -> pl.LazyFrame:
    """The ``columns`` of the latest of ``theirs`` of each ``key``."""
    day = pl.col("contract_date")
    # Sorting the awards of one day takes a tenth of the time.
    last_day = theirs.filter(day.eq_missing(day.max().over(key)))
    told = [column for column in columns if column != key]
    return last_day.group_by(key).agg(pl.col(told).sort_by(_TIME).last())


def _beside(shown: pl.DataFrame, *details: pl.LazyFrame) -> pl.DataFrame:
    rows, key = shown.lazy(), shown.columns[0]
    for each in details:
        rows = rows.join(each, on=key, how="left", maintain_order="left")
    return rows.collect()
