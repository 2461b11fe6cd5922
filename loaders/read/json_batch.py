"""Rows gathered from JSON records until they fill a batch."""

from collections.abc import Iterable

import msgspec
import polars as pl

from loaders import schema
from loaders.read.batch import RawBatch
from loaders.read.json_values import text

BATCH_ROWS = 20_000
_SETTLED_ROWS = 2_000
MOST_UNKNOWN_KEYS = 500
_LONGEST_KEY = 200

ROW_COLUMNS = tuple(
    """
    record_number uid internal_id record_kind version_number is_current notification_date publication_date
    buyer_id buyer_name holder_id holder_id_type holder_name holder_rank title cpv amount duration_months nature
    procedure techniques execution_terms ccag framework_id offers_received source_dataset
    """.split()
)
"""What JSON records say, in the order in which rows are gathered; the other raw columns stay null."""

_SUBCONTRACT_COLUMNS = ("record_number", *schema.RAW_SUBCONTRACT_COLUMNS)
_REJECT_COLUMNS = ("record_number", "scope", "reason", "raw_text")

Cells = tuple[object, ...]
"""Values as JSON gave them; they become text column by column."""

_TEXT = frozenset({str, type(None)})


class Rows:
    """Rows of one table on their way to a frame.

    Cells wait in one flat list, for tens of thousands of live tuples cost more in garbage collection than the reading
    itself; and few of them wait, so that they are still in the processor's cache when they become columns.
    """

    def __init__(self, columns: tuple[str, ...], of: pl.Schema) -> None:
        self._columns = columns
        self._schema = of
        self._cells: list[object] = []
        self._parts: list[pl.DataFrame] = []
        self._rows_in_parts = 0

    def __len__(self) -> int:
        return self._rows_in_parts + len(self._cells) // len(self._columns)

    def add(self, row: Cells) -> None:
        """Add one row, its cells in the order of the columns."""
        self._cells.extend(row)

    def settle(self, fewest: int = 0) -> None:
        """Turn the waiting cells into columns when there are at least ``fewest`` rows of them."""
        width = len(self._columns)
        if len(self._cells) < fewest * width:
            return
        part = pl.DataFrame(
            [_series(name, self._cells[at::width], self._schema[name]) for at, name in enumerate(self._columns)]
        )
        self._parts.append(part)
        self._rows_in_parts += part.height
        self._cells = []

    def taken(self, source_id: str) -> pl.DataFrame:
        """The rows as a frame of the table's schema, empty text as null; none are left."""
        self.settle()
        said = pl.concat(self._parts, rechunk=True)
        self._parts = []
        self._rows_in_parts = 0
        missing = [(name, dtype) for name, dtype in self._schema.items() if name not in self._columns]
        return said.with_columns(
            pl.when(pl.col(pl.String) != "").then(pl.col(pl.String)),
            *(pl.lit(source_id if name == "source_id" else None, dtype).alias(name) for name, dtype in missing),
        ).select(self._schema.names())


def _series(name: str, cells: list[object], dtype: pl.DataType) -> pl.Series:
    if dtype == pl.String and not _TEXT.issuperset(map(type, cells)):
        cells = list(map(text, cells))
    return pl.Series(name, cells, dtype=dtype)


def _json(piece: object) -> str | None:
    """The piece as JSON; its words alone when it is nested too deep to be written."""
    try:
        return msgspec.json.encode(piece).decode()
    except RecursionError:
        return text(piece)


class Gathering:
    """The rows, acts and rejects of the records read since the last batch, and the keys that nobody knew."""

    def __init__(self, source_id: str) -> None:
        self.unknown_keys: set[str] = set()
        self.rows = Rows(ROW_COLUMNS, schema.RAW_ROWS)
        self.subcontracts = Rows(_SUBCONTRACT_COLUMNS, schema.RAW_SUBCONTRACTS)
        self._rejects = Rows(_REJECT_COLUMNS, schema.polars_schema("rejects"))
        self._source_id = source_id
        self._record = 0
        self._records_given = 0

    @property
    def waiting(self) -> int:
        """How many records or rows wait to be given, whichever is more."""
        return max(self._record - self._records_given, len(self.rows))

    def settle(self) -> None:
        """Turn what waits into columns, once it is worth it."""
        self.rows.settle(_SETTLED_ROWS)

    def begin_record(self) -> int:
        """Count one more record and give its number."""
        self._record += 1
        return self._record

    def reject_record(self, reason: str, record: object) -> None:
        """Put the current record aside."""
        self._rejects.add((self._record, "record", reason, _json(record)))

    def reject_part(self, reason: str, piece: object) -> None:
        """Put a piece of the current record aside; the rest is kept."""
        self._rejects.add((self._record, "part", reason, _json(piece)))

    def note_keys(self, place: str, keys: Iterable[str], known: frozenset[str]) -> None:
        """Remember the keys that are not ``known``, as ``place.key`` (``place`` is empty for the record itself).

        Only the first ``MOST_UNKNOWN_KEYS``: they tell a changed schema, and a file may not fill the memory with them.
        """
        if len(self.unknown_keys) < MOST_UNKNOWN_KEYS and not known.issuperset(keys):
            for key in sorted(set(keys) - known)[: MOST_UNKNOWN_KEYS - len(self.unknown_keys)]:
                self.unknown_keys.add(f"{place}.{key}".lstrip(".")[:_LONGEST_KEY])

    def batch(self, position: int) -> RawBatch:
        """What was gathered, as a batch; the next one begins empty."""
        records = self._record - self._records_given
        self._records_given = self._record
        return RawBatch(
            records,
            position,
            rows=self.rows.taken(self._source_id),
            subcontracts=self.subcontracts.taken(self._source_id),
            rejects=self._rejects.taken(self._source_id),
        )
