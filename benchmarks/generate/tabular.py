"""The consolidated tabular file in today's 64 columns: one row a contract × version × holder."""

from pathlib import Path

import numpy as np
import polars as pl
import pyarrow.parquet as pq

from benchmarks.generate import contracts, vocabulary
from benchmarks.generate.contracts import Block

NATIONAL_CONTRACTS = 1_800_000
ROW_GROUP_ROWS = 100_000
_UNDATED = 0.01
_OTHER_HOLDER_LATER = 0.05

COLUMNS: dict[str, pl.DataType] = {
    name: pl.String()
    for name in """uid id nature acheteur_id acheteur_nom titulaire_id titulaire_typeIdentifiant titulaire_nom objet
    montant type codeCPV procedure techniques dureeMois dureeRestanteMois offresRecues dateNotification
    datePublicationDonnees formePrix typesPrix attributionAvance tauxAvance marcheInnovant modalitesExecution
    considerationsSociales considerationsEnvironnementales ccag sousTraitanceDeclaree typeGroupementOperateurs
    origineUE origineFrance lieuExecution_code lieuExecution_typeCode idAccordCadre titulaire_distance
    acheteur_categorie acheteur_commune_code acheteur_commune_nom acheteur_departement_code acheteur_departement_nom
    acheteur_region_code acheteur_region_nom acheteur_latitude acheteur_longitude acheteur_population
    titulaire_categorie titulaire_activite_code titulaire_activite_libelle titulaire_commune_code
    titulaire_commune_nom titulaire_departement_code titulaire_departement_nom titulaire_region_code
    titulaire_region_nom titulaire_latitude titulaire_longitude modification_id donneesActuelles montant_rationalise
    montant_anomalie montant_anomalie_raisons sourceDataset sourceFile""".split()
} | {
    **dict.fromkeys(("montant", "montant_rationalise", "dureeRestanteMois"), pl.Float64()),
    **dict.fromkeys(("dureeMois", "offresRecues", "titulaire_distance", "modification_id"), pl.Int16()),
    **dict.fromkeys(("dateNotification", "datePublicationDonnees"), pl.Date()),
    **dict.fromkeys(("attributionAvance", "marcheInnovant", "sousTraitanceDeclaree", "donneesActuelles"), pl.Boolean()),
    **dict.fromkeys(("tauxAvance", "origineUE", "origineFrance"), pl.Float32()),
    **dict.fromkeys(
        (f"{who}_{at}" for who in ("acheteur", "titulaire") for at in ("latitude", "longitude")), pl.Float64()
    ),
    "acheteur_population": pl.Int32(),
}
"""The 64 columns and their types, as read in the extract of 19 August 2026."""


