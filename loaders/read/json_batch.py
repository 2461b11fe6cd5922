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
_NUMBER = schema.RAW_ROWS["record_number"]

_CONTRACT_COLUMNS = tuple(
    """
    record_kind uid internal_id buyer_id buyer_name title cpv nature procedure ccag framework_id source_dataset
    techniques execution_terms offers_received
    """.split()
)
"""What a contract says once, in the order in which it is gathered."""

_ROW_COLUMNS = tuple(
    """
    version_number is_current notification_date publication_date amount duration_months
    holder_id holder_id_type holder_name holder_rank
    """.split()
)
"""What it says of each version and holder; the other raw columns stay null."""

_REJECT_COLUMNS = ("scope", "reason", "raw_text")

Cells = tuple[str | None, ...]


class _Rows:
    """Rows of text on their way to a frame, each of a record.

    Cells wait in one flat list, for tens of thousands of live tuples cost more in garbage collection than the reading
    itself. They become Polars text in the order in which they were made: taken column by column, each would be fetched
    from memory anew.
    """

    def __init__(self, columns: tuple[str, ...]) -> None:
        self._columns = columns
        self._numbers: list[int] = []
        self._cells: list[str | None] = []
        self._parts: list[pl.DataFrame] = []
        self._rows_in_parts = 0

    def __len__(self) -> int:
        return self._rows_in_parts + len(self._numbers)

    def add(self, number: int, row: Cells) -> None:
        """Add one row of the record of this number, its cells in the order of the columns."""
        self._numbers.append(number)
        self._cells.extend(row)

    def settle(self, fewest: int = 0) -> None:
        """Turn the waiting cells into columns when there are at least ``fewest`` rows of them."""
        if len(self._numbers) < fewest:
            return
        cells = pl.Series("cells", self._cells, dtype=pl.String).to_frame()
        width = len(self._columns)
        part = cells.select(
            pl.Series("record_number", self._numbers, dtype=_NUMBER),
            *(pl.col("cells").gather_every(width, at).alias(name) for at, name in enumerate(self._columns)),
        )
        self._parts.append(part)
        self._rows_in_parts += part.height
        self._numbers, self._cells = [], []

    def taken(self) -> pl.DataFrame:
        """The rows as a frame, with ``record_number``, empty text as null; none are left."""
        self.settle()
        rows = pl.concat(self._parts, rechunk=True)
        self._parts = []
        self._rows_in_parts = 0
        return rows.with_columns(pl.when(pl.col(pl.String) != "").then(pl.col(pl.String)))


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
        self._contracts = _Rows(_CONTRACT_COLUMNS)
        self._rows = _Rows(_ROW_COLUMNS)
        self._subcontracts = _Rows(schema.RAW_SUBCONTRACT_COLUMNS)
        self._rejects = _Rows(_REJECT_COLUMNS)
        self._source_id = source_id
        self._record = 0
        self._records_given = 0

    @property
    def waiting(self) -> int:
        """How many records or rows wait to be given, whichever is more."""
        return max(self._record - self._records_given, len(self._rows))

    def settle(self) -> None:
        """Turn what waits into columns, once it is worth it."""
        self._contracts.settle(_SETTLED_ROWS)
        self._rows.settle(_SETTLED_ROWS)

    def begin_record(self) -> None:
        """Count one more record: what is added from now on is of this one."""
        self._record += 1

    def add_contract(self, said: Cells) -> None:
        """Add what the contract of the record says once, in the order of its columns; its rows follow."""
        self._contracts.add(self._record, said)

    def add_row(self, said: Cells) -> None:
        """Add what the contract says of one version and one holder."""
        self._rows.add(self._record, said)

    def add_subcontract(self, said: Cells) -> None:
        """Add one act of subcontracting."""
        self._subcontracts.add(self._record, said)

    def reject_record(self, reason: str, record: object) -> None:
        """Put the current record aside."""
        self._rejects.add(self._record, ("record", reason, _json(record)))

    def reject_part(self, reason: str, piece: object) -> None:
        """Put a piece of the current record aside; the rest is kept."""
        self._rejects.add(self._record, ("part", reason, _json(piece)))

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
        rows = self._rows.taken().join(self._contracts.taken(), on="record_number", how="left", maintain_order="left")
        return RawBatch(
            records,
            position,
            rows=self._completed(rows, schema.RAW_ROWS),
            subcontracts=self._completed(self._subcontracts.taken(), schema.RAW_SUBCONTRACTS),
            rejects=self._completed(self._rejects.taken(), schema.polars_schema("rejects")),
        )

    def _completed(self, rows: pl.DataFrame, to: pl.Schema) -> pl.DataFrame:
        """``rows`` with their source and every other column of the schema, which stay null."""
        absent = (pl.lit(None, dtype).alias(name) for name, dtype in to.items() if name not in rows.columns)
        of_source = rows.with_columns(*absent).with_columns(source_id=pl.lit(self._source_id))
        return of_source.select(pl.col(name).cast(dtype) for name, dtype in to.items())
