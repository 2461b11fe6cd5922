"""An edition small enough to be checked by hand: every contract is there for one reason, written beside it.

Companies, buyers and identifiers are invented and impossible (a SIREN never starts with 000). Amounts are in euros
here, in cents in the tables. ``awards()`` and the other tables may be used alone as LazyFrames.
"""

import hashlib
import json
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import polars as pl

from loaders import schema
from loaders.editions import Edition

EDITION_ID = "2026-11-01-minuscule"
SOURCE_ID = "tiny"

_BUYERS = {
    "interieur": {
        "buyer_siren": "000000109",
        "buyer_name": "Ministère de l’Intérieur (exemple)",
        "buyer_kind": "ministry_central",
        "state_status": "yes",
        "ministry": "interieur",
        "ministry_rule": "siren",
    },
    "prefecture": {
        "buyer_siren": "000000117",
        "buyer_name": "Préfecture de l’Exemple",
        "buyer_kind": "decentralised",
        "state_status": "yes",
        "ministry": "interieur",
        "ministry_rule": "name:prefecture",
    },
    "universite": {
        "buyer_siren": "000000125",
        "buyer_name": "Université d’Exemple",
        "buyer_kind": "university",
        "state_status": "operator",
        "ministry": "enseignement-superieur",
        "ministry_rule": "operator",
    },
    "service_etat": {
        "buyer_siren": "000000133",
        "buyer_name": "Service de l’État sans tutelle connue",
        "buyer_kind": "national_service",
        "state_status": "yes",
        "ministry": "etat-non-determine",
        "ministry_rule": "none",
    },
    "commune": {
        "buyer_siren": "000000141",
        "buyer_name": "Commune d’Exemple",
        "buyer_kind": "local",
        "state_status": "no",
        "ministry": None,
        "ministry_rule": None,
    },
}

_VENDORS = {
    "nuage_us": {
        "vendor_id": "000000208",
        "vendor_name": "Nuage Atlantique France",
        "group_id": "nuage-atlantique",
        "group_name": "Nuage Atlantique",
        "vendor_kind": "cloud_host",
        "control_country": "US",
        "control_basis": "registry",
        "control_confidence": "high",
        "control_rule": "vendors.csv:1",
        "control_source": "https://example.org/nuage-atlantique",
    },
    "editeur_us": {
        "vendor_id": "000000216",
        "vendor_name": "Éditions Atlantique",
        "group_id": "nuage-atlantique",
        "group_name": "Nuage Atlantique",
        "vendor_kind": "software_editor",
        "control_country": "US",
        "control_basis": "registry",
        "control_confidence": "high",
        "control_rule": "vendors.csv:2",
        "control_source": "https://example.org/nuage-atlantique",
    },
    "suisse": {
        "vendor_id": "000000224",
        "vendor_name": "Coffre Helvète",
        "vendor_kind": "cloud_host",
        "control_country": "CH",
        "control_basis": "gleif",
        "control_confidence": "medium",
        "control_rule": "gleif:ultimate",
    },
    "chinois": {
        "vendor_id": "000000232",
        "vendor_name": "Grand Fleuve Équipements",
        "vendor_kind": "hardware_maker",
        "control_country": "CN",
        "control_basis": "registry",
        "control_confidence": "medium",
        "control_rule": "vendors.csv:3",
    },
    "allemand": {
        "vendor_id": "DE000000001",
        "vendor_name": "Rhein Software GmbH",
        "vendor_siren": None,
        "holder_id_type": "TVA",
        "vendor_kind": "software_editor",
        "control_country": "DE",
        "control_basis": "vat",
        "control_confidence": "medium",
        "control_rule": "vat",
    },
    "nuage_fr": {
        "vendor_id": "000000240",
        "vendor_name": "Hexagone Hébergement",
        "vendor_kind": "cloud_host",
        "control_country": "FR",
        "control_basis": "registry",
        "control_confidence": "high",
        "control_rule": "vendors.csv:4",
    },
    "hybride": {
        "vendor_id": "000000257",
        "vendor_name": "Passerelle Souveraine",
        "vendor_kind": "cloud_host",
        "control_country": "FR",
        "control_basis": "registry",
        "control_confidence": "high",
        "control_rule": "vendors.csv:5",
        "technology_country": "US",
    },
    "revendeur": {
        "vendor_id": "000000265",
        "vendor_name": "Comptoir des Licences",
        "vendor_kind": "reseller",
        "channel": "reseller",
        "channel_rule": "vendors.csv:6",
        "control_country": "FR",
        "control_basis": "registry",
        "control_confidence": "high",
        "control_rule": "vendors.csv:6",
    },
    "pme": {
        "vendor_id": "000000273",
        "vendor_name": "Atelier Numérique du Bocage",
        "vendor_kind": "other",
        "control_country": None,
        "control_basis": "siren_only",
        "control_confidence": "to_verify",
        "control_rule": "siren",
    },
    "inconnu": {
        "vendor_id": "name:GROUPEMENT X",
        "vendor_name": "Groupement X",
        "vendor_siren": None,
        "holder_id_type": None,
        "vendor_kind": None,
        "channel": None,
        "control_country": None,
        "control_basis": "none",
        "control_confidence": None,
        "control_rule": None,
    },
}

