"""The judgement, made when a question is asked, from the facts of an award and a definition of home."""

import polars as pl

from loaders import vocabulary
from loaders.classify.trace import TraceStep, parse_trace, trace

__all__ = [
    "EUROPEAN_NEIGHBOURS",
    "EU_MEMBERS",
    "FACTS",
    "FRANCE",
    "NOBODYS",
    "TraceStep",
    "parse_trace",
    "trace",
    "verdict",
]

FACTS = ("control_country", "control_basis", "technology_country", "product_countries", "channel")
"""The columns that decide a verdict: all that ``verdict`` reads."""

FRANCE = tuple("FR BL GF GP MF MQ NC PF PM RE TF WF YT".split())
"""The Republic: ISO 3166-1 gives its overseas parts codes of their own."""

EU_MEMBERS = tuple("AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split())
"""The 27 member States since 1 February 2020. Source: European Union, « Country profiles »."""

EUROPEAN_NEIGHBOURS = tuple("CH GB IS LI NO".split())
"""The rest of the European Economic Area (EEA agreement, article 2), Switzerland and the United Kingdom."""

NOBODYS = "FOSS"
"""The country of free software that nobody owns: home under every definition."""

_UNDER_US_LAW = "US"
_HOME = {
    "france": FRANCE,
    "ue": (*FRANCE, *EU_MEMBERS),
    "europe": (*FRANCE, *EU_MEMBERS, *EUROPEAN_NEIGHBOURS),
}
_DOCUMENTED = ("registry", "gleif", "vat", "foreign_id")
_BETWEEN = ("reseller", "integrator", "central_purchasing")


def verdict(definition: str) -> pl.Expr:
    """What an award is under ``definition`` (a key of vocabulary.DEFINITIONS): Enum(vocabulary.VERDICTS), never null.

    Reads ``FACTS``; the first that holds:
    ``foreign_control`` (a documented country that is not home; where a holder is only identified abroad, that
    country), ``foreign_product`` (a product named has an owner that is not home), ``hybrid`` (the technology of a
    home operator is not), ``opaque`` (reseller, integrator or purchasing body, and no product named),
    ``home_documented``, ``home_presumed`` (a French SIREN whose parent nobody documented), ``unknown``. Raises
    KeyError for a definition that is none of ours. Source of the order: docs/, method of the observatory.
    """
    if definition not in vocabulary.DEFINITIONS:
        raise KeyError(definition)
    is_documented = pl.col("control_basis").cast(pl.String).is_in(_DOCUMENTED) & pl.col("control_country").is_not_null()
    is_home = _is_home(pl.col("control_country"), definition)
    foreign_product = pl.col("product_countries").list.eval(~_is_home(pl.element(), definition)).list.any()
    return (
        pl.when(is_documented & ~is_home)
        .then(pl.lit("foreign_control"))
        .when(foreign_product)
        .then(pl.lit("foreign_product"))
        .when(~_is_home(pl.col("technology_country"), definition))
        .then(pl.lit("hybrid"))
        .when(_is_opaque())
        .then(pl.lit("opaque"))
        .when(is_documented)
        .then(pl.lit("home_documented"))
        .when(pl.col("control_basis") == "siren_only")
        .then(pl.lit("home_presumed"))
        .otherwise(pl.lit("unknown"))
        .cast(pl.Enum(list(vocabulary.VERDICTS)))
    )


def _is_home(country: pl.Expr, definition: str) -> pl.Expr:
    """Whether ``country`` is home; null for a country that nobody knows, which then decides nothing."""
    if definition == "hors-us":
        return country != _UNDER_US_LAW
    return country.is_in([*_HOME[definition], NOBODYS])


def _is_opaque() -> pl.Expr:
    goes_between = pl.col("channel").cast(pl.String).is_in(_BETWEEN)
    is_owner_known = pl.col("product_countries").list.eval(pl.element().is_not_null()).list.any()
    return goes_between & ~is_owner_known.fill_null(False)
