"""Amounts, shares, counts and dates in both languages."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language import formats, speaking

NNBSP = "\u202f"


@pytest.mark.parametrize(
    ("euros", "french", "english"),
    [
        (1_234_000_000, "1,2 Md€", "€1.2bn"),
        (12_340_000_000, "12 Md€", "€12bn"),
        (350_400_000, "350 M€", "€350m"),
        (9_960_000, "10 M€", "€10m"),
        (1_000_000, "1 M€", "€1m"),
        (999_600_000, "1 Md€", "€1bn"),
        (999_400_000, "999 M€", "€999m"),
        (999_900, "1 M€", "€1m"),
        (12_431, "12 400 €", "€12,400"),
        (999, "999 €", "€999"),
        (0, "0 €", "€0"),
        (-2_500_000, "−2,5 M€", "−€2.5m"),
    ],
)
def test_amounts_are_rounded_to_what_a_reader_uses(euros, french, english):
    assert formats.amount(euros * 100) == french.replace(" ", NNBSP)
    with speaking("en"):
        assert formats.amount(euros * 100) == english


def test_exact_amounts_keep_their_cents():
    assert formats.exact_amount(1_243_150) == f"12{NNBSP}431,50{NNBSP}€"
    assert formats.exact_amount(1_243_100) == f"12{NNBSP}431{NNBSP}€"


@pytest.mark.parametrize(
    ("share", "french", "short"),
    [
        (0, "0 %", "0 %"),
        (0.0004, "moins de 1 %", "< 1 %"),
        (0.0099, "moins de 1 %", "< 1 %"),
        (0.014, "1 %", "1 %"),
        (0.976, "98 %", "98 %"),
        (0.9951, "plus de 99 %", "> 99 %"),
        (1, "100 %", "100 %"),
    ],
)
def test_what_is_not_nothing_is_never_nought_nor_what_is_not_all_a_hundred(share, french, short):
    assert formats.percent(share) == french.replace("1 %", f"1{NNBSP}%").replace(" %", f"{NNBSP}%")
    assert formats.short_percent(share) == short.replace(" ", NNBSP)


@given(st.floats(0, 1))
def test_a_share_never_reads_below_0_nor_above_100(share):
    with speaking("en"):
        digits = int("".join(filter(str.isdigit, formats.percent(share))))
    assert abs(digits - share * 100) <= 1


@given(st.integers(100_000, 10**15), st.integers(100_000, 10**15))
def test_a_larger_amount_never_reads_smaller(one, other):
    small, large = sorted((one, other))
    assert _read(formats.amount(small)) <= _read(formats.amount(large))


def _read(text: str) -> float:
    number, _space, unit = text.rpartition(NNBSP)
    return float(number.replace(NNBSP, "").replace(",", ".")) * {"€": 1, "M€": 1e6, "Md€": 1e9}[unit]


def test_counts_and_dates_follow_the_language():
    assert formats.count(12_400) == f"12{NNBSP}400"
    assert formats.day(date(2024, 3, 7)) == "7 mars 2024"
    assert formats.month(date(2024, 3, 7)) == "mars 2024"
    with speaking("en"):
        assert formats.count(12_400) == "12,400"
        assert formats.day(date(2024, 3, 7)) == "7 March 2024"
