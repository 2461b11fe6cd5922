"""The records of a JSON file of any size, without holding the file in memory.

The file is mapped, checked once from end to end, and its lists are then taken a window at a time. A window ends at a
comma before what looks like the start of a record; whether it really stands between two records is certain, because
only then do the brackets of the window balance.
"""

import mmap
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec
from msgspec import Raw

from language import mark
from loaders.errors import UnreadableSource
from loaders.read.encoding import decoded, decoded_chunks, write_utf8
from loaders.read.json_repair import repaired
from loaders.read.source import Source

WINDOW_BYTES = 1 << 15
"""Small enough for the records of a window to stay in the processor's cache: twice as fast as a megabyte."""
_CUTS_TRIED = 32
LARGEST_RECORD_BYTES = 64 << 20
"""The largest record ever published has some hundred kilobytes; one is held in memory whole."""
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_FIRST_KEY = re.compile(rb'\s*(\{\s*"[^"\\]*")')
_LIST_KEYS = {"marches", "marche", "contrat-concession", "contrats-concession", "contratsConcession"}

_whole = msgspec.json.Decoder(Raw)
_members = msgspec.json.Decoder(dict[str, Raw])
_members_by_key = msgspec.json.Decoder(dict[str, dict[str, Raw]])
_elements = msgspec.json.Decoder(list[Raw])
_value = msgspec.json.Decoder(float_hook=str)

Buffer = bytes | memoryview


@dataclass(frozen=True)
class RecordList:
    """A JSON list of records, brackets included, and whether the layout says that they are concessions."""

    text: Buffer
    are_concessions: bool
    source: Source


@dataclass(frozen=True)
class Document:
    """The lists of contracts and concessions of a JSON file, and the keys beside them that are not known."""

    source: Source
    bytes: int
    lists: list[RecordList]
    unknown_keys: list[str]


def document_of(source: Source) -> Document:
    """The lists of a JSON file that parses from end to end, mapped from disk; from a repaired copy when it must.

    Layouts: a bare list; ``{"marches": [...]}``; ``{"marches": {"marche": [...], "contrat-concession": [...]}}``. A
    list of one may be written without brackets. Raises UnreadableSource, with the byte, when the file is no JSON or
    stops half-way.
    """
    try:
        return _document(source, _mapped(source.path))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        copy = write_utf8(source.scratch.new_file(), repaired(decoded_chunks(source.path)))
    try:
        return _document(source, _mapped(copy))
    except msgspec.DecodeError as error:
        raise _refusal(source, str(error), copy.stat().st_size) from None
    except RecursionError:
        raise _too_deep(source) from None


def windows(records: RecordList) -> Iterator[tuple[list[Raw], int]]:
    """The records of a list, some at a time, with how many bytes of the list have then been read.

    Raises UnreadableSource for a record larger than ``LARGEST_RECORD_BYTES``, or nested too deep.
    """
    text = records.text
    opening = _opening(text)
    start, end = 1, len(text) - 1
    while start < end:
        try:
            elements, length = _window(text[start:end], opening, records.source)
        except RecursionError:
            raise _too_deep(records.source) from None
        start += length + 1
        yield elements, min(start, end)


def value_of(record: Raw, source: Source) -> object:
    """What a record says; its text when it holds what no value can, such as a number of five thousand digits.

    Numbers with a fraction come as text, as they were written: ``77899.0`` is not ``77899``. Text in another encoding
    than UTF-8 is read as ``decoded`` reads it. Raises UnreadableSource when the record is nested too deep.
    """
    try:
        return _value.decode(record)
    except UnicodeDecodeError:
        return value_of(Raw(decoded(bytes(record)).encode()), source)
    except msgspec.ValidationError:
        return decoded(bytes(record))
    except RecursionError:
        raise _too_deep(source) from None


def _too_deep(source: Source) -> UnreadableSource:
    return source.refusal(mark("Le fichier {name} emboîte trop de niveaux de JSON pour être lu."))


