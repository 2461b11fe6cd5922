"""Names that resemble a known vendor without being one: a list for a person to review, never a classification."""

from pathlib import Path

import polars as pl

from loaders.classify.control import add_control
from loaders.classify.names import comparable, without_legal_form
from loaders.classify.registry import Registry
from loaders.enrich import DERIVED_FOLDER

_SAME_BEGINNING = 9
_SMALLEST_WORD = 4


def near_matches(
    awards: pl.LazyFrame, registry: Registry | None = None, derived: Path = DERIVED_FOLDER
) -> pl.DataFrame:
    """The unresolved holder names that look like an alias of the registry, the most frequent first.

    In: the columns that ``add_control`` asks for. Out: holder_name, alias (comparable form), entity, likeness
    (``words``: an alias stands whole in the name; ``letters``: the same nine first letters once spaces are gone),
    award_count. A reviewer adds the name to ``vendor_aliases`` or to ``vendor_homonyms``, or leaves it.
    """
    registry = registry or Registry.load()
    key = without_legal_form(comparable(pl.col("holder_name")))
    unresolved = (
        add_control(awards, registry, derived)
        .filter(~pl.col("control_basis").is_in(["registry", "gleif"]), pl.col("holder_name").is_not_null())
        .group_by("holder_name")
        .agg(award_count=pl.len())
        .with_columns(key=key)
        .join(registry.homonym_names.lazy(), on="key", how="anti")
    )
    aliases = registry.aliases.lazy().select(alias="key", entity="entity")
    found = pl.concat([_by_words(unresolved, aliases), _by_letters(unresolved, aliases)])
    return (
        found.sort(
            "award_count",
            "holder_name",
            "likeness",
            pl.col("alias").str.len_chars(),
            "alias",
            descending=[True, False, True, True, False],
        )
        .unique("holder_name", keep="first", maintain_order=True)
        .collect()
    )


def _by_words(names: pl.LazyFrame, aliases: pl.LazyFrame) -> pl.LazyFrame:
    """Names in which a whole alias of one to three words stands, wherever it stands."""
    words = pl.col("key").str.split(" ")
    runs = [words.list.slice(start, length).list.join(" ") for length in (1, 2, 3) for start in range(4)]
    return (
        names.with_columns(alias=pl.concat_list(runs).list.unique())
        .explode("alias")
        .filter(pl.col("alias").str.len_chars() >= _SMALLEST_WORD)
        .join(aliases, on="alias")
        .select("holder_name", "alias", "entity", pl.lit("words").alias("likeness"), "award_count")
    )


def _by_letters(names: pl.LazyFrame, aliases: pl.LazyFrame) -> pl.LazyFrame:
    def beginning(text: str) -> pl.Expr:
        letters = pl.col(text).str.replace_all(" ", "")
        return pl.when(letters.str.len_chars() >= _SAME_BEGINNING).then(letters.str.slice(0, _SAME_BEGINNING))

    return (
        names.with_columns(beginning=beginning("key"))
        .join(aliases.with_columns(beginning=beginning("alias")), on="beginning")
        .select("holder_name", "alias", "entity", pl.lit("letters").alias("likeness"), "award_count")
    )
