"""Every table of every page leads to files with exactly the rows on screen, in their order."""

import html
import re
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import polars as pl
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from loaders import editions
from tests.pages.conftest import opened, table_rows
from web import tables

PAGES_WITH_TABLES = [
    ("vue_ensemble", {}),
    ("ministeres", {"ministere": "interieur"}),
    ("ministeres", {"ministere": "interieur", "langue": "en"}),
    ("marches", {"tri": "montant"}),
    ("marche", {"id": "C17"}),
    ("methode", {}),
    ("messageries", {"commune": "abergement"}),
    ("alternatives", {}),
    ("echeances", {"au": "2025-07-01"}),
    ("fournisseurs", {}),
    ("fournisseurs", {"q": "editions atl"}),
    ("fournisseurs", {"fournisseur": "000000208", "q": "editions"}),
]
FILTERED = [
    ("vue_ensemble", {"ministere": "interieur", "definition": "france"}),
    ("ministeres", {"annees": "2022-2024", "montant": "plafond"}),
    ("fournisseurs", {"q": "editions atl", "definition": "hors-us"}),
    ("fournisseurs", {"groupe": "nuage-atlantique", "signales": "oui"}),
    ("alternatives", {"perimetre": "nuage"}),
    ("alternatives", {"face": "nuage-atlantique,000000240", "quota": "70"}),
    ("echeances", {"au": "2025-07-01", "mois": "24"}),
    ("messageries", {"commune": "abergement"}),
    ("marches", {"q": "oeuvres numerisees", "tri": "montant"}),
]
_TABLE_OR_FILE = re.compile(r'<table.*?</table>|"/tableau/[^"]+\.csv\?[^"]*"', flags=re.DOTALL)


@pytest.fixture
def get() -> Iterator[Callable[[str], bytes]]:
    """What the address of a file answers."""
    with TestClient(Starlette(routes=tables.ROUTES)) as client:

        def body(address: str) -> bytes:
            answer = client.get(address)
            assert answer.status_code == 200, (address, answer.text)
            return answer.content

        yield body


def shown_and_offered(markup: str) -> Iterator[tuple[list[list[str]], str]]:
    """The rows shown above each address of a CSV; a long table is shown in two parts, the second folded."""
    rows = []
    for found in _TABLE_OR_FILE.findall(markup):
        if found.startswith("<table"):
            rows += table_rows(found)
        else:
            yield rows, html.unescape(found.strip('"'))
            rows = []


@pytest.mark.parametrize(("page", "query"), PAGES_WITH_TABLES)
def test_every_table_of_every_page_leads_to_a_file_with_exactly_its_rows(open_page, get, page, query):
    compared = 0
    for rows, address in shown_and_offered(open_page(page, **query).markup):
        saved = pl.read_csv(get(address), infer_schema=False)
        if rows:
            compared += 1
            assert saved.height == len(rows), address
            for value, row in zip(saved.to_series(0), rows, strict=True):
                assert row[0].startswith((value or "—").split()[0]), address
    assert compared > 0


@pytest.mark.parametrize(("page", "query"), FILTERED)
def test_what_is_taken_away_is_asked_as_the_page_is(open_page, page, query):
    """Files of a figure once forgot the words sought, and gave those of all vendors under the picture of a few."""
    taken = [link for link in open_page(page, **query).links if re.search("/(tableau|graphique|integrer)/", link)]
    assert taken
    for link in taken:
        kept = parse_qs(urlsplit(link).query)
        assert {key: kept.get(key) for key in query} == {key: [value] for key, value in query.items()}, link


def test_every_table_is_offered_in_every_format(open_page, get):
    links = [link for link in open_page("marche", id="C01").links if link.startswith("/tableau/")]
    by_table = {}
    for link in links:
        name, extension = link.split("?")[0].rsplit(".", 1)
        by_table.setdefault(name, {})[extension] = get(link)
    assert "/tableau/marche/versions" in by_table
    for name, files in by_table.items():
        assert set(files) == {"csv", "xlsx", "parquet"}, name
        height = pl.read_csv(files["csv"]).height
        assert pl.read_parquet(files["parquet"]).height == height
        with zipfile.ZipFile(BytesIO(files["xlsx"])) as workbook:
            assert workbook.read("xl/worksheets/sheet1.xml").count(b"<row ") == height + 1
            assert b"Nuages publics" in workbook.read("xl/sharedStrings.xml")


def test_a_file_keeps_its_edition_and_its_language(open_page, get):
    links = [
        link for link in open_page("ministeres", langue="en").links if "/tableau/ministeres/ministeres.csv" in link
    ]
    assert "edition=2026-11-01-minuscule" in links[0]
    assert "Ministry" in get(links[0]).decode().splitlines()[0]


def test_a_list_cut_in_pages_can_be_taken_whole_in_the_same_order(get, tmp_path, monkeypatch):
    if not (editions.STARTER_FOLDER / editions.MANIFEST_NAME).is_file():
        pytest.skip("the starter edition is not there")
    monkeypatch.setenv("NUAGES_EDITIONS", str(tmp_path))
    (shown, page), (_nothing, whole) = shown_and_offered(opened("marches", page="2", tri="montant").markup)
    on_page, everything = (pl.read_csv(get(address), infer_schema=False) for address in (page, whole))
    assert on_page.height == len(shown) == 25
    assert everything[25:50].equals(on_page)
