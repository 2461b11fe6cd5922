"""What is digital, what is cloud and of which kind, from words, CPV, descriptors and CCAG, each of which may lie."""

import time

import polars as pl
import pytest

from loaders import vocabulary
from loaders.classify.perimeter import add_perimeter
from loaders.classify.products import add_products
from tests.loaders.classify.bought import awards, classified, one

KINDS = [
    ("services d'informatique en nuage (iaas / paas)", {}, "iaas"),
    ("Mise à disposition d'une plateforme PaaS", {}, "paas"),
    ("Abonnement à un logiciel de paie en mode SaaS", {}, "saas"),
    ("Plateforme de formation en ligne : abonnement", {"cpv": "72400000"}, "saas"),
    ("Hébergement du site internet de la ville", {"cpv": "72415000"}, "hosting"),
    ("Hébergement sec de serveurs en centre de données", {}, "hosting"),
    ("Infogérance du parc de serveurs", {"cpv": "72500000"}, "managed_services"),
    ("Maintenance du progiciel de gestion financière", {"cpv": "72267000"}, "software"),
    ("Acquisition d'ordinateurs portables", {"cpv": "30213100"}, "hardware"),
    ("Services de téléphonie mobile", {"cpv": "64212000"}, "telecom"),
    ("Tierce maintenance applicative", {"cpv": "72500000"}, "it_services"),
]


@pytest.mark.parametrize(("title", "columns", "category"), KINDS)
def test_kinds_of_digital_purchases_are_told_apart(title, columns, category):
    said = one(title, **columns)
    assert (said["is_digital"], said["digital_category"]) == (True, category)
    assert said["is_cloud"] is (category in vocabulary.CLOUD_CATEGORIES)


def test_hosting_with_managed_services_is_cloud():
    said = one("hébergement et infogérance", descriptors="Informatique (prestations de services) | Site internet")
    assert (said["is_digital"], said["is_cloud"]) == (True, True)


@pytest.mark.parametrize(
    ("title", "columns"),
    [
        ("Maintenance des onduleurs SYMMETRA", {"cpv": "72267000"}),
        ("Prestations de nettoyage des locaux", {"cpv": "72000000"}),
        ("Travaux d'extension d'un groupe scolaire", {"cpv": "48000000"}),
        ("Fourniture de mobilier d'hébergement", {"cpv": "39000000"}),
        ("Contrôle d'accès et vidéosurveillance des bâtiments", {"cpv": "35120000"}),
        ("Maintenance d'équipements biomédicaux", {"cpv": "50421000"}),
        ("Location de matériel de sonorisation", {"cpv": "32342400"}),
        ("travaux de vrd relatifs à la construction de 86 lls", {"descriptors": "Assainissement | Clôture"}),
        ("Délimitation collective des parcelles agricoles", {"descriptors": "Travaux agricoles"}),
    ],
)
def test_what_is_not_digital_whatever_its_code_says(title, columns):
    said = one(title, **columns)
    assert (said["is_digital"], said["is_cloud"], said["digital_category"]) == (False, False, None)


@pytest.mark.parametrize(
    ("title", "columns"),
    [
        ("Marché 2019-14", {"cpv": "48450000"}),
        ("Acquisition de logiciels", {}),
        ("Acquisition de logiciels", {"cpv": "45000000", "descriptors": "Logiciel"}),
        ("Maintenance évolutive de l'application GEOPOL", {}),
        ("H�bergement et maintenance du site internet", {}),  # letters that the publisher lost
        ("Prestations diverses", {"lot": "Lot 2 : serveurs et stockage informatique"}),
    ],
)
def test_what_is_digital_by_words_or_by_code(title, columns):
    assert one(title, **columns)["is_digital"] is True


def test_a_product_named_makes_a_purchase_digital():
    assert one("Prestations relatives à VMware")["is_digital"] is True


def test_the_lot_is_what_is_bought():
    """Marché global dont un seul lot est informatique."""
    title = "Équipement du nouveau lycée"
    assert one(title, lot="Lot 4 : ordinateurs et imprimantes")["is_digital"] is True
    assert one(title, lot="Lot 1 : peinture et revêtements de sols")["is_digital"] is False


