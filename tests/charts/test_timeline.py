"""The versions of a contract."""

from analysis.contracts import contract
from charts.timeline import versions_timeline, versions_timeline_text


def test_each_version_is_a_point_with_its_amount(tiny_edition):
    line = versions_timeline(contract(tiny_edition, "C01").versions).data[0]
    assert line.y == (80_000_000, 100_000_000, 120_000_000)
    assert line.text == ("800\u202f000\u202f€", "1\u202fM€", "1,2\u202fM€")
    assert line.customdata[1][0] == "Modification 1"


def test_one_version_is_drawn_and_said(tiny_edition):
    versions = contract(tiny_edition, "C06").versions
    assert versions_timeline(versions).data[0].y == (50_000_000,)
    assert versions_timeline_text(versions) == "Une seule version : 500\u202f000\u202f€ le 5 mai 2024."


def test_a_version_without_amount_is_left_to_the_table(tiny_edition):
    versions = contract(tiny_edition, "C13").versions
    assert versions_timeline(versions).data[0].y in (None, ())
    assert versions_timeline_text(versions) == "Aucune version datée avec un montant."


def test_the_words_name_the_first_and_the_last_amount(tiny_edition):
    assert versions_timeline_text(contract(tiny_edition, "C01").versions) == (
        "3 versions : 800\u202f000\u202f€ le 10 mars 2022, puis 1,2\u202fM€ le 15 janvier 2024."
    )
