"""Blocks of made-up contracts, before they are written as rows or as JSON."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from benchmarks.generate import vocabulary

BLOCK_CONTRACTS = 100_000

_DIGITAL, _NAMED_AMONG_DIGITAL = 0.04, 0.024
_STATE, _KNOWN_AMONG_DIGITAL, _KNOWN_ELSEWHERE = 0.12, 0.35, 0.004
_LOTS_OF_ONE_CALL, _PLAIN_TITLE = 0.35, 0.2
_REPUBLISHED, _SHARED_NUMBER, _OLD_NUMBER = 0.006, 0.002, 0.08
_MODIFIED, _ONE_MORE = 0.18, 0.53
_HOLDERS = (0.86, 0.06, 0.03, 0.015, 0.015, 0.01, 0.005, 0.005)
_MEDIAN_EUR, _SPREAD = 165_590, 2.0
_FILLERS = (0.0, 1.0, 12_311_111_111.0, 99_999_999.0, 999_999_999.0, 0.01)
_FIRST_DAY, _LAST_DAY = np.datetime64("2017-01-01"), np.datetime64("2026-08-15")

_CHOICES: dict[str, tuple[tuple[str | None, float], ...]] = {
    "nature": (("Marché", 0.83), ("MARCHE", 0.15), ("Marché de partenariat", 0.01), ("Marché de défense", 0.01)),
    "procedure": (
        ("Procédure adaptée", 0.5),
        ("Appel d'offres ouvert", 0.38),
        ("Marché passé sans publicité ni mise en concurrence préalable", 0.09),
        (None, 0.03),
    ),
    "techniques": (
        ("Sans objet", 0.55),
        ("Accord-cadre", 0.38),
        ("Système d'acquisition dynamique", 0.02),
        (None, 0.05),
    ),
    "modalitesExecution": (
        ("Sans objet", 0.55),
        ("Bons de commande", 0.3),
        ("Marchés subséquents", 0.05),
        ("Tranches", 0.05),
        (None, 0.05),
    ),
    "ccag": (
        ("Travaux", 0.36),
        ("Fournitures courantes et services", 0.4),
        ("Prestations intellectuelles", 0.1),
        ("Sans objet", 0.08),
        (None, 0.06),
    ),
    "formePrix": (("Unitaire", 0.4), ("Forfaitaire", 0.4), ("Mixte", 0.17), (None, 0.03)),
    "typesPrix": (
        ("Définitif révisable", 0.5),
        ("Définitif ferme", 0.3),
        ("Définitif actualisable", 0.12),
        (None, 0.08),
    ),
    "considerationsSociales": (("Sans objet", 0.7), ("Clause sociale", 0.2), ("Critère social", 0.05), (None, 0.05)),
    "considerationsEnvironnementales": (
        ("Sans objet", 0.55),
        ("Clause environnementale", 0.25),
        ("Critère environnemental", 0.15),
        (None, 0.05),
    ),
    "typeGroupementOperateurs": (("Pas de groupement", 0.85), ("Solidaire", 0.1), ("Conjoint", 0.05)),
    "montant_anomalie": ((None, 0.96), ("suspect", 0.03), ("aberrant", 0.01)),
}
_DIGITAL_CCAG = "Techniques de l'information et de la communication"


@dataclass(frozen=True)
class Block:
    """Some contracts: their facts, how many versions and holders each has, and the randomness for the rest.

    ``said`` is, for each contract, the one whose facts it repeats: itself, but for those that two platforms published.
    """

    contracts: pl.DataFrame
    versions: np.ndarray
    holders: np.ndarray
    is_digital: np.ndarray
    said: np.ndarray
    rng: np.random.Generator


def block(number: int, count: int = BLOCK_CONTRACTS) -> Block:
    """The block of that number: always the same contracts, whatever is drawn before it."""
    rng = np.random.default_rng([vocabulary.SEED, number])
    said = _repeating_the_one_before(rng, count, _REPUBLISHED)
    call = _repeating_the_one_before(rng, count, _LOTS_OF_ONE_CALL)[said]
    is_digital = (rng.random(count) < _DIGITAL)[call]
    versions = 1 + (rng.random(count) < _MODIFIED) * rng.geometric(_ONE_MORE, count)
    holders = 1 + np.searchsorted(np.cumsum(_HOLDERS), rng.random(count)).clip(0, len(_HOLDERS) - 1)
    facts = pl.concat(
        [
            _drawn_subjects(rng, is_digital, call, said),
            _drawn_buyers(rng, count)[call],
            pl.DataFrame({name: chosen(rng, count, name) for name in _CHOICES}),
            pl.DataFrame({"montant": _amounts(rng, count)})[said],
            pl.DataFrame({"dateNotification": _days(rng, count)})[call],
            pl.DataFrame({"dureeMois": rng.choice([1, 3, 6, 12, 24, 36, 48, 60], count).astype(np.int16)}),
        ],
        how="horizontal",
    ).with_columns(
        pl.when(pl.Series(is_digital & (rng.random(count) < 0.6)))
        .then(pl.lit(_DIGITAL_CCAG))
        .otherwise("ccag")
        .alias("ccag"),
        _numbers(rng, number, count).alias("id"),
    )
    return Block(facts, versions[said], holders[said], is_digital, said, rng)


def chosen(rng: np.random.Generator, count: int, field: str) -> pl.Series:
    """``count`` values of a closed list, at their real shares."""
    values, shares = zip(*_CHOICES[field], strict=True)
    return pl.Series(values).gather(np.searchsorted(np.cumsum(shares), rng.random(count)).clip(0, len(values) - 1))


def drawn_vendors(rng: np.random.Generator, is_digital: np.ndarray) -> pl.DataFrame:
    """One vendor for each line; digital contracts go to known vendors far more often."""
    count = len(is_digital)
    known, other = vocabulary.known_vendors(), vocabulary.other_vendors()
    is_known = rng.random(count) < np.where(is_digital, _KNOWN_AMONG_DIGITAL, _KNOWN_ELSEWHERE)
    at = np.where(is_known, known.drawn(rng, count), known.facts.height + other.drawn(rng, count))
    return pl.concat([known.facts, other.facts])[at]


def _repeating_the_one_before(rng: np.random.Generator, count: int, share: float) -> np.ndarray:
    """For each contract, the one whose facts it has: itself, or for a ``share`` of them the one before."""
    of = np.arange(count)
    again = np.flatnonzero(rng.random(count) < share)
    of[again] = np.maximum(again - 1, 0)
    return of


def _numbers(rng: np.random.Generator, number: int, count: int) -> pl.Series:
    """The buyers' own numbers; some in the form of 2019, a few given twice."""
    serial = number * count + np.arange(count)
    twice = np.flatnonzero(rng.random(count) < _SHARED_NUMBER)
    serial[twice] = serial[np.maximum(twice - 1, 0)]
    text = pl.Series(serial).cast(pl.String).str.zfill(8)
    year = pl.Series(rng.integers(2017, 2027, count)).cast(pl.String)
    old = pl.Series(rng.random(count) < _OLD_NUMBER)
    return pl.select(pl.when(old).then(year + "M" + text.str.zfill(9) + "00").otherwise(year + "S" + text)).to_series()


