"""The API refuses what it does not understand, in our own words, and never repeats what it was sent."""

from urllib.parse import quote

import pytest

from loaders import editions
from tests.web.conftest import answer_to
from web.api import service


@pytest.mark.parametrize(
    ("address", "status", "kind", "key"),
    [
        ("verdicts.json?couleur=rouge", 400, "unknown-parameter", None),
        ("verdicts.json?q=microsoft", 400, "unknown-parameter", None),
        ("verdicts.json?utm_source=x", 400, "unknown-parameter", None),
        ("verdicts.json?embed=true", 400, "unknown-parameter", None),
        ("verdicts.json?definition=lune", 400, "unknown-value", "definition"),
        ("verdicts.json?definition=", 400, "unknown-value", "definition"),
        ("verdicts.json?ministere=interieur,lune", 400, "unknown-value", "ministere"),
        ("verdicts.json?annees=2024-2020", 400, "unknown-value", "annees"),
        ("verdicts.json?annees=2020&annees=2021", 400, "repeated-parameter", "annees"),
        ("verdicts.json?v=2", 400, "unknown-value", "v"),
        ("verdicts.json?lignes=0", 400, "unknown-value", "lignes"),
        ("verdicts.json?lignes=1001", 400, "unknown-value", "lignes"),
        ("verdicts.json?lignes=99999999999999999999", 400, "unknown-value", "lignes"),
        ("verdicts.json?page=-1", 400, "unknown-value", "page"),
        ("verdicts.json?page=%D9%A1", 400, "unknown-value", "page"),
        ("marches.json?q=" + "a" * 201, 400, "unknown-value", "q"),
        ("marches.json?q=a%00b", 400, "unknown-value", "q"),
        ("marches.json?q=a%0Ab", 400, "unknown-value", "q"),
        ("marches.json?q=%28%28%28", 400, "unknown-value", "q"),
        ("messageries.json?commune=%27", 400, "unknown-value", "commune"),
        ("marches.json?q=%FF%FE", 400, "unreadable-query", None),
        ("marches.json?" + "&".join(f"q{i}=1" for i in range(99)), 400, "unreadable-query", None),
        ("marches.json?q=" + "%27" * 2000, 414, "query-too-long", None),
        ("echeances.json?au=2025-02-30", 400, "unknown-value", "au"),
        ("echeances.json?mois=5", 400, "unknown-value", "mois"),
        ("messageries.json?departement=99", 400, "unknown-value", "departement"),
        ("marche.json", 400, "missing-parameter", "id"),
        ("marche.json?id=", 400, "missing-parameter", "id"),
        ("marche.json?id=..%2F..%2Fetc%2Fpasswd", 404, "unknown-contract", "id"),
        ("marche.csv?id=C99", 404, "unknown-contract", "id"),
        ("verdicts.json?edition=lune", 404, "unknown-edition", "edition"),
        ("verdicts.json?edition=..%2F..", 400, "unknown-value", "edition"),
        ("verdicts.json?edition=2026-01-01-abcdef", 410, "edition-gone", "edition"),
        ("lune.json", 404, "unknown-question", None),
        ("verdicts.xml", 404, "unknown-question", None),
        ("verdicts", 404, "unknown-question", None),
        ("..%2F..%2Fetc%2Fpasswd.json", 404, "unknown-question", None),
        ("verdicts.json/encore", 404, "unknown-question", None),
        ("a" * 3000 + ".json", 404, "unknown-question", None),
    ],
)
def test_what_is_not_understood_is_refused_and_never_echoed(site, address, status, kind, key):
    answer = site.get(f"/api/v1/{address}")
    told = answer.json()
    assert (answer.status_code, told["status"], told["type"]) == (status, status, f"/api/v1/#{kind}")
    assert told.get("key") == key
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    for hostile in ("rouge", "lune", "passwd", "aaaa", "couleur", "encore", "99999999"):
        assert hostile not in answer.text


HOSTILE = [
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    '"; DROP TABLE awards; --',
    "{{7*7}}${7*7}",
    "(((((((((((((((((((((zzz+)+)+)+)+)",
    "=cmd|' /C calc'!A0",
    "%s%s%n{0}{key}",
    "\u202egnirts\u202c",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_word_is_a_word_that_is_not_found(site, text):
    for question, key in (
        ("marches", "q"),
        ("marches", "fournisseur"),
        ("fournisseurs", "groupe"),
        ("messageries", "commune"),
    ):
        answer = answer_to(site, question, f"{key}={quote(text)}")
        assert answer["total"] == 0
        assert answer["parameters"][key] == text
        assert "<script>" not in site.get(f"/api/v1/{question}.json?{key}={quote(text)}").headers["link"]


@pytest.mark.parametrize("host", ["<script>", "[x", 'x"y', "a/b?c#d", ":99999999"])
def test_a_hostile_host_is_in_no_link(site, host):
    for address in ("/api/v1/verdicts.json", "/donnees/", "/donnees/derniere/datapackage.json"):
        answer = site.get(address, headers={"host": host}, follow_redirects=True)
        assert answer.status_code == 200
        assert host not in answer.text + answer.headers.get("link", "")


def test_refusals_speak_the_language_of_the_reader(site):
    assert "n’est pas comprise" in site.get("/api/v1/verdicts.json?definition=lune").json()["title"]
    english = site.get("/api/v1/verdicts.json?definition=lune&langue=en").json()
    assert english["title"].startswith("The value of the parameter “definition” is not understood")
    assert english["understood"] == ["france", "ue", "europe", "hors-us"]


@pytest.mark.parametrize("full", ["_turns", "_places"])
def test_more_questions_at_once_than_can_be_answered_are_refused(site, monkeypatch, full):
    monkeypatch.setattr(service, full, service.BoundedSemaphore(1))
    monkeypatch.setattr(service, "_PATIENCE_SECONDS", 0.01)
    getattr(service, full).acquire()
    busy = site.get("/api/v1/verdicts.json?annees=2021")
    assert (busy.status_code, busy.json()["type"]) == (503, "/api/v1/#busy")
    assert int(busy.headers["retry-after"]) > 0
    getattr(service, full).release()
    assert site.get("/api/v1/verdicts.json?annees=2021").status_code == 200


def test_without_any_edition_the_answer_says_so(site, tmp_path, monkeypatch):
    monkeypatch.setenv("NUAGES_EDITIONS", str(tmp_path / "vide"))
    monkeypatch.setattr(editions, "STARTER_FOLDER", tmp_path / "absente")
    for address in ("verdicts.json", "openapi.json", ""):
        assert site.get(f"/api/v1/{address}").status_code == 503
