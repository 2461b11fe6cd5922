"""Find where a source is today, and download what changed of it: retried, checked, and said when it fails."""

import json
import os
import re
from collections.abc import Iterable
from functools import reduce
from operator import getitem
from pathlib import Path

import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

from language import gettext as _
from language import mark
from loaders import download as downloading
from loaders.download import Progress, Resource, arriving, download
from loaders.editions import DATA_FOLDER
from loaders.errors import FetchFailed
from loaders.sources import Source

DATASET_RECORD = "https://www.data.gouv.fr/api/1/datasets/{dataset_id}/"
LARGEST_RECORD_BYTES = 50_000_000
RETRIES = 4
LONGEST_WAIT_SECONDS = 60
"""How long a server that asks to be left alone is waited for before the next try."""
USER_AGENT = "nuages-publics (observatoire libre de la commande publique)"
_NOT_IN_FILE_NAMES = re.compile(r"[^0-9A-Za-z-]+")
_LONGEST_NAME = 80


def downloads_folder() -> Path:
    """Where downloads are kept between updates (``NUAGES_DOWNLOADS``, by default ``data/downloads``)."""
    return Path(os.environ.get("NUAGES_DOWNLOADS", DATA_FOLDER / "downloads"))


def session() -> requests.Session:
    """A session that retries what is worth retrying, more and more slowly."""
    retry = Retry(
        total=RETRIES,
        backoff_factor=1,
        status_forcelist=(429, 500, 502, 503, 504),
        respect_retry_after_header=True,
        retry_after_max=LONGEST_WAIT_SECONDS,
    )
    made = requests.Session()
    made.headers["User-Agent"] = USER_AGENT
    # Compressed on the way, a file could not be resumed: what is asked for is the file as it is stored.
    made.headers["Accept-Encoding"] = "identity"
    for scheme in ("https://", "http://"):
        made.mount(scheme, HTTPAdapter(max_retries=retry))
    return made


def fetch(source: Source, folder: Path, report: Progress, http: requests.Session | None = None) -> list[Path]:
    """The files of ``source``, downloaded into ``folder`` where they changed since the last time.

    Raises FetchFailed with what happened, what was kept and what to do.
    """
    http = http or session()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return [download(resource, source, folder, report, http) for resource in resources(source, http)]
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


def forget(files: Iterable[Path]) -> None:
    """Let the next update download these files again: what could not be read is not kept for unchanged."""
    for path in files:
        downloading.forget(path)


def resources(source: Source, http: requests.Session) -> list[Resource]:
    """What there is to download: found by title or format in the dataset's record, else the last known address."""
    if source.record_paths:
        return _recorded(source, http)
    fallback = [Resource(source.url, f"{source.id}{_suffix(source.url)}")]
    if not source.dataset_id:
        return fallback
    try:
        entries = _record(DATASET_RECORD.format(dataset_id=source.dataset_id), http)["resources"]
        return [_resource(source, entry) for entry in entries if _is_wanted(source, entry)] or fallback
    except (requests.RequestException, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return fallback


def _recorded(source: Source, http: requests.Session) -> list[Resource]:
    """The files that the record at ``source.url`` names, in the order of its paths."""
    try:
        record = _record(source.url, http)
        addresses = [_text(reduce(getitem, path.split("."), record)) for path in source.record_paths]
    except requests.RequestException:
        raise
    except (ValueError, KeyError, TypeError, RecursionError) as failure:
        raise FetchFailed(
            mark(
                "La fiche de « {title} » n’a plus la forme attendue : rien n’est téléchargé et ce qui était déjà reçu "
                "est gardé. L’adresse est dans data/sources.toml."
            ),
            title=source.title,
        ) from failure
    return [Resource(address, f"{source.id}-{rank}{_suffix(address)}") for rank, address in enumerate(addresses)]


def _record(url: str, http: requests.Session) -> dict:
    with http.get(url, stream=True, timeout=downloading.TIMEOUT_SECONDS) as answer:
        answer.raise_for_status()
        return json.loads(b"".join(arriving(answer, LARGEST_RECORD_BYTES)))


def _is_wanted(source: Source, entry: dict) -> bool:
    if source.resource_title:
        return entry.get("title") == source.resource_title
    return entry.get("format") == source.resource_format


def _resource(source: Source, entry: dict) -> Resource:
    checksum = entry.get("checksum") or {}
    sha1 = checksum.get("value", "") if checksum.get("type") == "sha1" else ""
    return Resource(_text(entry.get("latest") or entry["url"]), f"{source.id}-{_name(_text(entry['id']))}", sha1)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _name(text: str) -> str:
    """What of a publisher's word can stand in the name of a file: no separator, no dot, not too long."""
    return _NOT_IN_FILE_NAMES.sub("_", text)[:_LONGEST_NAME]


def _suffix(url: str) -> str:
    suffix = Path(url).suffix.removeprefix(".")
    return f".{_name(suffix)}" if suffix else ""


def _cause(failure: requests.RequestException) -> str:
    causes = {
        requests.TooManyRedirects: _("redirections sans fin"),
        requests.Timeout: _("le serveur ne répond plus, ou trop lentement"),
        requests.exceptions.ChunkedEncodingError: _("la réponse s’est interrompue ou ne se suit pas"),
        requests.exceptions.RetryError: _("le serveur refuse à chaque essai"),
        requests.ConnectionError: _("le serveur n’est pas joignable"),
        downloading.TooLarge: _("la réponse est trop longue"),
    }
    kind_of = requests.Timeout() if _was_slow(failure) else failure
    named = next((words for kind, words in causes.items() if isinstance(kind_of, kind)), None)
    if named:
        return named
    if failure.response is not None:
        return f"HTTP {failure.response.status_code}"
    return type(failure).__name__


def _was_slow(failure: requests.RequestException) -> bool:
    """Whether the last of several tries ended for want of an answer, which ``requests`` calls a failed connection."""
    wrapped = failure.args[0] if failure.args else None
    return isinstance(getattr(wrapped, "reason", None), urllib3.exceptions.TimeoutError)
