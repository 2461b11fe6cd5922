"""The tables of what is bought hold together: ids, references, sources, and an example that each pattern reads."""

from collections import Counter

import polars as pl
import pytest

from loaders import reference, vocabulary
from loaders.classify.identifiers import countries
from loaders.classify.patterns import compiled, hits, readable, without_accents
from loaders.classify.products import add_products
from tests.loaders.classify.bought import awards

WITHOUT_OWNER = "FOSS"
KEYS = {
    "products": "product_id",
    "product_patterns": "pattern_id",
    "perimeter_words": "pattern_id",
    "perimeter_cpv": "cpv_prefix",
    "perimeter_descriptors": "descriptor",
    "false_friends": "friend_id",
}


@pytest.mark.parametrize(("name", "key"), KEYS.items())
def test_ids_are_unique_and_each_row_has_its_source(name, key):
    table = reference.table(name)
    assert [value for value, times in Counter(table[key]).items() if times > 1] == []
    assert table["source"].null_count() == 0


def test_a_product_has_an_owner_in_a_country_or_an_owner_that_nobody_knows():
    products = reference.table("products")
    assert set(products["country"].drop_nulls()) <= {*countries(), WITHOUT_OWNER}
    assert products.select("product", "service_category").null_count().row(0) == (0, 0)
    assert products.filter(pl.col("owner").is_null() != pl.col("country").is_null()).is_empty()
    assert set(products["is_online"]) == {"true", "false"}


def test_a_product_says_how_it_was_verified_and_memory_is_never_called_a_source():
    products = reference.table("products")
    assert set(products["verified"]) == set(reference.VERIFIED_TO_CONFIDENCE)
    from_memory = products["source"] == "connaissance générale, non vérifiée"
    assert products.filter((pl.col("verified") == "recalled") != from_memory)["product_id"].to_list() == []


def test_one_name_has_one_country():
    names = reference.table("products").group_by("product").agg(pl.col("country").n_unique())
    assert names.filter(pl.col("country") > 1).is_empty()


def test_patterns_name_products_and_contexts_that_exist():
    products, patterns = reference.table("products"), reference.table("product_patterns")
    assert set(patterns["product_id"]) == set(products["product_id"])
    assert set(products["brand_id"].drop_nulls()) <= set(products["product_id"])
    needed = {*patterns["requires"].drop_nulls(), *patterns["unless"].drop_nulls()}
    assert needed == set(reference.table("product_contexts")["context_id"])


def test_every_product_pattern_names_its_product_in_its_example():
    patterns = reference.table("product_patterns").join(reference.table("products"), on="product_id")
    read = add_products(awards(*patterns["example"]).lazy()).collect().sort("order")
    unread = [
        pattern_id
        for pattern_id, product, names in zip(
            patterns["pattern_id"], patterns["product"], read["products"], strict=True
        )
        if product not in names
    ]
    assert unread == []


def words_read(texts: pl.DataFrame) -> pl.DataFrame:
    words = reference.table("perimeter_words")
    folded = texts.lazy().select("text_id", folded=readable(pl.col("text")), cased=without_accents(pl.col("text")))
    return hits(folded, words).collect()


def test_every_word_pattern_reads_its_example():
    """None is hidden by another that begins at the same letter."""
    words = reference.table("perimeter_words")
    read = words_read(words.select(text_id="pattern_id", text="example"))
    unread = words.join(read, left_on=["pattern_id"], right_on=["text_id"], how="anti")["pattern_id"].to_list()
    own = read.filter(pl.col("text_id") == pl.col("pattern_id"))
    assert unread == []
    assert set(words["pattern_id"]) - set(own["pattern_id"]) == set()


def test_every_finding_is_of_a_known_pattern():
    read = words_read(reference.table("perimeter_words").select(text_id="pattern_id", text="example"))
    assert read["pattern_id"].null_count() == 0


@pytest.mark.parametrize("name", ["perimeter_words", "perimeter_cpv", "perimeter_descriptors"])
def test_signs_have_points_and_speak_of_categories_that_exist(name):
    table = reference.table(name)
    assert table["points"].cast(pl.Int64).null_count() == 0
    assert set(table["category"].drop_nulls()) <= set(vocabulary.DIGITAL_CATEGORIES)


def test_a_word_has_one_weight():
    words = reference.table("perimeter_words").fill_null("")
    weights = words.group_by("word_id").agg(pl.struct("points", "category", "cloud").n_unique().alias("n"))
    assert weights.filter(pl.col("n") > 1)["word_id"].to_list() == []


def test_a_false_friend_speaks_of_something_that_is_there_and_stands_in_its_example():
    friends = reference.table("false_friends")
    products = {f"product:{product_id}" for product_id in reference.table("products")["product_id"]}
    assert set(friends["must_not"]) <= {"digital", "cloud", *products}
    masked = friends.drop_nulls("pattern")
    examples = masked.select("friend_id", "pattern", example=readable(pl.col("example"))).rows()
    absent = [
        friend_id
        for friend_id, pattern, example in examples
        if not pl.select(pl.lit(example).str.contains(compiled(pattern))).item()
    ]
    assert absent == []
