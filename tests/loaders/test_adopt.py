"""An edition built elsewhere is checked before it is published here."""

import json

import pytest

from loaders import adopt as adopting
from loaders import editions
from loaders.adopt import adopt
from loaders.editions import Edition
from loaders.errors import PublicationRefused
from loaders.sources import Source
from tests.object_storage import renamed


@pytest.fixture
def built(tiny_edition, tmp_path, monkeypatch):
    """A sound edition outside the store."""
    monkeypatch.setenv("NUAGES_EDITIONS", str(tmp_path / "store"))
    monkeypatch.setattr(adopting.publish, "problems", lambda *_: [])
    return renamed(tiny_edition, tmp_path, "2026-11-01-aaaaaa", "2026-11-01T00:00:00")


def test_a_sound_edition_is_copied_into_the_store_and_is_current(built):
    assert adopt(built).id == editions.current().id == built.id
    assert editions.current().folder == editions.store() / built.id
    assert not editions.current().table_path("awards").is_symlink()


def test_an_edition_that_fails_its_checks_is_refused(built, monkeypatch):
    monkeypatch.undo()
    monkeypatch.setenv("NUAGES_EDITIONS", str(built.folder.parent / "store"))
    built.table_path("awards").unlink()
    with pytest.raises(PublicationRefused, match="awards"):
        adopt(built)
    assert editions.published() == []


def test_a_national_edition_whose_totals_jump_is_refused_unless_accepted(built, tmp_path, monkeypatch):
    national = _as_national(built)
    adopt(national)
    other = _as_national(renamed(national, tmp_path / "other", "2026-11-02-bbbbbb", "2026-11-02T00:00:00"))
    monkeypatch.setattr("loaders.plausibility.jumps", lambda *_: ["deux fois moins de marchés"])
    with pytest.raises(PublicationRefused, match="deux fois moins"):
        adopt(other)
    assert editions.current().id == national.id
    assert adopt(other, accepts_suspicious=True).id == editions.current().id == other.id


def test_a_national_edition_shorter_than_its_source_declares_is_refused_unless_accepted(built, monkeypatch):
    declared = {"tiny": Source(id="tiny", title="Source minuscule", fewest_records=1_000)}
    monkeypatch.setattr("loaders.plausibility.declared", lambda: declared)
    national = _as_national(built)
    with pytest.raises(PublicationRefused, match="moins d’enregistrements"):
        adopt(national)
    assert adopt(national, accepts_suspicious=True).id == editions.current().id


def _as_national(edition: Edition) -> Edition:
    manifest = edition.manifest | {"kind": editions.NATIONAL}
    (edition.folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return Edition(edition.folder)
