"""One contract published under two numbers counts once; as many purchases count as many times."""

from loaders.clean.contracts import contract_tables
from loaders.clean.duplicates import duplicates
from tests.loaders.raw_rows import usable_rows

NOTICE = {
    "buyer_id": None,
    "buyer_name": "SYDEV",
    "title": "Maintenance des licences de la suite bureautique",
    "holder_id": None,
    "holder_name": "Crayon France",
    "source_dataset": "boamp",
}


def repeated(*cells):
    tables = contract_tables(usable_rows(*cells))
    return duplicates(tables.contracts, tables.awards).sort("contract_id").collect().rows()


def test_a_notice_published_again_is_the_same_contract():
    """BOAMP 20-77528, 20-80726 and 20-81427 announce one award."""
    assert repeated(
        NOTICE | {"internal_id": "20-77528-0", "source_url": "https://a", "publication_date": "2020-06-20"},
        NOTICE | {"internal_id": "20-81427-0", "source_url": "https://b", "publication_date": "2020-06-28"},
    ) == [("boamp-20-81427-0", "boamp-20-77528-0")]


def test_identical_contracts_of_one_origin_are_as_many_purchases():
    same = {"source_dataset": "aife_dume", "source_url": "https://a"}
    assert repeated(same | {"internal_id": "A1"}, same | {"internal_id": "A2"}) == []


def test_the_same_contract_from_two_platforms_counts_once():
    assert repeated(
        {"internal_id": "A1", "source_dataset": "aife_dume", "publication_date": "2024-04-01"},
        {"internal_id": "B1", "source_dataset": "atexo", "publication_date": "2024-05-01"},
    ) == [("11001401600015-B1", "11001401600015-A1")]


def test_another_amount_is_another_contract():
    assert (
        repeated(
            {"internal_id": "A1", "source_dataset": "aife_dume", "amount": "1000"},
            {"internal_id": "B1", "source_dataset": "atexo", "amount": "1001"},
        )
        == []
    )


def test_a_notice_gives_way_to_the_essential_data_of_its_contract():
    """Award notices name no SIRET: title and amount within two months are what ties them."""
    title = "Fourniture de services d’hébergement de sites internet"
    assert repeated(
        {"internal_id": "A1", "title": title, "notification_date": "2020-03-01"},
        NOTICE | {"internal_id": "20-1-0", "title": title, "notification_date": "2020-02-20"},
    ) == [("boamp-20-1-0", "11001401600015-A1")]


def test_a_common_title_proves_nothing():
    assert (
        repeated(
            {"internal_id": "A1", "title": "Achat de PC"},
            NOTICE | {"internal_id": "20-1-0", "title": "Achat de PC"},
        )
        == []
    )


def test_flagged_amounts_never_prove_that_two_contracts_are_one():
    one_euro = {"amount": "1"}
    assert (
        repeated(
            one_euro | {"internal_id": "A1", "source_dataset": "aife_dume"},
            one_euro | {"internal_id": "B1", "source_dataset": "atexo"},
        )
        == []
    )