def test_a_lot_of_another_trade_is_not_digital_for_the_title_that_it_shares():
    title, trade = "Achat de fournitures électriques et de matériels de téléphonie", "Matériel électrique"
    assert one(title, lot="Piles et batteries de toutes marques", descriptors=trade)["is_digital"] is False
    assert one(title, lot="Téléphones et postes téléphoniques", descriptors=trade)["is_digital"] is True


def test_a_social_network_named_speaks_of_communication():
    said = one("Animation de la page Facebook de la commune")
    assert (said["products"], said["is_digital"]) == (["Facebook"], False)


def test_the_it_department_is_often_only_the_buyer():
    said = one("Mise à disposition de berceaux pour la direction des systèmes d'information", cpv="85312110")
    assert said["is_digital"] is False


def test_signs_that_contradict_each_other_leave_the_question_open():
    said = one("Renouvellement de la main courante", descriptors="Informatique (prestations de services)")
    assert (said["is_digital"], said["is_cloud"], said["digital_category"]) == (None, None, None)


def test_what_says_nothing_is_unknown():
    [said] = classified({"vendor_kind": None})
    assert (said["is_digital"], said["is_cloud"], said["perimeter_rule"]) == (None, None, None)


def test_a_purchase_of_software_that_does_not_say_where_it_runs_leaves_cloud_open():
    assert one("Acquisition d'un logiciel de gestion des marchés")["is_cloud"] is None
    assert one("Acquisition d'un logiciel de gestion des marchés en mode SaaS")["is_cloud"] is True
    assert one("Maintenance du logiciel de gestion des marchés")["is_cloud"] is False


def test_the_ccag_of_information_technology_counts_and_that_of_works_counts_against():
    title = "Prestations d'assistance et de conseil"
    assert one(title, ccag="Techniques de l'information et de la communication")["is_digital"] is True
    assert one(title, ccag="Travaux")["is_digital"] is False


def test_the_rule_says_each_sign_that_counted_and_where():
    said = one("Maintenance de logiciels", cpv="72267000", lot="Travaux de peinture")
    assert said["perimeter_rule"].split("|")[0] == "cpv:722"
    assert "word:logiciel@title" in said["perimeter_rule"].split("|")
    assert any(sign.startswith("not:") and sign.endswith("@lot") for sign in said["perimeter_rule"].split("|"))


def test_vendor_kind_may_be_the_closed_vocabulary():
    frame = add_products(awards("Prestations").lazy()).with_columns(
        vendor_kind=pl.lit("cloud_host").cast(pl.Enum(list(vocabulary.VENDOR_KINDS)))
    )
    assert add_perimeter(frame).collect()["perimeter_rule"].to_list() == ["vendor:yes"]


def test_the_category_is_the_closed_vocabulary():
    said = add_perimeter(add_products(awards("Logiciels").lazy())).collect()
    assert said.schema["digital_category"] == pl.Enum(list(vocabulary.DIGITAL_CATEGORIES))


def test_every_row_comes_back_once_with_its_own_columns():
    titles = ["Logiciels", "Voirie", "Logiciels", "Voirie"]
    products = add_products(awards(*titles).lazy()).collect()
    said = add_perimeter(products.lazy()).collect().sort("order")
    assert said["title"].to_list() == titles
    assert said["is_digital"].to_list() == [True, False, True, False]
    assert said.columns == [*products.columns, "is_digital", "is_cloud", "digital_category", "perimeter_rule"]


def test_time_grows_with_the_number_of_titles_and_no_faster():
    def seconds(copies: int) -> float:
        texts = [f"{title} n° {number}" for number in range(copies) for title, _, _ in KINDS]
        frame = add_products(awards(*texts).lazy()).collect().lazy()
        start = time.process_time()
        add_perimeter(frame).collect()
        return time.process_time() - start

    seconds(10)
    assert seconds(10_000) < 15 * seconds(1_000)
