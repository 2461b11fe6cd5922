"""Whether a contract is digital, whether it is cloud or hosting, and of which kind.

Each sign counts points, for or against: words of title and lot, CPV, BOAMP descriptors, CCAG, named products. All
of them stand in ``data/reference/perimeter_*.csv``; none decides alone, because each of them lies in real data.
"""

import polars as pl

from loaders import reference, vocabulary
from loaders.classify import signs
from loaders.classify.evidence import distinct_texts, readable_texts, with_keys

_READ = ("title", "lot", "cpv", "descriptors", "ccag", "products", "vendor_kind")
_CATEGORIES = tuple(vocabulary.DIGITAL_CATEGORIES)
_SAID_OUTRIGHT = (*vocabulary.CLOUD_CATEGORIES, "managed_services")
_SENTENCE, _SAME_BEGINNING = 25, 20
"""Letters of a lot that says something, and those by which it repeats the title."""
_ANOTHER_TRADE = -2
_DIGITAL_FROM = 4
"""Points (lot and signs beside the texts count twice) from which a contract is digital; from zero down it is not."""


def add_perimeter(awards: pl.LazyFrame, words: pl.LazyFrame | None = None) -> pl.LazyFrame:
    """What kind of purchase each award is.

    In: title, lot, cpv (eight digits), descriptors («a | b»), ccag, products (from ``add_products``), vendor_kind;
    any may be null. Out: is_digital (null when the signs contradict each other or nothing is written), is_cloud
    (hosting, IaaS, PaaS, SaaS, online service; null when a software purchase does not say where it runs),
    digital_category (null unless digital), perimeter_rule (the signs that counted, such as
    ``cpv:72|word:logiciel@title|not:pas-chantier@lot``). ``words`` is what ``signs.of_texts`` reads in the texts of
    these awards or of more, when at hand.
    """
    keyed = with_keys(awards, *_READ)
    keys = keyed.select("key_id", "title_id", "lot_id", *_READ).unique("key_id", keep="any").collect().lazy()
    words = signs.of_texts(readable_texts(distinct_texts(keys)).collect().lazy()) if words is None else words
    decided = _decided(_weighed(keys, words.collect().lazy())).collect().lazy()
    return keyed.join(decided, on="key_id", how="left").drop("key_id", "title_id", "lot_id")


def _weighed(keys: pl.LazyFrame, words: pl.LazyFrame) -> pl.LazyFrame:
    """``keys`` with points, clouds (what the words say of cloud), one column of points a category, perimeter_rule."""
    of = {
        field: words.join(keys, left_on="text_id", right_on=f"{field}_id", how="semi").select(
            pl.col("text_id").alias(f"{field}_id"), pl.exclude("text_id").name.prefix(f"{field}_")
        )
        for field in ("title", "lot")
    }
    read = (
        keys.join(of["title"], on="title_id", how="left")
        .join(of["lot"], on="lot_id", how="left")
        .join(signs.beside_texts(keys).collect().lazy(), on="key_id")
        .collect()
        .lazy()
    )
    read = read.join(_of_another_trade(read), on="key_id", how="left")
    outright = _told("points") + 2 * pl.col("beside_points")
    return read.select(
        "key_id",
        "products",
        points=pl.when(~(_untold() & (outright == 0))).then(
            outright + pl.when(outright > 0).then(_told("support")).otherwise(0)
        ),
        clouds=pl.concat_list(pl.col("title_clouds", "lot_clouds").fill_null([])),
        perimeter_rule=pl.concat_str(
            "beside_rule",
            *(_rule_of(field) for field in ("title", "lot")),
            separator="|",
            ignore_nulls=True,
        ).replace("", None),
        **{category: _points_of(category) for category in _CATEGORIES},
    )


def _rule_of(field: str) -> pl.Expr:
    return pl.col(f"{field}_rule").str.replace_all("@", f"@{field}", literal=True).replace("", None)


def _untold() -> pl.Expr:
    return pl.col("title").is_null() & pl.col("lot").is_null()


