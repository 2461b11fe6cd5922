"""Real records made wrong, one way or another, by a seeded hand: the same seed makes the same wrongs.

A record of JSON is an object; a record of a table is a dict of texts. What JSON cannot hold as a value (``NaN``, two
keys of one name) is written raw.
"""

import random
from collections.abc import Callable

import msgspec
from msgspec import Raw

DEEPEST = 300
_LONG = 20_000

WORDS = (
    "",
    " ",
    "null",
    "NaN",
    "-0",
    "1e400",
    "-1",
    "0",
    "99999999999999999999999",
    "0x1F",
    "1,5,6",
    "١٢٣",
    "2024-02-30",
    "0000-00-00",
    "9999-12-31",
    "1899-12-31",
    "+292278994-08-17T07:12:55Z",
    "07/03/20240",
    "Code inconnu",
    "HORS-GALAXIE",
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "{{7*7}} ${7*7} %s %n {0}",
    "'; DROP TABLE awards; --",
    "../../etc/passwd",
    "__import__('os').system('true')",
    "a\x00b",
    "a\x1b[31mb\x07",
    "\ufeffmarché",
    "\u202eéhcram",
    "e\u0301" * 50,
    "\U0001f600" * 20,
    '"',
    "\\",
    "\n\r\n",
    ";,|\t",
    "x" * _LONG,
    "é" * _LONG,
)

RAW_VALUES = (
    b"NaN",
    b"-Infinity",
    b"1e400",
    b"-0",
    b"-0.0",
    b"1E-400",
    b"123456789012345678901234567890",
    b"9" * 5_000,
)


def _wrong_types(chance: random.Random) -> object:
    lists = [[], [[]], [None], [{}], ["a", ["b", {"c": 1}]]]
    return chance.choice([None, True, False, 0, -1, 2**63, 1.5, {}, {"": ""}, {"id": {"id": []}}, *lists])


def _nested(chance: random.Random) -> Raw:
    depth = chance.randrange(2, DEEPEST)
    opening, closing = chance.choice([(b"[", b"]"), (b'{"a":', b"}"), (b'[{"titulaire":', b"}]")])
    return Raw(opening * depth + b"1" + closing * depth)


_VALUES: tuple[Callable[[random.Random], object], ...] = (
    lambda chance: chance.choice(WORDS),
    lambda chance: chance.choice(WORDS),
    lambda chance: Raw(chance.choice(RAW_VALUES)),
    _wrong_types,
    _nested,
)


def wrong_object(record: dict, chance: random.Random) -> dict | Raw:
    """``record`` of JSON with one to three wrongs; its own nested objects are copied."""
    wronged = msgspec.json.decode(msgspec.json.encode(record))
    for _ in range(chance.choice([1, 1, 1, 2, 3])):
        _wrong_somewhere(wronged, chance)
    if chance.random() < 0.05:
        return _with_a_key_twice(wronged, chance)
    if chance.random() < 0.03:
        return chance.choice([None, "marché", 7, [], [wronged], {}, True])
    return wronged


def wrong_row(row: dict[str, str | None], chance: random.Random) -> dict[str, str | None]:
    """``row`` of a table with one to three of its cells wrong, empty, or those of another column."""
    wronged = dict(row)
    for _ in range(chance.choice([1, 1, 1, 2, 3])):
        name = chance.choice(list(wronged))
        wronged[name] = chance.choice([None, wronged[chance.choice(list(wronged))], *[chance.choice(WORDS)] * 6])
    return wronged


_BROKEN_TEXT = (b"\0", b"\xff\xfe", b"\xc3(", b"\xed\xa0\x80", b"\x80")
_SIGNS = (b'"', b"{", b"]", b",", b"\\", b"\n", b"\r", b";")


def wrong_bytes(content: bytes, chance: random.Random) -> bytes:
    """``content`` with bytes changed, cut, added or read as another encoding would have written them."""
    at = chance.randrange(len(content))
    length = chance.choice([1, 1, 2, 16, 500])
    before, inside, after = content[:at], content[at : at + length], content[at + length :]
    return chance.choice(
        [
            lambda: before,
            lambda: before + after,
            lambda: before + chance.randbytes(length) + inside + after,
            lambda: before + chance.randbytes(length) + after,
            lambda: before + chance.choice(_BROKEN_TEXT) + inside + after,
            lambda: before + chance.choice(_SIGNS) * length + inside + after,
            lambda: before + inside * 50 + after,
            lambda: content + before,
            lambda: b"\xef\xbb\xbf" * chance.choice([1, 2]) + content,
            lambda: content.decode("utf-8", "replace").encode("iso-8859-15", "replace"),
            lambda: content.decode("utf-8", "replace").encode("utf-16"),
        ]
    )()


def _wrong_somewhere(record: dict, chance: random.Random) -> None:
    place = record
    while True:
        if not place:
            return
        key = chance.choice(list(place)) if isinstance(place, dict) else chance.randrange(len(place))
        inner = place[key]
        if isinstance(inner, (dict, list)) and inner and chance.random() < 0.6:
            place = inner
            continue
        _wrong_at(place, key, chance)
        return


def _wrong_at(place: dict | list, key: str | int, chance: random.Random) -> None:
    fate = chance.random()
    if fate < 0.1:
        del place[key]
    elif fate < 0.2 and isinstance(place, dict):
        place[str(key) + chance.choice(["_", "é", "\x00", "." * 300])] = place.pop(key)
    elif fate < 0.3:
        place[key] = chance.choice([[place[key]], {"x": place[key]}, str(place[key]), [place[key]] * 40])
    else:
        place[key] = chance.choice(_VALUES)(chance)


def _with_a_key_twice(record: dict, chance: random.Random) -> Raw:
    again = msgspec.json.encode({chance.choice(list(record) or ["id"]): chance.choice(WORDS)})
    own = msgspec.json.encode(record)
    return Raw(again[:-1] + b"," + own[1:]) if len(own) > 2 else Raw(again)
