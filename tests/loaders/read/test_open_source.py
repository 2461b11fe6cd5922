"""The door: what a file holds is read from its content, archives are unwrapped, and a refusal says what to do."""

import gzip
import io
import json
import tempfile
import zipfile
from pathlib import Path

import polars as pl
import pytest

from language import speaking
from loaders.errors import UnreadableSource
from loaders.read import open_source
from tests.loaders.read.reading import USUAL, read_bytes, read_whole

JSON = json.dumps({"marches": [USUAL]}).encode()
CSV = b"uid,id,acheteur_id,objet,titulaire_id\n1,2024M001,11001401600015,Cloud,33509231800120\n"


def parquet() -> bytes:
    written = io.BytesIO()
    pl.read_csv(CSV, infer_schema=False).write_parquet(written)
    return written.getvalue()


def zipped(**members: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return written.getvalue()


@pytest.fixture
def temporary(tmp_path, monkeypatch) -> Path:
    """Where temporary copies go during the test."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.mark.parametrize(
    ("content", "format_"),
    [
        (JSON, "decp-json-2019"),
        (b"\n  " + JSON, "decp-json-2019"),
        (CSV, "decp-tabular-csv"),
        (parquet(), "decp-tabular-parquet"),
        (gzip.compress(JSON), "decp-json-2019"),
        (zipped(a=CSV), "decp-tabular-csv"),
        (zipped(a=gzip.compress(parquet())), "decp-tabular-parquet"),
    ],
    ids=["json", "blanks", "csv", "parquet", "gzip", "zip", "gzip in zip"],
)
def test_the_content_tells_the_format(tmp_path, content, format_):
    read = read_bytes(tmp_path, content)
    assert (read.reading.format, read.column("internal_id")) == (format_, ["2024M001"])


def test_members_of_a_zip_are_one_source(tmp_path):
    """Notices and what systems leave behind are no data; records go on being counted."""
    second = json.dumps({"marches": [None, USUAL | {"id": "2024M002", "nouveau": 1}]}).encode()
    content = zipped(
        **{"a__json": JSON, "LISEZMOI__txt": b"Notice, version 2", "__MACOSX/a__json": b"\0\5", "b__json": second}
    )
    read = read_bytes(tmp_path, content)
    assert read.records == 3
    assert read.rows.select("record_number", "internal_id").rows() == [(1, "2024M001"), (3, "2024M002")]
    assert read.rejects["record_number"].to_list() == [2]
    assert read.reading.unknown_columns == ["nouveau"]
    assert read.reading.size == len(JSON) + len(second)


def test_positions_in_a_zip_end_at_its_size(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(zipped(a=parquet(), b=parquet()))
    reading = open_source(path, "test")
    positions = [batch.position for batch in reading.batches]
    assert positions == [reading.size // 2, reading.size]


ARCHIVES = {"gzip": gzip.compress(JSON), "zip": zipped(a=JSON, b=JSON)}


@pytest.mark.parametrize("archive", ARCHIVES)
@pytest.mark.parametrize("end", ["exhausted", "closed", "closed midway", "forgotten"])
def test_temporary_copies_go(tmp_path, temporary, archive, end):
    path = tmp_path / "file"
    path.write_bytes(ARCHIVES[archive])
    reading = open_source(path, "test")
    assert list(temporary.iterdir())
    if end == "exhausted":
        assert sum(batch.records for batch in reading.batches) > 0
    if end == "closed midway":
        next(reading.batches)
    if end.startswith("closed"):
        reading.batches.close()
        assert list(reading.batches) == []
    if end == "forgotten":
        with pytest.warns(ResourceWarning):
            del reading
    assert not list(temporary.iterdir())


def test_temporary_copies_go_when_the_source_is_refused(tmp_path, temporary):
    with pytest.raises(UnreadableSource):
        read_bytes(tmp_path, gzip.compress(b'{"a": 1}'))
    assert not list(temporary.iterdir())


def test_a_later_member_that_cannot_be_read_is_named(tmp_path, temporary):
    with pytest.raises(UnreadableSource, match="file › b"):
        read_bytes(tmp_path, zipped(a=JSON, b=b'{"marches": [{"id": 1}, {'))
    assert not list(temporary.iterdir())


def damaged_zip() -> bytes:
    """A member whose checksum no longer fits."""
    written = bytearray(zipped(a=JSON))
    written[45] ^= 0xFF
    return bytes(written)


def encrypted_zip() -> bytes:
    """The flag that says so, in both headers."""
    written = bytearray(zipped(a=JSON))
    written[6] |= 1
    written[written.index(b"PK\x01\x02") + 8] |= 1
    return bytes(written)


ARCHIVE_IN_ARCHIVE = gzip.compress(gzip.compress(gzip.compress(gzip.compress(JSON))))


REFUSED = {
    "empty": (b"", "est vide"),
    "empty gzip": (gzip.compress(b""), "est vide"),
    "web page": (b"<!DOCTYPE html><html><body>404</body></html>", "est une page web"),
    "web page without doctype": (b"\n<html lang='fr'>", "est une page web"),
    "xml": (b"<?xml version='1.0'?><marches/>", "est en XML"),
    "text": (b"Bonjour", "n’est pas reconnu"),
    "binary": (bytes(range(256)), "n’est pas reconnu"),
    "truncated gzip": (gzip.compress(JSON)[:-10], "abîmée ou incomplète"),
    "truncated zip": (zipped(a=JSON)[:-10], "abîmée ou incomplète"),
    "damaged zip": (damaged_zip(), "abîmée ou incomplète"),
    "encrypted zip": (encrypted_zip(), "est chiffrée"),
    "truncated parquet": (parquet()[:-10], "fichier Parquet file est abîmé"),
    "empty zip": (zipped(), "aucun fichier de données"),
    "zip of notices": (zipped(LISEZMOI__txt=b"Notice"), "aucun fichier de données"),
    "workbook": (zipped(**{"[Content_Types]__xml": b"<x/>", "xl/workbook__xml": b"<x/>"}), "classeur de tableur"),
    "archives in archives": (ARCHIVE_IN_ARCHIVE, "trop emboîtées"),
    "unknown columns": (b"nom;prix\nA;1\n", "d’aucune source connue"),
    "no title": (b"uid;acheteur_id;montant\n1;2;3\n", "Il manque au tableau file .* : objet"),
    "no identifier": (b"acheteur_id;titulaire_id\n1;2\n", "Il manque au tableau file .* : id, objet"),
    "nearly the BOAMP": (b"idweb;ligne;prix\n1;2;3\n", "Il manque .* : titulaire_nom, intitule_lot, nature_avis"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_refusal_is_one_clear_sentence(tmp_path, case):
    content, sentence = REFUSED[case]
    with pytest.raises(UnreadableSource, match=sentence):
        read_bytes(tmp_path, content)


def test_an_absent_file_is_refused(tmp_path):
    with pytest.raises(UnreadableSource, match=r"absent\.json n’existe pas"):
        read_whole(tmp_path / "absent.json")


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(UnreadableSource, match="est un dossier"):
        read_whole(tmp_path)


def test_a_file_that_may_not_be_read_is_refused(tmp_path, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise PermissionError

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(UnreadableSource, match="le droit de lecture manque"):
        read_whole(tmp_path / "file")


def test_a_refusal_speaks_english_too(tmp_path):
    path = tmp_path / "file.json"
    path.write_bytes(b"")
    with speaking("en"), pytest.raises(UnreadableSource) as refusal:
        open_source(path, "test")
    with speaking("en"):
        assert str(refusal.value) == "The file file.json is empty: download it again."
