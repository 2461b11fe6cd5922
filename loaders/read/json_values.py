"""Pieces of decoded JSON: text as published, and lists however they are wrapped."""

from collections.abc import Iterable, Iterator, Mapping

from loaders.read.encoding import decoded

LIST_SEPARATOR = " | "


def text(value: object) -> str | None:
    """A value as published; null when there is none. Lists, and lists in objects, are joined by `` | ``."""
    if type(value) is dict and len(value) == 1:
        (value,) = value.values()
    if type(value) is list and len(value) == 1:
        (value,) = value
    if value is None or type(value) is str:
        return value or None
    if isinstance(value, (dict, list)):
        return LIST_SEPARATOR.join(filter(None, map(_scalar, _scalars(value)))) or None
    return str(value) if type(value) is int else _scalar(value)


def _scalar(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return decoded(value) if isinstance(value, bytes) else str(value)


def _scalars(value: object) -> Iterator[object]:
    """What is neither list nor object in ``value``, in order, however deep it stands."""
    waiting = [value]
    while waiting:
        piece = waiting.pop()
        if isinstance(piece, dict):
            waiting.extend(reversed(piece.values()))
        elif isinstance(piece, list):
            waiting.extend(reversed(piece))
        else:
            yield piece


def first(record: Mapping[str, object], keys: Iterable[str]) -> object:
    """The value of the first key that has one."""
    for key in keys:
        value = record.get(key)
        if value is not None:
            return value
    return None


def leaves(value: object, wrappers: frozenset[str] = frozenset()) -> list[object]:
    """The pieces of ``value`` in order, out of lists nested to any depth and of objects with one of ``wrappers``.

    Null, empty text, empty lists and empty objects say nothing and are left out.
    """
    found = []
    waiting = [value] if value else []
    while waiting:
        piece = waiting.pop()
        if isinstance(piece, list):
            waiting.extend(reversed(piece))
        elif isinstance(piece, dict) and not wrappers.isdisjoint(piece):
            waiting.append(next(iter(piece.values())) if len(piece) == 1 else first(piece, wrappers))
        elif piece or piece == 0:
            found.append(piece)
    return found


def identified(value: object) -> Mapping[str, object]:
    """An organisation that is written as an object, as a list of one, or by its bare identifier."""
    if isinstance(value, dict):
        return value
    piece = next(iter(leaves(value)), None)
    return piece if isinstance(piece, dict) else {"id": piece}
