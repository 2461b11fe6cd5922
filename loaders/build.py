"""From source files to a published edition: read → clean → classify → publish."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
from polars.exceptions import PolarsError
from pyarrow import ArrowException

from language import gettext as _
from language import mark
from loaders import editions, publish, swap
from loaders.assemble import assemble, typed_rows_of
from loaders.assembly import Assembly
from loaders.classify.axes import METHOD_VERSION
from loaders.counts import balance
from loaders.editions import Edition
from loaders.errors import PublicationRefused
from loaders.plausibility import refuse_if_suspicious
from loaders.sources import LocalFile, Source
from loaders.stage import Report, StagedSource, stage
from loaders.workshop import workshop

_ALL_BUT_TYPING_ERRORS = 0.9999


@dataclass(frozen=True)
class Plan:
    """What to build: from which files, of which kind, with which mapping for tables of others.

    ``accepts_suspicious``: publish an edition whose numbers astonish, because a person looked at them.
    """

    files: list[LocalFile]
    kind: str = "local"
    mapping: Path | None = None
    accepts_suspicious: bool = False

    @property
    def sources(self) -> list[Source]:
        """The sources of the files."""
        return [file.source for file in self.files]


def build(plan: Plan, out: Path, report: Report) -> Edition:
    """Build the edition of ``plan`` in the folder ``out``; what stood there is untouched until the new one is sound.

    Raises UnreadableSource for a file that cannot be read and PublicationRefused when checks or the disk refuse.
    """
    with _workshop(out.parent) as work:
        swap.restore(out)
        _refuse_to_replace_anything_else(out)
        return publish.put_in_place(_built(plan, work, report).folder, out)


def build_into_store(plan: Plan, report: Report) -> Edition:
    """Build the edition of ``plan`` in the store and make it the current one.

    Raises as ``build`` does, and PublicationRefused when the numbers of the edition astonish and ``plan`` does not
    accept that.
    """
    store = editions.store()
    with _workshop(store) as work:
        built = _built(plan, work, report)
        if not plan.accepts_suspicious:
            refuse_if_suspicious(built, plan.sources, editions.current_national())
        swap.restore(store / built.id)
        edition = publish.put_in_store(built, store)
        editions.point_to(edition.id)
    return edition


@contextmanager
def _workshop(folder: Path) -> Iterator[Path]:
    """A folder to build in; what the disk or the tables refuse becomes a sentence."""
    try:
        with workshop(folder) as work:
            yield work
    except (OSError, PolarsError, ArrowException) as failure:
        raise _refusal(failure, folder) from failure


def _refuse_to_replace_anything_else(out: Path) -> None:
    if out.exists() and not (out / editions.MANIFEST_NAME).is_file() and not (out.is_dir() and not any(out.iterdir())):
        raise PublicationRefused(
            mark("« {out} » existe et n’est pas une édition : rien n’y est remplacé. Donnez un autre dossier."), out=out
        )


def _refusal(failure: Exception, folder: Path) -> PublicationRefused:
    is_full = getattr(failure, "errno", None) == errno.ENOSPC or "No space left" in str(failure)
    if is_full:
        return PublicationRefused(
            mark(
                "Le disque de {folder} est plein : l’édition n’a pas été écrite et l’édition courante reste en place. "
                "Libérez de la place, puis relancez."
            ),
            folder=folder,
        )
    return PublicationRefused(
        mark("L’édition n’a pas pu être construite dans {folder} ({cause}) ; l’édition courante reste en place."),
        folder=folder,
        cause=str(failure).partition("\n")[0],
    )


def _built(plan: Plan, work: Path, report: Report) -> Edition:
    identity = publish.Identity(plan.kind, datetime.now(UTC), METHOD_VERSION)
    staged = stage(plan.files, work / "raw", plan.mapping, report)
    report(_("nettoyage et classification"), 0, 0)
    folder = work / "edition"
    folder.mkdir()
    record_contracts = assemble(
        Assembly(work / "raw", folder, identity.created_at.date(), only_digital_or_state=plan.kind == "starter"),
        staged,
    )
    counts = balance(
        staged,
        pl.scan_parquet(folder / "contracts.parquet"),
        record_contracts,
        pl.scan_parquet(folder / "rejects.parquet"),
    )
    report(_("contrôles"), 0, 0)
    edition = publish.seal(folder, identity, _described(staged, work), counts)
    publish.refuse_if_wrong(edition, just_made=True)
    return edition


def _described(staged: list[StagedSource], work: Path) -> list[dict]:
    """The manifest's words for each source, with the days of what it gave.

    ``first_date`` and ``last_date`` are those of the contracts that it speaks for, ``latest_notification`` the day that
    all but one of ten thousand of its rows do not exceed: one typing error must not make an old file look new.
    """
    spans = _by_source(
        pl.scan_parquet(work / "edition" / "contracts.parquet"),
        first_date=pl.col("contract_date").min(),
        last_date=pl.col("contract_date").max(),
    )
    read = _by_source(
        typed_rows_of(work / "raw"),
        latest_notification=pl.col("notification_date").quantile(_ALL_BUT_TYPING_ERRORS, "higher").cast(pl.Date),
    )
    return [source.described() | spans.get(source.source.id, {}) | read.get(source.source.id, {}) for source in staged]


def _by_source(table: pl.LazyFrame, **facts: pl.Expr) -> dict[str, dict]:
    rows = table.group_by("source_id").agg(**facts).collect()
    return {row.pop("source_id"): row for row in rows.iter_rows(named=True)}
