"""Who buys: one key a buyer, what kind of body it is, whether it is the State, and which ministry it belongs to.

What decides, the surest first: a SIREN that our tables list (``siren:``, ``operator:``, ``purchasing:``), a SIREN that
the State's own directory lists (``directory:``), a rule on the name (``name:``), the way SIRENs of the public sector
are numbered (``siren_prefix:``) or a postal code that one administration has for itself (``postcode:``). Rules are the
rows of ``data/reference/buyer_rules.csv``, in the order of their priority.
"""

from datetime import date, timedelta
from functools import cache
from pathlib import Path

import polars as pl

from loaders import reference, schema
from loaders.classify.buyer_rules import with_rules
from loaders.classify.identifiers import is_siren
from loaders.classify.names import slug
from loaders.classify.text import folded
from loaders.enrich import DERIVED_FOLDER, state_organisation

_LISTED = {"ministries": "siren", "state_buyers": "siren", "operators": "operator"}
_PURCHASING = "purchasing_bodies"
_FACTS = ("kind", "status", "ministry", "rule")
_BUYER = ("buyer_id", "buyer_name", "buyer_postcode", "day")
_LOST_LETTERS = r"\?{2,}"
_GENERIC_WORDS = (
    "ACHAT ACHATS ACTION AGGLOMERATION AGRICULTURE AU CAISSE CCAS CCI CENTRE CH CHAMBRE CIAS COLLECTIVITE COLLEGE "
    "COMMANDE COMMANDES COMMERCE COMMUNAL COMMUNE COMMUNES COMMUNAUTE CONSEIL D DE DEPARTEMENT DEPARTEMENTAL "
    "DEPARTEMENTALE DES DIRECTION DU ECOLES ESSENTIEL ET ETABLISSEMENT FINANCES GENERAL GROUPEMENT HABITAT HOPITAL "
    "HOSPITALIER INDUSTRIE INTERCOMMUNAL INTERCOMMUNALE L LA LE LES LYCEE MAIRIE MARCHES METIERS MIXTE OFFICE OPH "
    "PREFECTURE PUBLIC PUBLICS PUBLIQUE PUBLIQUES RECTORAT REGION REGIONAL REGIONALE SDIS SERVICE SERVICES SOCIALE "
    "SYNDICAT TERRITOIRES TOURISME VILLE"
)


def add_buyers(awards: pl.LazyFrame, derived: Path = DERIVED_FOLDER) -> pl.LazyFrame:
    """``awards`` with their buyers identified and classified.

    In: buyer_id (SIRET or SIREN), buyer_name, buyer_postcode, contract_date; all may be null. Out: buyer_name (filled
    from another row of the same buyer_id, else from our tables), buyer_siren, buyer_key, buyer_kind, state_status,
    ministry (of the State and its operators; null for others) and ministry_rule (what decided; null when nothing
    did: the buyer is then ``other`` and taken for no part of the State, or unknown if its SIREN might be the State's).
    A rule or a row that ends applies to contracts of its time; an undated contract is read with today's rules.
    ``derived`` is where the extract of the State's directory is read from when it is there.
    """
    dated = awards.with_columns(day=_rule_day(pl.col("contract_date")))
    buyers = _identified(dated.select(_BUYER).unique())
    classified = with_rules(_with_listed(buyers, state_organisation.read(derived))).select(
        *_BUYER,
        "buyer_siren",
        "buyer_key",
        pl.col("_name").alias("_filled_name"),
        pl.col("kind").cast(schema.column("buyer_kind").dtype).alias("buyer_kind"),
        pl.col("status").cast(schema.column("state_status").dtype).alias("state_status"),
        pl.col("ministry").cast(schema.column("ministry").dtype),
        pl.col("rule").alias("ministry_rule"),
    )
    return (
        dated.join(classified, on=_BUYER, how="left", nulls_equal=True)
        .with_columns(buyer_name=pl.col("_filled_name"))
        .drop("_filled_name", "day")
    )


# Time


@cache
def _turning_days() -> list[date]:
    """The days on which a row of our tables begins or stops being true."""
    tables = [reference.table(name) for name in (*_LISTED, "buyer_rules")]
    starts = {day for table in tables for day in table["valid_from"].drop_nulls()}
    ends = {day + timedelta(days=1) for table in tables for day in table["valid_to"].drop_nulls()}
    return sorted(starts | ends)


def _rule_day(day: pl.Expr) -> pl.Expr:
    """The last turning day that has passed on ``day``: contracts between two of them are read with the same rules."""
    passed = pl.lit(date.min)
    for turn in _turning_days():
        passed = pl.when(day.fill_null(date.max) >= turn).then(pl.lit(turn)).otherwise(passed)
    return passed


