"""The tables and the manifest of the tiny edition, made of its rows."""

import hashlib
import json
from collections import Counter
from functools import cache
from pathlib import Path

import polars as pl

from loaders import schema
from loaders.editions import Edition
from tests.tiny_edition.contracts import CONTRACTS, DEFAULTS
from tests.tiny_edition.other_tables import REJECTS, SOURCE_ID, SUBCONTRACTS, VERSIONS
from tests.tiny_edition.parties import BUYERS, VENDORS

EDITION_ID = "2026-11-01-minuscule"
_RECORDS_MERGED = 2


def reasons() -> dict[str, str]:
    """Why each contract is there, by ``contract_id``."""
    return {contract["id"]: reason for reason, _, _, contract in CONTRACTS}


@cache
def awards() -> pl.LazyFrame:
    """The table ``awards``."""
    rows = [
        _award(buyer, holders, rank, DEFAULTS | contract)
        for _, buyer, holders, contract in CONTRACTS
        for rank in range(1, len(holders) + 1)
    ]
    frame = _table("awards", rows)
    share = pl.col("amount_cents") // pl.col("holder_count")
    odd_cent = pl.col("holder_rank") <= pl.col("amount_cents") % pl.col("holder_count")
    return (
        frame.with_columns(
            year=pl.col("contract_date").dt.year().cast(pl.Int16),
            publication_date=pl.col("contract_date").dt.offset_by("30d"),
            end_date=pl.col("contract_date").dt.offset_by(pl.format("{}mo", "duration_months")),
            share_cents=share + odd_cent.cast(pl.Int64),
        )
        .pipe(_C03_published_late)
        .lazy()
    )


def write(folder: Path) -> Edition:
    """Write the edition in ``folder`` and open it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in _tables().items():
        table.write_parquet(folder / f"{name}.parquet")
    (folder / "manifest.json").write_text(json.dumps(_manifest(folder), ensure_ascii=False), encoding="utf-8")
    return Edition(folder)


def _award(buyer: str, holders: list[str], rank: int, contract: dict) -> dict:
    vendor = VENDORS[holders[rank - 1]]
    siren = vendor["vendor_id"] if vendor["vendor_id"].isdigit() else None
    euros = contract["euros"]
    return {
        "contract_id": contract["id"],
        "holder_rank": rank,
        "holder_count": len(holders),
        "contract_date": contract["on"],
        "duration_months": contract["months"],
        "buyer_id": BUYERS[buyer]["buyer_siren"] + "00011",
        "buyer_key": BUYERS[buyer]["buyer_siren"],
        "holder_id": siren and f"{siren}0001{rank}",
        "holder_id_type": "SIRET",
        "holder_name": vendor["vendor_name"].upper(),
        "vendor_siren": siren,
        "channel": "direct",
        "perimeter_rule": "cpv",
        "amount_cents": euros and euros * 100,
        "amount_flag": contract["flag"],
        "source_id": SOURCE_ID,
        **BUYERS[buyer],
        **vendor,
        **{name: contract[name] for name in ("title", *DEFAULTS) if name not in ("months", "flag")},
    }


def _C03_published_late(frame: pl.DataFrame) -> pl.DataFrame:  # noqa: N802
    """C03 was published four months after its notification; C08 gives no date of publication."""
    late = pl.when(pl.col("contract_id") == "C03").then(pl.col("contract_date").dt.offset_by("4mo"))
    told = pl.when(pl.col("contract_id") != "C08").then(pl.col("publication_date"))
    return frame.with_columns(publication_date=pl.coalesce(late, told))


@cache
def _tables() -> dict[str, pl.DataFrame]:
    all_awards = awards().collect()
    contracts = _contracts(all_awards)
    versions = _table(
        "versions",
        [{**row, "title": "Hébergement à la demande", "source_id": SOURCE_ID, "record_number": 1} for row in VERSIONS],
    )
    return {
        "awards": all_awards,
        "contracts": contracts,
        "versions": pl.concat([versions, _single_versions(contracts)]),
        "subcontracts": _table("subcontracts", list(SUBCONTRACTS)),
        "vendors": _totals("vendors", all_awards, "vendor_id"),
        "buyers": _totals("buyers", all_awards, "buyer_key"),
        "rejects": _table("rejects", list(REJECTS)),
    }


def _contracts(all_awards: pl.DataFrame) -> pl.DataFrame:
    once = all_awards.filter(pl.col("holder_rank") == 1).with_row_index("record_number", offset=1)
    modified = Counter(row["contract_id"] for row in VERSIONS)
    return _table(
        "contracts",
        once.with_columns(
            published_uid=pl.col("buyer_id") + pl.col("contract_id"),
            internal_id="contract_id",
            nature=pl.lit("Marché"),
            procedure=pl.lit("Appel d’offres ouvert"),
            source_url=pl.lit("https://example.org/decp"),
            version_count=pl.col("contract_id").replace_strict(modified, default=1),
        ).to_dicts(),
    )


def _single_versions(contracts: pl.DataFrame) -> pl.DataFrame:
    told = {row["contract_id"] for row in VERSIONS}
    single = contracts.filter(~pl.col("contract_id").is_in(list(told)))
    return _table(
        "versions",
        single.with_columns(
            version_number=pl.lit(0), is_current=pl.lit(True), notification_date="contract_date"
        ).to_dicts(),
    )


def _totals(table: str, all_awards: pl.DataFrame, key: str) -> pl.DataFrame:
    columns = [name for name in schema.polars_schema(table) if name in all_awards.columns and name != key]
    totals = all_awards.group_by(key).agg(
        pl.col(columns).sort_by("contract_date").last(),
        contract_count=pl.col("contract_id").n_unique(),
        award_count=pl.len(),
        first_date=pl.col("contract_date").min(),
        last_date=pl.col("contract_date").max(),
        total_share_cents=pl.col("share_cents").filter(pl.col("amount_flag").is_null()).sum(),
    )
    return _table(table, totals.sort(key).to_dicts())


def _table(name: str, rows: list[dict]) -> pl.DataFrame:
    columns = schema.polars_schema(name)
    return pl.DataFrame([{column: row.get(column) for column in columns} for row in rows], schema=columns)


def _manifest(folder: Path) -> dict:
    rejected = sum(row["scope"] == "record" for row in REJECTS)
    counts = {
        "records_read": len(CONTRACTS) + _RECORDS_MERGED + rejected,
        "contracts_kept": len(CONTRACTS),
        "records_merged": _RECORDS_MERGED,
        "records_rejected": rejected,
    }
    return {
        "id": EDITION_ID,
        "kind": "starter",
        "created_at": "2026-11-01T06:00:00+00:00",
        "method_version": "test",
        "sources": [
            {
                "id": SOURCE_ID,
                "title": "Source minuscule",
                "publisher": "Personne",
                "licence": "Licence Ouverte 2.0",
                "page": "https://example.org/decp",
                "published_on": "2026-11-01",
                "first_date": "2019-01-01",
                "last_date": "2026-10-01",
                "sha256": "0" * 64,
            }
        ],
        "counts": {**counts, "by_source": {SOURCE_ID: counts}},
        "tables": {
            name: {"rows": table.height, "sha256": _sha256(folder / f"{name}.parquet")}
            for name, table in _tables().items()
        },
    }


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
