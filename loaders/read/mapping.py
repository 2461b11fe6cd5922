"""How somebody's own table of awards is read: a small TOML file, one key a rule.

    title = "…"                    what the table is
    detect = ["idweb", "ligne"]    columns by which it is recognised: all of them
    ignore = ["statut"]            columns that are known and not used
    lists = ["descripteurs"]       columns whose cells hold a list, ['X'] or ["a", "b"]: X, or « a | b »; {n} allowed

    [columns]                      raw column = column of the table
    [constants]                    raw column = the same text on every row
    [templates]                    raw column = text with {column} in it
    [holders]                      raw column = repeated column, {n} being 1, 2, …: several holders on one line
    [contract]                     when the table has no identifier of contracts, it is composed:
    columns = ["lot", "amount"]      lines that agree on all of these are one contract,
    prefix = "idweb"                 and its identifier begins with this column, which counts too
    [award]                        column = values of the lines that award something; the others are put aside
    [concession]                   column = values of the lines that are concessions

Raw columns are those of ``schema.RAW_ROW_COLUMNS``. Shipped mappings stand in ``mappings/``; docs/awards-table.md tells
how to write one.
"""

from functools import cache
from pathlib import Path

import msgspec

from language import mark
from loaders import schema
from loaders.errors import UnreadableSource

_FOLDER = Path(__file__).parent / "mappings"
_HOLDER_COLUMNS = {"holder_id", "holder_id_type", "holder_name"}


class ContractKey(msgspec.Struct, forbid_unknown_fields=True):
    """What makes two lines the same contract."""

    columns: list[str]
    prefix: str | None = None

    @property
    def all_columns(self) -> list[str]:
        """Every column that counts, the prefix first."""
        return [self.prefix, *self.columns] if self.prefix else self.columns


class Mapping(msgspec.Struct, forbid_unknown_fields=True):
    """One mapping, as written."""

    title: str
    detect: list[str]
    columns: dict[str, str]
    ignore: list[str] = []
    lists: list[str] = []
    constants: dict[str, str] = {}
    templates: dict[str, str] = {}
    holders: dict[str, str] = {}
    contract: ContractKey | None = None
    award: dict[str, list[str]] = {}
    concession: dict[str, list[str]] = {}

    def missing(self, columns: list[str]) -> list[str]:
        """The columns by which the table is recognised that are not there."""
        return [name for name in self.detect if name not in columns]


def read_mapping(path: Path) -> Mapping:
    """The mapping written in ``path``. Raises UnreadableSource when it is absent or wrongly written."""
    try:
        mapping = msgspec.toml.decode(path.read_bytes(), type=Mapping)
    except (OSError, ValueError) as error:
        raise _refusal(path, str(error)) from None
    if fault := _fault(mapping):
        raise _refusal(path, fault)
    return mapping


def _fault(mapping: Mapping) -> str | None:
    """The words of the mapping that cannot be meant, if any."""
    filled = [*mapping.columns, *mapping.constants, *mapping.templates, *mapping.holders]
    unknown = next((name for name in filled if name not in schema.RAW_ROW_COLUMNS), None)
    if unknown:
        return unknown
    if not mapping.detect:
        return "detect = []"
    if mapping.contract and ("internal_id" in filled or not mapping.contract.columns):
        return "[contract]"
    not_repeated = any("{n}" not in column for column in mapping.holders.values())
    if mapping.holders and (not_repeated or mapping.holders.keys() - _HOLDER_COLUMNS or not _identifying(mapping)):
        return "[holders]"
    return None


def _identifying(mapping: Mapping) -> bool:
    return "holder_id" in mapping.holders or "holder_name" in mapping.holders


@cache
def shipped_mappings() -> tuple[Mapping, ...]:
    """The mappings of the project, those that ask for the most columns first."""
    mappings = [read_mapping(path) for path in sorted(_FOLDER.glob("*.toml"))]
    return tuple(sorted(mappings, key=lambda mapping: -len(mapping.detect)))


def _refusal(path: Path, reason: str) -> UnreadableSource:
    return UnreadableSource(
        mark("La correspondance {name} est mal écrite ({reason}) : voyez docs/awards-table.md."),
        name=path.name,
        reason=reason,
    )
