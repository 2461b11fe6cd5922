"""Text of unknown encoding, read as UTF-8 with the odd bytes of older Windows and Unix files understood.

Sources mix UTF-8, ISO-8859-15 and cp1252, sometimes in one file: each byte that is not UTF-8 is therefore read by
itself. 0x80–0x9F are letters in cp1252 only; elsewhere the two agree but for a few signs, where French text has
the euro and the œ of ISO-8859-15 rather than ¤, ¼, ½ and ¾.
"""

import codecs
from collections.abc import Iterator
from pathlib import Path

_CHUNK_BYTES = 4 << 20
_LEGACY = {byte: bytes([byte]).decode("cp1252", errors="replace") for byte in range(0x80, 0x100)} | {
    byte: bytes([byte]).decode("iso-8859-15") for byte in (0xA4, 0xBC, 0xBD, 0xBE)
}
_UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def _legacy_bytes(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(_LEGACY[byte] for byte in error.object[error.start : error.end]), error.end


codecs.register_error("legacy-bytes", _legacy_bytes)


def decoded(text: bytes) -> str:
    """``text`` as a string, whatever its encoding, without its byte-order mark."""
    if text.startswith(_UTF_16_MARKS):
        return text.decode("utf-16", errors="replace")
    return text.decode("utf-8-sig", errors="legacy-bytes")


def is_utf8(path: Path) -> bool:
    """Whether the whole file is UTF-8 (a byte-order mark is allowed)."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for chunk in _chunks(path):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def decoded_chunks(path: Path) -> Iterator[str]:
    """The text of the file, piece by piece, decoded as ``decoded`` does."""
    with path.open("rb") as file:
        marks = file.read(2)
    encoding, errors = ("utf-16", "replace") if marks in _UTF_16_MARKS else ("utf-8-sig", "legacy-bytes")
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    for chunk in _chunks(path):
        yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)


def write_utf8(path: Path, text: Iterator[str]) -> Path:
    """Write ``text`` to ``path`` in UTF-8 and give ``path`` back."""
    with path.open("w", encoding="utf-8", errors="replace", newline="") as file:
        file.writelines(text)
    return path


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            yield chunk
