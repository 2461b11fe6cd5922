"""Registers that come damaged: their last extract goes on serving, the failure is said, and they are fetched again."""

import gzip
import io
import random
import zipfile

import pytest

from loaders.enrich import refresh as refreshing
from loaders.errors import UnreadableSource
from loaders.sources import declared
from tests.faults.records import as_parquet, zipped

REGISTERS = [source for source in declared().values() if source.role == "reference"]


def _bomb() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a.csv", "w") as member:
        for _ in range(110):
            member.write(b" " * (1 << 20))
    return written.getvalue()


PDF = b"""%PDF-1.7
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Kids[2 0 R]/Count 9>>endobj
trailer<</Root 1 0 R>>"""
DAMAGES = {
    "nothing": b"",
    "a web page": b"<!DOCTYPE html><html><body>503</body></html>",
    "noise": random.Random("noise").randbytes(5000),
    "a zip cut short": zipped(**{"a.csv": b"LEI,x\n" * 500})[:-20],
    "a zip with a damaged member": zipped(**{"a.csv": b"LEI,x\n" * 500}).replace(b"a.csv", b"a.cs\xff", 1),
    "a zip of something else": zipped(**{"a.json": b"[" * 50_000}),
    "a zip bomb": _bomb(),
    "a gzip": gzip.compress(b"LEI,x\n"),
    "a Parquet of something else": as_parquet(),
    "a Parquet cut short": as_parquet()[:-50],
    "a PDF that turns round": PDF,
    "a PDF cut short": PDF[:40],
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.id)
def test_a_damaged_register_is_said_and_its_last_extract_stays(tmp_path, monkeypatch, register, damage):
    files = [tmp_path / "one", tmp_path / "two"]
    for file in files:
        file.write_bytes(DAMAGES[damage])
        file.with_name(f"{file.name}.json").write_text("{}")
    derived = tmp_path / "derived"
    derived.mkdir()
    (derived / f"{register.id}.parquet").write_bytes(b"the last extract")
    monkeypatch.setattr(refreshing, "fetch", lambda *_: files)
    monkeypatch.setattr(refreshing, "DERIVED_FOLDER", derived)
    (failure,) = refreshing.refresh([register], lambda *_: None, None)
    assert isinstance(failure, UnreadableSource)
    assert (derived / f"{register.id}.parquet").read_bytes() == b"the last extract"
    assert [path.name for path in derived.iterdir() if path.name.startswith(".build")] == []
    assert [file for file in files if file.with_name(f"{file.name}.json").exists()] == []
