"""Each way in which sources write a value, or write that there is none."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as some

from loaders.clean import values

LATEST = date(2026, 11, 22)


def read(expression: pl.Expr, text: str | None) -> object:
    return pl.DataFrame({"cell": [text]}, schema={"cell": pl.String}).select(expression).item()


@pytest.mark.parametrize("marker", ["", " ", "NC", "CDL", "MQ", "MQ NC", "null", "NaN", "INX None", "INX NC", "[]"])
def test_every_marker_of_nothing_is_null(marker):
    assert read(values.present("cell"), marker) is None


def test_an_unusable_value_is_not_taken_for_the_value_after_its_prefix():
    assert read(values.cpv("cell"), "INX 67151000-0") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-03-07", date(2024, 3, 7)),
        ("2018-12-17+01:00", date(2018, 12, 17)),
        ("2021-12-01T00:00:00", date(2021, 12, 1)),
        ("07/03/2024", date(2024, 3, 7)),
        ("1899-12-31", None),
        ("2062-01-01", None),
        ("0020-02-30", None),
        ("bientôt", None),
    ],
)
def test_dates_are_read_without_offset_and_fillers_are_null(text, expected):
    assert read(values.day("cell", LATEST), text) == expected


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("109368.5", 10936850),
        ("77899.0", 7789900),
        ("1 234,56", 123456),
        ("1\u202f234,56 €", 123456),
        ("1,234.56", 123456),
        ("1,234,567", None),
        ("99999999999.99", 9999999999999),
        ("0.29", 29),
        ("NC", None),
        ("inf", None),
        ("sur devis", None),
    ],
)
def test_amounts_are_whole_cents(text, cents):
    assert read(values.cents("cell"), text) == cents


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("45316110-9", "45316110"),
        ("72267000", "72267000"),
        ("7226", "72260000"),
        ("00000000-1", None),
        ("4", None),
        ("724000000", "72400000"),
    ],
)
def test_cpv_has_eight_digits_and_no_check_digit(text, code):
    assert read(values.cpv("cell"), text) == code


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1545063800117", "01545063800117"),
        ("335 092 318 00120", "33509231800120"),
        ("35092318", "035092318"),
        ("LU26888617", "LU26888617"),
    ],
)
def test_a_lost_leading_zero_is_put_back(text, number):
    assert read(values.siret("cell"), text) == number


@pytest.mark.parametrize(("text", "months"), [("12", 12), ("12.0", 12), ("0", None), ("NC", None), ("99999", None)])
def test_durations_are_months(text, months):
    assert read(values.months("cell"), text) == months


def test_html_and_line_breaks_leave_titles():
    assert read(values.plain_text("cell"), "Achat<br />de PC\r\n&amp; écrans &quot;24&quot;") == (
        'Achat de PC & écrans "24"'
    )


@given(some.lists(some.sampled_from("ab \t\n\x00\x1f\x7f\x85\u00a0\u2003"), max_size=12))
def test_whatever_parts_words_becomes_one_space(letters):
    words = "".join(letter if letter in "ab" else " " for letter in letters).split()
    assert read(values.plain_text("cell"), "".join(letters)) == (" ".join(words) or None)


def test_a_comparison_sign_is_not_html():
    assert read(values.plain_text("cell"), "Lot 1 : < 40 000 € et > 25 000 €") == "Lot 1 : < 40 000 € et > 25 000 €"


@pytest.mark.parametrize(
    ("text", "kind"),
    [("HORS_UE", "HORS-UE"), ("TVA_INTRACOMMUNAUTAIRE", "TVA"), ("FRW", "FRWF"), ("UE", "TVA"), ("SIRET", "SIRET")],
)
def test_kinds_of_identifier_have_the_words_of_the_schema(text, kind):
    assert read(values.holder_id_type("cell"), text) == kind


def test_characters_that_no_address_carries_become_underscores_in_ids():
    assert read(values.internal_id("cell"), "2018MAPA/062.02") == "2018MAPA_062_02"
