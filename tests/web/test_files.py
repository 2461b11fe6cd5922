"""A chart taken away: picture, numbers and package say the same under one identifier, which leads back to it."""

import csv
import io
import json
import re
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.testclient import TestClient

from analysis.held import awards_for
from analysis.ministries import ranking
from analysis.selection import Selection
from language import speaking
from tests.web.at_once import AtOnce
from ui import forms, sentences
from ui.address import State
from web import embedding, files, twins

ORIGIN = "https://observatoire.example"
JUSTICE = State(page="ministeres", selection=Selection(definition="france"))
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def ask(store_of_the_tiny_edition):
    """Asks for files of the tiny edition."""
    app = Starlette(routes=[*files.ROUTES, *embedding.ROUTES, *twins.ROUTES])
    with TestClient(app, base_url=ORIGIN, follow_redirects=False) as client:
        yield client.get


@pytest.fixture
def package(ask) -> dict[str, bytes]:
    """The package of one chart, file by file."""
    answer = ask(forms.chart(JUSTICE, "ranking", "zip"))
    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def _words(svg: bytes) -> str:
    return re.sub(r"\s+", " ", " ".join(ElementTree.fromstring(svg).itertext()))


def test_a_package_holds_every_form_of_the_chart(package):
    assert set(package) == {
        "graphique.png",
        "graphique.svg",
        "donnees.csv",
        "etat.json",
        "citation.txt",
        "citation.bib",
        "texte.txt",
    }


def test_all_of_it_bears_the_same_identifier_edition_method_and_link(package, tiny_edition):
    state = json.loads(package["etat.json"])
    assert state["edition"] == tiny_edition.id
    assert state["method_version"] == "test"
    assert state["parameters"]["definition"] == "france"
    assert state["link"] == f"{ORIGIN}/id/{state['id']}"
    for name in ("citation.txt", "citation.bib", "texte.txt"):
        assert state["link"] in package[name].decode()
    assert state["link"] in _words(package["graphique.svg"]).replace(" ", "")


def test_its_numbers_are_those_of_the_question(package, tiny_edition):
    expected = ranking(awards_for(tiny_edition, JUSTICE.selection), JUSTICE.selection)
    rows = list(csv.DictReader(io.StringIO(package["donnees.csv"].decode())))
    assert [row["ministry"] for row in rows] == expected["ministry"].to_list()
    assert [int(row["total_cents"]) for row in rows] == expected["total_cents"].to_list()


def test_the_picture_carries_title_filters_source_date_and_link(package, tiny_edition):
    words = _words(package["graphique.svg"])
    with speaking("fr"):
        filters = sentences.filters_summary(JUSTICE.selection)
    for part in ("Ministère par ministère", filters, tiny_edition.id, "1 novembre 2026", "Licence Ouverte 2.0"):
        assert part in words
    picture = Image.open(io.BytesIO(package["graphique.png"]))
    assert picture.width == 2000
    assert len(picture.convert("RGB").getcolors(1_000_000)) > 10


def test_it_is_cited_in_both_languages_and_for_bibliographies(package):
    assert "« Ministère par ministère »" in package["citation.txt"].decode()
    assert "“Ministry by ministry”" in package["citation.txt"].decode()
    assert package["citation.bib"].decode().startswith("@misc{np1-")


def test_the_same_chart_is_the_same_package_byte_for_byte(ask):
    one = ask(forms.chart(JUSTICE, "ranking", "zip"))
    files._written.cache.clear()
    assert ask(forms.chart(JUSTICE, "ranking", "zip")).content == one.content


def test_addresses_without_a_chart_take_their_room_too(tiny_edition):
    """There is no end of them: kept for nothing, they would fill the memory."""
    kept = files._written.cache
    kept.clear()
    for number in range(3):
        assert files._written(State(chart=f"absent-{number}"), tiny_edition, ORIGIN, "svg") is None
    assert kept.currsize == 3 * files._LEAST_BYTES


def test_its_identifier_leads_to_the_same_view(ask, package):
    state = json.loads(package["etat.json"])
    answer = ask(f"/id/{state['id']}")
    assert answer.status_code == 302
    assert answer.headers["location"] == state["view"]
    assert "Ministère par ministère" in ask(answer.headers["location"]).text
    assert ask(f"/id/{state['id'][:-1]}").status_code == 404


