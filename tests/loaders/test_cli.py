"""The command line: bad input is one clear sentence, an exit code that is not zero, and nothing lost."""

import gzip
import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from loaders import cli, editions

ROOT = Path(__file__).parents[2]

RECORD = {
    "id": "2024M001",
    "acheteur": {"id": "11001401600015"},
    "objet": "Maintenance des serveurs",
    "codeCPV": "72267000",
    "dateNotification": "2024-03-07",
    "montant": 1000,
    "titulaires": [{"titulaire": {"typeIdentifiant": "SIRET", "id": "33509231800120"}}],
}
GOOD = json.dumps({"marches": {"marche": [RECORD]}}).encode()


def run(monkeypatch, capsys, *arguments) -> tuple[int, str]:
    """Exit code and everything said on stderr, on one line."""
    monkeypatch.setattr(sys, "argv", ["loaders", *map(str, arguments)])
    try:
        cli.main()
        code = 0
    except SystemExit as end:
        code = int(end.code or 0)
    return code, " ".join(capsys.readouterr().err.split())


@pytest.fixture
def edition(tmp_path, monkeypatch, capsys):
    """A sound edition already in place, with the bytes of its manifest."""
    source = tmp_path / "good.json"
    source.write_bytes(GOOD)
    out = tmp_path / "edition"
    code, said = run(monkeypatch, capsys, "build", "--from", source, "--out", out)
    assert code == 0, said
    return out


def zipped(content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("decp.json", content)
    return buffer.getvalue()


BAD_FILES = {
    "empty": b"",
    "not JSON": b"ceci n'est pas du JSON, ni un tableau",
    "truncated JSON": GOOD[:-40],
    "truncated zip": zipped(GOOD * 50)[:-60],
    "truncated gzip": gzip.compress(GOOD * 50)[:-20],
    "wrong columns": b"nom,prenom\nDurand,Anne\n",
    "HTML instead of Parquet": b"<!DOCTYPE html><html><body>503 Service Unavailable</body></html>",
    "truncated Parquet": b"PAR1" + b"\0" * 200,
    "JSON of another kind": b'{"resultats": []}',
}


@pytest.mark.parametrize("kind", BAD_FILES)
def test_a_bad_file_is_one_sentence_and_leaves_the_edition_untouched(edition, tmp_path, monkeypatch, capsys, kind):
    before = (edition / "manifest.json").read_bytes()
    bad = tmp_path / "decp.parquet"
    bad.write_bytes(BAD_FILES[kind])
    code, said = run(monkeypatch, capsys, "build", "--from", bad, "--out", edition)
    assert code != 0
    assert "Traceback" not in said
    assert "decp.parquet" in said
    assert (edition / "manifest.json").read_bytes() == before
    assert [path.name for path in edition.parent.iterdir() if path.name.startswith(".")] == []


def test_a_file_that_is_not_there_is_said(edition, tmp_path, monkeypatch, capsys):
    code, said = run(monkeypatch, capsys, "build", "--from", tmp_path / "absent.json", "--out", edition)
    assert code != 0
    assert "absent.json" in said


def test_no_network_is_one_sentence_and_the_starter_stays(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("NUAGES_EDITIONS", str(tmp_path / "store"))
    monkeypatch.setenv("NUAGES_DOWNLOADS", str(tmp_path / "downloads"))
    for variable in ("HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(variable, "http://127.0.0.1:9")
    monkeypatch.setattr("loaders.fetch.RETRIES", 0)
    code, said = run(monkeypatch, capsys, "update", "--only", "decp_tabular")
    assert code != 0
    assert "L’édition courante reste en place" in said
    assert editions.published() == []


def test_an_unknown_source_is_refused_with_the_known_ones(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("NUAGES_EDITIONS", str(tmp_path))
    code, said = run(monkeypatch, capsys, "update", "--only", "nowhere")
    assert code != 0
    assert "decp_tabular" in said


def test_the_sentence_is_english_for_an_english_reader(tmp_path):
    bad = tmp_path / "decp.json"
    bad.write_bytes(b"")
    done = subprocess.run(
        [sys.executable, "-m", "loaders", "build", "--from", bad, "--out", tmp_path / "out"],
        cwd=ROOT,
        env=os.environ | {"LC_ALL": "en_GB.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "empty" in done.stderr
    assert "vide" not in done.stderr


def test_a_full_disk_is_said_and_nothing_is_left_behind(edition, tmp_path, monkeypatch, capsys):
    before = (edition / "manifest.json").read_bytes()

    def full(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("loaders.publish.write_table", full)
    monkeypatch.setattr("loaders.tables.write_table", full)
    code, said = run(monkeypatch, capsys, "build", "--from", tmp_path / "good.json", "--out", edition)
    assert code != 0
    assert "plein" in said
    assert (edition / "manifest.json").read_bytes() == before
    assert [path.name for path in edition.parent.iterdir() if path.name.startswith(".")] == []


def test_check_accepts_a_sound_edition_and_names_what_was_altered(edition, monkeypatch, capsys):
    assert run(monkeypatch, capsys, "check", edition)[0] == 0
    (edition / "buyers.parquet").write_bytes((edition / "vendors.parquet").read_bytes())
    code, said = run(monkeypatch, capsys, "check", edition)
    assert code == 1
    assert "buyers" in said


def test_check_shows_no_difference_between_an_edition_and_itself(edition, monkeypatch, capsys):
    code, _ = run(monkeypatch, capsys, "check", edition, "--against", edition)
    assert code == 0


def test_help_teaches_with_examples(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["loaders", "--help"])
    with pytest.raises(SystemExit):
        cli.main()
    shown = capsys.readouterr().out
    for verb in ("update", "build", "classify", "check", "list", "rollback"):
        assert verb in shown
