"""What made-up contracts are drawn from: titles, buyers, vendors, and the closed lists of the schemas."""

from dataclasses import dataclass
from functools import cache

import numpy as np
import polars as pl

from loaders import reference
from loaders.editions import STARTER_FOLDER

SEED = 20_260_820
INVENTED_BUYERS = 30_000
INVENTED_VENDORS = 250_000
DATASETS = 64
FILES = 2_000
_LONGEST_TITLE = 200

_BODIES = (
    ("COMMUNE DE", "21"),
    ("COMMUNAUTE DE COMMUNES DU", "20"),
    ("CENTRE HOSPITALIER DE", "26"),
    ("SYNDICAT MIXTE DU", "25"),
    ("DEPARTEMENT DE", "22"),
    ("OFFICE PUBLIC DE L HABITAT DE", "27"),
    ("LYCEE", "19"),
    ("SOCIETE PUBLIQUE LOCALE DE", "83"),
)
_TRADES = (
    "TRAVAUX BATIMENT ELECTRICITE PLOMBERIE MENUISERIE TERRASSEMENT ESPACES VERTS NETTOYAGE SECURITE TRANSPORT "
    "RESTAURATION IMPRESSION FOURNITURES MEDICAL LABORATOIRE INGENIERIE ARCHITECTURE CONSEIL FORMATION SERVICES"
).split()
_SYLLABLES = "BA CE DI FO GU LA ME NI PO RU SA TE VI ZO BRA CLE DRI FLO GRU PLA TRE VRI CHA LOU MAN".split()
_FOREIGN = ("DE", "BE", "NL", "IE", "LU", "GB", "US", "CH", "ES", "IT")


@dataclass(frozen=True)
class Organisations:
    """Establishments: ``facts`` has one row each, ``cumulated`` the share of draws up to each."""

    facts: pl.DataFrame
    cumulated: np.ndarray

    def drawn(self, rng: np.random.Generator, count: int) -> np.ndarray:
        """Row numbers of ``count`` establishments, the first ones most often."""
        return np.searchsorted(self.cumulated, rng.random(count)).clip(0, len(self.cumulated) - 1)


def _by_rank(facts: pl.DataFrame, exponent: float = 0.85, flat: float = 20.0) -> Organisations:
    """Organisations drawn as their rank to the power of ``-exponent`` (Zipf), the ``flat`` first nearly alike."""
    weights = (np.arange(facts.height) + flat) ** -exponent
    return Organisations(facts, np.cumsum(weights / weights.sum()))


def sirens(prefix: np.ndarray, rng: np.random.Generator) -> pl.Series:
    """Invented numbers of nine digits that begin with the two digits of ``prefix`` and satisfy the Luhn sum."""
    digits = rng.integers(0, 10, (len(prefix), 9))
    digits[:, 0], digits[:, 1] = prefix // 10, prefix % 10
    doubled = digits.copy()
    doubled[:, 1::2] = doubled[:, 1::2] * 2 - 9 * (doubled[:, 1::2] > 4)
    digits[:, 8] = -doubled[:, :8].sum(axis=1) % 10
    numbers = digits @ (10 ** np.arange(8, -1, -1))
    return pl.Series(numbers).cast(pl.String).str.zfill(9)


def _sirets(of: pl.Series, rng: np.random.Generator) -> pl.Series:
    establishment = pl.Series(rng.integers(10, 99_999, of.len())).cast(pl.String).str.zfill(5)
    return of + establishment


def _names(first: pl.Series, rng: np.random.Generator) -> pl.Series:
    syllables = pl.Series(_SYLLABLES)
    word = syllables.gather(rng.integers(0, len(_SYLLABLES), first.len()))
    for _ in range(2):
        word = word + syllables.gather(rng.integers(0, len(_SYLLABLES), first.len()))
    return first + " " + word


def _places(count: int, side: str, rng: np.random.Generator) -> pl.DataFrame:
    departments = reference.table("departments")
    at = rng.integers(0, departments.height, count)
    code, name = departments["code"].gather(at), departments["name"].gather(at)
    commune = code.str.slice(0, 2) + pl.Series(rng.integers(1, 900, count)).cast(pl.String).str.zfill(3)
    return pl.DataFrame(
        {
            f"{side}_commune_code": commune,
            f"{side}_commune_nom": _names(name, rng),
            f"{side}_departement_code": code,
            f"{side}_departement_nom": name,
            f"{side}_region_code": code,
            f"{side}_region_nom": name,
            f"{side}_latitude": rng.uniform(42, 51, count).round(6),
            f"{side}_longitude": rng.uniform(-5, 8, count).round(6),
        }
    )


@cache
def state_buyers() -> Organisations:
    """The State and its operators, by the SIRENs of data/reference."""
    rng = np.random.default_rng(SEED)
    listed = pl.concat(
        reference.table(name).select("siren", pl.col("name").alias("acheteur_nom"))
        for name in ("ministries", "state_buyers", "operators")
    ).drop_nulls("siren")
    return _by_rank(_buyers(listed.unique("siren", keep="first", maintain_order=True), "État", rng))


