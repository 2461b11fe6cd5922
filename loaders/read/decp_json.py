"""Essential procurement data in JSON, schemas of 2019 and 2022, mixed or not.

Schemas: github.com/139bercy/format-commande-publique. Since 2022 holders come as ``{"titulaire": {...}}`` without
their name, and subcontracting acts are published.
"""

from collections.abc import Iterator

from language import mark
from loaders.read.batch import RawBatch, Reading
from loaders.read.decp_subcontracts import KEYS as SUBCONTRACT_KEYS
from loaders.read.decp_subcontracts import subcontract_rows
from loaders.read.decp_versions import CONCESSION, CONTRACT, NO_HOLDER, FieldNames, versions_of
from loaders.read.json_batch import BATCH_ROWS, Cells, Gathering
from loaders.read.json_records import RecordList, document_of, windows
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

_TERMS = ("nature", "procedure", "techniques", "modalitesExecution", "ccag", "idAccordCadre")

_NOT_USED = frozenset(
    """
    lieuExecution formePrix typesPrix considerationsSociales considerationsEnvironnementales
    attributionAvance tauxAvance marcheInnovant origineUE origineFrance typeGroupementOperateurs
    sousTraitanceDeclaree dateDebutExecution donneesExecution montantSubventionPublique
    """.split()
)
"""Keys of the schemas that answer none of our questions."""

_NO_HOLDER = (NO_HOLDER,)

_KNOWN_KEYS = _NOT_USED | frozenset(
    {
        *"uid id _type objet codeCPV offresRecues source".split(),
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
    sample = [record for records in lists for record in next(windows(records), ([], 0))[0]]
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
                _gather(record, records.are_concessions, gathering)
            gathering.settle()
            if gathering.waiting >= BATCH_ROWS:
                yield gathering.batch(position)
        before += len(records.text)
    if gathering.waiting:
        yield gathering.batch(size)
    unknown_columns.extend(sorted(gathering.unknown_keys))


def _gather(record: object, listed_as_concession: bool, gathering: Gathering) -> None:
    number = gathering.begin_record()
    if not isinstance(record, dict) or not record:
        gathering.reject_record("unreadable_record" if record else "null_record", record)
        return
    gathering.note_keys("", record, _KNOWN_KEYS)
    names = _field_names(record, listed_as_concession)
    buyer = _buyer(record, names)
    _add_rows(record, names, (number, record.get("uid"), record.get("id")), buyer, gathering)
    if not SUBCONTRACT_KEYS.isdisjoint(record):
        contract = (number, record.get("uid"), record.get("id"), buyer[0])
        for act in subcontract_rows(record, gathering):
            gathering.subcontracts.add((*contract, *act))


def _field_names(record: dict, listed_as_concession: bool) -> FieldNames:
    """By what the record calls itself, else by what it holds; contracts may have the keys of concessions, empty."""
    kind = record.get("_type")
    is_concession = listed_as_concession or (
        "concession" in kind.lower() if isinstance(kind, str) and kind else any(map(record.get, _CONCESSION_KEYS))
    )
    return CONCESSION if is_concession else CONTRACT


def _buyer(record: dict, names: FieldNames) -> Cells:
    """Identifier and name, from the buyer's own object or from keys such as ``acheteur.id`` beside the others."""
    published = first(record, names.buyer)
    if published is None:
        return first(record, _FLAT_BUYER_KEYS), first(record, _FLAT_BUYER_NAME_KEYS)
    buyer = identified(published)
    return buyer.get("id"), buyer.get("nom")


def _add_rows(record: dict, names: FieldNames, identity: Cells, buyer: Cells, gathering: Gathering) -> None:
    """One row a version and a holder, in the order of ``json_batch.ROW_COLUMNS``."""
    get = record.get
    subject = (get("objet"), get("codeCPV"))
    terms = [text(get(key)) for key in _TERMS]
    origin = (text(get("offresRecues")), get("source"))
    versions = versions_of(record, names, gathering)
    current = versions[-1]
    for number, version in enumerate(versions):
        notified, published, amount, duration, holders = version
        is_current = "true" if version is current else "false"
        state = (names.record_kind, str(number), is_current, notified, published)
        for rank, holder in enumerate(holders or _NO_HOLDER, start=1):
            gathering.rows.add(
                (*identity, *state, *buyer, *holder, str(rank), *subject, amount, duration, *terms, *origin)
            )
