"""Files that unfold beyond measure or lead elsewhere: refused with a sentence, in little memory and little disk."""

import gzip
import io
import struct
import tempfile
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest

from loaders.errors import UnreadableSource
from loaders.read import bounds, json_records
from tests.faults.fates import nothing_is_run, read_with_every_fate
from tests.faults.records import as_json, zipped
from tests.loaders.read.reading import read_bytes

MEGABYTE = 1 << 20
BOMB_MEGABYTES = 120
MEMORY_MEGABYTES = 40
TOO_MUCH = "se déploie en trop de"


@pytest.fixture
def little_allowed(monkeypatch):
    """Bounds a hundred times lower: bombs are made in no time."""
    monkeypatch.setattr(bounds, "ALWAYS_ALLOWED_BYTES", MEGABYTE)


@pytest.fixture
def temporary(tmp_path, monkeypatch) -> Path:
    """Where temporary copies go during the test."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def gzip_bomb(megabytes: int = BOMB_MEGABYTES) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join([*(packer.compress(b" " * MEGABYTE) for _ in range(megabytes)), packer.flush()])


def archive(*members: tuple[str, bytes], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", kind) as opened:
        for name, content in members:
            opened.writestr(zipfile.ZipInfo(name), content, kind)
    return written.getvalue()


def zip_bomb() -> bytes:
    return archive(("marches.json", b"[" + b" " * 30 * MEGABYTE + b"]"))


def zip_that_lies() -> bytes:
    """It declares a kilobyte for each of its megabytes."""
    content = bytearray(zip_bomb())
    for signature, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = content.index(signature)
        content[at + place : at + place + 4] = struct.pack("<L", 1000)
    return bytes(content)


def zip_that_declares_everything() -> bytes:
    content = bytearray(archive(("marches.json", as_json())))
    at = content.index(b"PK\x01\x02")
    content[at + 24 : at + 28] = struct.pack("<L", 0xFFFFFFFE)
    return bytes(content)


BOMBS = {
    "a gzip bomb": gzip_bomb(30),
    "a gzip bomb of many members": gzip_bomb(3) * 10,
    "a zip bomb": zip_bomb(),
    "a zip bomb in a zip": archive(("a.zip", zip_bomb())),
    "a zip bomb in a gzip in a zip": archive(("a.gz", gzip.compress(zip_bomb()))),
    "many bombs below the bound": archive(*((f"{number}.json", gzip_bomb(1)) for number in range(30))),
    "too many members": archive(*((f"{number}.json", b"[]") for number in range(1001))),
    "a declared length beyond any source": zip_that_declares_everything(),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_refused(tmp_path, temporary, little_allowed, bomb):
    with pytest.raises(UnreadableSource, match=TOO_MUCH), nothing_is_run():
        read_bytes(tmp_path, BOMBS[bomb])
    assert list(temporary.iterdir()) == []


def test_a_member_that_gives_more_than_it_declares_is_damaged(tmp_path, temporary, little_allowed):
    with pytest.raises(UnreadableSource, match="abîmée"):
        read_bytes(tmp_path, zip_that_lies())
    assert list(temporary.iterdir()) == []


def test_a_list_of_members_longer_than_any_is_not_read(tmp_path):
    """A directory of hundreds of megabytes would become gigabytes of objects."""
    members = ((f"{number:05}{'x' * 60}", b"") for number in range(12_000))
    with pytest.raises(UnreadableSource, match=TOO_MUCH):
        read_bytes(tmp_path, archive(*members))


@pytest.mark.parametrize("kind", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_compressions_that_unfold_whole_in_memory_are_refused(tmp_path, kind):
    with pytest.raises(UnreadableSource, match="compressée d’une façon inconnue"):
        read_bytes(tmp_path, archive(("marches.json", as_json()), kind=kind))


def test_a_bomb_costs_little_memory(tmp_path, temporary):
    """A hundred and twenty megabytes of blanks in as many kilobytes, at the bounds of everyday."""
    path = tmp_path / "file"
    path.write_bytes(gzip_bomb())
    tracemalloc.start()
    try:
        with pytest.raises(UnreadableSource, match=TOO_MUCH):
            read_with_every_fate(path)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < MEMORY_MEGABYTES * MEGABYTE
    assert list(temporary.iterdir()) == []


OUTSIDE = ("../outside.json", "/outside.json", "..\\outside.json", "a/../../outside.json", "C:\\outside.json")


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_member_named_elsewhere_never_goes_there(tmp_path, temporary, name):
    """It is read under a name of ours, or left alone as what systems hide in archives."""
    read = read_bytes(tmp_path, archive((name, as_json(3)), ("sound.json", as_json(2))))
    assert read.records == (2 if name.startswith(".") or "/../" in name else 5)
    assert sorted(tmp_path.iterdir()) == [tmp_path / "file", temporary]
    assert list(temporary.iterdir()) == []


def test_a_symbolic_link_in_an_archive_is_not_followed(tmp_path):
    secret = tmp_path / "secret.json"
    secret.write_bytes(as_json(5))
    link = zipfile.ZipInfo("marches.json")
    link.create_system = 3
    link.external_attr = 0o120777 << 16
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as opened:
        opened.writestr(link, str(secret))
    with pytest.raises(UnreadableSource, match="n’est pas reconnu"):
        read_bytes(tmp_path, written.getvalue())


def test_a_name_cannot_drive_the_terminal_that_shows_it(tmp_path):
    name = "\x1b[2J\x1b]0;titre\x07" + "n" * 5000
    with pytest.raises(UnreadableSource) as refusal:
        read_bytes(tmp_path, archive((name, b"Bonjour")))
    assert "\x1b" not in str(refusal.value)
    assert "\x07" not in str(refusal.value)
    assert len(str(refusal.value)) < 2000


XML = {
    "entities of entities": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;">]><a>&c;</a>',
    "an entity of this machine": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
}


@pytest.mark.parametrize("case", XML)
def test_xml_is_not_read(tmp_path, case):
    with pytest.raises(UnreadableSource, match="est en XML"), nothing_is_run():
        read_bytes(tmp_path, XML[case])


DEEP = 100_000
NESTED = {
    "lists": b"[" * DEEP + b"]" * DEEP,
    "objects": b'{"a":' * DEEP + b"1" + b"}" * DEEP,
    "a title": b'[{"id": "1", "acheteur": {"id": "2"}, "objet": ' + b"[" * DEEP + b"]" * DEEP + b"}]",
    "never closed": b"[" * DEEP,
}


@pytest.mark.parametrize("case", NESTED)
def test_json_nested_a_hundred_thousand_deep_is_refused(tmp_path, case):
    with pytest.raises(UnreadableSource, match=r"emboîte trop|pas du JSON valide|s’arrête au milieu"):
        read_bytes(tmp_path, NESTED[case])


@pytest.mark.parametrize("depth", [50, 200, 400, 700, 900, 950, 1000, 1100, 2000])
def test_json_nested_as_deep_as_can_be_is_read_or_refused(tmp_path, depth):
    """Between what any function can follow and what none can: no crash on the way."""
    title = b"[" * depth + b"1" + b"]" * depth
    record = b'{"id": "1", "acheteur": {"id": "2"}, "objet": %b, "titulaires": [{"id": %b}], "modifications": [%b]}'
    try:
        read = read_with_every_fate(_written(tmp_path, b"[" + record % (title, title, title) + b"]"))
    except UnreadableSource as refusal:
        found = str(refusal)
    else:
        found = read.column("title")[0]
    assert found in ("1", "Le fichier file emboîte trop de niveaux de JSON pour être lu.")


def _written(folder: Path, content: bytes) -> Path:
    path = folder / "file"
    path.write_bytes(content)
    return path


def test_a_record_larger_than_any_contract_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(json_records, "LARGEST_RECORD_BYTES", MEGABYTE)
    with pytest.raises(UnreadableSource, match="ce n’est pas un marché"):
        read_bytes(tmp_path, as_json(1, objet="x" * 3 * MEGABYTE))


def test_a_file_of_endlessly_new_keys_does_not_fill_the_manifest(tmp_path):
    records = [f'{{"id": "{number}", "acheteur": {{"id": "1"}}, "cle{number}": 1}}' for number in range(5000)]
    read = read_bytes(tmp_path, f"[{','.join(records)}]".encode())
    assert read.records == 5000
    assert 0 < len(read.reading.unknown_columns) <= 500


def test_a_sound_archive_at_ordinary_ratios_is_read(tmp_path):
    assert read_bytes(tmp_path, zipped(**{"a.json": as_json(2000), "b.json": as_json(2000)})).records == 4000
