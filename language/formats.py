"""Amounts, shares, counts and dates as they are written in the current language."""

from datetime import date
from functools import lru_cache

from babel import dates, numbers

from language.catalogue import current, gettext

NARROW_SPACE = "\u202f"
_LOCALES = {"fr": "fr_FR", "en": "en_GB"}


def amount(cents: int) -> str:
    """An amount rounded to what a reader can use: ``1,2 Md€``, ``350 M€``, ``12 400 €``.

    Milliards and millions have one decimal under ten and none above; less than a million keeps three significant
    digits.
    """
    if cents < 0:
        return "−" + amount(-cents)
    euros = cents / 100
    for unit, divisor in (("billion", 1e9), ("million", 1e6)):
        # 999 600 000 € is 1 Md€ once rounded, not 1 000 M€
        if euros >= divisor * 0.9995:
            return _with_unit(_decimal(euros / divisor, 1 if euros / divisor < 9.95 else 0), unit)
    return _with_unit(_decimal(_significant(euros), 0), "euro")


def exact_amount(cents: int) -> str:
    """An amount to the cent when it has cents, to the euro otherwise: ``12 431,50 €``."""
    if cents < 0:
        return "−" + exact_amount(-cents)
    return _with_unit(_number(cents / 100, "#,##0.00" if cents % 100 else "#,##0", _locale()), "euro")


def percent(share: float) -> str:
    """A share of 1 as a whole percentage; what is not nothing is never written 0, nor what is not all 100."""
    if 0 < share < 0.01:
        return gettext("moins de {percent}").format(percent=_percent(1))
    if 0.99 < share < 1:
        return gettext("plus de {percent}").format(percent=_percent(99))
    return _percent(round(share * 100))


def short_percent(share: float) -> str:
    """The same where there is no room for words: ``< 1 %``, ``> 99 %``."""
    if 0 < share < 0.01:
        return f"<{NARROW_SPACE}{_percent(1)}"
    if 0.99 < share < 1:
        return f">{NARROW_SPACE}{_percent(99)}"
    return _percent(round(share * 100))


def count(number: int) -> str:
    """A count with its thousands apart: ``12 400``."""
    return _number(number, "#,##0", _locale())


def day(on: date) -> str:
    """A date in full: ``7 mars 2024``."""
    return _date(on, "d MMMM y", _locale())


def month(on: date) -> str:
    """A month in full: ``mars 2024``."""
    return _date(on, "MMMM y", _locale())


def span(first: str | None, last: str | None) -> str:
    """The years between two ISO days: ``2016-2020``, ``2019``, nothing when a day is missing."""
    if not first or not last:
        return ""
    years = sorted({first[:4], last[:4]})
    return "–".join(years)


def _locale() -> str:
    return _LOCALES[current()]


def _decimal(number: float, digits: int) -> str:
    return _number(number, "#,##0." + "#" * digits if digits else "#,##0", _locale())


@lru_cache(maxsize=20_000)
def _number(number: float, pattern: str, locale: str) -> str:
    return numbers.format_decimal(number, pattern, locale=locale)


@lru_cache(maxsize=5_000)
def _date(on: date, pattern: str, locale: str) -> str:
    return dates.format_date(on, pattern, locale=locale)


def _percent(number: int) -> str:
    return f"{number}{NARROW_SPACE}%" if current() == "fr" else f"{number}%"


def _significant(euros: float) -> float:
    return float(f"{euros:.3g}")


def _with_unit(number: str, unit: str) -> str:
    pattern = {
        "billion": gettext("{number} Md€"),
        "million": gettext("{number} M€"),
        "euro": gettext("{number} €"),
    }[unit]
    return pattern.format(number=number).replace(" ", NARROW_SPACE)
