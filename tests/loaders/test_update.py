"""An update publishes what it could fetch, says what it went without, and never runs twice at once."""

import json

import pytest
from filelock import FileLock

from loaders import editions
from loaders import update as updating
from loaders.enrich import refresh as refreshing
from loaders.errors import FetchFailed
from loaders.update import UpdateRunning, update
from tests.loaders.test_cli import RECORD


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("NUAGES_EDITIONS", str(tmp_path / "store"))
    return tmp_path / "store"


@pytest.fixture
def published(tmp_path, monkeypatch):
    """Contracts can be had; registers cannot."""
    contracts = tmp_path / "decp"
    contracts.write_bytes(json.dumps({"marches": [RECORD]}).encode())

    def no_register(source, *_):
        raise FetchFailed("« {title} » injoignable", title=source.title)

    monkeypatch.setattr(updating, "fetch", lambda *_: [contracts])
    monkeypatch.setattr(refreshing, "fetch", no_register)


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
