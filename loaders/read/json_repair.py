"""JSON that a strict parser refuses, made strict without changing what it says.

Published files hold bare ``NaN`` and ``Infinity`` (no value: null), raw control characters, backslashes that escape
nothing, backslashes that swallow the closing quote of a string, and halves of surrogate pairs.
"""

import re
from collections.abc import Iterator

_SOUND = re.compile(
    r"""(?: [^"NI\x00-\x08\x0B\x0C\x0E-\x1F-]++
          | " (?: [^"\\\x00-\x1F]++ | \\["\\/bfnrt] | \\u(?![dD][89a-fA-F])[\da-fA-F]{4} )*+ "
        )++""",
    re.VERBOSE,
)
"""As much text as needs no repair, in one go: nearly all of it."""
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|-?(?:NaN|Infinity)|[^"]', re.DOTALL)

_SWALLOWED_QUOTE = re.compile(r'\\+(?="[\s{}\[\],]*"[\w.-]{1,60}"\s*:)')
"""A run of backslashes before a quote after which a key begins: were that quote escaped, the text up to the key would
be a string followed by a bare word, which no JSON is. The quote closes; an odd backslash before it is a character.
"""
_LOOKAHEAD_CHARACTERS = 256

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
        pending = _SWALLOWED_QUOTE.sub(_even_run, pending + chunk)
        done, pending = _mended(pending, len(pending) - _LOOKAHEAD_CHARACTERS)
        yield done
    done, pending = _mended(pending, len(pending))
    yield done + pending


def _mended(text: str, limit: int) -> tuple[str, str]:
    """``text`` mended up to the last whole token before ``limit``, and the rest untouched."""
    pieces = []
    at = 0
    while at < limit:
        if sound := _SOUND.match(text, at, limit):
            pieces.append(sound[0])
            at = sound.end()
        token = _TOKEN.match(text, at)
        if token is None or token.end() > limit:
            break
        pieces.append(_mended_token(token[0]))
        at = token.end()
    return "".join(pieces), text[at:]


def _even_run(backslashes: re.Match[str]) -> str:
    run = backslashes[0]
    return run + "\\" * (len(run) % 2)


def _mended_token(token: str) -> str:
    if token.startswith('"'):
        return _ESCAPE.sub(_mended_escape, token)
    if token.endswith(("NaN", "Infinity")):
        return "null"
    return " " if token < " " else token


def _mended_escape(escape: re.Match[str]) -> str:
    match escape.lastgroup:
        case "half_pair":
            return r"\ufffd"
        case "escapes_nothing":
            return r"\\"
        case "control":
            return f"\\u{ord(escape[0]):04x}"
    return escape[0]
