"""Tables leave as they are, describe themselves, resume where they stopped, and stay within their edition."""

import gzip
import hashlib
import json
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import polars as pl
import pytest
from frictionless import Package, Resource, Schema
from frictionless.exception import FrictionlessException

from loaders import schema
from tests.tiny_edition import EDITION_ID
from ui import method
from web import machine_csv, open_data
from web.uncompressed import Uncompressed

PINNED = f"/donnees/{EDITION_ID}"
ROOT = Path(__file__).parents[2]


def same_text(table: pl.DataFrame) -> pl.DataFrame:
    """What a program reads back from the CSV of ``table``: text, with apostrophes before formulas."""
    return pl.read_csv(machine_csv.written(table), infer_schema=False)


def test_every_table_is_the_file_of_the_edition(site, tiny_edition):
    for table in schema.TABLES:
        answer = site.get(f"{PINNED}/{table}.parquet")
        assert answer.status_code == 200
        assert hashlib.sha256(answer.content).hexdigest() == tiny_edition.manifest["tables"][table]["sha256"]
        assert answer.headers["content-type"] == "application/vnd.apache.parquet"


def test_every_table_is_the_same_as_csv(site, tiny_edition):
    for table in schema.TABLES:
        whole = tiny_edition.scan(table).collect()
        plain = site.get(f"{PINNED}/{table}.csv")
        assert plain.headers["content-type"] == "text/csv; charset=utf-8"
        saved = pl.read_csv(plain.content, infer_schema=False)
        assert saved.columns == whole.columns
        assert saved.height == whole.height
        assert saved.equals(same_text(whole))
        assert gzip.decompress(site.get(f"{PINNED}/{table}.csv.gz").content) == plain.content


def test_cells_of_a_csv_keep_their_values(site, tiny_edition):
    awards = tiny_edition.scan("awards").collect()
    saved = pl.read_csv(site.get(f"{PINNED}/awards.csv").content, infer_schema=False)
    assert saved["amount_cents"].cast(pl.Int64).equals(awards["amount_cents"])
    assert saved["contract_date"].str.to_date().equals(awards["contract_date"])
    assert saved["ministry"].equals(awards["ministry"].cast(pl.String))
    assert [json.loads(cell) if cell else None for cell in saved["products"]] == awards["products"].to_list()


@pytest.mark.parametrize("text", ["=1+1", "+33 1", "-2", "@SUM(A1)", "\t=1", "  =cmd|' /C calc'!A0", "＝1+1", "\r=1"])
def test_a_text_that_a_spreadsheet_would_run_is_defused(text):
    saved = pl.read_csv(machine_csv.written(pl.DataFrame({"title": [text, "Lot 1 - voirie", None]})))
    assert saved["title"].to_list() == [f"'{text}", "Lot 1 - voirie", None]


def test_a_list_with_quotes_is_still_json():
    frame = pl.DataFrame({"products": [['a "b"', "c\\d", "é|"], [], None]})
    saved = pl.read_csv(machine_csv.written(frame), infer_schema=False)
    assert [json.loads(cell) if cell else None for cell in saved["products"]] == frame["products"].to_list()


def test_a_download_resumes_where_it_stopped(site):
    whole = site.get(f"{PINNED}/awards.parquet")
    tag = whole.headers["etag"]
    rest = site.get(f"{PINNED}/awards.parquet", headers={"range": "bytes=100-", "if-range": tag})
    assert (rest.status_code, rest.content) == (206, whole.content[100:])
    assert rest.headers["content-range"] == f"bytes 100-{len(whole.content) - 1}/{len(whole.content)}"
    changed = site.get(f"{PINNED}/awards.parquet", headers={"range": "bytes=100-", "if-range": '"other"'})
    assert (changed.status_code, changed.content) == (200, whole.content)
    beyond = site.get(f"{PINNED}/awards.parquet", headers={"range": f"bytes={len(whole.content)}-"})
    assert beyond.status_code == 416


def test_a_program_reads_a_table_from_its_address(site):
    """The footer alone, then one column: what readers of remote Parquet do."""
    size = int(site.head(f"{PINNED}/awards.parquet").headers["content-length"])
    footer = site.get(f"{PINNED}/awards.parquet", headers={"range": f"bytes={size - 8}-"}).content
    assert footer.endswith(b"PAR1")
    table = pl.read_parquet(BytesIO(site.get(f"{PINNED}/awards.parquet").content), columns=["contract_id"])
    assert table["contract_id"].n_unique() == 19