# Each contract: its reason, its buyer, its holders by rank, then what differs from _DEFAULTS.
_CONTRACTS = (
    (
        "foreign control, cloud, a long duration that annualise divides by four",
        "interieur",
        ["nuage_us"],
        {
            "id": "C01",
            "on": date(2022, 3, 10),
            "months": 48,
            "euros": 1_200_000,
            "title": "Hébergement à la demande",
            "is_cloud": True,
            "digital_category": "iaas",
            "cpv": "72400000",
        },
    ),
    (
        "co-holders of different verdicts: the amount is shared, and never multiplied",
        "interieur",
        ["nuage_fr", "editeur_us"],
        {
            "id": "C02",
            "on": date(2023, 6, 1),
            "months": 24,
            "euros": 900_001,
            "title": "Messagerie en ligne",
            "is_cloud": True,
            "digital_category": "saas",
        },
    ),
    (
        "a French reseller whose title names a foreign product",
        "prefecture",
        ["revendeur"],
        {
            "id": "C03",
            "on": date(2023, 9, 15),
            "euros": 300_000,
            "title": "Licences ATLANTIQUE BASE et support",
            "products": ["Atlantique Base"],
            "product_countries": ["US"],
            "product_rule": "products.csv:1",
        },
    ),
    (
        "a reseller and nothing named: opaque; a framework whose amount is a ceiling, without duration",
        "interieur",
        ["revendeur"],
        {
            "id": "C04",
            "on": date(2021, 1, 20),
            "months": None,
            "euros": 4_000_000,
            "title": "Fourniture de logiciels",
            "is_framework": True,
        },
    ),
    (
        "a French operator on foreign technology: hybrid, and qualified",
        "universite",
        ["hybride"],
        {
            "id": "C05",
            "on": date(2024, 2, 1),
            "months": 36,
            "euros": 600_000,
            "title": "Plateforme de confiance",
            "is_cloud": True,
            "digital_category": "paas",
            "qualifications": ["décision 0000"],
        },
    ),
    (
        "French and documented",
        "universite",
        ["nuage_fr"],
        {
            "id": "C06",
            "on": date(2024, 5, 5),
            "months": 12,
            "euros": 500_000,
            "title": "Hébergement de sites web",
            "is_cloud": True,
            "digital_category": "hosting",
            "qualifications": ["décision 0001"],
        },
    ),
    (
        "a French SIREN and nothing else: presumed; accents and capitals for the search",
        "prefecture",
        ["pme"],
        {
            "id": "C07",
            "on": date(2024, 7, 1),
            "months": 6,
            "euros": 80_000,
            "title": "TIERCE MAINTENANCE APPLICATIVE du système d’œuvres numérisées",
        },
    ),
    (
        "a holder without identifier: unknown; a State buyer whose ministry is not determined",
        "service_etat",
        ["inconnu"],
        {"id": "C08", "on": date(2024, 8, 1), "euros": 70_000, "title": "Prestations informatiques"},
    ),
    (
        "Swiss control: foreign for ue, home for europe",
        "universite",
        ["suisse"],
        {"id": "C09", "on": date(2022, 11, 1), "euros": 250_000, "title": "Coffre-fort numérique", "is_cloud": True},
    ),
    (
        "Chinese control: foreign unless only United States law counts",
        "commune",
        ["chinois"],
        {
            "id": "C10",
            "on": date(2021, 4, 4),
            "euros": 150_000,
            "title": "Commutateurs réseau",
            "digital_category": "hardware",
        },
    ),
    (
        "German control, identified by a VAT number: foreign only for france; outside the State",
        "commune",
        ["allemand"],
        {"id": "C11", "on": date(2023, 2, 2), "months": 18, "euros": 120_000, "title": "Logiciel d’état civil"},
    ),
    (
        "a filler amount: counted, flagged, outside every sum",
        "interieur",
        ["nuage_us"],
        {
            "id": "C12",
            "on": date(2023, 12, 1),
            "euros": 12_311_111_111,
            "flag": "sentinel",
            "title": "Supervision des serveurs",
        },
    ),
    (
        "no amount at all",
        "prefecture",
        ["nuage_fr"],
        {
            "id": "C13",
            "on": date(2024, 3, 3),
            "euros": None,
            "flag": "missing",
            "title": "Sauvegarde externalisée",
            "is_cloud": True,
        },
    ),
    (
        "an amount in dollars: never summed, even with the flagged ones",
        "interieur",
        ["editeur_us"],
        {"id": "C14", "on": date(2022, 1, 2), "euros": 10_000, "flag": "foreign_currency", "title": "Abonnement"},
    ),
    (
        "not digital: seen only in the whole perimeter",
        "commune",
        ["pme"],
        {
            "id": "C15",
            "on": date(2023, 5, 5),
            "euros": 40_000,
            "title": "Peinture des écoles",
            "is_digital": False,
            "is_cloud": False,
            "digital_category": None,
            "cpv": "45442100",
        },
    ),
    (
        "nobody knows whether it is digital: outside the digital perimeter, inside the whole one",
        "commune",
        ["inconnu"],
        {
            "id": "C16",
            "on": date(2023, 5, 6),
            "euros": 30_000,
            "title": "Prestations diverses",
            "is_digital": None,
            "is_cloud": None,
            "digital_category": None,
            "cpv": None,
        },
    ),
    (
        "the same vendor twice among the holders: one contract, one vendor; a framework",
        "universite",
        ["nuage_us", "nuage_us", "pme"],
        {
            "id": "C17",
            "on": date(2024, 10, 10),
            "months": 48,
            "euros": 1_000_000,
            "title": "Calcul à la demande",
            "is_cloud": True,
            "digital_category": "iaas",
            "is_framework": True,
        },
    ),
    (
        "a mistyped year, far in the future: makes nothing fresher, and is in no ordinary range of years",
        "prefecture",
        ["pme"],
        {"id": "C18", "on": date(2062, 1, 1), "euros": 20_000, "title": "Assistance aux utilisateurs"},
    ),
    (
        "no date: outside every range of years",
        "commune",
        ["nuage_fr"],
        {"id": "C19", "on": None, "months": None, "euros": 25_000, "title": "Nom de domaine", "is_cloud": True},
    ),
)

