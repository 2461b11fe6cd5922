"""One address to one file: resumed where it broke off, bounded in bytes and in time, left alone when unchanged.

What a server sends is believed only as far as it can be checked: never more bytes than a source may have, never more
patience than ``PATIENCE_SECONDS`` for a trickle, and a rest only where it is the rest of what is already there.
"""

import hashlib
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import requests
import urllib3

from language import mark
from loaders.errors import FetchFailed
from loaders.sources import Source

TIMEOUT_SECONDS = (10, 60)
CHUNK_BYTES = 1 << 16
PATIENCE_SECONDS = 60
SLOWEST_BYTES_PER_SECOND = 1 << 10
LARGEST_BYTES = 5_000_000_000
"""For a source that declares no ``largest_bytes``: twice the largest file that is fetched."""

Progress = Callable[[str, int, int], None]
"""Called with a label, the bytes received and the bytes expected (0 when unknown)."""


@dataclass(frozen=True)
class Resource:
    """One file to download: its address, the name that it is kept under, the checksum its publisher gives."""

    url: str
    name: str
    sha1: str = ""


@dataclass(frozen=True)
class _Place:
    """Where a download and what is known of it are kept."""

    path: Path

    @property
    def note(self) -> Path:
        return self._beside(".json")

    @property
    def part(self) -> Path:
        return self._beside(".part")

    @property
    def tag(self) -> Path:
        return self._beside(".part.etag")

    def _beside(self, suffix: str) -> Path:
        return self.path.with_name(self.path.name + suffix)

    def known(self) -> dict:
        """What was noted of the file that is there; nothing when the note is absent or was cut short."""
        try:
            noted = json.loads(self.note.read_text(encoding="utf-8")) if self.path.exists() else {}
        except (OSError, ValueError):
            return {}
        return noted if isinstance(noted, dict) else {}

    def resume_headers(self) -> dict[str, str]:
        """What asks for the rest of a broken download; nothing when nobody could say that it is the same."""
        etag = self.tag.read_text(encoding="utf-8") if self.part.exists() and self.tag.exists() else ""
        return {"Range": f"bytes={self.part.stat().st_size}-", "If-Range": etag} if etag else {}

    def drop_part(self) -> None:
        """Forget a broken download: its tag first, so that its bytes are never taken for those of another."""
        self.tag.unlink(missing_ok=True)
        self.part.unlink(missing_ok=True)


def download(resource: Resource, source: Source, folder: Path, report: Progress, http: requests.Session) -> Path:
    """The file of ``resource`` in ``folder``, fetched when it changed since the last time.

    Raises FetchFailed for what cannot be this source, ``requests.RequestException`` and OSError as they come.
    """
    place = _Place(folder / resource.name)
    known = place.known()
    if resource.sha1 and known.get("sha1") == resource.sha1:
        return place.path
    headers = place.resume_headers()
    if known.get("etag") and not headers:
        headers["If-None-Match"] = known["etag"]
    with http.get(resource.url, headers=headers, stream=True, timeout=TIMEOUT_SECONDS) as answer:
        if answer.status_code == requests.codes.not_modified and known:
            return place.path
        if answer.status_code == requests.codes.requested_range_not_satisfiable and "Range" in headers:
            place.drop_part()
            return download(resource, source, folder, report, http)
        if answer.status_code not in (requests.codes.ok, requests.codes.partial_content):
            raise requests.HTTPError(response=answer)
        _write(answer, place, source, report)
        _keep(place, answer, resource, source)
    return place.path


def forget(path: Path) -> None:
    """Let the next update download ``path`` again, even when its publisher says that it has not changed."""
    _Place(path).note.unlink(missing_ok=True)


def arriving(answer: requests.Response, largest_bytes: int) -> Iterator[bytes]:
    """The body of ``answer`` as it comes, decompressed.

    Raises ``requests.RequestException`` when it breaks off, comes slower than ``SLOWEST_BYTES_PER_SECOND`` once
    ``PATIENCE_SECONDS`` have gone, or is larger than ``largest_bytes``.
    """
    began = time.monotonic()
    received = 0
    while chunk := _next_chunk(answer):
        received += len(chunk)
        if received > largest_bytes:
            raise TooLarge(response=answer)
        yield chunk
        seconds = time.monotonic() - began
        if seconds > PATIENCE_SECONDS and received < seconds * SLOWEST_BYTES_PER_SECOND:
            raise requests.ReadTimeout(response=answer)


class TooLarge(requests.RequestException):
    """A body larger than what was asked for can be."""


def _next_chunk(answer: requests.Response) -> bytes:
    """What has arrived, without waiting for more: a trickle shows."""
    try:
        return answer.raw.read1(CHUNK_BYTES, decode_content=True)
    except urllib3.exceptions.ReadTimeoutError as failure:
        raise requests.ReadTimeout(failure, response=answer) from failure
    except urllib3.exceptions.HTTPError as failure:
        raise requests.exceptions.ChunkedEncodingError(failure, response=answer) from failure


def _write(answer: requests.Response, place: _Place, source: Source, report: Progress) -> None:
    already = _already(answer, place)
    if not already:
        place.drop_part()
        is_as_stored = answer.headers.get("Content-Encoding", "identity") == "identity"
        place.tag.write_text(answer.headers.get("ETag", "") if is_as_stored else "", encoding="utf-8")
    largest = source.largest_bytes or LARGEST_BYTES
    expected = already + _declared_length(answer)
    if expected > largest:
        raise _refused(place, source, expected)
    received = already
    try:
        with place.part.open("ab" if already else "wb") as file:
            for chunk in arriving(answer, largest - already):
                file.write(chunk)
                received += len(chunk)
                report(source.title, received, expected)
    except TooLarge:
        raise _refused(place, source, received) from None


def _already(answer: requests.Response, place: _Place) -> int:
    """How many bytes the answer goes on from; 0 when it begins again."""
    if answer.status_code != requests.codes.partial_content:
        return 0
    here = place.part.stat().st_size if place.part.exists() else 0
    if not answer.headers.get("Content-Range", "").startswith(f"bytes {here}-"):
        place.drop_part()
        raise requests.exceptions.ChunkedEncodingError("Content-Range")
    return here


def _declared_length(answer: requests.Response) -> int:
    declared = answer.headers.get("Content-Length", "")
    return int(declared) if declared.isascii() and declared.isdigit() else 0


def _keep(place: _Place, answer: requests.Response, resource: Resource, source: Source) -> None:
    size = place.part.stat().st_size
    with place.part.open("rb") as file:
        digest = hashlib.file_digest(file, lambda: hashlib.sha1(usedforsecurity=False)).hexdigest()
    if size < source.smallest_bytes or (resource.sha1 and digest != resource.sha1):
        raise _refused(place, source, size)
    forget(place.path)
    place.part.replace(place.path)
    place.tag.unlink(missing_ok=True)
    noted = {
        "url": resource.url,
        "etag": answer.headers.get("ETag", ""),
        "last_modified": answer.headers.get("Last-Modified", ""),
        "sha1": digest,
    }
    place.note.write_text(json.dumps(noted), encoding="utf-8")


def _refused(place: _Place, source: Source, size: int) -> FetchFailed:
    place.drop_part()
    return FetchFailed(
        mark(
            "« {title} » n’a pas la taille ou la somme de contrôle attendue ({size} octets) : le fichier "
            "reçu est écarté et l’édition courante reste en place. Relancez plus tard ; si cela dure, la "
            "source a changé."
        ),
        title=source.title,
        size=size,
    )