@pytest.mark.parametrize("file", ["awards.parquet", "awards.csv", "awards.csv.gz", "manifest.json", "datapackage.json"])
def test_what_is_known_is_not_sent_again(site, file):
    first = site.get(f"{PINNED}/{file}")
    assert EDITION_ID in first.headers["etag"]
    again = site.get(f"{PINNED}/{file}", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    dated = site.get(f"{PINNED}/{file}", headers={"if-modified-since": first.headers["last-modified"]})
    assert dated.status_code == 304
    head = site.head(f"{PINNED}/{file}")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == first.headers["etag"]


def test_what_never_changes_is_kept_for_ever_and_the_latest_is_not(site):
    assert "immutable" in site.get(f"{PINNED}/awards.parquet").headers["cache-control"]
    assert "immutable" not in site.get(f"{PINNED}/awards.csv").headers["cache-control"]
    latest = site.get("/donnees/derniere/awards.parquet?langue=en")
    assert (latest.status_code, latest.headers["location"]) == (307, f"{PINNED}/awards.parquet?langue=en")
    assert latest.headers["cache-control"] == "public, max-age=300"


def test_any_site_may_read(site):
    asked = site.get(f"{PINNED}/manifest.json", headers={"origin": "https://ailleurs.example"})
    assert asked.headers["access-control-allow-origin"] == "*"
    wanted = {"origin": "https://ailleurs.example", "access-control-request-method": "GET"}
    assert site.options(f"{PINNED}/manifest.json", headers=wanted).status_code == 200
    assert "set-cookie" not in asked.headers


def test_the_editions_are_listed(site):
    listed = site.get("/donnees/").json()["editions"]
    assert listed[0]["id"] == EDITION_ID
    assert listed[0]["datapackage"] == f"https://observatoire.example{PINNED}/datapackage.json"


def test_the_descriptor_is_a_data_package(site, tiny_edition):
    described = site.get(f"{PINNED}/datapackage.json").json()
    package = Package.from_descriptor(described)
    assert package.name == f"nuages-publics-{EDITION_ID}"
    by_name = {resource["name"]: resource for resource in described["resources"]}
    assert set(by_name) == {f"{table}{form}" for table in schema.TABLES for form in ("", "-csv")}
    for table in schema.TABLES:
        assert by_name[table]["hash"] == f"sha256:{tiny_edition.manifest['tables'][table]['sha256']}"
        assert by_name[table]["bytes"] == tiny_edition.table_path(table).stat().st_size
        for form in ("", "-csv"):
            path = by_name[table + form]["path"]
            assert site.head(f"{PINNED}/{path}").status_code == 200
    assert [licence["name"] for licence in described["licenses"]] == ["etalab-2.0"]


def test_the_check_of_descriptors_can_fail(site):
    described = site.get(f"{PINNED}/datapackage.json").json() | {"resources": [{"name": "Sans chemin"}]}
    with pytest.raises(FrictionlessException):
        Package.from_descriptor(described)


@pytest.mark.parametrize("table", list(schema.TABLES))
def test_rows_obey_their_table_schema(site, tmp_path, table):
    described = site.get(f"{PINNED}/{table}.schema.json").json()
    assert [field["name"] for field in described["fields"]] == [column.name for column in schema.TABLES[table]]
    assert "categories" in str(described) or table in ("contracts", "versions", "subcontracts", "rejects")
    saved = tmp_path / f"{table}.csv"
    saved.write_bytes(site.get(f"{PINNED}/{table}.csv").content)
    report = Resource(path=saved.name, basepath=str(tmp_path), schema=Schema.from_descriptor(described)).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "note"])[:5]


def test_descriptions_speak_english_too(site):
    french, english = (site.get(f"{PINNED}/awards.schema.json?langue={code}").json() for code in ("fr", "en"))
    titles = [{field["name"]: field["title"] for field in each["fields"]} for each in (french, english)]
    assert titles[0]["buyer_name"] == "Acheteur"
    assert titles[1]["buyer_name"] == "Buyer"


