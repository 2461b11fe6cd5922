"""The file of answers of the resolver: one line a domain, appended as they come, read back after any interruption."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TextIO

import polars as pl

from language import mark
from loaders.errors import LoaderError
from loaders.mail.deduce import deduce
from loaders.mail.lookup import Records
from loaders.mail.schema import ANSWER_SCHEMA
from loaders.mail.vocabulary import UNANSWERED, UNKNOWN


def read_answers(path: Path) -> pl.DataFrame:
    """The last answer for each domain of ``path``, without those that never came (time-outs, errors).

    Raises LoaderError when the file is not one of the resolver's.
    """
    try:
        answers = pl.read_csv(path, schema_overrides=ANSWER_SCHEMA).select(ANSWER_SCHEMA.names())
    except (OSError, pl.exceptions.PolarsError) as failure:
        raise LoaderError(
            mark("« {file} » n’est pas un fichier de « python -m loaders mail resolve »."), file=path.name
        ) from failure
    last = answers.unique("domain", keep="last", maintain_order=True)
    return last.filter(~pl.col("status").cast(pl.String).is_in(UNANSWERED))


class Answers:
    """The file while the resolver writes it."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._writer = csv.writer(file, lineterminator="\n")
        if not file.tell():
            self._writer.writerow(ANSWER_SCHEMA.names())

    def add(self, domain: str, records: Records, on: date) -> None:
        """Write what was answered of ``domain``, at once: an interruption loses nothing that is done."""
        status, provider, confidence, evidence = records.status, UNKNOWN, 0, ()
        if status == "found":
            found = deduce(domain, records.mx_hosts, records.spf)
            provider, confidence, evidence = found.provider, found.confidence, found.evidence
            status = "unknown_provider" if provider == UNKNOWN else status
        hosts, said = " ".join(records.mx_hosts), " ".join(evidence)
        self._writer.writerow([domain, status, provider, confidence, said, hosts, records.spf, on.isoformat()])
        self._file.flush()


@contextmanager
def appended(path: Path) -> Iterator[Answers]:
    """The file at ``path``, ready for more lines; a line that an interruption cut in the middle is taken away."""
    if path.exists():
        whole = path.read_bytes()
        path.write_bytes(whole[: whole.rfind(b"\n") + 1])
    with path.open("a", encoding="utf-8", newline="") as file:
        file.seek(0, 2)
        yield Answers(file)
