"""Downloads against a server on loopback: resumed, left alone when unchanged, refused when wrong."""

import hashlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests

from loaders import fetch as fetching
from loaders.errors import FetchFailed
from loaders.fetch import fetch
from loaders.sources import Source

CONTENT = bytes(range(256)) * 2000


class _Publisher(BaseHTTPRequestHandler):
    """Publishes CONTENT under an ETag, with ranges; ``breaks_at`` cuts the next answer short."""

    content = CONTENT
    breaks_at: int | None = None
    asked: list[dict] = []
    record: dict | None = None

    def do_GET(self):
        kind = type(self)
        kind.asked.append(dict(self.headers))
        if self.path.startswith("/record"):
            return self._send(json.dumps(kind.record).encode(), 200 if kind.record else 404)
        etag = f'"{hashlib.sha1(kind.content).hexdigest()}"'
        if self.headers.get("If-None-Match") == etag:
            return self._send(b"", 304)
        start = 0
        if "Range" in self.headers and self.headers.get("If-Range") == etag:
            start = int(self.headers["Range"].removeprefix("bytes=").removesuffix("-"))
        return self._send(kind.content[start:], 206 if start else 200, etag, start)

    def _send(self, body: bytes, status: int, etag: str = "", start: int = 0):
        kind = type(self)
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", etag)
        if status == 206:
            self.send_header("Content-Range", f"bytes {start}-{len(kind.content) - 1}/{len(kind.content)}")
        self.end_headers()
        if kind.breaks_at is not None and status in (200, 206):
            body, kind.breaks_at = body[: kind.breaks_at], None
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def publisher(monkeypatch):
    kind = type("Publisher", (_Publisher,), {"asked": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), kind)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    monkeypatch.setattr(fetching, "DATASET_RECORD", address + "/record/{dataset_id}")
    kind.address = address
    yield kind
    server.shutdown()
    server.server_close()


def source(publisher, **changed) -> Source:
    return Source(id="test", title="Jeu d’essai", url=f"{publisher.address}/data.parquet", **changed)


def silent(label, done, total):
    pass


def test_a_source_is_downloaded_whole_with_progress(publisher, tmp_path):
    seen = []
    (path,) = fetch(source(publisher), tmp_path, lambda *step: seen.append(step))
    assert path.read_bytes() == CONTENT
    assert seen[-1] == ("Jeu d’essai", len(CONTENT), len(CONTENT))


def test_an_unchanged_source_is_not_downloaded_again(publisher, tmp_path):
    fetch(source(publisher), tmp_path, silent)
    received = []
    fetch(source(publisher), tmp_path, lambda *step: received.append(step))
    assert received == []


def test_a_changed_source_is_downloaded_again(publisher, tmp_path):
    fetch(source(publisher), tmp_path, silent)
    publisher.content = CONTENT[::-1]
    (path,) = fetch(source(publisher), tmp_path, silent)
    assert path.read_bytes() == CONTENT[::-1]


def test_a_broken_download_goes_on_where_it_stopped(publisher, tmp_path):
    publisher.breaks_at = 300_000
    with pytest.raises(FetchFailed):
        fetch(source(publisher), tmp_path, silent)
    kept = (tmp_path / "test.parquet.part").stat().st_size
    (path,) = fetch(source(publisher), tmp_path, silent)
    assert kept > 0
    assert publisher.asked[-1]["Range"] == f"bytes={kept}-"
    assert path.read_bytes() == CONTENT


def test_a_broken_download_of_what_has_changed_since_starts_again(publisher, tmp_path):
    publisher.breaks_at = 300_000
    with pytest.raises(FetchFailed):
        fetch(source(publisher), tmp_path, silent)
    publisher.content = CONTENT[::-1]
    (path,) = fetch(source(publisher), tmp_path, silent)
    assert path.read_bytes() == CONTENT[::-1]


def test_the_resource_is_found_by_title_when_its_identifier_changed(publisher, tmp_path):
    publisher.record = {
        "resources": [
            {"id": "1", "title": "decp.csv", "url": f"{publisher.address}/wrong"},
            {"id": "2", "title": "decp.parquet", "url": f"{publisher.address}/right"},
        ]
    }
    (path,) = fetch(source(publisher, dataset_id="abc", resource_title="decp.parquet"), tmp_path, silent)
    assert path.name == "test-2"


