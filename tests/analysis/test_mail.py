"""Questions over town halls, on a table small enough to be counted by hand."""

from datetime import date

import polars as pl
import pytest

from analysis import mail
from analysis.mail import Carried, Choice
from loaders.mail.schema import TOWN_HALL_SCHEMA

_ROWS = (
    # Ain: Microsoft, Orange, nobody knows; Aube: Swiss, American, a server nobody identified; Réunion: German
    ("01001", "Éclose", "01", "microsoft", "US"),
    ("01002", "Œuilly", "01", "orange", "FR"),
    ("01003", "Ambérieu", "01", "unknown", None),
    ("10001", "Ailleville", "10", "infomaniak", "CH"),
    ("10002", "Eclance", "10", "google", "US"),
    ("10003", "Ambronay", "10", "local", None),
    ("97401", "Les Avirons", "974", "ionos", "DE"),
)


@pytest.fixture(scope="module")
def town_halls() -> pl.DataFrame:
    rows = [
        {
            "insee_code": insee_code,
            "commune_name": name,
            "department_code": department,
            "provider": provider,
            "provider_country": country,
            "looked_up_on": date(2026, 7, 20),
        }
        for insee_code, name, department, provider, country in _ROWS
    ]
    return pl.DataFrame(rows, schema=TOWN_HALL_SCHEMA)


@pytest.mark.parametrize(
    ("choice", "counted"),
    [
        (Choice(definition="france"), 4),
        (Choice(definition="ue"), 3),
        (Choice(definition="europe"), 2),
        (Choice(definition="hors-us"), 2),
        (Choice(provider="orange"), 1),
        (Choice(country="US"), 2),
        (Choice(country="US", provider="google"), 1),
        (Choice(country="FR", provider="google"), 0),
        (Choice(country="inconnu"), 2),
        (Choice(provider="unknown"), 1),
    ],
)
def test_what_is_counted_is_what_is_asked(town_halls, choice, counted):
    assert mail.carried(town_halls, choice) == Carried(7, counted, 2, 1)


def test_a_department_is_counted_alone(town_halls):
    assert mail.carried(town_halls, Choice(department="10")) == Carried(3, 2, 1, 0)
    assert mail.carried(town_halls, Choice(department="99")) == Carried(0, 0, 0, 0)


def test_shares_are_of_all_town_halls_unknown_included(town_halls):
    rows = mail.by_department(town_halls, Choice())
    assert rows.rows() == [("01", 3, 1, 1, 1 / 3), ("10", 3, 2, 1, 2 / 3), ("974", 1, 0, 0, 0.0)]


def test_providers_are_ranked_and_equals_stand_by_code(town_halls):
    rows = mail.ranking(town_halls, Choice(department="01"))
    assert rows.rows() == [
        ("microsoft", "US", 1, 1 / 3),
        ("orange", "FR", 1, 1 / 3),
        ("unknown", None, 1, 1 / 3),
    ]


@pytest.mark.parametrize(
    ("choice", "names"),
    [
        (Choice(search="ecl"), ["Eclance", "Éclose"]),
        (Choice(search="oeuilly"), ["Œuilly"]),
        (Choice(search="AMB", department="10"), ["Ambronay"]),
        (Choice(search="e.*c"), []),
        (Choice(country="US"), ["Eclance", "Éclose"]),
        (Choice(provider="local"), ["Ambronay"]),
        (Choice(department="99", search="x"), []),
    ],
)
def test_communes_are_found_whatever_their_accents(town_halls, choice, names):
    found = mail.search(town_halls, choice)
    assert found.rows["commune_name"].to_list() == names
    assert found.total == len(names)


def test_a_definition_alone_hides_no_commune_and_pages_follow_each_other(town_halls):
    whole = mail.search(town_halls, Choice()).rows["commune_name"].to_list()
    assert len(whole) == 7
    parts = [mail.search(town_halls, Choice(), 3, offset).rows["commune_name"].to_list() for offset in (0, 3, 6)]
    assert [name for part in parts for name in part] == whole
