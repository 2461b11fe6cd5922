"""Download a source: resumed where it broke off, retried, checked, and left alone when it has not changed."""

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import getitem
from pathlib import Path

import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

from language import mark
from loaders.editions import DATA_FOLDER
from loaders.errors import FetchFailed
from loaders.sources import Source

DATASET_RECORD = "https://www.data.gouv.fr/api/1/datasets/{dataset_id}/"
TIMEOUT_SECONDS = (10, 60)
CHUNK_BYTES = 1 << 16
RETRIES = 4
USER_AGENT = "nuages-publics (observatoire libre de la commande publique)"

Progress = Callable[[str, int, int], None]
"""Called with a label, the bytes received and the bytes expected (0 when unknown)."""


@dataclass(frozen=True)
class Resource:
    """One file to download: its address, the name that it is kept under, the checksum its publisher gives."""

    url: str
    name: str
    sha1: str = ""


def downloads_folder() -> Path:
    """Where downloads are kept between updates (``NUAGES_DOWNLOADS``, by default ``data/downloads``)."""
    return Path(os.environ.get("NUAGES_DOWNLOADS", DATA_FOLDER / "downloads"))


def session() -> requests.Session:
    """A session that retries what is worth retrying, more and more slowly."""
    retry = Retry(
        total=RETRIES, backoff_factor=1, status_forcelist=(429, 500, 502, 503, 504), respect_retry_after_header=True
    )
    made = requests.Session()
    made.headers["User-Agent"] = USER_AGENT
    for scheme in ("https://", "http://"):
        made.mount(scheme, HTTPAdapter(max_retries=retry))
    return made


def fetch(source: Source, folder: Path, report: Progress, http: requests.Session | None = None) -> list[Path]:
    """The files of ``source``, downloaded into ``folder`` where they changed since the last time.

    Raises FetchFailed with what happened, what was kept and what to do.
    """
    http = http or session()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        return [_download(resource, source, folder, report, http) for resource in resources(source, http)]
    except requests.RequestException as failure:
        raise FetchFailed(
            mark(
                "« {title} » n’a pas pu être téléchargé ({cause}). L’édition courante reste en place et "
                "ce qui était déjà reçu est gardé. Vérifiez le réseau, puis relancez « python -m loaders update »."
            ),
            title=source.title,
            cause=_cause(failure),
        ) from failure
    except OSError as failure:
        raise FetchFailed(
            mark(
                "« {title} » n’a pas pu être écrit dans {folder} ({cause}). L’édition courante reste en place. "
                "Libérez de la place ou changez NUAGES_DOWNLOADS, puis relancez."
            ),
            title=source.title,
            folder=folder,
            cause=failure.strerror or failure,
        ) from failure


def resources(source: Source, http: requests.Session) -> list[Resource]:
    """What there is to download: found by title or format in the dataset's record, else the last known address."""
    if source.record_paths:
        return _recorded(source, http)
    fallback = [Resource(source.url, f"{source.id}{Path(source.url).suffix}")]
    if not source.dataset_id:
        return fallback
    try:
        record = http.get(DATASET_RECORD.format(dataset_id=source.dataset_id), timeout=TIMEOUT_SECONDS)
        record.raise_for_status()
        entries = record.json()["resources"]
    except (requests.RequestException, ValueError, KeyError, TypeError):
        return fallback
    return [_resource(source, entry) for entry in entries if _is_wanted(source, entry)] or fallback


def _recorded(source: Source, http: requests.Session) -> list[Resource]:
    """The files that the record at ``source.url`` names, in the order of its paths."""
    answer = http.get(source.url, timeout=TIMEOUT_SECONDS)
    answer.raise_for_status()
    try:
        record = answer.json()
        addresses = [reduce(getitem, path.split("."), record) for path in source.record_paths]
    except (ValueError, KeyError, TypeError) as failure:
        raise FetchFailed(
            mark(
                "La fiche de « {title} » n’a plus la forme attendue : rien n’est téléchargé et ce qui était déjà reçu "
                "est gardé. L’adresse est dans data/sources.toml."
            ),
            title=source.title,
        ) from failure
    return [Resource(address, f"{source.id}-{rank}{Path(address).suffix}") for rank, address in enumerate(addresses)]