def test_the_last_known_address_serves_when_the_record_does_not_answer(publisher, tmp_path):
    (path,) = fetch(source(publisher, dataset_id="abc", resource_title="decp.parquet"), tmp_path, silent)
    assert path.read_bytes() == CONTENT


def test_every_resource_of_a_format_is_fetched(publisher, tmp_path):
    publisher.record = {
        "resources": [
            {"id": str(month), "title": f"mois {month}", "format": "json", "url": f"{publisher.address}/{month}"}
            for month in range(3)
        ]
    }
    assert len(fetch(source(publisher, dataset_id="abc", resource_format="json"), tmp_path, silent)) == 3


def test_a_file_too_small_to_be_the_source_is_refused_and_thrown_away(publisher, tmp_path):
    with pytest.raises(FetchFailed, match="taille"):
        fetch(source(publisher, smallest_bytes=10_000_000), tmp_path, silent)
    assert [path.suffix for path in tmp_path.iterdir() if path.suffix == ".parquet"] == []


def test_a_wrong_checksum_is_refused(publisher, tmp_path):
    publisher.record = {
        "resources": [
            {
                "id": "1",
                "title": "decp.parquet",
                "url": f"{publisher.address}/x",
                "checksum": {"type": "sha1", "value": "0" * 40},
            }
        ]
    }
    with pytest.raises(FetchFailed, match="somme de contrôle"):
        fetch(source(publisher, dataset_id="abc", resource_title="decp.parquet"), tmp_path, silent)


def test_no_network_is_one_sentence_that_says_what_was_kept(tmp_path):
    http = requests.Session()
    with pytest.raises(FetchFailed) as failure:
        fetch(Source(id="x", title="Jeu d’essai", url="http://127.0.0.1:9/x"), tmp_path, silent, http)
    assert "L’édition courante reste en place" in str(failure.value)
    assert "Traceback" not in str(failure.value)


def test_a_missing_page_is_said_with_its_status(publisher, tmp_path):
    with pytest.raises(FetchFailed, match="HTTP 404"):
        fetch(Source(id="x", title="Jeu d’essai", url=f"{publisher.address}/record"), tmp_path, silent)


def test_the_files_that_a_record_names_are_fetched_in_its_order(publisher, tmp_path):
    """GLEIF publishes the addresses of the day's golden copies in a record."""
    publisher.record = {
        "data": {"first": {"url": f"{publisher.address}/1.zip"}, "second": {"url": f"{publisher.address}/2.zip"}}
    }
    recorded = Source(
        id="g", title="Registre", url=f"{publisher.address}/record", record_paths=("data.first.url", "data.second.url")
    )
    assert [path.name for path in fetch(recorded, tmp_path, silent)] == ["g-0.zip", "g-1.zip"]


def test_a_record_of_another_form_is_said(publisher, tmp_path):
    publisher.record = {"data": []}
    recorded = Source(id="g", title="Registre", url=f"{publisher.address}/record", record_paths=("data.first.url",))
    with pytest.raises(FetchFailed, match="forme attendue"):
        fetch(recorded, tmp_path, silent)


@pytest.mark.parametrize("identifier", ["../../outside", "/etc/cron.d/x", "a\\..\\b", "x" * 5000, "é\x00"])
def test_a_record_cannot_choose_where_its_file_goes(publisher, tmp_path, identifier):
    publisher.record = {"resources": [{"id": identifier, "title": "decp.parquet", "url": f"{publisher.address}/x"}]}
    (path,) = fetch(source(publisher, dataset_id="abc", resource_title="decp.parquet"), tmp_path, silent)
    assert path.parent == tmp_path
    assert path.read_bytes() == CONTENT


@pytest.mark.parametrize(
    "record", [[], {"resources": 7}, {"resources": [7]}, {"resources": [{"title": "decp.parquet"}]}]
)
def test_a_record_of_another_form_leaves_the_last_known_address(publisher, tmp_path, record):
    publisher.record = record
    (path,) = fetch(source(publisher, dataset_id="abc", resource_title="decp.parquet"), tmp_path, silent)
    assert path.read_bytes() == CONTENT


def test_a_record_nested_without_end_leaves_the_last_known_address(publisher, tmp_path, monkeypatch):
    monkeypatch.setattr(json, "dumps", lambda *_: "[" * 100_000)
    publisher.record = {"resources": []}
    (path,) = fetch(source(publisher, dataset_id="abc", resource_title="decp.parquet"), tmp_path, silent)
    assert path.exists()
