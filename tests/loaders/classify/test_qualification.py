"""A qualification counts between its two dates, both included, for the holder that has it."""

from datetime import date

import polars as pl
import pytest

from loaders import reference
from loaders.classify.qualification import add_qualifications
from loaders.enrich import secnumcloud_catalogue

OVH = "424761419"
VMWARE = "2279 Hosted Private Cloud (VMware)"


def qualifications(siren=None, name=None, day=None, derived=None):
    schema = {"vendor_siren": pl.String, "vendor_name": pl.String, "contract_date": pl.Date}
    award = pl.LazyFrame([{"vendor_siren": siren, "vendor_name": name, "contract_date": day}], schema=schema)
    added = add_qualifications(award, derived) if derived else add_qualifications(award)
    return added.collect()["qualifications"].to_list()[0]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2023, 12, 27), []),
        (date(2023, 12, 28), [VMWARE]),
        (date(2025, 3, 23), [VMWARE]),
        (date(2025, 3, 24), [VMWARE, "559 Bare Metal Pod"]),
        (date(2026, 12, 29), [VMWARE, "3393 SNC Cloud Platform", "559 Bare Metal Pod"]),
        (date(2026, 12, 30), ["3393 SNC Cloud Platform", "559 Bare Metal Pod"]),
        (date(2029, 8, 1), []),
        (None, []),
    ],
)
def test_at_the_edges_of_periods(day, expected):
    assert qualifications(OVH, "OVH", day) == expected


def test_a_holder_without_number_is_known_by_its_name():
    assert qualifications(None, "OUTSCALE SAS", date(2024, 6, 1)) == ["2118 IaaS Cloud on Demand"]
    assert qualifications(None, "Outscale", date(2020, 6, 1)) == []


def test_a_provider_whose_company_the_catalogue_does_not_name_is_known_by_its_name():
    assert qualifications("790172795", "Cegedim.cloud", date(2025, 6, 1)) == ["1951 CegNumCloud Secured IaaS"]


def test_the_same_name_under_another_number_is_somebody_else():
    assert qualifications("999999990", "OVH", date(2024, 6, 1)) == []


def test_what_is_only_being_evaluated_is_not_qualified():
    assert qualifications("953440591", "Bleu", date(2026, 9, 15)) == []


def test_a_service_listed_without_dates_counts_on_the_day_of_the_list():
    assert qualifications("519139497", "Whaller", date(2026, 9, 15)) == ["Whaller DONJON"]
    assert qualifications("519139497", "Whaller", date(2026, 9, 14)) == []


def test_the_catalogue_adds_what_the_table_lacks_and_doubles_nothing(tmp_path):
    def row(provider, siren, service, decision, period):
        texts = {"provider": provider, "provider_siren": siren, "service": service, "decision": decision}
        return texts | {"valid_from": date.fromisoformat(period[0]), "valid_to": date.fromisoformat(period[1])}

    rows = [
        row("OVH", OVH, "Hosted Private Cloud powered by VMware", "2279", ("2023-12-28", "2026-12-29")),
        row("OVH", OVH, "Nouveau", "77", ("2024-01-01", "2027-01-01")),
        row("Whaller", "519139497", "DONJON", "12", ("2024-01-01", "2027-01-01")),
    ]
    path = tmp_path / secnumcloud_catalogue.FILE_NAME
    pl.DataFrame(rows, schema=secnumcloud_catalogue.SCHEMA).write_parquet(path)
    assert qualifications(OVH, "OVH", date(2024, 6, 1), tmp_path) == [VMWARE, "77 Nouveau"]
    assert qualifications("519139497", "Whaller", date(2026, 9, 15), tmp_path) == ["12 DONJON"]


def test_rows_are_kept():
    day = date(2024, 6, 1)
    awards = pl.LazyFrame(
        {"vendor_siren": [OVH, OVH, None], "vendor_name": ["OVH", "OVH", None], "contract_date": [day, day, None]}
    )
    assert add_qualifications(awards).collect().height == 3


def test_the_table_states_its_sources_and_ordered_dates():
    table = reference.table("secnumcloud")
    assert table["service_id"].is_unique().all()
    assert table["source"].null_count() == 0
    qualified = table.filter(pl.col("status") == "qualified")
    assert (qualified["valid_from"] <= qualified["valid_to"]).all()
    assert table.filter(pl.col("status") != "qualified")["valid_from"].null_count() == table.height - qualified.height
