"""JSON that a strict parser refuses, made strict without changing what it says.

Published files hold bare ``NaN`` and ``Infinity`` (no value: null), raw control characters, backslashes that escape
nothing, backslashes that swallow the closing quote of a string, and halves of surrogate pairs.
"""

import re
from collections.abc import Iterator

_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|-?(?:NaN|Infinity)|[\x00-\x08\x0B\x0C\x0E-\x1F]|"', re.DOTALL)
_UNFINISHED_STRING = '"'

_SWALLOWED_QUOTE = re.compile(r'(?<!\\)((?:\\\\)*)\\(?="[\s{}\[\],]*"[\w.-]{1,60}"\s*:)')
"""An odd run of backslashes before a quote after which a key begins: were that quote escaped, the text up to the key
would be a string followed by a bare word, which no JSON is. The quote closes, and the last backslash is a character.
"""
_LOOKAHEAD_CHARACTERS = 256

_SUSPECT_IN_STRING = re.compile(r"[\\\x00-\x1F]")
_ESCAPE = re.compile(
    r"""\\u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}
      | (?P<half_pair>\\u[dD][89a-fA-F][\da-fA-F]{2})
      | \\u[\da-fA-F]{4}
      | \\["\\/bfnrt]
      | (?P<escapes_nothing>\\)
      | (?P<control>[\x00-\x1F])""",
    re.VERBOSE,
)


def repaired(chunks: Iterator[str]) -> Iterator[str]:
    """The JSON text of ``chunks``, strict; text that is no JSON at all comes out no better."""
    pending = ""
    for chunk in chunks:
        pending = _SWALLOWED_QUOTE.sub(r"\1\\\\", pending + chunk)
        done, pending = _mended(pending, len(pending) - _LOOKAHEAD_CHARACTERS)
        yield done
    done, pending = _mended(pending, len(pending))
    yield done + pending


def _mended(text: str, limit: int) -> tuple[str, str]:
    """``text`` mended up to the last whole token before ``limit``, and the rest untouched."""
    pieces = []
    at = 0
    for token in _TOKEN.finditer(text):
        if token.end() > limit or token[0] == _UNFINISHED_STRING:
            break
        pieces += (text[at : token.start()], _mended_token(token[0]))
        at = token.end()
    return "".join(pieces), text[at:]


def _mended_token(token: str) -> str:
    if not token.startswith('"'):
        return "null" if token.endswith(("NaN", "Infinity")) else " "
    return _ESCAPE.sub(_mended_escape, token) if _SUSPECT_IN_STRING.search(token) else token


def _mended_escape(escape: re.Match[str]) -> str:
    match escape.lastgroup:
        case "half_pair":
            return r"\ufffd"
        case "escapes_nothing":
            return r"\\"
        case "control":
            return f"\\u{ord(escape[0]):04x}"
    return escape[0]
