"""Contracts written as the schemas of 2019 and 2022 say, decoded straight into typed objects: most of any file.

A contract that does not fit is no error: ``decp_json`` then reads it in the way that understands what publishers do.
Both ways give the same rows; but members that are not read may hold here what no value can.
"""
# ruff: noqa: N815 - members are called as in the schemas

from operator import attrgetter
from typing import Literal

import msgspec
from msgspec import UNSET, Raw, Struct, UnsetType

from loaders.read.decp_subcontracts import gather_subcontracts
from loaders.read.decp_versions import CONTRACT, Holder, Version, gather_versions, later_versions, says_who
from loaders.read.json_batch import Gathering
from loaders.read.json_values import text

_UNREAD = Raw()


class _Buyer(Struct, forbid_unknown_fields=True, gc=False):
    id: str | None = None
    nom: str | None = None


class _Holder(Struct, forbid_unknown_fields=True, gc=False):
    id: str | None = None
    typeIdentifiant: str | None = None
    denominationSociale: str | None = None
    nom: str | None = None
    titulaire: "_Holder | UnsetType" = UNSET


class Contract(Struct, forbid_unknown_fields=True, gc=False):
    """The members of a contract, as the schemas name them; those that are ``Raw`` answer none of our questions."""

    acheteur: _Buyer
    kind: Literal["Marché"] | None = msgspec.field(default=None, name="_type")
    uid: str | None = None
    id: str | None = None
    objet: str | None = None
    codeCPV: str | None = None
    nature: str | None = None
    procedure: str | None = None
    techniques: object = None
    modalitesExecution: object = None
    ccag: str | None = None
    idAccordCadre: str | None = None
    offresRecues: object = None
    source: str | None = None
    dateNotification: str | None = None
    datePublicationDonnees: str | None = None
    montant: object = None
    dureeMois: object = None
    titulaires: list[_Holder] | None = None
    modifications: object = None
    actesSousTraitance: object = None
    modificationsActesSousTraitance: object = None
    lieuExecution: Raw = _UNREAD
    formePrix: Raw = _UNREAD
    typesPrix: Raw = _UNREAD
    considerationsSociales: Raw = _UNREAD
    considerationsEnvironnementales: Raw = _UNREAD
    attributionAvance: Raw = _UNREAD
    tauxAvance: Raw = _UNREAD
    marcheInnovant: Raw = _UNREAD
    origineUE: Raw = _UNREAD
    origineFrance: Raw = _UNREAD
    typeGroupementOperateurs: Raw = _UNREAD
    sousTraitanceDeclaree: Raw = _UNREAD


_texts = attrgetter(
    *("uid", "id", "acheteur.id", "acheteur.nom"),
    *("objet", "codeCPV", "nature", "procedure", "ccag", "idAccordCadre", "source"),
)
_contracts = msgspec.json.Decoder(Contract, float_hook=str)


def regular_contract(record: Raw) -> Contract | None:
    """The contract that a record of JSON holds, null when it is not written as the schemas say."""
    try:
        return _contracts.decode(record)
    except (msgspec.ValidationError, UnicodeDecodeError, RecursionError):
        return None


def gather_regular(contract: Contract, gathering: Gathering) -> bool:
    """Gather the rows of a contract; false, and nothing is gathered, when one of its holders does not say who it is."""
    holders = _holders(contract)
    if holders is None:
        return False
    terms = map(text, (contract.techniques, contract.modalitesExecution, contract.offresRecues))
    gathering.add_contract((CONTRACT.record_kind, *_texts(contract), *terms))
    version = Version(
        contract.dateNotification,
        contract.datePublicationDonnees,
        text(contract.montant),
        text(contract.dureeMois),
        holders,
    )
    later = later_versions(version, contract.modifications, CONTRACT, gathering) if contract.modifications else ()
    gather_versions([version, *later], gathering)
    if contract.actesSousTraitance or contract.modificationsActesSousTraitance:
        acts = (contract.actesSousTraitance, contract.modificationsActesSousTraitance)
        gather_subcontracts(acts, (contract.uid, contract.id, contract.acheteur.id), gathering)
    return True


def _holders(contract: Contract) -> list[Holder] | None:
    holders = []
    for published in contract.titulaires or ():
        holder = published if published.titulaire is UNSET else published.titulaire
        name = holder.denominationSociale or holder.nom
        if holder.titulaire is not UNSET or not says_who(holder.id or name):
            return None
        holders.append((holder.id, holder.typeIdentifiant, name))
    return holders
