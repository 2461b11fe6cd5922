"""Crawlers read pages and previews, and leave files alone."""

from urllib.robotparser import RobotFileParser

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from ui import forms
from ui.address import State
from web import crawlers

VIEW = State(page="ministeres")


@pytest.fixture(scope="module")
def rules() -> RobotFileParser:
    parser = RobotFileParser()
    with TestClient(Starlette(routes=crawlers.ROUTES)) as client:
        parser.parse(client.get("/robots.txt").text.splitlines())
    return parser


@pytest.mark.parametrize("address", ["/", forms.twin(VIEW), forms.preview(VIEW), "/ministeres"])
def test_pages_and_previews_are_for_everybody(rules, address):
    assert rules.can_fetch("Any", address)


@pytest.mark.parametrize(
    "address",
    [forms.chart(VIEW, "ranking", "png"), forms.table(VIEW, "ministeres", "xlsx"), forms.embedding(VIEW, "ranking")],
)
def test_files_are_left_alone(rules, address):
    assert not rules.can_fetch("Any", address)
