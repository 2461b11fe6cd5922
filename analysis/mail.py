"""Questions over the table of town halls: who carries their mail, where, and for how many nobody can say."""

from dataclasses import dataclass

import polars as pl

from analysis.contracts import Page
from loaders.classify.text import folded
from loaders.classify.verdict import EU_MEMBERS, EUROPEAN_NEIGHBOURS, FRANCE
from loaders.mail.vocabulary import UNKNOWN

UNKNOWN_COUNTRY = "inconnu"
"""What stands for a country that nobody knows, in a choice of countries."""
FOREIGN_COUNTRY = "etranger"
"""What stands for any country that the definition calls foreign."""

_HOME = {
    "france": FRANCE,
    "ue": (*FRANCE, *EU_MEMBERS),
    "europe": (*FRANCE, *EU_MEMBERS, *EUROPEAN_NEIGHBOURS),
}


@dataclass(frozen=True)
class Choice:
    """What a reader asks: a provider or a country to count (else what ``definition`` calls foreign), and where.

    ``country`` is an ISO code, ``UNKNOWN_COUNTRY`` or ``FOREIGN_COUNTRY``.
    """

    provider: str = ""
    country: str = ""
    department: str = ""
    search: str = ""
    definition: str = "ue"


@dataclass(frozen=True)
class Carried:
    """Town halls in all, those that the choice counts, those without a known country, those without a provider."""

    total: int
    counted: int
    without_country: int
    unestablished: int


def carried(town_halls: pl.DataFrame, choice: Choice) -> Carried:
    """How many town halls of the department chosen (all without one) the choice counts, and how many nobody knows."""
    row = _there(town_halls, choice).select(
        total=pl.len(),
        counted=is_counted(choice).sum(),
        without_country=pl.col("provider_country").is_null().sum(),
        unestablished=(pl.col("provider") == UNKNOWN).sum(),
    )
    return Carried(**row.row(0, named=True))


def by_department(town_halls: pl.DataFrame, choice: Choice) -> pl.DataFrame:
    """One row a department, by code: ``department_code, town_hall_count, counted_count, unknown_count, share``.

    ``share`` is that of the town halls that the choice counts, of all those of the department, unknown included.
    """
    return (
        town_halls.group_by("department_code")
        .agg(
            town_hall_count=pl.len().cast(pl.Int64),
            counted_count=is_counted(choice).sum().cast(pl.Int64),
            unknown_count=pl.col("provider_country").is_null().sum().cast(pl.Int64),
        )
        .with_columns(share=pl.col("counted_count") / pl.col("town_hall_count"))
        .sort(pl.col("department_code").str.len_chars(), "department_code")
    )


def ranking(town_halls: pl.DataFrame, choice: Choice) -> pl.DataFrame:
    """Providers of the department chosen, largest first: ``provider, country, town_hall_count, share``."""
    return (
        _there(town_halls, choice)
        .group_by("provider", country="provider_country")
        .agg(town_hall_count=pl.len().cast(pl.Int64))
        .with_columns(share=pl.col("town_hall_count") / pl.col("town_hall_count").sum())
        .sort("town_hall_count", "provider", descending=[True, False])
    )


def search(town_halls: pl.DataFrame, choice: Choice, limit: int = 50, offset: int = 0) -> Page:
    """One page of the town halls that answer every filter of ``choice``, by commune name; the whole schema."""
    found = _there(town_halls, choice)
    if choice.provider or choice.country:
        found = found.filter(is_counted(choice))
    if choice.search:
        words = found.select(wanted=folded(pl.lit(choice.search))).item(0, 0) if not found.is_empty() else ""
        found = found.filter(folded(pl.col("commune_name")).str.contains(words, literal=True))
    ordered = found.sort(folded(pl.col("commune_name")), "insee_code")
    return Page(ordered.slice(offset, limit), ordered.height)


def is_counted(choice: Choice) -> pl.Expr:
    """Whether a town hall is one that the choice counts; an unknown country is never foreign."""
    asked = [pl.col("provider") == choice.provider] if choice.provider else []
    if choice.country or not choice.provider:
        asked.append(_is_of_country(choice))
    return pl.all_horizontal(asked).fill_null(False)


def _is_of_country(choice: Choice) -> pl.Expr:
    country = pl.col("provider_country")
    if choice.country == UNKNOWN_COUNTRY:
        return country.is_null()
    if choice.country not in ("", FOREIGN_COUNTRY):
        return country == choice.country
    return country == "US" if choice.definition == "hors-us" else ~country.is_in(_HOME[choice.definition])


def _there(town_halls: pl.DataFrame, choice: Choice) -> pl.DataFrame:
    if not choice.department:
        return town_halls
    return town_halls.filter(pl.col("department_code") == choice.department)
