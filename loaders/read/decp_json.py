"""Essential procurement data in JSON, schemas of 2019 and 2022, mixed or not.

Schemas: github.com/139bercy/format-commande-publique. Since 2022 holders come as ``{"titulaire": {...}}`` without
their name, and subcontracting acts are published.
"""

from collections.abc import Iterator

from msgspec import Raw

from language import mark
from loaders.read.batch import RawBatch, Reading
from loaders.read.decp_regular import gather_regular, regular_contract
from loaders.read.decp_subcontracts import KEYS as SUBCONTRACT_KEYS
from loaders.read.decp_subcontracts import gather_subcontracts
from loaders.read.decp_versions import CONCESSION, CONTRACT, FieldNames, gather_versions, versions_of
from loaders.read.json_batch import BATCH_ROWS, Gathering
from loaders.read.json_records import RecordList, document_of, value_of, windows
from loaders.read.json_values import first, identified, text
from loaders.read.source import Source

_SAID_SINCE_2022 = frozenset(
    """
    techniques modalitesExecution typesPrix considerationsSociales considerationsEnvironnementales offresRecues
    typeGroupementOperateurs sousTraitanceDeclaree attributionAvance marcheInnovant idAccordCadre
    actesSousTraitance modificationsActesSousTraitance
    """.split()
)
_CONCESSION_KEYS = ("autoriteConcedante", "concessionnaires")
_FLAT_BUYER_KEYS = ("acheteur.id", "acheteur_id", "autoriteConcedante.id", "autoriteConcedante_id")
_FLAT_BUYER_NAME_KEYS = ("acheteur.nom", "acheteur_nom", "autoriteConcedante.nom", "autoriteConcedante_nom")

_TERMS = (
    *("objet", "codeCPV", "nature", "procedure", "ccag", "idAccordCadre", "source"),
    *("techniques", "modalitesExecution", "offresRecues"),
)
"""In the order of what ``Gathering.add_contract`` takes."""

_NOT_USED = frozenset(
    """
    lieuExecution formePrix typesPrix considerationsSociales considerationsEnvironnementales
    attributionAvance tauxAvance marcheInnovant origineUE origineFrance typeGroupementOperateurs
    sousTraitanceDeclaree dateDebutExecution donneesExecution montantSubventionPublique
    """.split()
)
"""Keys of the schemas that answer none of our questions."""

_KNOWN_KEYS = _NOT_USED | frozenset(
    {
        *"uid id _type".split(),
        *_TERMS,
        *"dureeMois datePublicationDonnees modifications modification".split(),
        *SUBCONTRACT_KEYS,
        *_FLAT_BUYER_KEYS,
        *_FLAT_BUYER_NAME_KEYS,
        *(key for names in (CONTRACT, CONCESSION) for key in (*names.buyer, *names.holders, *names.amount)),
        *(key for names in (CONTRACT, CONCESSION) for key in names.notification_date),
    }
)
_IDENTIFYING_KEYS = frozenset({"id", "uid", "objet", "acheteur", "autoriteConcedante", *_FLAT_BUYER_KEYS})


def read_decp_json(source: Source) -> Reading:
    """Read a JSON file of contracts and concessions; ``size`` is in bytes.

    One row is a contract × version × holder. Version ``0`` is the contract as first published, and each modification
    makes one more. Raises UnreadableSource when the file is no JSON, stops half-way, or lists no contract.
    """
    document = document_of(source)
    lists = document.lists
    sample = [value_of(record, source) for records in lists for record in next(windows(records), ([], 0))[0]]
    known = [record.keys() & _IDENTIFYING_KEYS for record in sample if isinstance(record, dict)]
    if not lists or (sample and not any(known) and any(record is not None for record in sample)):
        raise source.refusal(
            mark(
                "Le fichier {name} est du JSON, mais sans liste de marchés : "
                "il faut une liste, ou une clé « marches », d’objets qui ont « id » et « acheteur »."
            )
        )
    reading = Reading(_format(sample), document.bytes, iter(()), unknown_columns=document.unknown_keys)
    reading.batches = _batches(lists, source.source_id, reading.size, reading.unknown_columns)
    return reading


def _format(sample: list[object]) -> str:
    since_2022 = any(isinstance(record, dict) and record.keys() & _SAID_SINCE_2022 for record in sample)
    return "decp-json-2022" if since_2022 else "decp-json-2019"


def _batches(lists: list[RecordList], source_id: str, size: int, unknown_columns: list[str]) -> Iterator[RawBatch]:
    gathering = Gathering(source_id)
    position = before = 0
    for records in lists:
        for elements, read in windows(records):
            position = before + read
            for record in elements:
                _gather(record, records, gathering)
            gathering.settle()
            if gathering.waiting >= BATCH_ROWS:
                yield gathering.batch(position)
        before += len(records.text)
    if gathering.waiting:
        yield gathering.batch(size)
    unknown_columns.extend(sorted(gathering.unknown_keys))


def _gather(record: Raw, records: RecordList, gathering: Gathering) -> None:
    gathering.begin_record()
    contract = None if records.are_concessions else regular_contract(record)
    if contract is None or not gather_regular(contract, gathering):
        gather_published(value_of(record, records.source), records.are_concessions, gathering)


def gather_published(record: object, listed_as_concession: bool, gathering: Gathering) -> None:
    """Gather the rows of a record however it is written, or put it aside."""
    if not isinstance(record, dict) or not record:
        gathering.reject_record("unreadable_record" if record else "null_record", record)
        return
    gathering.note_keys("", record, _KNOWN_KEYS)
    names = _field_names(record, listed_as_concession)
    identity = (text(record.get("uid")), text(record.get("id")))
    buyer_id, buyer_name = map(text, _buyer(record, names))
    said = (text(record.get(key)) for key in _TERMS)
    gathering.add_contract((names.record_kind, *identity, buyer_id, buyer_name, *said))
    gather_versions(versions_of(record, names, gathering), gathering)
    acts = tuple(map(record.get, SUBCONTRACT_KEYS))
    if any(acts):
        gather_subcontracts(acts, (*identity, buyer_id), gathering)


def _field_names(record: dict, listed_as_concession: bool) -> FieldNames:
    """By what the record calls itself, else by what it holds; contracts may have the keys of concessions, empty."""
    kind = record.get("_type")
    is_concession = listed_as_concession or (
        "concession" in kind.lower() if isinstance(kind, str) and kind else any(map(record.get, _CONCESSION_KEYS))
    )
    return CONCESSION if is_concession else CONTRACT


def _buyer(record: dict, names: FieldNames) -> tuple[object, object]:
    """Identifier and name, from the buyer's own object or from keys such as ``acheteur.id`` beside the others."""
    published = first(record, names.buyer)
    if published is None:
        return first(record, _FLAT_BUYER_KEYS), first(record, _FLAT_BUYER_NAME_KEYS)
    buyer = identified(published)
    return buyer.get("id"), buyer.get("nom")