def _is_valid() -> pl.Expr:
    begun = pl.col("valid_from").is_null() | (pl.col("day") >= pl.col("valid_from"))
    return begun & (pl.col("valid_to").is_null() | (pl.col("day") <= pl.col("valid_to")))


# Identity


def _identified(buyers: pl.LazyFrame) -> pl.LazyFrame:
    number = pl.col("buyer_id").str.slice(0, 9)
    return (
        buyers.with_columns(buyer_siren=pl.when(is_siren(number)).then(number))
        .join(_known_names(buyers), on="buyer_id", how="left")
        .join(
            _listed().group_by("siren").agg(pl.col("name").first()), left_on="buyer_siren", right_on="siren", how="left"
        )
        .with_columns(_name=pl.coalesce("buyer_name", "_known_name", "name"))
        .drop("_known_name", "name")
        .with_columns(buyer_key=_key(), text=_mended(folded(pl.col("_name"))))
    )


def _known_names(buyers: pl.LazyFrame) -> pl.LazyFrame:
    named = buyers.filter(pl.col("buyer_id").is_not_null() & pl.col("buyer_name").is_not_null())
    return named.group_by("buyer_id").agg(pl.col("buyer_name").min().alias("_known_name"))


def _mended(text: pl.Expr) -> pl.Expr:
    """Folded text with E for a lost letter, which it nearly always was, and nothing for several lost in a row."""
    return text.str.replace_all(_LOST_LETTERS, " ").str.replace_all("?", "E", literal=True).str.strip_chars(" ")


def _key() -> pl.Expr:
    """The SIREN, else the name, with the postal code when the name is one that many buyers have."""
    words = "|".join(_GENERIC_WORDS.split())
    is_generic = folded(pl.col("_name")).str.contains(rf"^(?:(?:{words})(?: |$))+$")
    place = pl.when(is_generic).then(pl.concat_str(pl.lit("-"), "buyer_postcode")).fill_null("")
    named = pl.concat_str(pl.lit("nom-"), slug(pl.col("_name")), place)
    return pl.coalesce("buyer_siren", named, pl.concat_str(pl.lit("id-"), "buyer_id"))


# SIRENs that are listed


@cache
def _listed() -> pl.LazyFrame:
    tables = [
        reference.table(name)
        .lazy()
        .select("siren", "name", "kind", "ministry", "valid_from", "valid_to", status=_status(name), rule=_rule(label))
        for name, label in _LISTED.items()
    ]
    return pl.concat([*tables, _purchasing_bodies()]).unique("siren", keep="first", maintain_order=True)


def _status(table: str) -> pl.Expr:
    return pl.lit("operator") if table == "operators" else pl.col("state_status")


def _rule(label: str) -> pl.Expr:
    return pl.concat_str(pl.lit(f"{label}:"), "siren")


def _purchasing_bodies() -> pl.LazyFrame:
    """Central purchasing bodies that the table of intermediaries names by SIREN; none of them is the State."""
    columns = {"siren": pl.String, "name": pl.String, "kind": pl.String, "ministry": pl.String}
    if not (reference.FOLDER / f"{_PURCHASING}.csv").is_file():
        return pl.LazyFrame(
            schema=columns | {"valid_from": pl.Date, "valid_to": pl.Date, "status": pl.String, "rule": pl.String}
        )
    always = pl.lit(None, pl.Date)
    return (
        reference.table(_PURCHASING)
        .lazy()
        .filter(pl.col("siren").is_not_null())
        .select(
            "siren",
            "name",
            kind=pl.lit("central_purchasing"),
            ministry=pl.lit(None, pl.String),
            valid_from=always,
            valid_to=always,
            status=pl.lit("no"),
            rule=_rule("purchasing"),
        )
    )


def _in_directory(organisation: pl.LazyFrame) -> pl.LazyFrame:
    return organisation.select(
        "siren",
        kind_directory=pl.lit("ministry_central"),
        status_directory=pl.lit("yes"),
        ministry_directory="ministry",
        rule_directory=_rule("directory"),
    )


def _with_listed(buyers: pl.LazyFrame, organisation: pl.LazyFrame) -> pl.LazyFrame:
    listed = (
        buyers.select("buyer_siren", "day")
        .unique()
        .join(_listed(), left_on="buyer_siren", right_on="siren")
        .filter(_is_valid())
        .select("buyer_siren", "day", *_FACTS)
    )
    in_directory = pl.col("rule").is_null()
    return (
        buyers.join(listed, on=["buyer_siren", "day"], how="left")
        .join(_in_directory(organisation), left_on="buyer_siren", right_on="siren", how="left")
        .with_columns(pl.when(in_directory).then(f"{fact}_directory").otherwise(fact).alias(fact) for fact in _FACTS)
        .drop(f"{fact}_directory" for fact in _FACTS)
    )