def _is_wanted(source: Source, entry: dict) -> bool:
    if source.resource_title:
        return entry.get("title") == source.resource_title
    return entry.get("format") == source.resource_format


def _resource(source: Source, entry: dict) -> Resource:
    checksum = entry.get("checksum") or {}
    sha1 = checksum.get("value", "") if checksum.get("type") == "sha1" else ""
    return Resource(entry.get("latest") or entry["url"], f"{source.id}-{entry['id']}", sha1)


def _download(resource: Resource, source: Source, folder: Path, report: Progress, http: requests.Session) -> Path:
    path, note, part, tag = (folder / f"{resource.name}{suffix}" for suffix in ("", ".json", ".part", ".part.etag"))
    known = json.loads(note.read_text()) if path.exists() and note.exists() else {}
    if resource.sha1 and known.get("sha1") == resource.sha1:
        return path
    headers = _resume_headers(part, tag)
    received = part.stat().st_size if headers else 0
    if known.get("etag") and not headers:
        headers["If-None-Match"] = known["etag"]
    with http.get(resource.url, headers=headers, stream=True, timeout=TIMEOUT_SECONDS) as answer:
        if answer.status_code == requests.codes.not_modified:
            return path
        if answer.status_code == requests.codes.requested_range_not_satisfiable:
            part.unlink()
            return _download(resource, source, folder, report, http)
        answer.raise_for_status()
        resumes = answer.status_code == requests.codes.partial_content
        tag.write_text(answer.headers.get("ETag", ""))
        _write(answer, part, received if resumes else 0, source.title, report)
        digest = _checked(part, resource, source)
        part.replace(path)
        tag.unlink()
        note.write_text(
            json.dumps(
                {
                    "url": resource.url,
                    "etag": answer.headers.get("ETag", ""),
                    "last_modified": answer.headers.get("Last-Modified", ""),
                    "sha1": digest,
                }
            )
        )
    return path


def _resume_headers(part: Path, tag: Path) -> dict[str, str]:
    """What asks for the rest of a broken download; nothing when the publisher could not say that it is the same."""
    etag = tag.read_text() if part.exists() and tag.exists() else ""
    return {"Range": f"bytes={part.stat().st_size}-", "If-Range": etag} if etag else {}


def _write(answer: requests.Response, part: Path, received: int, title: str, report: Progress) -> None:
    expected = received + int(answer.headers.get("Content-Length", 0))
    with part.open("ab" if received else "wb") as file:
        for chunk in answer.iter_content(CHUNK_BYTES):
            file.write(chunk)
            received += len(chunk)
            report(title, received, expected)


def _checked(part: Path, resource: Resource, source: Source) -> str:
    size = part.stat().st_size
    too_small = size < source.smallest_bytes
    too_large = source.largest_bytes and size > source.largest_bytes
    digest = hashlib.sha1(usedforsecurity=False)
    for chunk in _chunks(part):
        digest.update(chunk)
    if too_small or too_large or (resource.sha1 and digest.hexdigest() != resource.sha1):
        part.unlink()
        raise FetchFailed(
            mark(
                "« {title} » n’a pas la taille ou la somme de contrôle attendue ({size} octets) : le fichier "
                "reçu est écarté et l’édition courante reste en place. Relancez plus tard ; si cela dure, la "
                "source a changé."
            ),
            title=source.title,
            size=size,
        )
    return digest.hexdigest()


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            yield chunk


def _cause(failure: requests.RequestException) -> str:
    if failure.response is not None:
        return f"HTTP {failure.response.status_code}"
    return type(failure).__name__