def write_tabular(path: Path, contract_count: int = NATIONAL_CONTRACTS) -> int:
    """Write ``contract_count`` contracts to ``path`` and return how many rows they make (1.8 a contract)."""
    rows = 0
    of_one_block = min(contract_count, contracts.BLOCK_CONTRACTS)
    with pq.ParquetWriter(path, _arrow(_empty()).schema, compression="zstd") as writer:
        for number in range(-(-contract_count // of_one_block)):
            table = _arrow(_rows(contracts.block(number, of_one_block)))
            writer.write_table(table, row_group_size=ROW_GROUP_ROWS)
            rows += table.num_rows
    return rows


def _empty() -> pl.DataFrame:
    return pl.DataFrame(schema=COLUMNS)


def _arrow(frame: pl.DataFrame):
    return frame.to_arrow(compat_level=pl.CompatLevel.oldest())


def _rows(of: Block) -> pl.DataFrame:
    """The rows of a block, the latest notified first as in the published file."""
    rng = of.rng
    lines = of.versions * of.holders
    contract = np.repeat(np.arange(len(lines)), lines)
    within = np.arange(lines.sum()) - np.repeat(np.cumsum(lines) - lines, lines)
    version = within // of.holders[contract]
    line = pl.DataFrame(
        {
            "modification_id": version.astype(np.int16),
            "donneesActuelles": version == of.versions[contract] - 1,
            "_days": version * 120,
        }
    )
    is_undated = pl.Series((rng.random(len(lines)) < _UNDATED)[contract])
    held = pl.concat([of.contracts[contract], line, _holders(of, contract, within, version)], how="horizontal")
    return (
        pl.concat([held, _published(rng, len(lines))[contract]], how="horizontal")
        .with_columns(_stated(is_undated))
        .with_columns(
            pl.lit(None, dtype).alias(name) for name, dtype in COLUMNS.items() if name not in _filled(held.columns)
        )
        .sort("dateNotification", descending=True, nulls_last=True, maintain_order=True)
        .select(pl.col(name).cast(dtype) for name, dtype in COLUMNS.items())
    )


def _holders(of: Block, contract: np.ndarray, within: np.ndarray, version: np.ndarray) -> pl.DataFrame:
    """One vendor for each holder of a contract, the same in all its versions but for a few."""
    first_line = np.cumsum(of.holders) - of.holders
    seat = first_line[of.said[contract]] + within % of.holders[contract]
    vendors = contracts.drawn_vendors(of.rng, np.repeat(of.is_digital, of.holders))
    other = (of.rng.random(len(seat)) < _OTHER_HOLDER_LATER) & (version > 0)
    seat[other] = of.rng.integers(0, vendors.height, other.sum())
    return vendors[seat]


def _published(rng: np.random.Generator, count: int) -> pl.DataFrame:
    """Where and when each contract was published, and what else a platform asks for."""
    dataset = np.minimum(rng.zipf(1.4, count), vocabulary.DATASETS) - 1
    file = rng.integers(0, vocabulary.FILES // vocabulary.DATASETS, count) + dataset * 31
    return pl.DataFrame(
        {
            "sourceDataset": pl.Series([f"plateforme_{one:02d}" for one in range(vocabulary.DATASETS)]).gather(dataset),
            "sourceFile": pl.Series(
                [
                    f"https://exemple.invalid/datasets/{one:024x}/#/resources/{one:032x}"
                    for one in range(2 * vocabulary.FILES)
                ]
            ).gather(file),
            "_lag": np.exp(rng.normal(3.2, 1.0, count)).clip(0, 900).astype(np.int64),
            "offresRecues": rng.geometric(0.25, count).astype(np.int16),
            "titulaire_distance": rng.geometric(0.02, count).clip(0, 900).astype(np.int16),
            "tauxAvance": rng.choice([0.0, 0.05, 0.3], count).astype(np.float32),
            "_framework": rng.random(count) < 0.1,
        }
    )


def _stated(is_undated: pl.Series) -> list[pl.Expr]:
    notified = pl.col("dateNotification") + pl.duration(days="_days")
    amount = (pl.col("montant") * (1 + 0.08 * pl.col("modification_id"))).round(2)
    return [
        pl.concat_str("acheteur_id", "id", pl.lit("_"), "codeCPV").alias("uid"),
        pl.when(~is_undated).then(notified).alias("dateNotification"),
        (notified + pl.duration(days="_lag")).alias("datePublicationDonnees"),
        pl.when(~is_undated).then("modification_id").alias("modification_id"),
        pl.when(~is_undated).then("donneesActuelles").alias("donneesActuelles"),
        amount.alias("montant"),
        amount.alias("montant_rationalise"),
        pl.when("_framework").then("AC" + pl.col("id")).alias("idAccordCadre"),
        pl.col("acheteur_departement_code").alias("lieuExecution_code"),
        pl.lit("Code département").alias("lieuExecution_typeCode"),
        pl.when(pl.col("codeCPV").str.starts_with("45"))
        .then(pl.lit("Travaux"))
        .when(pl.col("codeCPV") < "45")
        .then(pl.lit("Fournitures"))
        .otherwise(pl.lit("Services"))
        .alias("type"),
        (pl.col("tauxAvance") > 0).alias("attributionAvance"),
        pl.lit(False).alias("marcheInnovant"),
        pl.lit(False).alias("sousTraitanceDeclaree"),
        pl.when(pl.col("montant_anomalie").is_not_null())
        .then(pl.concat_str(pl.lit("montant_vs_pairs_"), "montant_anomalie"))
        .alias("montant_anomalie_raisons"),
    ]


def _filled(columns: list[str]) -> set[str]:
    stated = {
        *"uid montant_rationalise idAccordCadre lieuExecution_code lieuExecution_typeCode type".split(),
        *"datePublicationDonnees attributionAvance marcheInnovant sousTraitanceDeclaree".split(),
        *"montant_anomalie_raisons sourceDataset sourceFile offresRecues titulaire_distance tauxAvance".split(),
    }
    return {*columns, *stated}
