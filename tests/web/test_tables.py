"""The files of a table at an address of their own: what they are called, how long they hold, what is refused."""

import io
from concurrent.futures import ThreadPoolExecutor

import polars as pl
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from analysis.selection import Selection
from tests.tiny_edition import EDITION_ID
from tests.web.at_once import AtOnce
from ui import forms
from ui.address import State
from web import tables

MINISTRIES = State(page="ministeres", selection=Selection(definition="france"), embed=True)


@pytest.fixture
def get(store_of_the_tiny_edition):
    """Asks for files of tables of the tiny edition."""
    with TestClient(Starlette(routes=tables.ROUTES)) as client:
        yield client.get


def test_a_file_says_what_it_holds_and_of_which_edition(get):
    answer = get(forms.table(MINISTRIES, "ministeres", "parquet"))
    assert answer.headers["content-type"] == "application/vnd.apache.parquet"
    name = f"nuages-publics_ministeres_{EDITION_ID}.parquet"
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert "ministry" in pl.read_parquet(io.BytesIO(answer.content)).columns


def test_whoever_has_it_is_not_sent_it_again(get):
    address = forms.table(MINISTRIES, "ministeres", "csv")
    first = get(address)
    assert get(address, headers={"if-none-match": first.headers["etag"]}).status_code == 304


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/tableau/ministeres/ministeres.exe", "Cette page n’existe pas."),
        ("/tableau/nulle-part/ministeres.csv", "Cette page n’existe pas."),
        ("/tableau/ministeres/disparu.csv", "Cette page n’a pas ce tableau, avec ces filtres."),
        ("/tableau/ministeres/disparu.csv?langue=en", "This page does not have this table, with these filters."),
    ],
)
def test_what_there_is_not_is_said(get, address, said):
    answer = get(address)
    assert (answer.status_code, answer.text) == (404, said)


def test_few_tables_are_written_at_once_whatever_is_asked(get, monkeypatch):
    written = AtOnce()
    monkeypatch.setitem(tables.export.FORMATS, "csv", ("text/csv", written))
    addresses = [f"{forms.table(MINISTRIES, 'ministeres', 'csv')}&x={number}" for number in range(8)]
    with ThreadPoolExecutor(8) as readers:
        assert {answer.status_code for answer in readers.map(get, addresses)} == {200}
    assert (written.done, written.most) == (8, 2)