def _drawn_subjects(
    rng: np.random.Generator, is_digital: np.ndarray, call: np.ndarray, said: np.ndarray
) -> pl.DataFrame:
    """Title and CPV: lots of one call begin alike and end each in its own way."""
    count = len(is_digital)
    pools = vocabulary.titles()
    named, digital, other = (pools[pool].height for pool in ("named", "digital", "other"))
    of_digital = np.where(
        rng.random(count) < _NAMED_AMONG_DIGITAL,
        rng.integers(0, named, count),
        named + rng.integers(0, digital, count),
    )[call]
    at = np.where(is_digital, of_digital, named + digital + rng.integers(0, other, count)[call])
    told = pl.concat(list(pools.values()))[at]
    endings = vocabulary.endings()
    ending = endings.gather(rng.integers(0, endings.len(), count)[said])
    is_plain = pl.Series((rng.random(count) < _PLAIN_TITLE)[said])
    return told.with_columns(pl.when(is_plain).then("objet").otherwise(pl.col("objet") + ending).alias("objet"))


def _drawn_buyers(rng: np.random.Generator, count: int) -> pl.DataFrame:
    state, other = vocabulary.state_buyers(), vocabulary.other_buyers()
    is_state = rng.random(count) < _STATE
    at = np.where(is_state, state.drawn(rng, count), state.facts.height + other.drawn(rng, count))
    return pl.concat([state.facts, other.facts])[at]


def _amounts(rng: np.random.Generator, count: int) -> pl.Series:
    amounts = np.exp(rng.normal(np.log(_MEDIAN_EUR), _SPREAD, count)).round(2)
    filled = rng.random(count) < 0.02
    amounts[filled] = rng.choice(_FILLERS, filled.sum())
    return pl.select(pl.when(pl.Series(rng.random(count)) > 0.01).then(pl.Series(amounts))).to_series()


def _days(rng: np.random.Generator, count: int) -> pl.Series:
    span = (_LAST_DAY - _FIRST_DAY).astype(int)
    later = np.sqrt(rng.random(count)) * span
    return pl.Series(_FIRST_DAY + later.astype("timedelta64[D]"))
