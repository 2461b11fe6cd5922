"""Write the table of town halls and its manifest, each put in place at once."""

import hashlib
import json
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl

from language import mark
from loaders.errors import PublicationRefused
from loaders.mail import providers
from loaders.mail.answers import read_answers
from loaders.mail.published import Reading, concluded, read_published
from loaders.mail.schema import TOWN_HALL_SCHEMA
from loaders.mail.table import FOLDER, MANIFEST_NAME, TABLE_NAME, MailTable
from loaders.mail.vocabulary import REJECTIONS
from loaders.sources import Source, declared

SOURCE_ID = "town_hall_mail"


def build(path: Path, folder: Path = FOLDER, refreshed: Path | None = None) -> MailTable:
    """Read the published table at ``path`` and write it in our own schema into ``folder``.

    ``refreshed`` is a file that ``loaders mail resolve`` wrote: what it answers replaces the published row of the
    same domain. Raises UnreadableSource, and PublicationRefused when nothing could be kept or a record was lost.
    """
    source = declared()[SOURCE_ID]
    reading = read_published(path, date.fromisoformat(source.published_on))
    table = reading.kept if refreshed is None else with_answers(reading.kept, read_answers(refreshed))
    if table.is_empty() or table.height != reading.kept.height:
        raise PublicationRefused(
            mark("La table des messageries serait vide ou perdrait des mairies : rien n’est écrit.")
        )
    folder.mkdir(parents=True, exist_ok=True)
    _replace(folder / TABLE_NAME, lambda part: table.write_parquet(part, compression="zstd", compression_level=19))
    manifest = _manifest(source, path, reading, table)
    text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
    _replace(folder / MANIFEST_NAME, lambda part: part.write_text(text, encoding="utf-8"))
    return MailTable(folder)


def with_answers(town_halls: pl.DataFrame, answers: pl.DataFrame) -> pl.DataFrame:
    """``town_halls`` where each domain that was asked has the answer's provider, confidence, evidence and date."""
    fresh = answers.select(
        "domain",
        new_provider="provider",
        new_confidence="confidence",
        new_flags=pl.col("evidence").fill_null("").str.split(" "),
        new_day="looked_up_on",
    )
    is_fresh = pl.col("new_day").is_not_null()
    replaced = {"published_provider": "new_provider", "confidence": "new_confidence"}
    replaced |= {"flags": "new_flags", "looked_up_on": "new_day"}
    joined = town_halls.join(fresh, on="domain", how="left", maintain_order="left")
    return concluded(
        joined.with_columns(
            pl.when(is_fresh).then(pl.col(new)).otherwise(pl.col(old)).alias(old) for old, new in replaced.items()
        )
    )


def _manifest(source: Source, path: Path, reading: Reading, table: pl.DataFrame) -> dict:
    by_reason = reading.rejected["reason"]
    return {
        "created_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "source": {
            "id": source.id,
            "title": source.title,
            "publisher": source.publisher,
            "licence": source.licence,
            "page": source.page,
            "published_on": source.published_on,
            "file": path.name,
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        },
        "counts": {
            "records_read": reading.read,
            "town_halls_kept": table.height,
            "records_rejected": reading.rejected.height,
            "rejected_by_reason": {reason: int((by_reason == reason).sum()) for reason in REJECTIONS},
        },
        "latest_look_up": str(table["looked_up_on"].max()),
        "columns": {name: str(dtype) for name, dtype in TOWN_HALL_SCHEMA.items()},
        "providers": {code: int((table["provider"] == code).sum()) for code in providers.names()},
    }


def _replace(target: Path, write: object) -> None:
    part = target.with_name(target.name + ".part")
    write(part)
    part.replace(target)
