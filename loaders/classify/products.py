"""Products and editors named in titles and lots, with the country of whoever owns them in the end."""

import polars as pl

from loaders import reference
from loaders.classify.evidence import CONTEXT, distinct_texts, readable_texts, with_keys
from loaders.classify.patterns import compiled, hits, readable


def add_products(awards: pl.LazyFrame, named: pl.LazyFrame | None = None) -> pl.LazyFrame:
    """Which products or editors a contract names, as data/reference/product_patterns.csv spells them.

    In: title, lot; cpv and descriptors, when present, tell whether an ambiguous word means a product. Out: products
    (usual names in order of appearance, title first, none twice; empty when nothing is named), product_countries (in
    the same order: ISO 3166 alpha-2 of the ultimate owner today, FOSS for free software that nobody owns),
    product_rule (``field:pattern`` of each finding, null when there is none). An editor is left out when a product
    of its own is named. ``named`` is what ``named_in`` finds in the texts of these awards or of more,
    when at hand. Source: data/reference/products.csv, one row a product with its source.
    """
    columns = awards.collect_schema().names()
    context = [column for column in CONTEXT if column in columns]
    keyed = with_keys(awards, *context)
    keys = keyed.select("key_id", "title_id", "lot_id", *context).unique("key_id", keep="any").collect().lazy()
    named = named_in(readable_texts(distinct_texts(keys)).collect().lazy()) if named is None else named
    found = _found(keys, named.collect().lazy()).collect().lazy()
    around = _circumstances(keys.join(found, on="key_id", how="semi").collect().lazy(), context)
    summed = _summed(_most_specific(_confirmed(found, around)))
    return (
        keyed.join(summed.collect().lazy(), on="key_id", how="left")
        .with_columns(pl.col("products", "product_countries").fill_null([]))
        .drop("key_id", "title_id", "lot_id")
    )


def named_in(texts: pl.LazyFrame) -> pl.LazyFrame:
    """The patterns of products that stand in ``readable_texts``: text_id, pattern_id, at."""
    return hits(texts, reference.table("product_patterns"))


def _found(keys: pl.LazyFrame, found: pl.LazyFrame) -> pl.LazyFrame:
    """One row a pattern found in a field of a key: key_id, field_order, field, at, and the pattern's row."""
    fields = [
        keys.select("key_id", text_id=f"{field}_id")
        .drop_nulls()
        .join(found, on="text_id")
        .select("key_id", "pattern_id", "at", field=pl.lit(field), field_order=pl.lit(order))
        for order, field in enumerate(("title", "lot"))
    ]
    patterns = reference.table("product_patterns").lazy().select("pattern_id", "product_id", "requires", "unless")
    return pl.concat(fields).join(patterns, on="pattern_id")


def _circumstances(keys: pl.LazyFrame, context: list[str]) -> pl.LazyFrame:
    """The contexts of data/reference/product_contexts.csv in which each key stands: key_id, contexts."""
    words = pl.concat_str(pl.col("title_text", "lot_text").fill_null(""), separator=" ")
    absent = [column for column in CONTEXT if column not in context]
    texts = readable_texts(distinct_texts(keys)).collect().lazy()
    return (
        keys.with_columns(pl.lit(None, pl.String).alias(column) for column in absent)
        .join(texts.select(title_id="text_id", title_text="folded"), on="title_id", how="left")
        .join(texts.select(lot_id="text_id", lot_text="folded"), on="lot_id", how="left")
        .select("key_id", "cpv", words=words, descriptors=readable(pl.col("descriptors")))
        .select("key_id", contexts=pl.concat_list(_contexts()).list.drop_nulls())
    )


def _contexts() -> list[pl.Expr]:
    table = reference.table("product_contexts")
    return [
        pl.when(_stands(rows)).then(pl.lit(name[0]))
        for name, rows in table.partition_by("context_id", as_dict=True, maintain_order=True).items()
    ]


def _stands(rows: pl.DataFrame) -> pl.Expr:
    said = pl.col("words").str.contains(compiled(*rows["pattern"]))
    for prefixes in rows["cpv_prefixes"].drop_nulls():
        said |= pl.col("cpv").str.contains(f"^(?:{'|'.join(prefixes.split())})").fill_null(False)
    for descriptors in rows["descriptors"].drop_nulls():
        described = compiled(*descriptors.split(" ;; "))
        said |= pl.col("descriptors").str.contains(described).fill_null(False)
    return said


def _confirmed(found: pl.LazyFrame, circumstances: pl.LazyFrame) -> pl.LazyFrame:
    """Findings whose pattern needs no context or has the one it needs, and none that forbids it."""
    around = found.join(circumstances, on="key_id")
    needed = pl.col("requires").is_null() | pl.col("contexts").list.contains(pl.col("requires"))
    forbidden = pl.col("unless").is_not_null() & pl.col("contexts").list.contains(pl.col("unless"))
    return around.filter(needed & ~forbidden)


def _most_specific(found: pl.LazyFrame) -> pl.LazyFrame:
    """Findings without the editor of a product that is named as well."""
    products = reference.table("products").lazy().select("product_id", "product", "brand_id", "country")
    named = found.join(products, on="product_id")
    brands = named.select("key_id", product_id="brand_id").drop_nulls().unique()
    return named.join(brands, on=["key_id", "product_id"], how="anti")


def _summed(named: pl.LazyFrame) -> pl.LazyFrame:
    ordered = named.sort("key_id", "field_order", "at", "pattern_id")
    first = ordered.unique(["key_id", "product"], keep="first", maintain_order=True)
    lists = first.group_by("key_id", maintain_order=True).agg(products="product", product_countries="country")
    found = ordered.unique(["key_id", "field", "product"], keep="first", maintain_order=True)
    rule = pl.format("{}:{}", "field", "pattern_id").str.join("|")
    return lists.join(found.group_by("key_id", maintain_order=True).agg(product_rule=rule), on="key_id")