def _mapped(path: Path) -> memoryview:
    with path.open("rb") as file:
        text = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    return text[len(_BYTE_ORDER_MARK) :] if text[:3] == _BYTE_ORDER_MARK else text


def _refusal(source: Source, error: str, length: int) -> UnreadableSource:
    position = re.search(r"byte (\d+)", error)
    if position is None:
        return source.refusal(
            mark("Le fichier {name} s’arrête au milieu, à l’octet {byte} : téléchargez-le de nouveau."), byte=length
        )
    return source.refusal(
        mark("Le fichier {name} n’est pas du JSON valide vers l’octet {byte} : demandez-le de nouveau à son éditeur."),
        byte=position[1],
    )


def _document(source: Source, text: memoryview) -> Document:
    document = Document(source, len(text), [], [])
    if official := _official_members(text):
        for members in official.values():
            _add_members(members, document)
        return document
    try:
        members = _members.decode(text)
    except msgspec.ValidationError:
        _add_list(memoryview(_whole.decode(text)), False, document)
    else:
        _add_object(members, text, False, document)
    return document


def _official_members(text: memoryview) -> dict[str, dict[str, Raw]]:
    """The members of the official layout, ``{"marches": {"marche": […]}}``, in one pass; none of any other layout."""
    try:
        found = _members_by_key.decode(text)
    except msgspec.ValidationError:
        return {}
    is_official = _LIST_KEYS.issuperset(found) and not any(map(_LIST_KEYS.isdisjoint, found.values()))
    return found if is_official else {}


def _add_object(members: dict[str, Raw], text: Buffer, is_concession: bool, document: Document) -> None:
    """Add the lists that an object holds; the object itself, of ``text``, when it is the only record."""
    if members.keys().isdisjoint(_LIST_KEYS):
        _refuse_if_too_large(len(text), document.source)
        _add_list(b"[%b]" % bytes(text), is_concession, document)
    else:
        _add_members(members, document)


def _add_members(members: dict[str, Raw], document: Document) -> None:
    for key, raw in members.items():
        member = memoryview(raw)
        if key not in _LIST_KEYS:
            document.unknown_keys.append(key)
        elif member[:1] == b"{":
            _add_object(_members.decode(member), member, "concession" in key.lower(), document)
        else:
            _add_list(member, "concession" in key.lower(), document)


def _add_list(text: Buffer, are_concessions: bool, document: Document) -> None:
    if text[:1] == b"[":
        document.lists.append(RecordList(text, are_concessions, document.source))


def _opening(text: Buffer) -> bytes:
    first_key = _FIRST_KEY.match(bytes(text[1:WINDOW_BYTES]))
    return first_key[1] if first_key else b"{"


def _window(rest: Buffer, opening: bytes, source: Source) -> tuple[list[Raw], int]:
    size = WINDOW_BYTES
    while size < len(rest):
        _refuse_if_too_large(size, source)
        window = bytes(rest[:size])
        for cut in _cuts(window, opening):
            try:
                return _elements.decode(b"[%b]" % window[:cut]), cut
            except msgspec.DecodeError:
                continue
        size *= 2
    _refuse_if_too_large(len(rest), source)
    return _elements.decode(b"[%b]" % bytes(rest)), len(rest)


def _refuse_if_too_large(size: int, source: Source) -> None:
    if size > LARGEST_RECORD_BYTES:
        raise source.refusal(
            mark("Un enregistrement de {name} dépasse {most} octets : ce n’est pas un marché, le fichier est refusé."),
            most=LARGEST_RECORD_BYTES,
        )


def _cuts(window: bytes, opening: bytes) -> Iterator[int]:
    """Commas after which a record may begin, from the last."""
    at = len(window)
    for _ in range(_CUTS_TRIED):
        at = window.rfind(opening, 0, at)
        if at < 0:
            return
        before = window[:at].rstrip()
        if before.endswith(b","):
            yield len(before) - 1
