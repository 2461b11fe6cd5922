"""Editions in a bucket of an S3-compatible object store, under the names that they have in a folder.

``s3://bucket/prefix/<edition>/<table>.parquet``, ``…/<edition>/manifest.json`` and ``…/current``. The account, the
region and the address of the store are those of the usual variables (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY,
AWS_REGION, AWS_ENDPOINT_URL…).
"""

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from language import mark
from loaders.errors import LoaderError

if TYPE_CHECKING:
    from pyarrow.fs import S3FileSystem

SCHEME = "s3://"
POINTER_NAME = "current"
MANIFEST_NAME = "manifest.json"
_CHUNK_BYTES = 1 << 20
_CONNECT_SECONDS = 2
_ANSWER_SECONDS = 10
_ATTEMPTS = 2
_DEFAULT_REGION = "us-east-1"
_EDITION_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_TABLE_NAME = re.compile(r"[a-z][a-z_]{0,49}")

Report = Callable[[str, int, int], None]


class StoreUnreachable(LoaderError):
    """The object store did not answer, or refused."""


class DamagedObject(LoaderError):
    """What the object store gave is not what the manifest of the edition says."""


def is_name(text: str) -> bool:
    """Whether ``text`` can be the name of an edition: never a path out of the store."""
    return _EDITION_NAME.fullmatch(text) is not None


@dataclass(frozen=True)
class ObjectStore:
    """The editions under ``address`` (s3://bucket/prefix).

    Every question raises StoreUnreachable when the store does not answer, or refuses.
    """

    address: str

    def pointed_id(self) -> str | None:
        """The edition that the pointer names; None without a pointer."""
        try:
            said = self._read(POINTER_NAME).decode("utf-8", "replace").strip()
        except FileNotFoundError:
            return None
        if not is_name(said):
            raise DamagedObject(
                mark("Le pointeur de {store} ne nomme pas une édition : « {said} »."),
                store=self.address,
                said=said[:99],
            )
        return said

    def edition_names(self) -> set[str]:
        """The folders of the store; one without a manifest is not an edition yet."""
        from pyarrow.fs import FileSelector, FileType

        with self._answering():
            entries = self._bucket.get_file_info(FileSelector(self._root, allow_not_found=True))
        return {entry.base_name for entry in entries if entry.type == FileType.Directory and is_name(entry.base_name)}

    def manifest(self, edition_id: str) -> bytes | None:
        """``manifest.json`` of an edition; None when it has none: it is not there, or not whole yet."""
        try:
            return self._read(f"{edition_id}/{MANIFEST_NAME}")
        except FileNotFoundError:
            return None

    def fetch_tables(self, edition_id: str, manifest: bytes, folder: Path, report: Report) -> None:
        """Bring the tables that ``manifest`` lists into ``folder``, from where an earlier attempt stopped.

        Raises DamagedObject for a table that has not the checksum of the manifest; it is not kept.
        """
        for table, digest in _sealed_tables(edition_id, manifest).items():
            whole = folder / f"{table}.parquet"
            if whole.is_file():
                continue
            part = whole.with_suffix(".part")
            self._append(f"{edition_id}/{whole.name}", part, report)
            if _sha256(part) != digest:
                part.unlink()
                raise DamagedObject(
                    mark(
                        "La table {table} de l’édition {edition}, lue dans {store}, n’a pas la somme de contrôle du "
                        "manifeste : elle est écartée."
                    ),
                    table=table,
                    edition=edition_id,
                    store=self.address,
                )
            part.replace(whole)

    def send(self, folder: Path, edition_id: str, report: Report) -> None:
        """Put the edition in ``folder`` into the store: its tables, then its manifest, which makes it one.

        Raises DamagedObject when the store holds other tables under that name: what was cited never changes.
        """
        manifest = (folder / MANIFEST_NAME).read_bytes()
        there = self.manifest(edition_id)
        if there is not None:
            self._refuse_others(edition_id, there, manifest)
            return
        for table in _sealed_tables(edition_id, manifest):
            self._write(f"{edition_id}/{table}.parquet", folder / f"{table}.parquet", report)
        self._write(f"{edition_id}/{MANIFEST_NAME}", folder / MANIFEST_NAME, report)

    def point_to(self, edition_id: str) -> None:
        """Name the current edition: one object, replaced in one step."""
        with self._answering(), self._bucket.open_output_stream(f"{self._root}/{POINTER_NAME}") as stream:
            stream.write(f"{edition_id}\n".encode())

    def point_to_nothing(self) -> None:
        """Name no edition, so that the starter edition is current."""
        with self._answering():
            self._bucket.delete_file(f"{self._root}/{POINTER_NAME}")

    @property
    def _root(self) -> str:
        return self.address.removeprefix(SCHEME).strip("/")

    @cached_property
    def _bucket(self) -> "S3FileSystem":
        from pyarrow.fs import AwsStandardS3RetryStrategy, S3FileSystem

        return S3FileSystem(
            endpoint_override=os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL"),
            region=os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or _DEFAULT_REGION,
            connect_timeout=_CONNECT_SECONDS,
            request_timeout=_ANSWER_SECONDS,
            retry_strategy=AwsStandardS3RetryStrategy(max_attempts=_ATTEMPTS),
            allow_delayed_open=True,  # a small object is then one request
        )

    @contextmanager
    def _answering(self) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError:
            raise
        except OSError as failure:
            raise StoreUnreachable(
                mark("Le dépôt {store} ne répond pas ({cause}). L’édition courante reste servie."),
                store=self.address,
                cause=str(failure).partition("\n")[0],
            ) from failure

    def _read(self, name: str) -> bytes:
        with self._answering(), self._bucket.open_input_stream(f"{self._root}/{name}") as stream:
            return stream.read()

    def _append(self, name: str, part: Path, report: Report) -> None:
        """Read ``name`` from where ``part`` ends."""
        with self._answering(), self._bucket.open_input_file(f"{self._root}/{name}") as source, part.open("ab") as out:
            size = source.size()
            source.seek(min(out.tell(), size))
            while chunk := source.read(_CHUNK_BYTES):
                out.write(chunk)
                report(name, out.tell(), size)

    def _write(self, name: str, path: Path, report: Report) -> None:
        size = path.stat().st_size
        target = f"{self._root}/{name}"
        with path.open("rb") as source, self._answering(), self._bucket.open_output_stream(target) as stream:
            while chunk := source.read(_CHUNK_BYTES):
                stream.write(chunk)
                report(name, source.tell(), size)

    def _refuse_others(self, edition_id: str, there: bytes, here: bytes) -> None:
        if _sealed_tables(edition_id, there) != _sealed_tables(edition_id, here):
            raise DamagedObject(
                mark(
                    "Le dépôt {store} garde déjà, sous le nom {edition}, une édition aux tables différentes : rien "
                    "n’est remplacé, et l’édition courante reste en place."
                ),
                store=self.address,
                edition=edition_id,
            )


def _sealed_tables(edition_id: str, manifest: bytes) -> dict[str, str]:
    """The tables of a manifest with their checksums; their names become names of files here."""
    try:
        tables = {table: sealed["sha256"] for table, sealed in json.loads(manifest)["tables"].items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        tables = {}
    if not tables or not all(map(_TABLE_NAME.fullmatch, tables)):
        raise DamagedObject(mark("Le manifeste de l’édition {edition} est illisible."), edition=edition_id)
    return tables


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
