"""Selections and awards of any shape, for the properties that hold whatever is asked of whatever data."""

from datetime import date

import polars as pl
from hypothesis import strategies as st

from analysis.selection import Selection
from loaders import schema, vocabulary
from tests import tiny_edition

_TITLES = ["Hébergement à la demande", "LICENCES", "Peinture", None]


def _codes(codes: dict[str, str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(list(codes)), max_size=2, unique=True).map(tuple)


_YEARS = st.none() | st.tuples(st.integers(2020, 2023), st.integers(2023, 2026))

selections = st.builds(
    Selection,
    ministries=_codes(vocabulary.MINISTRIES),
    years=_YEARS,
    perimeter=st.sampled_from(list(vocabulary.PERIMETERS)),
    definition=st.sampled_from(list(vocabulary.DEFINITIONS)),
    amount=st.sampled_from(list(vocabulary.AMOUNT_CONVENTIONS)),
    search=st.sampled_from(["", "hebergement", "demande interieur"]),
    include_flagged=st.booleans(),
)

narrowings = st.fixed_dictionaries(
    {},
    optional={
        "ministries": st.just(("interieur",)),
        "buyer_kinds": st.just(("university",)),
        "verdicts": st.sampled_from([("foreign_control",), ("home_documented", "opaque")]),
        "vendor": st.sampled_from(["000000208", "000000273"]),
        "group": st.just("nuage-atlantique"),
        "product": st.just("Atlantique Base"),
    },
)

_holder = st.fixed_dictionaries(
    {
        "vendor_id": st.sampled_from(["000000001", "000000002", "000000003"]),
        "group_id": st.sampled_from([None, None, "nuage-atlantique", "nuage-rhenan"]),
        "control_country": st.sampled_from(["FR", "US", "DE", "CH", "CN", None]),
        "channel": st.sampled_from([*vocabulary.CHANNELS, None]),
        "technology_country": st.sampled_from([None, None, "US"]),
    }
)

_contract = st.fixed_dictionaries(
    {
        "amount_cents": st.integers(101, 10**12),
        "amount_flag": st.sampled_from([None, None, None, "sentinel", "repeated_digit"]),
        "duration_months": st.none() | st.integers(0, 120),
        "is_framework": st.booleans(),
        "is_digital": st.sampled_from([True, True, False, None]),
        "is_cloud": st.booleans(),
        "ministry": st.sampled_from([*vocabulary.MINISTRIES, None]),
        "title": st.sampled_from(_TITLES),
        "product_countries": st.sampled_from([None, None, ["US"], ["FR", None]]),
        "contract_date": st.none() | st.dates(date(2020, 1, 1), date(2026, 1, 1)),
        "publication_date": st.none() | st.dates(date(2020, 1, 1), date(2026, 1, 1)),
        "holders": st.lists(_holder, min_size=1, max_size=4),
    }
)


def _awards(contracts: list[dict]) -> pl.LazyFrame:
    rows = [
        {
            **contract,
            **holder,
            "contract_id": f"C{number}",
            "holder_rank": rank,
            "holder_count": len(contract["holders"]),
            "year": contract["contract_date"] and contract["contract_date"].year,
            "products": [f"P{country}" for country in contract["product_countries"] or []],
            "control_basis": "registry" if holder["control_country"] else "siren_only",
            "share_cents": contract["amount_cents"] // len(contract["holders"])
            + (rank <= contract["amount_cents"] % len(contract["holders"])),
        }
        for number, contract in enumerate(contracts)
        for rank, holder in enumerate(contract["holders"], start=1)
    ]
    columns = schema.polars_schema("awards")
    return pl.LazyFrame([{name: row.get(name) for name in columns} for row in rows], schema=columns)


tables_of_awards = st.just(tiny_edition.awards()) | st.lists(_contract, max_size=8).map(_awards)
