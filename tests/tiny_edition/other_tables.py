"""The versions, subcontracts and rejects of the tiny edition."""

from datetime import date

SOURCE_ID = "tiny"

VERSIONS = (
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

SUBCONTRACTS = (
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

REJECTS = (
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
