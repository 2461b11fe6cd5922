"""The parameters of a question: the keys of addresses (ui.address_keys), read strictly.

A page ignores what it does not understand and says so; a program would not read the notice, and would take a figure
computed without its filter for the one it asked. Here an unknown key or value is refused.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qs

import polars as pl

from loaders.classify.text import folded
from ui import address, mail
from ui.address import State
from ui.address_keys import ALL_VALUES, KEYS, LONGEST_TEXT, Key
from web.api.problems import Problem

LONGEST_QUERY = 4_096
MOST_PARAMETERS = 40
MOST_LINES = 1_000
LINES = 100
LINES_KEY = "lignes"
_UNREADABLE = ("Cc", "Cs", "Cn")

_YEARS = {"type": "string", "pattern": "^(toutes|(19|20)[0-9]{2}(-(19|20)[0-9]{2})?)$"}
_WORDS = ("q", "commune")

SHAPES: dict[str, dict] = {
    "annees": _YEARS,
    "fin": _YEARS,
    "q": {"type": "string", "maxLength": LONGEST_TEXT},
    "groupe": {"type": "string", "maxLength": LONGEST_TEXT},
    "fournisseur": {"type": "string", "maxLength": LONGEST_TEXT},
    "produit": {"type": "string", "maxLength": LONGEST_TEXT},
    "commune": {"type": "string", "maxLength": LONGEST_TEXT},
    "id": {"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT},
    "face": {
        "type": "array",
        "items": {"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT},
        "minItems": 1,
        "maxItems": 2,
    },
    "quota": {"type": "integer", "minimum": 1, "maximum": 100},
    "page": {"type": "integer", "minimum": 1, "maximum": 999_999},
    "au": {"type": "string", "pattern": "^(20[0-9]{2}-[0-9]{2}-[0-9]{2})?$"},
    "edition": {"type": "string", "pattern": "^[A-Za-z0-9._-]{0,80}$"},
    "fournisseur_mail": {"type": "string", "enum": ["", *mail.provider_names()]},
    "pays": {"type": "string", "enum": ["", *mail.country_codes()]},
    "departement": {"type": "string", "enum": ["", *mail.department_names()]},
    LINES_KEY: {"type": "integer", "minimum": 1, "maximum": MOST_LINES, "default": LINES},
    "v": {"type": "string", "enum": [str(address.VERSION)]},
}
"""JSON Schema of the values that are not codes."""


@dataclass(frozen=True)
class Read:
    """What an address asks: its state, and how many rows an answer holds."""

    state: State
    lines: int = LINES


def read(query: bytes, page: str, names: Iterable[str], required: Iterable[str] = ()) -> Read:
    """What ``query`` asks of a question that obeys ``names`` and is read on ``page``.

    Raises Problem: nothing is ever left aside.
    """
    given = _fields(query)
    lines = _lines(given.pop(LINES_KEY, [str(LINES)]))
    if given.pop("v", [str(address.VERSION)]) != [str(address.VERSION)]:
        raise Problem("unknown-value", "v", [str(address.VERSION)])
    names = tuple(names)
    state = State(page=page)
    for name, texts in given.items():
        if name not in names:
            raise Problem("unknown-parameter", understood=(*names, LINES_KEY, "v"))
        state = address.with_changes(state, **{KEYS[name].attribute: _value(KEYS[name], texts)})
    for name in required:
        if not any(given.get(name, ())):
            raise Problem("missing-parameter", name)
    return Read(state, lines)


def written(state: State, name: str) -> str:
    """The value of the key ``name`` in ``state``, as an address writes it."""
    key = KEYS[name]
    holder = state.selection if hasattr(state.selection, key.attribute) else state
    return key.write(getattr(holder, key.attribute))


def default(name: str) -> str:
    """What the key ``name`` is when an address leaves it out, as an address writes it."""
    return written(State(), name)


def schema(name: str) -> dict:
    """The JSON Schema of one parameter."""
    if name in SHAPES:
        return SHAPES[name]
    key = KEYS[name]
    codes = {"type": "string", "enum": list(key.codes)}
    return {"type": "array", "items": codes} if key.is_list else codes


def _fields(query: bytes) -> dict[str, list[str]]:
    if len(query) > LONGEST_QUERY:
        raise Problem("query-too-long")
    try:
        return parse_qs(query.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=MOST_PARAMETERS)
    except ValueError:
        raise Problem("unreadable-query") from None


def _lines(texts: list[str]) -> int:
    is_number = len(texts) == 1 and re.fullmatch(r"[1-9]\d{0,3}", texts[0], re.ASCII)
    if not is_number or int(texts[0]) > MOST_LINES:
        raise Problem("unknown-value", LINES_KEY, [f"1–{MOST_LINES}"])
    return int(texts[0])


def _value(key: Key, texts: list[str]) -> object:
    if len(texts) > 1 and not key.is_list:
        raise Problem("repeated-parameter", key.name)
    text = ",".join(texts)
    value, is_whole = key.read(text)
    if not is_whole or _filters_nothing(key.name, text):
        raise Problem("unknown-value", key.name, _understood(key))
    return value


def _filters_nothing(name: str, text: str) -> bool:
    """Whether ``text`` would leave its filter aside, in whole or in part, without that being a way to ask so."""
    if not text:
        return default(name) != ""
    if any(unicodedata.category(character) in _UNREADABLE for character in text):
        return True
    return name in _WORDS and not pl.select(folded(pl.lit(text))).item().strip()


def _understood(key: Key) -> Iterable[str]:
    shape = schema(key.name)
    codes = shape.get("items", shape).get("enum")
    return [code for code in codes if code not in ("", ALL_VALUES)] if codes else [key.form]
