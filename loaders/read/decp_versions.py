"""The versions of a contract in DECP JSON: as first published, then changed by each modification."""

import re
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

from loaders.clean.values import NULL_MARKERS
from loaders.read.json_batch import Gathering
from loaders.read.json_values import first, leaves, text

_HOLDER_KEYS = frozenset({"id", "typeIdentifiant", "denominationSociale", "nom"})
_KEY_NAMES = {"id", "typeidentifiant", "denominationsociale", "titulaire", "concessionnaire"}
_HOLDER_WRAPPERS = frozenset({"titulaire", "titulaires", "concessionnaire", "concessionnaires"})
_MODIFICATION_KEYS = ("modifications", "modification")
_MODIFICATION_WRAPPERS = frozenset(_MODIFICATION_KEYS)
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class FieldNames:
    """The keys under which contracts, or concessions, say the same things."""

    record_kind: str
    buyer: tuple[str, ...]
    holders: tuple[str, ...]
    amount: tuple[str, ...]
    notification_date: tuple[str, ...]


CONTRACT = FieldNames("contract", ("acheteur",), ("titulaires", "titulaire"), ("montant",), ("dateNotification",))
CONCESSION = FieldNames(
    "concession",
    ("autoriteConcedante", "acheteur"),
    ("concessionnaires", "titulaires"),
    ("valeurGlobale", "montant"),
    ("dateSignature", "dateNotification"),
)

_CHANGE_DATE = ("dateNotificationModification", "dateSignatureModification")
_CHANGE_KEYS = frozenset(
    {
        "id",
        "objetModification",
        "datePublicationDonneesModification",
        "dureeMois",
        *_CHANGE_DATE,
        *CONTRACT.holders,
        *CONTRACT.amount,
        *CONCESSION.holders,
        *CONCESSION.amount,
    }
)


Holder = tuple[str | None, str | None, str | None]
"""Identifier, its type, and name, as published."""

_NO_HOLDER: list[Holder] = [(None, None, None)]


class Version(NamedTuple):
    """What one version of a contract says, as published."""

    notification_date: str | None
    publication_date: str | None
    amount: str | None
    duration_months: str | None
    holders: list[Holder]


def versions_of(record: dict, names: FieldNames, gathering: Gathering) -> list[Version]:
    """The versions of a contract, the first published first."""
    version = Version(
        text(first(record, names.notification_date)),
        text(record.get("datePublicationDonnees")),
        text(first(record, names.amount)),
        text(record.get("dureeMois")),
        _holders(first(record, names.holders), gathering),
    )
    return [version, *later_versions(version, first(record, _MODIFICATION_KEYS), names, gathering)]


def later_versions(version: Version, modifications: object, names: FieldNames, gathering: Gathering) -> list[Version]:
    """The versions that the published ``modifications`` make of the first one, in the order of their dates.

    A modification says only what it changes: what it does not say is that of the version before. Its dates are its
    own, unknown when it has none.
    """
    versions = []
    for change in in_date_order(_changes(modifications, gathering), _CHANGE_DATE):
        version = _changed(version, change, names, gathering)
        versions.append(version)
    return versions


def gather_versions(versions: list[Version], gathering: Gathering) -> None:
    """Add one row a version and a holder."""
    current = versions[-1]
    for number, version in enumerate(versions):
        notified, published, amount, duration, holders = version
        state = (str(number), "true" if version is current else "false", notified, published, amount, duration)
        for rank, holder in enumerate(holders or _NO_HOLDER, start=1):
            gathering.add_row((*state, *holder, str(rank)))


def in_date_order(changes: list[dict], date_keys: tuple[str, ...]) -> list[dict]:
    """Changes by date; one without a date stays behind those listed before it."""
    if len(changes) < 2:
        return changes
    dated = []
    latest = ""
    for change in changes:
        day = _ISO_DAY.match(text(first(change, date_keys)) or "")
        latest = max(latest, day[0]) if day else latest
        dated.append((day[0] if day else latest, change))
    return [change for _, change in sorted(dated, key=itemgetter(0))]


def stated(change: dict, keys: tuple[str, ...], otherwise: object) -> object:
    """What a change says under one of ``keys``, ``otherwise`` when it says nothing."""
    said = text(first(change, keys))
    return otherwise if said is None or said.strip().upper() in NULL_MARKERS else said


def _changed(before: Version, change: dict, names: FieldNames, gathering: Gathering) -> Version:
    gathering.note_keys("modifications", change, _CHANGE_KEYS)
    return Version(
        text(first(change, _CHANGE_DATE)),
        text(change.get("datePublicationDonneesModification")),
        stated(change, names.amount, before.amount),
        stated(change, ("dureeMois",), before.duration_months),
        _holders(first(change, names.holders), gathering) or before.holders,
    )


def _changes(published: object, gathering: Gathering) -> list[dict]:
    changes = []
    for piece in leaves(published, _MODIFICATION_WRAPPERS):
        if isinstance(piece, dict):
            changes.append(piece)
        else:
            gathering.reject_part("unreadable_modification", piece)
    return changes


def _holders(published: object, gathering: Gathering) -> list[Holder]:
    """The holders that can be read; when some cannot, what was published is put aside, whole."""
    holders = []
    pieces = leaves(published, _HOLDER_WRAPPERS)
    for piece in pieces:
        if not isinstance(piece, dict):
            continue
        identifier, name = piece.get("id"), piece.get("denominationSociale") or piece.get("nom")
        if says_who(identifier or name):
            gathering.note_keys("titulaires", piece, _HOLDER_KEYS)
            holders.append((text(identifier), text(piece.get("typeIdentifiant")), text(name)))
    if len(holders) < len(pieces):
        gathering.reject_part("holder_without_values", published)
    return holders


def says_who(said: object) -> bool:
    """Whether an identifier or a name is there, and not the name of a field in its place."""
    return bool(said) and not (isinstance(said, str) and said.lower() in _KEY_NAMES)