def _told(points: str) -> pl.Expr:
    """What title and lot say together: the lot counts twice, or the title when the lot says nothing of its own."""
    title, lot = (pl.col(f"{field}_{points}").fill_null(0) for field in ("title", "lot"))
    unread = pl.col("lot_rule").is_null()
    of_its_own = (
        pl.when(unread)
        .then(pl.col("another_trade").is_not_null())
        .otherwise(pl.col("lot_rule").ne_missing(pl.col("title_rule")))
    )
    return pl.when(of_its_own).then(title + 2 * lot).otherwise(2 * title)


def _of_another_trade(read: pl.LazyFrame) -> pl.LazyFrame:
    """key_id and ``another_trade`` (true) where the lot is a sentence of its own under codes of another trade.

    Publishers repeat titles, cut or in capitals.
    """
    title, lot = (pl.col(field).str.to_lowercase() for field in ("title", "lot"))
    repeats = [
        long.str.starts_with(short.str.slice(0, _SAME_BEGINNING)) for long, short in ((lot, title), (title, lot))
    ]
    # Few have such a lot, and comparing it with the title costs more than all else that is weighed.
    is_sentence = (lot.str.len_chars() > _SENTENCE) & (pl.col("beside_points") <= _ANOTHER_TRADE)
    in_question = read.filter(pl.col("lot").is_not_null()).collect().lazy().filter(is_sentence).collect().lazy()
    return in_question.filter(~pl.any_horizontal(repeats)).select("key_id", another_trade=True)


def _points_of(category: str) -> pl.Expr:
    title, lot = (pl.col(f"{field}_{category}").fill_null(0) for field in ("title", "lot"))
    return title + 2 * lot + 2 * pl.col(f"beside_{category}")


def _decided(weighed: pl.LazyFrame) -> pl.LazyFrame:
    digital = pl.when(pl.col("points") >= _DIGITAL_FROM).then(True).when(pl.col("points") <= 0).then(False)
    return (
        weighed.with_columns(is_digital=digital, kind=_kind())
        .with_columns(is_cloud=pl.when(pl.col("is_digital")).then(_cloud()).otherwise(pl.col("is_digital")))
        .select(
            "key_id",
            "is_digital",
            "is_cloud",
            digital_category=pl.when(pl.col("is_digital")).then(_category()).cast(pl.Enum(_CATEGORIES)),
            perimeter_rule="perimeter_rule",
        )
    )


def _kind() -> pl.Expr:
    """The category with most points among those that do not speak of cloud, in the order of the vocabulary."""
    others = [category for category in _CATEGORIES if category not in _SAID_OUTRIGHT]
    most = pl.max_horizontal(others)
    return pl.coalesce(pl.when((pl.col(one) == most) & (most > 0)).then(pl.lit(one)) for one in others)


def _cloud() -> pl.Expr:
    said = pl.col("clouds").list
    online = pl.col("products").list.eval(pl.element().is_in(_online_products())).list.any() & ~said.contains(
        "training"
    )
    served = pl.col("kind").is_in(["software", "it_services"]) | pl.col("kind").is_null()
    bought_online = served & said.contains("online_bought") & said.contains("buys")
    open_question = said.contains("maybe") & said.contains("buys") & (pl.col("kind") == "software")
    return (
        pl.when(
            said.contains("yes") | said.contains("hosted") | (served & said.contains("online")) | bought_online | online
        )
        .then(True)
        .when(open_question)
        .then(None)
        .otherwise(False)
    )


def _category() -> pl.Expr:
    outright = pl.coalesce(pl.when(pl.col(one) > 0).then(pl.lit(one)) for one in _SAID_OUTRIGHT)
    said = pl.col("clouds").list
    hosted = pl.when(said.contains("hosted")).then(pl.lit("hosting"))
    unnamed = pl.when(said.contains("yes") & (pl.col("software") == 0)).then(pl.lit("iaas"))
    cloud = pl.when(pl.col("is_cloud")).then(pl.coalesce(outright, hosted, unnamed, pl.lit("saas")))
    managed = pl.when(pl.col("managed_services") > 0).then(pl.lit("managed_services"))
    return pl.coalesce(cloud, managed, pl.col("kind"), pl.lit("it_services"))


def _online_products() -> list[str]:
    products = reference.table("products")
    return products.filter(pl.col("is_online") == "true")["product"].to_list()
