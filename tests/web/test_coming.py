"""An edition that the object store keeps and that has not come yet: said as such, kept by nobody, never replaced."""

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from loaders import editions
from loaders.editions import EditionComing
from web import embedding, feeds, files, open_data, twins
from web.api import service

OLDER = "2025-01-01-abcdef"


@pytest.fixture
def site(store_of_the_tiny_edition, monkeypatch):
    """A site that has yet to bring one older edition."""
    find = editions.find

    def found(edition_id):
        if edition_id == OLDER:
            raise EditionComing("L’édition {edition} arrive sur ce serveur.", edition=edition_id)
        return find(edition_id)

    monkeypatch.setattr(editions, "find", found)
    rooms = (twins, files, embedding, feeds, open_data, service)
    with TestClient(Starlette(routes=[route for room in rooms for route in room.ROUTES])) as client:
        yield client


@pytest.mark.parametrize(
    "address",
    [
        f"/vue/?v=1&edition={OLDER}",
        f"/vue/fournisseurs?v=1&edition={OLDER}",
        f"/image/marches.png?v=1&edition={OLDER}",
        f"/graphique/fournisseurs.svg?v=1&edition={OLDER}",
        f"/integrer/fournisseurs?v=1&edition={OLDER}",
        f"/flux/marches.atom?v=1&edition={OLDER}",
        f"/donnees/{OLDER}/awards.parquet",
        f"/api/v1/verdicts.json?edition={OLDER}",
    ],
)
def test_no_form_of_a_view_shows_another_edition_meanwhile(site, address):
    answer = site.get(address)
    assert answer.status_code == 503
    assert "arrive sur ce serveur" in answer.text
    assert "max-age" not in answer.headers.get("cache-control", "")


@pytest.mark.parametrize("address", [f"/donnees/{OLDER}/awards.parquet", f"/api/v1/verdicts.json?edition={OLDER}"])
def test_programs_are_told_when_to_come_back(site, address):
    assert int(site.get(address).headers["retry-after"]) > 0