_DEFAULTS = {
    "months": 12,
    "flag": None,
    "is_digital": True,
    "is_cloud": False,
    "digital_category": "software",
    "is_framework": False,
    "cpv": "48000000",
    "products": None,
    "product_countries": None,
    "product_rule": None,
    "qualifications": None,
}

_VERSIONS = (
    # C01 grew, then was prolonged: three versions
    {
        "contract_id": "C01",
        "version_number": 0,
        "is_current": False,
        "notification_date": date(2022, 3, 10),
        "publication_date": date(2022, 4, 9),
        "amount_cents": 80_000_000,
        "duration_months": 24,
    },
    {
        "contract_id": "C01",
        "version_number": 1,
        "is_current": False,
        "notification_date": date(2023, 3, 10),
        "publication_date": date(2023, 4, 1),
        "amount_cents": 100_000_000,
        "duration_months": 24,
    },
    {
        "contract_id": "C01",
        "version_number": 2,
        "is_current": True,
        "notification_date": date(2024, 1, 15),
        "publication_date": date(2024, 2, 1),
        "amount_cents": 120_000_000,
        "duration_months": 48,
    },
)

_SUBCONTRACTS = (
    # A foreign host behind a French holder, seen only in the subcontracting act
    {
        "contract_id": "C06",
        "act_id": "A1",
        "change_number": 0,
        "subcontractor_id": "000000208",
        "subcontractor_id_type": "SIREN",
        "amount_cents": 15_000_000,
        "duration_months": 12,
        "notification_date": date(2024, 6, 1),
        "publication_date": date(2024, 7, 1),
        "source_id": SOURCE_ID,
        "record_number": 6,
    },
)

