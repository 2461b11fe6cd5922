"""A JSON file in the official 2022 schema, with the quirks that published files have.

The quirks kept are those that any JSON parser accepts: holders wrapped in lists, field names in the place of values,
``CDL``, ``MQ``, ``INX`` and ``NC``, dates with a time zone, HTML and line breaks in titles, null records, filler
amounts, modifications without a date, subcontracting acts. Bare ``NaN`` and raw control characters are written only
when asked for, because other readers refuse them.
"""

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import numpy as np
import polars as pl

from benchmarks.generate import contracts
from benchmarks.generate.contracts import Block

NATIONAL_BYTES = 1_000_000_000
BLOCK_CONTRACTS = 25_000

_QUIRKY = 0.01
_WITH_ACTS, _CONCESSIONS, _NULL_RECORDS = 0.03, 0.02, 0.0005
_HEAD, _BETWEEN, _TAIL = b'{"marches":{"marche":[', b'],"contrat-concession":[', b"]}}\n"
_CONSIDERATIONS = (
    ("considerationsSociales", "considerationSociale", "considerationsSociales"),
    ("considerationsEnvironnementales", "considerationEnvironnementale", "considerationsEnvironnementales"),
    ("modalitesExecution", "modaliteExecution", "modalitesExecution"),
    ("techniques", "technique", "techniques"),
    ("typesPrix", "typePrix", "typesPrix"),
)


def write_json(path: Path, size: int = NATIONAL_BYTES, with_nan: bool = False) -> int:
    """Write about ``size`` bytes to ``path`` and return how many records they hold, concessions included.

    ``with_nan``: one bare ``NaN`` stands in the first record, which strict readers refuse.
    """
    with path.open("wb") as file:
        file.write(_HEAD)
        contract_records = _write_list(file, _records, int(size * (1 - _CONCESSIONS)), with_nan)
        file.write(_BETWEEN)
        concessions = _write_list(file, _concessions, int(size * _CONCESSIONS))
        file.write(_TAIL)
    return contract_records + concessions


