"""The sentences that filters produce, in both languages."""

from dataclasses import replace

import pytest

from analysis.contracts import Total
from analysis.selection import Selection
from analysis.shares import Interval
from language import speaking
from loaders.vocabulary import DEFINITIONS, MINISTRIES, PERIMETERS
from ui import sentences

WHOLE = Interval(
    low=0.04,
    middle=0.1,
    high=0.38,
    unknown=0.09,
    total_cents=120_000_000_00,
    contract_count=1234,
    flagged_count=1,
    missing_count=2,
)
EXTENT = (2018, 2026)


def test_the_sentence_of_the_promise():
    said = sentences.of_hundred_euros(WHOLE, Selection(ministries=("justice",), years=(2020, 2024)), EXTENT)
    assert said == (
        "Sur 100 € d’achats numériques publiés par le ministère de la Justice de 2020 à 2024, entre 4 € et 38 € vont à "
        "des fournisseurs ou des produits contrôlés hors de l’Union européenne ; pour 9 €, on ne sait pas."
    )


def test_the_same_in_english():
    with speaking("en"):
        said = sentences.of_hundred_euros(WHOLE, Selection(ministries=("justice",)), EXTENT)
    assert said == (
        "Of every €100 of digital purchases published by the Ministry of Justice from 2018 to 2026, between €4 and €38 "
        "go to suppliers or products controlled from outside the European Union; for €9, nobody can say."
    )


def test_an_interval_without_width_and_nothing_unknown():
    certain = replace(WHOLE, low=0.3, middle=0.3, high=0.3, unknown=0.0)
    said = sentences.of_hundred_euros(certain, Selection(), EXTENT)
    assert "30 € vont à" in said
    assert said.endswith("hors de l’Union européenne.")


def test_nothing_to_share_is_said():
    nothing = replace(WHOLE, low=None, middle=None, high=None, unknown=None)
    assert sentences.of_hundred_euros(nothing, Selection(), EXTENT).startswith("Aucun montant publié")


@pytest.mark.parametrize(
    ("share", "euros"),
    [(0.0, "0 €"), (0.001, "moins de 1 €"), (0.006, "1 €"), (0.25, "25 €"), (0.999, "plus de 99 €"), (1.0, "100 €")],
)
def test_what_is_not_nothing_is_never_nothing(share, euros):
    assert sentences.euros_of_hundred(share) == euros


@pytest.mark.parametrize("ministry", MINISTRIES)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_ministry_has_its_phrase(ministry, language):
    with speaking(language):
        said = sentences.buyers(Selection(ministries=(ministry,)))
    assert said.startswith("par " if language == "fr" else "by ")


@pytest.mark.parametrize("definition", DEFINITIONS)
@pytest.mark.parametrize("perimeter", PERIMETERS)
def test_every_definition_and_perimeter_has_its_phrase(definition, perimeter):
    said = sentences.of_hundred_euros(WHOLE, Selection(definition=definition, perimeter=perimeter), EXTENT)
    assert "{" not in said


def test_what_stands_outside_the_sums_is_counted():
    said = sentences.counted(WHOLE)
    assert "1 234 marchés" in said.replace("\u202f", " ")
    assert "1 marché au montant invraisemblable" in said
    assert "Sans montant publié : 2 marchés" in said


def test_what_a_list_adds_up_to_says_its_convention_and_what_stands_outside():
    total = Total(12_345_678_90, 3, 4, 1, 2, 0)
    said = sentences.sum_of_list(total, Selection(amount="plafond")).replace("\u202f", " ").replace("\u00a0", " ")
    assert said == (
        "Leur somme : 12 M€ (12 345 678,90 €), convention « Montant tel que publié ». Ils font 4 attributions "
        "retenues, une par titulaire. Hors de la somme : 1 marché au montant invraisemblable ou en devise. "
        "Sans montant publié : 2 marchés."
    )
    assert "y sont comptés" in sentences.sum_of_list(total, Selection(include_flagged=True))


def test_ends_and_control_are_in_the_filters():
    said = sentences.filters_summary(Selection(end_years=(2027, 2027), control="non-documente"))
    assert said.endswith("fin prévue en 2027 · contrôle non documenté")
    assert "fin prévue de 2027 à 2028" in sentences.filters_summary(Selection(end_years=(2027, 2028)))


def test_a_buyer_without_a_name_is_named_by_its_number():
    record = {"contract_date": None, "buyer_name": None, "buyer_id": "00000010900011", "amount_cents": None}
    said = sentences.contract(record, [])
    assert said == "Notifié à une date inconnue par l’acheteur de SIRET 00000010900011 (nom non publié)."


def test_the_filters_in_a_few_words():
    selection = Selection(ministries=("justice",), search="nuage", vendor="123", include_flagged=True, amount="plafond")
    said = sentences.filters_summary(selection, {"123": "Hexagone"})
    assert said == (
        "Filtres : Numérique · Justice · toutes les années · non étranger : Union européenne · "
        "Montant tel que publié · « nuage » · Hexagone · montants signalés compris"
    )
