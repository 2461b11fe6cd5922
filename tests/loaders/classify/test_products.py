"""Products and editors named by public buyers, as their titles really spell them."""

import time

import polars as pl
import pytest

from loaders.classify.products import add_products
from tests.loaders.classify.bought import awards, classified, one

NAMED = [
    ("Acquisition Licences Microsoft", ["Microsoft"], ["US"]),
    ("licences Adobe Creative Cloud et CorelDRAW", ["Adobe Creative Cloud", "CorelDRAW"], ["US", "US"]),
    ("Maintenance du SIGB Koha", ["Koha"], ["FOSS"]),
    ("Maintenance du progiciel Berger-Levrault", ["Berger-Levrault"], ["FR"]),
    ("Maintenance de l'ERP SAP", ["SAP"], ["DE"]),
    ("Prestations autour de l'ERP E-Business Suite d'Oracle", ["Oracle E-Business Suite"], ["US"]),
    ("Maintenance des logiciels ESRI ArcGIS", ["ESRI ArcGIS"], ["US"]),
    ("renouvellement des abonnements red hat enterprise linux", ["Red Hat Enterprise Linux"], ["US"]),
    ("Maintenance évolutive du portail Liferay", ["Liferay"], ["US"]),
    ("Mise en œuvre de Matomo pour les sites internet", ["Matomo"], ["NZ"]),
    ("Licences VMware et Veeam", ["VMware", "Veeam"], ["US", "US"]),
]


@pytest.mark.parametrize(("title", "products", "countries"), NAMED)
def test_what_a_title_names_and_who_owns_it(title, products, countries):
    said = one(title)
    assert (said["products"], said["product_countries"]) == (products, countries)


def test_nothing_named_is_an_empty_list_and_no_rule():
    said = one("services d'informatique en nuage (iaas / paas)")
    assert (said["products"], said["product_countries"], said["product_rule"]) == ([], [], None)


def test_neither_title_nor_lot_names_nothing():
    [said] = classified({"cpv": "48000000"})
    assert (said["products"], said["product_countries"]) == ([], [])


def test_order_is_that_of_appearance_title_first_and_none_twice():
    said = one("Licences Oracle, Microsoft et Oracle", lot="Lot 2 : Cisco et Oracle, équipements réseau")
    assert said["products"] == ["Oracle", "Microsoft", "Cisco"]
    assert said["product_countries"] == ["US", "US", "US"]


def test_the_rule_says_which_field_and_which_pattern():
    said = one("Licences Oracle", lot="Licences Oracle et Veeam")
    assert said["product_rule"] == "title:oracle|lot:oracle|lot:veeam"


def test_an_editor_is_left_out_when_its_product_is_named():
    assert one("Licences Microsoft : suite Microsoft Office 2019")["products"] == ["Microsoft Office"]
    assert one("Licences Microsoft Office 2019", lot="Licences Microsoft")["products"] == ["Microsoft Office"]


def test_an_ambiguous_word_waits_for_its_context():
    """« teams » alone is a word of English; beside visioconférence it is Microsoft's."""
    assert one("Séminaire de cohésion « teams »")["products"] == []
    assert one("Licences Teams de visioconférence")["products"] == ["Microsoft Teams"]


def test_the_cpv_or_a_descriptor_may_be_the_context():
    bare = "Prestations relatives à Windows"
    assert one(bare)["products"] == []
    assert one(bare, cpv="48620000")["products"] == ["Microsoft Windows"]
    assert one(bare, descriptors="Logiciel | Maintenance")["products"] == ["Microsoft Windows"]


def test_cpv_and_descriptors_may_be_absent():
    frame = pl.LazyFrame(
        {"title": ["Licences Oracle", None], "lot": [None, "Licences Oracle"]}, schema_overrides={"lot": pl.String}
    )
    assert add_products(frame).collect()["products"].to_list() == [["Oracle"], ["Oracle"]]


def test_a_holder_is_no_product():
    """Entreprises guyanaises dont le nom ressemble à celui d’un hébergeur."""
    frame = awards("Délimitation collective des parcelles agricoles").with_columns(
        holder_name=pl.lit("Agence Amazonienne de Géomètres-Experts")
    )
    assert add_products(frame.lazy()).collect()["products"].to_list() == [[]]


@pytest.mark.parametrize(
    ("title", "product"),
    [
        ("Maintenance du progiciel Pl\ufffdiades de Sopra", "Pléiades"),  # accent lost by the publisher
        ("Lot 2 �Office 365� pour les écoles", "Microsoft 365"),  # quotes lost
        ("ACQUISITION DE LICENCES ORACLE", "Oracle"),
        ("acquisition de licences oracle", "Oracle"),
        ("Maintenance de l’ERP Cegid XRP-Ultimate", "Cegid XRP Ultimate"),
    ],
)
def test_spellings_met_in_published_titles(title, product):
    assert any(product in name for name in one(title)["products"])


def test_rows_that_share_a_title_share_the_answer_and_none_is_lost():
    frame = awards(*["Licences Oracle", "Voirie", "Licences Oracle"])
    said = add_products(frame.lazy()).collect().sort("order")
    assert said["products"].to_list() == [["Oracle"], [], ["Oracle"]]
    assert said.columns == [*frame.columns, "products", "product_countries", "product_rule"]


def test_twice_the_same_input_gives_the_same_rows():
    frame = awards(*(title for title, _, _ in NAMED))
    first, second = (add_products(frame.lazy()).collect().sort("order") for _ in range(2))
    assert first.equals(second)


def test_time_grows_with_the_number_of_titles_and_no_faster():
    def seconds(copies: int) -> float:
        texts = [f"{title} n° {number}" for number in range(copies) for title, _, _ in NAMED]
        frame = awards(*texts).lazy()
        start = time.process_time()
        add_products(frame).collect()
        return time.process_time() - start

    seconds(10)
    assert seconds(10_000) < 15 * seconds(1_000)