_REJECTS = (
    # Two records put aside for different reasons, and a part of a kept record
    {"source_id": SOURCE_ID, "record_number": 20, "scope": "record", "reason": "no_buyer", "raw_text": "{}"},
    {"source_id": SOURCE_ID, "record_number": 21, "scope": "record", "reason": "concession", "raw_text": "{}"},
    {
        "source_id": SOURCE_ID,
        "record_number": 3,
        "scope": "modification",
        "reason": "unreadable_modification",
        "raw_text": "[]",
    },
)

_RECORDS_MERGED = 2


def reasons() -> dict[str, str]:
    """Why each contract is there, by ``contract_id``."""
    return {contract["id"]: reason for reason, _, _, contract in _CONTRACTS}


@cache
def awards() -> pl.LazyFrame:
    """The table ``awards``."""
    rows = [
        _award(buyer, holders, rank, _DEFAULTS | contract)
        for _, buyer, holders, contract in _CONTRACTS
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
    vendor = _VENDORS[holders[rank - 1]]
    siren = vendor["vendor_id"] if vendor["vendor_id"].isdigit() else None
    euros = contract["euros"]
    return {
        "contract_id": contract["id"],
        "holder_rank": rank,
        "holder_count": len(holders),
        "contract_date": contract["on"],
        "duration_months": contract["months"],
        "buyer_id": _BUYERS[buyer]["buyer_siren"] + "00011",
        "buyer_key": _BUYERS[buyer]["buyer_siren"],
        "holder_id": siren and f"{siren}0001{rank}",
        "holder_id_type": "SIRET",
        "holder_name": vendor["vendor_name"].upper(),
        "vendor_siren": siren,
        "channel": "direct",
        "perimeter_rule": "cpv",
        "amount_cents": euros and euros * 100,
        "amount_flag": contract["flag"],
        "source_id": SOURCE_ID,
        **_BUYERS[buyer],
        **vendor,
        **{name: contract[name] for name in ("title", *_DEFAULTS) if name not in ("months", "flag")},
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
        [{**row, "title": "Hébergement à la demande", "source_id": SOURCE_ID, "record_number": 1} for row in _VERSIONS],
    )
    return {
        "awards": all_awards,
        "contracts": contracts,
        "versions": pl.concat([versions, _single_versions(contracts)]),
        "subcontracts": _table("subcontracts", list(_SUBCONTRACTS)),
        "vendors": _totals("vendors", all_awards, "vendor_id"),
        "buyers": _totals("buyers", all_awards, "buyer_key"),
        "rejects": _table("rejects", list(_REJECTS)),
    }


def _contracts(all_awards: pl.DataFrame) -> pl.DataFrame:
    once = all_awards.filter(pl.col("holder_rank") == 1).with_row_index("record_number", offset=1)
    modified = Counter(row["contract_id"] for row in _VERSIONS)
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
    told = {row["contract_id"] for row in _VERSIONS}
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
    rejected = sum(row["scope"] == "record" for row in _REJECTS)
    counts = {
        "records_read": len(_CONTRACTS) + _RECORDS_MERGED + rejected,
        "contracts_kept": len(_CONTRACTS),
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