@pytest.mark.parametrize("extension", ["png", "svg", "csv"])
def test_each_form_alone_is_that_of_the_package(ask, package, extension):
    name = "donnees.csv" if extension == "csv" else f"graphique.{extension}"
    answer = ask(forms.chart(JUSTICE, "ranking", extension))
    assert answer.content == package[name]
    assert (
        ask(forms.chart(JUSTICE, "ranking", extension), headers={"if-none-match": answer.headers["etag"]}).status_code
        == 304
    )


@pytest.mark.parametrize(
    "state",
    [
        State(),
        State(page="marches", selection=Selection(search="messagerie")),
        State(page="messageries", language="en"),
    ],
    ids=["chart", "no-chart", "english"],
)
def test_a_link_is_previewed_by_a_picture_of_the_size_that_networks_want(ask, state):
    answer = ask(forms.preview(state))
    picture = Image.open(io.BytesIO(answer.content))
    assert picture.size == (1200, 630)
    assert len(picture.convert("RGB").getcolors(1_000_000)) > 10
    assert answer.headers["cache-control"] == "public, max-age=300"


def test_states_that_differ_have_pictures_that_differ(ask):
    pictures = {ask(forms.preview(State(selection=Selection(definition=one)))).content for one in ("ue", "france")}
    assert len(pictures) == 2


def test_a_chart_that_the_page_does_not_have_is_refused_with_a_sentence(ask):
    answer = ask("/graphique/ministeres.png?v=1&graphique=disparu")
    assert (answer.status_code, answer.text) == (404, "Cette page n’a pas ce graphique, avec ces filtres.")
    assert ask("/graphique/ministeres.exe").status_code == 404
    assert ask("/graphique/nulle-part.png").status_code == 404
    assert ask(f"/image/accueil.png?q={'a' * 5000}").status_code == 414


def test_a_picture_opened_alone_runs_nothing(ask):
    answer = ask(forms.chart(JUSTICE, "ranking", "svg"))
    assert "sandbox" in answer.headers["content-security-policy"]
    assert b"<script" not in answer.content


def test_the_code_of_a_frame_shows_that_chart_on_that_edition(ask, tiny_edition):
    page = ask(forms.embedding(JUSTICE, "ranking")).text
    frames = re.findall(r'<iframe src="([^"]*)" title="([^"]*)" width="100%" height="(\d+)"', page)
    assert len(frames) == 2
    sources = [source.replace("&amp;", "&") for source, _title, _height in frames]
    assert all(f"edition={tiny_edition.id}" in source and "graphique=ranking" in source for source in sources)
    assert sources[1] == sources[0] + "&apparence=sombre"
    assert all(ask(source.removeprefix(ORIGIN)).text.count("<svg") == 1 for source in sources)


def test_there_is_a_page_of_examples_that_all_show_something(ask):
    page = ask("/integrer/").text
    sources = [source.replace("&amp;", "&") for source in re.findall(r'<iframe src="([^"]*)"', page)]
    assert len(sources) == len(embedding.EXAMPLES)
    for source in sources:
        assert ask(source.removeprefix(ORIGIN)).text.count("<svg") == 1, source


def test_the_page_that_gives_code_cannot_itself_be_framed_by_others(ask):
    assert "frame-ancestors 'self'" in ask("/integrer/").headers["content-security-policy"]


def test_few_pictures_are_drawn_at_once_whatever_is_asked(tiny_edition, monkeypatch):
    drawn = AtOnce()
    monkeypatch.setattr(files, "alone_of", lambda *_arguments: object())
    monkeypatch.setattr(files.pictures, "preview", drawn)
    monkeypatch.setitem(files.FORMS, "png", replace(files.FORMS["png"], write=drawn))
    sites = [f"https://{number}.example" for number in range(8)]
    with ThreadPoolExecutor(8) as readers:
        for draw in (files._previewed, files._written):
            list(readers.map(lambda site, draw=draw: draw(JUSTICE, tiny_edition, site, "png"), sites))
            draw.cache_clear()
    assert (drawn.done, drawn.most) == (16, 2)
