"""Whoever asks of the whole country without a page is answered as a page is: from what was made with the edition.

Feeds and the API once read all awards for each request: two seconds and two gigabytes nationally.
"""

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from analysis import answers
from loaders.editions import Edition
from web import feeds
from web.api import service

WHOLE = "perimetre=tout"
OF_SUMS = [
    *(f"/api/v1/{name}.json" for name in ("part-etrangere", "verdicts", "annees", "quota")),
    "/api/v1/groupes.json",
]


@pytest.fixture
def get(monkeypatch, tmp_path):
    """Asks the API and the feeds of the starter edition, where nothing was asked yet."""
    monkeypatch.setenv("NUAGES_EDITIONS", str(tmp_path))
    answers._worked_out.cache.clear()
    with TestClient(Starlette(routes=[*service.ROUTES, *feeds.ROUTES])) as client:
        yield client.get
    service._written.cache_clear()


@pytest.fixture
def read(monkeypatch) -> list[str]:
    """The tables of the starter edition that are read from now on."""
    tables = []
    scan = Edition.scan

    def noted(edition: Edition, table: str):
        tables.append(table)
        return scan(edition, table)

    monkeypatch.setattr(Edition, "scan", noted)
    return tables


@pytest.mark.parametrize("asked", OF_SUMS)
def test_sums_are_answered_without_the_awards(get, read, asked):
    assert get(f"{asked}?{WHOLE}").status_code == 200
    assert "awards" not in read


@pytest.mark.parametrize("asked", ["/flux/marches.atom", "/api/v1/marches.json", "/api/v1/fournisseurs.json"])
def test_lists_are_read_as_a_page_reads_them(get, monkeypatch, asked):
    asked_quickly, worked_out = [], answers.worked_out
    monkeypatch.setattr(answers, "worked_out", lambda *what: asked_quickly.append(what) or worked_out(*what))
    monkeypatch.setattr(answers, "_asked_of_awards", lambda *_what: pytest.fail("all awards were read"))
    assert get(f"{asked}?{WHOLE}").status_code == 200
    assert asked_quickly
