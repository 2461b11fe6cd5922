"""Subcontracting acts of a contract in 2022 DECP JSON, and the modifications of each act."""

from collections.abc import Iterator
from typing import NamedTuple

from loaders.read.decp_versions import in_date_order, stated
from loaders.read.json_batch import Cells, Gathering
from loaders.read.json_values import identified, leaves, text

_ACTS = "actesSousTraitance"
_CHANGES = "modificationsActesSousTraitance"
KEYS = (_ACTS, _CHANGES)
_ACT_WRAPPERS = frozenset({"acteSousTraitance", _ACTS})
_CHANGE_WRAPPERS = frozenset({"modificationActeSousTraitance", _CHANGES})
_CHANGE_DATE = ("dateNotificationModificationSousTraitance", "dateNotification")
_ACT_KEYS = frozenset(
    {"id", "sousTraitant", "montant", "dureeMois", "variationPrix", "datePublicationDonnees", *_CHANGE_DATE}
)


class _Act(NamedTuple):
    subcontractor_id: str | None
    subcontractor_id_type: str | None
    amount: str | None
    duration_months: str | None
    notification_date: str | None
    publication_date: str | None


_UNPUBLISHED_ACT = _Act(None, None, None, None, None, None)


def gather_subcontracts(acts: tuple[object, object], contract: Cells, gathering: Gathering) -> None:
    """Add the rows of what was published under each of ``KEYS``; ``contract``: its uid, its number, its buyer's id."""
    for act in _rows(*acts, gathering):
        gathering.add_subcontract((*contract, *act))


def _rows(published: object, changed: object, gathering: Gathering) -> Iterator[Cells]:
    """One row an act (change_number ``0``) and one for each of its modifications (``1``, …), without the contract.

    A modification belongs to the act of the same id; what it does not say is that of the act or of the modification
    before. Modifications of an act that was not published are kept too: the act's own facts are then unknown.
    Cells: act_id, change_number, subcontractor_id, subcontractor_id_type, amount, duration_months, notification_date,
    publication_date.
    """
    acts: dict[str | None, _Act] = {}
    for piece in _pieces(published, _ACT_WRAPPERS, _ACTS, gathering):
        act = _said(piece, _UNPUBLISHED_ACT)
        acts[text(piece.get("id"))] = act
        yield _row(text(piece.get("id")), 0, act)
    changes: dict[str | None, list[dict]] = {}
    for piece in _pieces(changed, _CHANGE_WRAPPERS, _CHANGES, gathering):
        changes.setdefault(text(piece.get("id")), []).append(piece)
    for act_id, pieces in changes.items():
        act = acts.get(act_id, _UNPUBLISHED_ACT)
        for number, piece in enumerate(in_date_order(pieces, _CHANGE_DATE), start=1):
            act = _said(piece, act)
            yield _row(act_id, number, act)


def _said(piece: dict, before: _Act) -> _Act:
    subcontractor = identified(piece.get("sousTraitant"))
    return _Act(
        text(subcontractor.get("id")) or before.subcontractor_id,
        text(subcontractor.get("typeIdentifiant")) or before.subcontractor_id_type,
        stated(piece, ("montant",), before.amount),
        stated(piece, ("dureeMois",), before.duration_months),
        stated(piece, _CHANGE_DATE, None),
        text(piece.get("datePublicationDonnees")),
    )


def _row(act_id: str | None, number: int, act: _Act) -> Cells:
    identity = (act.subcontractor_id, act.subcontractor_id_type)
    return (
        act_id,
        str(number),
        *identity,
        act.amount,
        act.duration_months,
        act.notification_date,
        act.publication_date,
    )


def _pieces(published: object, wrappers: frozenset[str], place: str, gathering: Gathering) -> Iterator[dict]:
    for piece in leaves(published, wrappers):
        if isinstance(piece, dict):
            gathering.note_keys(place, piece, _ACT_KEYS)
            yield piece
        else:
            gathering.reject_part("unreadable_subcontract", piece)