def _write_list(file: BinaryIO, texts_of: Callable[[Block], list[str]], size: int, with_nan: bool = False) -> int:
    written = records = number = 0
    of_one_block = min(BLOCK_CONTRACTS, max(size // 4_000, 1))
    while written < size:
        texts = texts_of(contracts.block(number, of_one_block))
        if with_nan and not number:
            texts[0] = texts[0].replace('"dureeMois":', '"tauxAvance":NaN,"dureeMois":', 1)
        written += file.write(_joined(texts, first=not number))
        records += len(texts)
        number += 1
    return records


def _joined(texts: list[str], first: bool) -> bytes:
    return ("" if first else ",").encode() + ",".join(texts).encode()


def _records(of: Block) -> list[str]:
    rng = of.rng
    count = of.contracts.height
    drawn = of.contracts.with_columns(
        pl.Series("_holders", _holders(of, of.holders)),
        pl.Series("_changes", _modifications(of)),
        pl.Series("_acts", _acts(of)),
        pl.Series("_offers", rng.geometric(0.25, count)),
        pl.Series("_lag", rng.integers(1, 90, count)),
        pl.Series("_quirk", np.where(rng.random(count) < _QUIRKY, rng.integers(1, 7, count), 0)),
        pl.Series("_dataset", np.minimum(rng.zipf(1.4, count), 64)),
    )
    texts = drawn.select(pl.concat_str(*_members(), ignore_nulls=True)).to_series().to_list()
    for at in np.flatnonzero(rng.random(count) < _NULL_RECORDS):
        texts[at] = "null"
    return texts


def _members() -> list[pl.Expr]:
    """The members of a record, in the order of the schema; a null expression leaves its member out."""
    quirk = pl.col("_quirk")
    title = pl.when(quirk == 1).then("<p>" + pl.col("objet") + "</p>\r\n").otherwise("objet")
    duration = pl.when(quirk == 2).then(pl.lit('"NC"')).otherwise(pl.col("dureeMois").cast(pl.String))
    zone = pl.when(quirk == 3).then(pl.lit("+02:00")).otherwise(pl.lit(""))
    cpv = pl.when(quirk == 4).then("INX " + pl.col("codeCPV") + "-0").otherwise(pl.col("codeCPV") + "-5")
    ccag = pl.when(quirk == 5).then(pl.lit("CDL")).otherwise("ccag")
    procedure = pl.when(quirk == 6).then(pl.lit("MQ")).otherwise("procedure")
    published = pl.col("dateNotification") + pl.duration(days="_lag")
    return [
        '{"_type":"Marché","id":"' + pl.col("id") + '","acheteur":{"id":"' + pl.col("acheteur_id") + '"}',
        ',"nature":' + _quoted("nature"),
        ',"objet":' + _quoted(title),
        ',"codeCPV":"' + cpv + '"',
        ',"procedure":' + _quoted(procedure),
        ',"lieuExecution":{"code":"' + pl.col("acheteur_departement_code") + '","typeCode":"Code département"}',
        ',"dureeMois":' + duration,
        ',"dateNotification":"' + pl.col("dateNotification").cast(pl.String) + zone + '"',
        ',"datePublicationDonnees":"' + published.cast(pl.String) + '"',
        ',"montant":' + pl.col("montant").cast(pl.String),
        ',"formePrix":' + _quoted("formePrix"),
        ',"attributionAvance":true,"tauxAvance":0.05,"offresRecues":' + pl.col("_offers").cast(pl.String),
        ',"marcheInnovant":false,"origineUE":0.0,"origineFrance":0.0,"ccag":' + _quoted(ccag),
        ',"sousTraitanceDeclaree":false,"typeGroupementOperateurs":' + _quoted("typeGroupementOperateurs"),
        *(f',"{outer}":{{"{inner}":[' + _quoted(column) + "]}" for outer, inner, column in _CONSIDERATIONS),
        ',"titulaires":' + pl.col("_holders"),
        ',"modifications":' + pl.col("_changes"),
        ',"actesSousTraitance":' + pl.col("_acts"),
        ',"source":"plateforme_' + pl.col("_dataset").cast(pl.String) + '"}',
    ]


def _quoted(text: str | pl.Expr) -> pl.Expr:
    """``text`` as a JSON string."""
    value = pl.col(text) if isinstance(text, str) else text
    encoded = pl.struct(value.alias("t")).struct.json_encode()
    return pl.when(value.is_not_null()).then(encoded.str.slice(5).str.head(-1))


def _holders(of: Block, counts: np.ndarray) -> list[str]:
    """The list of holders of each contract; some wrapped once more, some with names of fields for values."""
    vendors = contracts.drawn_vendors(of.rng, np.repeat(of.is_digital, counts))
    one = vendors.select(
        '{"titulaire":{"typeIdentifiant":"'
        + pl.col("titulaire_typeIdentifiant")
        + '","id":"'
        + pl.col("titulaire_id")
        + '"}}'
    ).to_series()
    contract = pl.Series("contract", np.repeat(np.arange(len(counts)), counts))
    lists = (
        pl.DataFrame([contract, one.alias("one")])
        .group_by("contract", maintain_order=True)
        .agg(pl.col("one").str.join(","))["one"]
        .to_list()
    )
    rare = of.rng.random(len(lists))
    return [_wrapped(text, chance) for text, chance in zip(lists, rare, strict=True)]


def _wrapped(holders: str, chance: float) -> str:
    if chance < _QUIRKY:
        return f"[[[{holders}]]]"
    if chance < _QUIRKY * 1.2:
        return '[{"titulaire":"typeIdentifiant"},{"titulaire":"id"}]'
    return f"[{holders}]"


def _modifications(of: Block) -> list[str | None]:
    """What each modification changes: the amount, sometimes the duration; few have no date."""
    amounts = of.contracts["montant"].fill_null(0).to_list()
    days = of.contracts["dateNotification"].to_list()
    changed: list[str | None] = [None] * len(amounts)
    for at in np.flatnonzero(of.versions > 1):
        changed[at] = (
            "["
            + ",".join(_modification(amounts[at], days[at], number, at) for number in range(1, of.versions[at]))
            + "]"
        )
    return changed


def _modification(amount: float, day: object, number: int, at: int) -> str:
    later = np.datetime64(day) + np.timedelta64(120 * number, "D")
    dated = f',"dateNotificationModification":"{later}"' if at % 50 else ""
    duration = f',"dureeMois":{12 + number}' if at % 3 else ""
    return (
        f'{{"modification":{{"id":{number},"montant":{round(amount * (1 + 0.08 * number), 2)}{duration}{dated}'
        f',"datePublicationDonneesModification":"{later + np.timedelta64(20, "D")}"}}}}'
    )


def _acts(of: Block) -> list[str | None]:
    acts: list[str | None] = [None] * of.contracts.height
    chosen = np.flatnonzero(of.rng.random(len(acts)) < _WITH_ACTS)
    subcontractors = contracts.drawn_vendors(of.rng, of.is_digital[chosen])["titulaire_id"]
    for at, siret in zip(chosen, subcontractors, strict=True):
        acts[at] = (
            f'[{{"acteSousTraitance":{{"id":1,"sousTraitant":{{"id":"{siret}","typeIdentifiant":"SIRET"}},"dureeMois":6,'
            f'"dateNotification":"2025-03-0{at % 9 + 1}","montant":{at * 7.5},"variationPrix":"Révisable",'
            f'"datePublicationDonnees":"2025-04-01"}}}}]'
        )
    return acts


def _concessions(of: Block) -> list[str]:
    holders = pl.Series("_holders", _holders(of, of.holders)).str.replace_all(
        '"titulaire"', '"concessionnaire"', literal=True
    )
    return (
        of.contracts.with_columns(holders)
        .select(
            pl.concat_str(
                '{"_type":"Contrat de concession","id":"' + pl.col("id"),
                '","autoriteConcedante":{"id":"' + pl.col("acheteur_id") + '"},"objet":' + _quoted("objet"),
                ',"concessionnaires":' + pl.col("_holders"),
                ',"dateSignature":"' + pl.col("dateNotification").cast(pl.String),
                '","valeurGlobale":' + pl.col("montant").fill_null(0).cast(pl.String),
                pl.lit(',"donneesExecution":[{"donneesAnnuelles":{"depensesInvestissement":10.5,"tarifs":[]}}]}'),
            )
        )
        .to_series()
        .to_list()
    )
