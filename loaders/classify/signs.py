"""The signs that speak for or against the digital perimeter, with their points."""

import polars as pl

from loaders import reference, vocabulary
from loaders.classify.patterns import compiled, hits
from loaders.classify.text import folded

_CATEGORIES = tuple(vocabulary.DIGITAL_CATEGORIES)
_PRODUCT_POINTS = 6
_IT_VENDORS = ("cloud_host", "software_editor", "hardware_maker", "telecom", "integrator")
_CCAG = {r"TECHNIQUES DE L INFORMATION|(?-u:\b)TIC(?-u:\b)": 3, "TRAVAUX": -4, "MAITRISE D OEUVRE": -3}
_SUPPORTING = 1
"""A word of one point only supports: it counts when something else speaks for the perimeter."""
_APART_FROM = 3
"""Points that cut the words into two halves which seldom speak in one text."""
_OTHER_DESCRIPTOR = -2
_NO_IT_DESCRIPTOR = -1


def of_texts(texts: pl.LazyFrame) -> pl.LazyFrame:
    """What the words of each text say: text_id, points, support, clouds, rule (``word:…@|not:…@``), points by category.

    A word counts once a text however often it stands there. In: ``readable_texts``.
    """
    table = reference.table("perimeter_words").with_columns(pl.col("points").cast(pl.Int64))
    words = table.lazy().select("pattern_id", "word_id", "points", "category", "cloud")
    said = (
        hits(texts, table, apart=pl.col("points") < _APART_FROM)
        .join(words, on="pattern_id")
        .unique(["text_id", "word_id"], keep="any")
    )
    supporting = pl.col("points") == _SUPPORTING
    sign = pl.when(pl.col("points") < 0).then(pl.lit("not")).otherwise(pl.lit("word"))
    return (
        said.sort("text_id", "word_id")
        .group_by("text_id")
        .agg(
            points=pl.col("points").filter(~supporting).sum(),
            support=pl.col("points").filter(supporting).sum(),
            clouds=pl.col("cloud").drop_nulls().unique(),
            rule=pl.format("{}:{}@", sign, "word_id").filter(pl.col("points") != 0).str.join("|"),
            **{one: pl.col("points").filter(pl.col("category") == one).sum() for one in _CATEGORIES},
        )
        # A national file has a million texts, all kept while its slices are classified.
        .with_columns(pl.col(pl.Int64).cast(pl.Int16))
    )


def beside_texts(keys: pl.LazyFrame) -> pl.LazyFrame:
    """What stands beside the texts says: key_id, beside_points, beside_rule, points by category (``beside_saas`` …).

    In: key_id, cpv, descriptors, ccag, products, vendor_kind. Rows that share them are weighed once.
    """
    named = pl.col("products").list.set_difference(_social_networks()).list.len().fill_null(0) > 0
    given = keys.with_columns(named=named).with_columns(
        beside_id=pl.struct("cpv", "descriptors", "ccag", "named", pl.col("vendor_kind").cast(pl.String)).hash()
    )
    weighed = given.unique("beside_id", keep="any").select("beside_id", *_beside())
    return given.select("key_id", "beside_id").join(weighed, on="beside_id").drop("beside_id")


def _beside() -> list[pl.Expr]:
    cpv, descriptors, ccag = _cpv_prefix(), _folded_descriptors(), folded(pl.col("ccag"))
    points = {
        "cpv": _number(cpv, "perimeter_cpv", "cpv_prefix").fill_null(0),
        "descriptors": _descriptor_points(descriptors),
        "ccag": pl.sum_horizontal(pl.when(ccag.str.contains(words)).then(n) for words, n in _CCAG.items()),
        "product": pl.when("named").then(_PRODUCT_POINTS).otherwise(0),
        "vendor": pl.col("vendor_kind").cast(pl.String).is_in(_IT_VENDORS).fill_null(False).cast(pl.Int64),
    }
    told = {"cpv": cpv, "descriptors": pl.col("descriptors"), "ccag": pl.col("ccag")}
    rules = [
        pl.when(worth != 0).then(pl.format(f"{sign}:{{}}", told.get(sign, pl.lit("yes"))))
        for sign, worth in points.items()
    ]
    return [
        pl.sum_horizontal(points.values()).alias("beside_points"),
        pl.concat_str(rules, separator="|", ignore_nulls=True).replace("", None).alias("beside_rule"),
        *(_category_points(one, cpv, descriptors).alias(f"beside_{one}") for one in _CATEGORIES),
    ]


def _social_networks() -> list[str]:
    """Products whose name speaks of communication bought there, not of software."""
    return reference.table("products").filter(pl.col("service_category") == "social_network")["product"].to_list()


def _cpv_prefix() -> pl.Expr:
    """The longest prefix of the CPV that data/reference/perimeter_cpv.csv knows; ``other`` when none."""
    known = reference.table("perimeter_cpv")["cpv_prefix"].to_list()
    lengths = sorted({len(prefix) for prefix in known}, reverse=True)
    parts = [pl.col("cpv").str.slice(0, length) for length in lengths]
    found = pl.coalesce(pl.when(part.is_in(known)).then(part) for part in parts)
    return pl.when(pl.col("cpv").is_not_null()).then(pl.coalesce(found, pl.lit("other")))


def _folded_descriptors() -> pl.Expr:
    return folded(pl.col("descriptors").str.replace_all(" | ", " 0 ", literal=True)).str.split(" 0 ")


def _descriptor_points(descriptors: pl.Expr) -> pl.Expr:
    """The best sign among the descriptors, one more when there are several, less the worst (any other trade is one)."""
    table = reference.table("perimeter_descriptors").with_columns(folded(pl.col("descriptor")))
    each = descriptors.list.eval(
        pl.element().replace_strict(
            table["descriptor"], table["points"].cast(pl.Int64), default=_OTHER_DESCRIPTOR, return_dtype=pl.Int64
        )
    )
    several = each.list.eval((pl.element() > 0).cast(pl.Int64)).list.sum() > 1
    best = each.list.max().clip(lower_bound=0) + several.cast(pl.Int64)
    worst = each.list.min().clip(upper_bound=0)
    none_of_it = pl.when(best == 0).then(_NO_IT_DESCRIPTOR).otherwise(0)
    return (best + worst + none_of_it).fill_null(0)


def _category_points(category: str, cpv: pl.Expr, descriptors: pl.Expr) -> pl.Expr:
    codes = reference.table("perimeter_cpv").filter(pl.col("category") == category)["cpv_prefix"].to_list()
    table = reference.table("perimeter_descriptors").filter(pl.col("category") == category)
    named = compiled(*table["descriptor"].str.to_lowercase()) if table.height else "^$"
    by_cpv = pl.when(cpv.is_in(codes)).then(2).otherwise(0)
    by_descriptor = pl.when(descriptors.list.join(" ").str.contains(named).fill_null(False)).then(2).otherwise(0)
    return by_cpv + by_descriptor


def _number(key: pl.Expr, table: str, column: str) -> pl.Expr:
    rows = reference.table(table)
    return key.replace_strict(rows[column], rows["points"].cast(pl.Int64), default=None, return_dtype=pl.Int64)
