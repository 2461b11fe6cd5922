"""The contracts behind a figure: a sorted page of them, and one with all that is known of it."""

from dataclasses import dataclass, replace

import polars as pl
import polars.selectors as cs

from analysis.distinct import distinct
from analysis.selection import Selection
from loaders import vocabulary
from loaders.classify.verdict import FACTS
from loaders.editions import Edition
from loaders.notable import verdict_column
from loaders.search_texts import SEARCHED_COLUMNS

SORTS = {
    "date": "contract_date",
    "amount": "amount_cents",
    "buyer": "buyer_name",
    "vendor": "vendor_name",
    "title": "title",
    "verdict": "verdict",
    "end": "end_date",
}
_OF_THE_CONTRACT = (
    "contract_date year publication_date end_date duration_months buyer_id buyer_key buyer_name buyer_kind ministry "
    "title lot cpv digital_category is_cloud amount_cents amount_flag is_framework holder_count source_id"
).split()

_OF_THE_HOLDER = (
    "contract_id holder_rank vendor_id vendor_name holder_name group_id products share_cents is_digital"
).split()
AWARDS_A_CONTRACT = 8
"""Awards looked at for each contract wanted: enough of them when contracts have no more holders on average."""


@dataclass(frozen=True)
class Place:
    """Which contracts of a list: ``limit`` of them after the ``offset`` first ones, in the order of ``sort`` (a key of
    ``SORTS``).
    """

    sort: str = "date"
    descending: bool = True
    limit: int = 50
    offset: int = 0

    @property
    def column(self) -> str:
        """The column that orders the list. Raises KeyError on an unknown ``sort``."""
        return SORTS[self.sort]

    @property
    def end(self) -> int:
        """How many contracts there are up to the last one wanted."""
        return self.offset + self.limit


FIRST_PLACE = Place()


@dataclass(frozen=True)
class Page:
    """Some rows of a longer list: ``rows``, and the length of the whole list."""

    rows: pl.DataFrame
    total: int


@dataclass(frozen=True)
class Total:
    """What a list of contracts adds up to: ``amount_cents`` under a convention, contracts, awards.

    ``flagged_count`` are the contracts whose amount is left out of the sum, ``missing_count`` those that publish none,
    ``undivided_count`` those that ``annualise`` counts whole for want of a duration.
    """

    amount_cents: int
    contract_count: int
    award_count: int
    flagged_count: int
    missing_count: int
    undivided_count: int


@dataclass(frozen=True)
class Contract:
    """One contract with everything that an edition knows of it.

    ``record`` is its row of the table ``contracts``, provenance included. ``awards`` has one row a holder, by rank,
    with the axes and their evidence. ``verdicts`` has one row a definition and a holder: ``definition, holder_rank,
    vendor_name, verdict``. ``versions`` are in order of version, ``subcontracts`` of act and modification.
    """

    record: dict
    awards: pl.DataFrame
    verdicts: pl.DataFrame
    versions: pl.DataFrame
    subcontracts: pl.DataFrame


def search_contracts(awards: pl.LazyFrame, selection: Selection, place: Place = FIRST_PLACE) -> Page:
    """One page of the selected contracts, one row each: those at ``place``.

    Columns: ``contract_id``, what describes the contract (dates, buyer, title, ``amount_cents`` as published, once),
    ``vendor_ids`` and ``vendor_names`` (lists of all its holders, by rank), ``verdict`` (the first, in the order of
    ``VERDICTS``, among its selected awards) and ``counted_cents`` (what these weigh in sums under the convention).
    Nulls come last; equals are in the order of ``contract_id``. Raises KeyError on an unknown order.
    """
    found = _ordered(awards, selection, place).collect()
    return Page(_rows(awards, selection, found, place), found.height)


def search_words(awards: pl.LazyFrame, plain: pl.LazyFrame, selection: Selection, place: Place = FIRST_PLACE) -> Page:
    """As ``search_contracts`` of ``plain``, where ``awards`` are those of them that say the words sought."""
    found = _ordered(awards, replace(selection, search=""), place).collect()
    return Page(_rows(plain, selection, found, place), found.height)


def first_rows(
    awards: pl.LazyFrame, selection: Selection, place: Place = FIRST_PLACE, *, by_year: pl.DataFrame
) -> pl.DataFrame:
    """The rows of ``search_contracts``, from the awards at that end of the list alone when these are enough.

    ``by_year`` says how many contracts are selected: ``year, contract_count``.
    """
    some = place.end * AWARDS_A_CONTRACT
    is_by_date = place.sort == "date"
    in_years = replace(selection, years=_first_years(by_year, some, place.descending)) if is_by_date else selection
    near = _at_that_end(awards, in_years, place, some)
    read = awards.clear() if near is None else near.select(_shown()).collect().lazy()
    found = _ordered(read, selection, place).collect()
    # Awards without the value come last: they are on the page when the others do not fill it.
    if found.height < place.end:
        read, found = awards, _ordered(awards, selection, place).collect()
    return _rows(read, selection, found, place)


