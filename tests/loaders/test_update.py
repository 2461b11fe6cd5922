"""An update publishes what it could fetch, says what it went without, and never runs twice at once."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from filelock import FileLock

from loaders import editions
from loaders import update as updating
from loaders.enrich import refresh as refreshing
from loaders.errors import FetchFailed, PublicationRefused
from loaders.update import UpdateRunning, update
from tests.loaders.test_cli import RECORD


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("NUAGES_EDITIONS", str(tmp_path / "store"))
    return tmp_path / "store"


@pytest.fixture
def published(tmp_path, monkeypatch):
    """Contracts of yesterday can be had, one of a source that declares one; registers cannot."""
    contracts = publish(tmp_path, 1)

    def no_register(source, *_):
        raise FetchFailed("« {title} » injoignable", title=source.title)

    monkeypatch.setattr(updating, "fetch", lambda *_: [contracts])
    monkeypatch.setattr(refreshing, "fetch", no_register)
    sources = updating.declared()
    short = sources | {"decp_tabular": replace(sources["decp_tabular"], fewest_records=1)}
    monkeypatch.setattr(updating, "declared", lambda: short)
    return tmp_path


def publish(folder, contracts, days_ago=1):
    """A file of that many contracts, all notified that many days ago."""
    notified = (datetime.now(UTC).date() - timedelta(days=days_ago)).isoformat()
    records = [RECORD | {"id": f"M{number}", "dateNotification": notified} for number in range(contracts)]
    (folder / "decp").write_text(json.dumps({"marches": records}))
    return folder / "decp"


def silent(*_):
    pass


def test_a_register_that_cannot_be_had_is_said_and_gone_without(store, published):
    done = update(["decp_tabular", "gleif"], silent)
    assert done.edition.manifest["counts"]["contracts_kept"] == 1
    assert [str(failure) for failure in done.failures] == [
        "« Golden copy des identifiants d’entités juridiques et de leurs relations (LEI, niveaux 1 et 2) » injoignable"
    ]


def test_the_new_edition_is_current_at_once(store, published):
    done = update(["decp_tabular"], silent)
    assert editions.current().id == done.edition.id
    assert done.edition.manifest["kind"] == "national"


def test_an_edition_that_astonishes_leaves_the_current_one_in_place(store, published):
    current = update(["decp_tabular"], silent).edition.id
    publish(published, 1, days_ago=40)
    with pytest.raises(PublicationRefused, match="plus de 30 jours"):
        update(["decp_tabular"], silent)
    assert editions.current().id == current
    assert [edition.id for edition in editions.published()] == [current]


def test_an_edition_that_astonishes_is_published_when_a_person_says_so_and_what_astonished_is_told(store, published):
    publish(published, 1, days_ago=40)
    done = update(["decp_tabular"], silent, accept_suspicious=True)
    assert editions.current().id == done.edition.id
    assert len(done.accepted) == 1
    assert "plus de 30 jours" in done.accepted[0]


def test_an_edition_that_lost_contracts_is_compared_with_the_current_one(store, published):
    publish(published, 10)
    assert update(["decp_tabular"], silent).accepted == []
    publish(published, 7)
    with pytest.raises(PublicationRefused, match="7 marchés au lieu de 10"):
        update(["decp_tabular"], silent)


def test_a_source_shorter_than_it_declares_builds_no_edition(store, published, monkeypatch):
    whole = {"decp_tabular": replace(updating.declared()["decp_tabular"], fewest_records=1_000_000)}
    monkeypatch.setattr(updating, "declared", lambda: whole)
    with pytest.raises(PublicationRefused, match="moins d’enregistrements"):
        update(["decp_tabular"], silent)
    assert editions.published() == []


def test_registers_alone_build_no_edition(store, published):
    assert update(["gleif"], silent).edition is None
    assert editions.published() == []


def test_two_updates_at_once_are_one_too_many(store, published):
    store.mkdir()
    with FileLock(store / ".update.lock"), pytest.raises(UpdateRunning):
        update(["decp_tabular"], silent)


def test_every_register_that_is_declared_has_its_extract():
    registers = {source.id for source in updating.declared().values() if source.role == "reference"}
    assert registers == set(refreshing._EXTRACTS)
