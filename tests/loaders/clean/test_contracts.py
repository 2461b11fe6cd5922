"""Rows become contracts: once each, dated at their first notification, worth what is in force."""

from datetime import date

from loaders.clean.contracts import contract_tables
from tests.loaders.raw_rows import usable_rows


def contracts_of(*cells):
    return contract_tables(usable_rows(*cells)).contracts.sort("contract_id").collect()


def awards_of(*cells):
    return contract_tables(usable_rows(*cells)).awards.sort("contract_id", "holder_rank").collect()


def test_a_contract_is_dated_at_its_earliest_notification_and_worth_its_current_version():
    """Reading the date on the current version moves 17 % of contracts to another month."""
    contract = contracts_of(
        {"version_number": "2", "is_current": "true", "notification_date": "2026-06-03", "amount": "300"},
        {"version_number": "0", "is_current": "false", "notification_date": "2025-01-10", "amount": "100"},
        {"version_number": "1", "is_current": "false", "notification_date": "2026-04-17", "amount": "200"},
    )
    assert contract.select("contract_date", "amount_cents", "version_count").rows() == [(date(2025, 1, 10), 30000, 3)]


def test_co_holders_share_one_contract():
    awards = awards_of(
        {"holder_id": "11111111100011", "amount": "100.01"},
        {"holder_id": "22222222200022", "amount": "100.01"},
        {"holder_id": "33333333300033", "amount": "100.01"},
    )
    assert awards["contract_id"].n_unique() == 1
    assert awards["holder_count"].to_list() == [3, 3, 3]
    assert awards["share_cents"].to_list() == [3334, 3334, 3333]


def test_holders_of_an_older_version_are_not_holders_any_more():
    awards = awards_of(
        {"version_number": "0", "is_current": "false", "holder_id": "11111111100011"},
        {"version_number": "1", "is_current": "true", "holder_id": "22222222200022", "notification_date": "2025-01-01"},
    )
    assert awards["holder_id"].to_list() == ["22222222200022"]


def test_the_same_record_published_twice_is_one_version():
    """164 of the 190 numbers that the AIFE file of April 2019 repeats are exact copies."""
    contract = contracts_of({"version_number": "0", "holder_rank": "1"}, {"version_number": "0", "holder_rank": "1"})
    assert contract["version_count"].to_list() == [1]


def test_holders_named_in_another_order_make_no_other_version():
    one, other = {"holder_id": "11111111100011"}, {"holder_id": "22222222200022"}
    cells = [
        holder | {"version_number": str(version), "is_current": str(version == 1)}
        for version, holders in enumerate([(one, other), (other, one, other)])
        for holder in holders
    ]
    assert contracts_of(*cells)["version_count"].to_list() == [1]
    assert contracts_of(*cells[:3])["version_count"].to_list() == [2]


def test_a_copy_without_date_takes_the_date_of_the_other():
    contract = contracts_of({"notification_date": None}, {"notification_date": "2019-02-26"})
    assert contract["contract_date"].to_list() == [date(2019, 2, 26)]


def test_a_contract_without_any_date_is_kept_without_date():
    """Two rows of the extract of August 2026 have neither date nor version."""
    contract = contracts_of({"notification_date": None, "version_number": None, "is_current": None})
    assert contract["contract_date"].to_list() == [None]


def test_the_id_is_stable_whatever_the_form_of_the_uid():
    """uid took a CPV suffix in the summer of 2026; links must survive."""
    before = contracts_of({"uid": "432766947000192026S01582", "buyer_id": "43276694700019", "internal_id": None})
    after = contracts_of(
        {"uid": "432766947000192026S01582_60424120", "buyer_id": "43276694700019", "internal_id": "2026S01582"},
    )
    assert before["contract_id"].to_list() == after["contract_id"].to_list() == ["43276694700019-2026S01582"]


def test_contracts_that_share_a_number_are_told_apart_by_their_cpv():
    contracts = contracts_of(
        {"title": "Denrées", "cpv": "15000000", "amount": "10", "notification_date": "2024-02-01"},
        {"title": "Ordinateurs", "cpv": "30213000", "amount": "20", "notification_date": "2024-01-01"},
    )
    assert contracts.select("contract_id", "amount_cents").rows() == [
        ("11001401600015-2024M001", 2000),
        ("11001401600015-2024M001~15000000", 1000),
    ]


def test_a_new_cpv_under_the_same_title_is_a_correction_not_another_contract():
    contracts = contracts_of({"cpv": "72000000"}, {"cpv": "72260000", "amount": "2000"})
    assert contracts.height == 1


def test_modifications_numbered_apart_in_the_2019_schema_join_their_contract():
    """PES file of April 2019: 2018MAPA062/02 then 00, 01 and 02."""
    contracts = contracts_of(
        {"internal_id": "2018MAPA062/0200", "notification_date": "2018-05-01", "amount": "100"},
        {"internal_id": "2018MAPA062/0201", "notification_date": "2018-09-01", "amount": "150"},
    )
    assert contracts.select("contract_id", "amount_cents", "version_count").rows() == [
        ("11001401600015-2018MAPA062_0200", 15000, 2)
    ]


def test_lots_numbered_alike_with_other_titles_stay_apart():
    contracts = contracts_of(
        {"internal_id": "2019MAPA00000101", "title": "Lot 1 : écrans"},
        {"internal_id": "2019MAPA00000102", "title": "Lot 2 : claviers"},
    )
    assert contracts.height == 2


def test_the_first_source_speaks_for_a_contract_and_the_second_may_date_it():
    contracts = contracts_of(
        {"source_id": "main", "source_rank": 0, "amount": "100", "notification_date": "2024-05-01"},
        {"source_id": "other", "source_rank": 1, "amount": "999", "notification_date": "2024-04-01"},
    )
    assert contracts.select("source_id", "amount_cents", "contract_date").rows() == [("main", 10000, date(2024, 4, 1))]


def test_the_end_is_the_date_plus_the_duration():
    contracts = contracts_of({"notification_date": "2024-01-31", "duration_months": "1"})
    assert contracts["end_date"].to_list() == [date(2024, 2, 29)]


def test_versions_keep_every_amount():
    tables = contract_tables(
        usable_rows(
            {"version_number": "0", "amount": "100"},
            {"version_number": "1", "amount": "200", "notification_date": "2025-01-01"},
        )
    )
    versions = tables.versions.sort("version_number").collect()
    assert versions.select("version_number", "amount_cents", "is_current").rows() == [
        (0, 10000, False),
        (1, 20000, True),
    ]
    assert versions["holders"].to_list() == [["33509231800120"], ["33509231800120"]]


def test_every_record_speaks_of_exactly_one_contract():
    rows = usable_rows({}, {}, {"internal_id": "other"})
    spoken = contract_tables(rows).record_contracts.collect()
    assert spoken.height == 3
    assert spoken["contract_id"].n_unique() == 2