def total(awards: pl.LazyFrame, selection: Selection) -> Total:
    """What the list of the selected contracts adds up to, under the selection's convention."""
    summed = selection.is_summed()
    is_missing = pl.col("amount_flag") == "missing"
    is_undivided = pl.lit(selection.amount == "annualise") & pl.col("duration_months").is_null()
    # The other engine would hold all the texts that words are sought in
    engine = "streaming" if selection.search.strip() else "auto"
    return Total(
        **selection.judged(awards)
        .select(
            amount_cents=pl.col("counted_cents").sum(),
            contract_count=distinct("contract_id"),
            award_count=pl.len(),
            flagged_count=distinct("contract_id", ~summed & ~is_missing),
            missing_count=distinct("contract_id", is_missing),
            undivided_count=distinct("contract_id", is_undivided),
        )
        .collect(engine=engine)
        .row(0, named=True)
    )


def contract(edition: Edition, contract_id: str) -> Contract | None:
    """All that ``edition`` knows of one contract; None when it does not have it."""
    mine = pl.col("contract_id") == contract_id
    record, versions, subcontracts = pl.collect_all(
        [
            edition.scan("contracts").filter(mine),
            edition.scan("versions").filter(mine).sort("version_number"),
            edition.scan("subcontracts").filter(mine).sort("act_id", "change_number"),
        ]
    )
    if record.is_empty():
        return None
    # Awards are in the order of dates, not of identifiers: the date says where in a file of millions to look.
    day = record["contract_date"].item()
    that_day = pl.col("contract_date").is_null() if day is None else pl.col("contract_date") == day
    awards = edition.scan("awards").filter(that_day, mine).sort("holder_rank").collect()
    return Contract(record.row(0, named=True), awards, _verdicts(awards), versions, subcontracts)


def _ordered(awards: pl.LazyFrame, selection: Selection, place: Place) -> pl.LazyFrame:
    """The selected contracts with what orders them, and their ``_day``."""
    order = {"_order": pl.col(place.column).min(), "_day": pl.col("contract_date").first()}
    return selection.judged(awards).group_by("contract_id").agg(**order)


def _rows(awards: pl.LazyFrame, selection: Selection, found: pl.DataFrame, place: Place) -> pl.DataFrame:
    """What is said of those contracts ``found`` that stand at ``place``."""
    ordered = found.sort("_order", "contract_id", descending=[place.descending, False], nulls_last=True)
    page = ordered.slice(place.offset, place.limit)
    shown = pl.col("contract_id").is_in(page["contract_id"].implode())
    # Titles cost more than all the rest: only those of the page are read.
    theirs = _between_days(awards, page["_day"]).filter(shown).select(_shown()).collect().lazy()
    return _described(theirs, selection.judged(theirs), page.select("contract_id"))


def _between_days(awards: pl.LazyFrame, days: pl.Series) -> pl.LazyFrame:
    """The awards between the first and the last of these days, of any day when one is missing."""
    # A file of millions, in the order of dates, is then read in part.
    if days.is_empty() or days.has_nulls():
        return awards
    return awards.filter(pl.col("contract_date").is_between(days.min(), days.max()))


def _first_years(by_year: pl.DataFrame, some: int, descending: bool) -> tuple[int, int] | None:
    """The first years, in that order, with ``some`` contracts; None when all years together have fewer."""
    ordered = by_year.drop_nulls("year").sort("year", descending=descending)
    enough = ordered.filter(pl.col("contract_count").cum_sum() >= some)["year"]
    return None if enough.is_empty() else tuple(sorted((ordered["year"][0], enough[0])))


def _at_that_end(awards: pl.LazyFrame, selection: Selection, place: Place, some: int) -> pl.LazyFrame | None:
    """The awards, of whole contracts, that come first in that order, ``some`` selected ones or more of them; None when
    holders of one contract may differ in what orders it, or none has it.
    """
    if place.column not in _OF_THE_CONTRACT:
        return None
    column = pl.col(place.column)
    edge = column.top_k(some).min() if place.descending else column.bottom_k(some).max()
    reached = selection.filtered(awards).select(edge).collect().item()
    if reached is None:
        return None
    of_contracts = Selection(
        perimeter="tout", ministries=selection.ministries, years=selection.years, buyer_kinds=selection.buyer_kinds
    )
    return of_contracts.filtered(awards).filter(column >= reached if place.descending else column <= reached)


def _shown() -> cs.Selector:
    """The columns that filters, verdicts and rows of contracts are made of."""
    verdicts = map(verdict_column, vocabulary.DEFINITIONS)
    columns = {*_OF_THE_CONTRACT, *_OF_THE_HOLDER, *SEARCHED_COLUMNS, *FACTS, *verdicts}
    return cs.by_name(*columns, require_all=False)


def _described(awards: pl.LazyFrame, judged: pl.LazyFrame, page: pl.DataFrame) -> pl.DataFrame:
    described = (
        awards.sort("contract_id", "holder_rank")
        .group_by("contract_id", maintain_order=True)
        .agg(
            pl.col(_OF_THE_CONTRACT).first(),
            vendor_ids=pl.col("vendor_id"),
            vendor_names=pl.coalesce("vendor_name", "holder_name"),
        )
    )
    weighed = judged.group_by("contract_id").agg(pl.col("verdict").min(), pl.col("counted_cents").sum())
    return (
        page.lazy()
        .join(described, on="contract_id", how="left", maintain_order="left")
        .join(weighed, on="contract_id", how="left", maintain_order="left")
        .collect()
    )


def _verdicts(awards: pl.DataFrame) -> pl.DataFrame:
    return pl.concat(
        awards.select(
            pl.lit(definition).alias("definition"),
            "holder_rank",
            "vendor_name",
            Selection(definition=definition).verdict(),
        )
        for definition in vocabulary.DEFINITIONS
    )