def test_every_address_that_the_method_page_gives_is_served(site, tiny_edition):
    addresses = method.open_addresses(tiny_edition)["address"].to_list()
    assert {address.split("/")[1] for address in addresses} == {"donnees", "api"}
    for address in addresses:
        assert site.get(address, follow_redirects=True).status_code == 200, address


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/donnees/2026-01-01-abcdef/awards.parquet", 410),
        ("/donnees/demarrage-2026-01-01-abcdef/datapackage.json", 410),
        ("/donnees/2126-01-01-abcdef/awards.parquet", 404),
        ("/donnees/lune/awards.parquet", 404),
        (f"{PINNED}/awards.xlsx", 404),
        (f"{PINNED}/secret.parquet", 404),
        ("/donnees/derniere/secret.parquet", 404),
        (f"{PINNED}/awards.parquet/encore", 404),
        ("/donnees/../awards.parquet", 404),
        ("/donnees/%2e%2e/%2e%2e%2f%2e%2e%2fetc%2fpasswd", 404),
        (f"{PINNED}/..%2f{EDITION_ID}%2fmanifest.json", 404),
        (f"{PINNED}/manifest.json%00.parquet", 404),
        ("/donnees/%3Cscript%3Ealert(1)%3C%2Fscript%3E/awards.csv", 404),
        ("/donnees/" + "a" * 3000 + "/awards.csv", 404),
    ],
)
def test_what_is_not_there_is_said_and_nothing_else_is_served(site, path, status):
    answer = site.get(path)
    assert answer.status_code == status
    assert "script" not in answer.text
    assert "root:" not in answer.text


def test_refusals_speak_the_language_of_the_reader(site):
    assert "Cette édition n’est plus conservée ici." in site.get("/donnees/2026-01-01-abcdef/awards.csv").text
    preferring = {"accept-language": "en-GB,en;q=0.9,fr;q=0.5"}
    english = site.get("/donnees/2026-01-01-abcdef/awards.csv", headers=preferring).text
    assert english.startswith("This edition is no longer kept here.")
    assert site.get("/donnees/lune/awards.csv?langue=en").text.startswith("No edition has that name.")


def test_without_any_edition_the_answer_says_so(site, tmp_path, monkeypatch):
    monkeypatch.setenv("NUAGES_EDITIONS", str(tmp_path / "vide"))
    monkeypatch.setattr(open_data.editions, "STARTER_FOLDER", tmp_path / "absente")
    assert site.get("/donnees/").status_code == 503
    assert site.get("/donnees/derniere/awards.csv").status_code == 503


def test_too_many_streams_are_refused_and_every_turn_comes_back(site, monkeypatch):
    for _turn in range(open_data.MOST_STREAMS * 2):
        assert site.get(f"{PINNED}/buyers.csv").status_code == 200
    monkeypatch.setattr(open_data, "_streams", open_data.BoundedSemaphore(1))
    open_data._streams.acquire()
    busy = site.get(f"{PINNED}/buyers.csv")
    assert busy.status_code == 503
    assert int(busy.headers["retry-after"]) > 0
    assert site.head(f"{PINNED}/buyers.csv").status_code == 200
    assert site.get(f"{PINNED}/buyers.parquet").status_code == 200


def test_a_compressed_file_is_asked_for_as_plain_bytes():
    asked = []

    async def app(scope, receive, send):
        asked.append(dict(scope["headers"]))

    headers = [(b"accept-encoding", b"gzip"), (b"range", b"bytes=0-1")]
    for path in ("/donnees/x/awards.parquet", "/donnees/x/awards.csv"):
        coroutine = Uncompressed(app)({"type": "http", "path": path, "headers": headers}, None, None)
        with pytest.raises(StopIteration):
            coroutine.send(None)
    assert asked == [{b"range": b"bytes=0-1"}, dict(headers)]


_PEAK = """
import re, sys
from pathlib import Path
from web import machine_csv
size = sum(len(part) for part in machine_csv.table(Path(sys.argv[1])))
print(size, re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak of a process is read in /proc")
def test_the_memory_of_a_stream_does_not_grow_with_its_table(tmp_path):
    """Ten times the rows, hence a CSV of about 100 MB in place of 10, for the same memory."""
    sizes, peaks = [], []
    for rows in (50_000, 500_000):
        path = tmp_path / f"{rows}.parquet"
        number = pl.int_range(rows)
        title = pl.format("Prestation {} pour l’établissement {}", number, number * 7 % 9973)
        columns = {f"title_{place}": title for place in range(4)}
        pl.select(amount_cents=number, **columns).write_parquet(path, row_group_size=100_000)
        run = subprocess.run(
            [sys.executable, "-c", _PEAK, str(path)], cwd=ROOT, capture_output=True, text=True, check=True
        )
        size, peak_kilobytes = map(int, run.stdout.split())
        sizes.append(size)
        peaks.append(peak_kilobytes / 1024)
    assert sizes[1] > 9 * sizes[0] > 80_000_000
    assert peaks[1] - peaks[0] < 25, f"{peaks} MB"
