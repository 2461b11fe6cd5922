"""Documented cases: what is told of them, and the contracts that an edition holds for the same buyer and vendor."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from analysis.distinct import distinct
from analysis.selection import Selection
from loaders import reference

SEVERAL = "|"
"""Between the values of one cell of the tables of cases: product names, ways to write a buyer."""

CONTRACTS = pl.Schema({"case_id": pl.String, "contract_id": pl.String, "contract_date": pl.Date})


@dataclass(frozen=True)
class Search:
    """One way to look for the contracts of a case: all those of its buyer, or those of a group or a product among them.

    ``criterion`` is ``buyer``, ``group`` or ``product``; ``selection`` is the question, as /marches asks it too.
    """

    case_id: str
    criterion: str
    value: str
    selection: Selection


def cases(ministries: Sequence[str] = (), themes: Sequence[str] = (), statuses: Sequence[str] = ()) -> pl.DataFrame:
    """The cases of ``data/reference/cases.csv`` that the filters keep, the oldest first; no filter keeps all.

    ``products`` becomes a list. ``starts_on`` and ``ends_on`` are known to the ``date_precision``; a null ``ends_on``
    is an end that no source tells.
    """
    wanted = {"ministry": ministries, "theme": themes, "status": statuses}
    kept = [pl.col(column).is_in(list(codes)) for column, codes in wanted.items() if codes]
    return (
        reference.table("cases")
        .filter(*kept)
        .with_columns(pl.col("products").str.split(SEVERAL).fill_null([]))
        .sort("starts_on", "case_id")
    )


def milestones() -> pl.DataFrame:
    """The legal and public milestones of ``data/reference/milestones.csv``, the oldest first."""
    return reference.table("milestones").sort("happened_on", "milestone_id")


def searches(case: dict) -> list[Search]:
    """How the contracts of ``case`` (a row of ``cases``) are looked for, whatever the year: its buyer, then what of it.

    The buyer is found by words (one search for each way to write it), by its ministry when the case has no words, or
    is anyone when it has neither.
    """
    buyers = _buyers(case)
    found = [Search(case["case_id"], "buyer", selection.search, selection) for selection in buyers]
    for criterion, value in _criteria(case):
        for buyer in buyers:
            found.append(Search(case["case_id"], criterion, value, _with(buyer, criterion, value)))
    return found


def search_counts(awards: pl.LazyFrame, selection: Selection, case_ids: tuple[str, ...] | None = None) -> pl.DataFrame:
    """How many contracts each search of each case finds: ``case_id, criterion, value, place, contract_count``.

    ``place`` is the rank of the search among ``searches(case)``. ``selection`` is not used: a case is not filtered.
    """
    asked = [(place, search) for case in _rows(case_ids) for place, search in enumerate(searches(case))]
    counts = pl.collect_all(
        [search.selection.filtered(awards).select(distinct("contract_id")) for _place, search in asked]
    )
    return pl.DataFrame(
        {
            "case_id": [search.case_id for _place, search in asked],
            "criterion": [search.criterion for _place, search in asked],
            "value": [search.value for _place, search in asked],
            "place": [place for place, _search in asked],
            "contract_count": [count.item() for count in counts],
        },
        schema={
            "case_id": pl.String,
            "criterion": pl.String,
            "value": pl.String,
            "place": pl.Int64,
            "contract_count": pl.Int64,
        },
    )


def case_contracts(awards: pl.LazyFrame, selection: Selection) -> pl.DataFrame:
    """The contracts of each case, one row each: ``case_id, contract_id, contract_date``, by case and date.

    A contract of the case's buyer counts when its holder belongs to the case's group or its title names one of its
    products, whatever the year: it may be another contract than the one the sources speak of.
    """
    asked = [search for case in _rows(None) for search in searches(case) if search.criterion != "buyer"]
    if not asked:
        return pl.DataFrame(schema=CONTRACTS)
    sought = _of_any(awards, asked)
    frames = [
        search.selection.filtered(sought).select(
            pl.lit(search.case_id).alias("case_id"), "contract_id", "contract_date"
        )
        for search in asked
    ]
    found = pl.concat(pl.collect_all(frames)).unique(["case_id", "contract_id"], keep="any")
    return found.sort("case_id", "contract_date", "contract_id", nulls_last=True)


def _of_any(awards: pl.LazyFrame, asked: list[Search]) -> pl.LazyFrame:
    # Words cost most: they are sought among the few awards of the groups and products of cases.
    groups, products = ([one.value for one in asked if one.criterion == name] for name in ("group", "product"))
    is_of_product = pl.col("products").list.eval(pl.element().is_in(products)).list.any()
    return awards.filter(pl.col("group_id").is_in(groups) | is_of_product).collect().lazy()


def _rows(case_ids: tuple[str, ...] | None) -> Iterator[dict]:
    everything = cases()
    wanted = everything if case_ids is None else everything.filter(pl.col("case_id").is_in(list(case_ids)))
    return wanted.iter_rows(named=True)


def _buyers(case: dict) -> list[Selection]:
    if case["buyer_words"]:
        return [Selection(search=words) for words in case["buyer_words"].split(SEVERAL)]
    return [Selection(ministries=(case["ministry"],) if case["ministry"] else ())]


def _criteria(case: dict) -> list[tuple[str, str]]:
    group = [("group", case["group_id"])] if case["group_id"] else []
    return group + [("product", product) for product in case["products"]]


def _with(buyer: Selection, criterion: str, value: str) -> Selection:
    named = {criterion: value}
    return Selection(ministries=buyer.ministries, search=buyer.search, **named)