@cache
def other_buyers() -> Organisations:
    """Invented communes, hospitals, schools and others."""
    rng = np.random.default_rng(SEED + 1)
    kind = rng.integers(0, len(_BODIES), INVENTED_BUYERS)
    names = _names(pl.Series([name for name, _ in _BODIES]).gather(kind), rng)
    prefix = np.array([int(digits) for _, digits in _BODIES])[kind]
    invented = pl.DataFrame({"siren": sirens(prefix, rng), "acheteur_nom": names})
    return _by_rank(_buyers(invented, "Commune", rng))


def _buyers(listed: pl.DataFrame, category: str, rng: np.random.Generator) -> pl.DataFrame:
    return pl.concat(
        [
            listed.select(
                _sirets(listed["siren"], rng).alias("acheteur_id"),
                pl.when(pl.Series(rng.random(listed.height)) > 0.03).then("acheteur_nom").alias("acheteur_nom"),
                pl.lit(category).alias("acheteur_categorie"),
            ),
            _places(listed.height, "acheteur", rng),
        ],
        how="horizontal",
    )


@cache
def known_vendors() -> Organisations:
    """The vendors of data/reference/vendors.csv that have a SIREN."""
    rng = np.random.default_rng(SEED + 2)
    known = reference.table("vendors").drop_nulls("siren").unique("siren", keep="first", maintain_order=True)
    named = known.select("siren", pl.col("vendor_name").str.to_uppercase().alias("titulaire_nom"))
    return _by_rank(_vendors(named.sample(fraction=1, shuffle=True, seed=SEED), "GE", rng))


@cache
def other_vendors() -> Organisations:
    """Invented vendors; three in two hundred have a foreign number and, as in the real file, no name."""
    rng = np.random.default_rng(SEED + 3)
    names = _names(pl.Series(_TRADES).gather(rng.integers(0, len(_TRADES), INVENTED_VENDORS)), rng)
    prefix = rng.integers(30, 99, INVENTED_VENDORS)
    vendors = _vendors(pl.DataFrame({"siren": sirens(prefix, rng), "titulaire_nom": names}), "PME", rng)
    foreign = pl.Series(rng.random(INVENTED_VENDORS) < 0.015)
    country = pl.Series(_FOREIGN).gather(rng.integers(0, len(_FOREIGN), INVENTED_VENDORS))
    number = country + vendors["titulaire_id"].str.slice(0, 9)
    return _by_rank(
        vendors.with_columns(
            pl.when(foreign).then(number).otherwise("titulaire_id").alias("titulaire_id"),
            pl.when(foreign)
            .then(pl.lit("TVA"))
            .otherwise("titulaire_typeIdentifiant")
            .alias("titulaire_typeIdentifiant"),
            pl.when(~foreign).then("titulaire_nom").alias("titulaire_nom"),
        ),
        exponent=0.7,
    )


def _vendors(listed: pl.DataFrame, category: str, rng: np.random.Generator) -> pl.DataFrame:
    return pl.concat(
        [
            listed.select(
                _sirets(listed["siren"], rng).alias("titulaire_id"),
                pl.lit("SIRET").alias("titulaire_typeIdentifiant"),
                "titulaire_nom",
                pl.lit(category).alias("titulaire_categorie"),
                pl.lit("62.02A" if category == "GE" else "43.21A").alias("titulaire_activite_code"),
                pl.lit("Conseil en systèmes et logiciels informatiques").alias("titulaire_activite_libelle"),
            ),
            _places(listed.height, "titulaire", rng),
        ],
        how="horizontal",
    )


@cache
def titles() -> dict[str, pl.DataFrame]:
    """Title and CPV of the contracts of data/starter: ``named`` and ``digital`` (no product named), ``other``."""
    awards = pl.read_parquet(STARTER_FOLDER / "awards.parquet", columns=["title", "cpv", "is_digital", "products"])
    told = (
        awards.drop_nulls("title")
        .with_columns(pl.col("title").str.slice(0, _LONGEST_TITLE).alias("objet"))
        .unique("objet", keep="first", maintain_order=True)
        .sort("objet")
    )
    is_digital = pl.col("is_digital").fill_null(False)
    is_named = pl.col("products").list.len() > 0
    said = {"named": is_digital & is_named, "digital": is_digital & ~is_named, "other": ~is_digital}
    return {pool: _with_codes(told.filter(which)) for pool, which in said.items()}


def _with_codes(told: pl.DataFrame) -> pl.DataFrame:
    """Every contract of the national file has a CPV: a title without takes that of another title of its pool."""
    published = told["cpv"].drop_nulls()
    others = published.gather(np.arange(told.height) * 7 % published.len())
    return told.select("objet", codeCPV=pl.col("cpv").fill_null(others))


@cache
def endings() -> pl.Series:
    """What follows a title: a lot, a department, a number. Contracts of one call share their title."""
    rng = np.random.default_rng(SEED + 4)
    count = 40_000
    place = reference.table("departments")["name"].gather(rng.integers(0, 100, count))
    number = pl.Series(rng.integers(1, 400, count)).cast(pl.String)
    lot = pl.Series(rng.integers(1, 15, count)).cast(pl.String)
    drawn = pl.Series(rng.integers(0, 4, count))
    return pl.select(
        pl.when(drawn == 0)
        .then(" - LOT " + lot)
        .when(drawn == 1)
        .then(" - " + place)
        .when(drawn == 2)
        .then(" (" + number + ") - " + place)
        .otherwise(" - " + place + " - LOT " + lot)
    ).to_series()
