"""What tests of the served answers share: a store whose current edition is the tiny one, and a client."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from web import open_data
from web.api import service

ORIGIN = "https://observatoire.example"
REQUIRED = {"marche": "id=C01", "face-a-face": "face=000000208,000000240"}
"""What some questions cannot be asked without."""


@pytest.fixture
def site(store_of_the_tiny_edition: Path) -> Iterator[TestClient]:
    """Asks the open data and the API of the tiny edition."""
    app = Starlette(routes=[*open_data.ROUTES, *service.ROUTES])
    with TestClient(app, base_url=ORIGIN, follow_redirects=False) as client:
        yield client
    service._written.cache_clear()


def answer_to(site, question: str, query: str = "") -> dict:
    """The JSON answer to ``question``, asked with what it cannot do without."""
    given_too = "&".join(part for part in (REQUIRED.get(question, ""), query) if part)
    answer = site.get(f"/api/v1/{question}.json?{given_too}")
    assert answer.status_code == 200, answer.text
    return answer.json()
