"""The API answers what analysis and the pages answer, tells it whole, and says how long it holds."""

import inspect
import json
from dataclasses import asdict
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

import jsonschema
import polars as pl
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from analysis import contracts, ending, shares, vendors
from analysis.held import awards_for
from analysis.selection import Selection
from loaders import editions
from loaders.vocabulary import VERDICTS
from tests.pages.conftest import opened
from tests.tiny_edition import EDITION_ID
from tests.web.conftest import ORIGIN, REQUIRED, answer_to
from ui import address
from web import open_data, tables
from web.api import columns, service
from web.api.questions import QUESTIONS

DAY = "au=2025-05-05&mois=24"


def plain(frame: pl.DataFrame) -> list[dict]:
    """The rows of ``frame`` as JSON tells them."""
    return json.loads(json.dumps(frame.to_dicts(), default=str))


def ask(edition, question, selection=None, *details):
    selection = selection or Selection()
    return question(awards_for(edition, selection), selection, *details)


@pytest.mark.parametrize(
    ("question", "query", "expected"),
    [
        ("verdicts", "", lambda e: ask(e, shares.by_verdict)),
        ("verdicts", "signales=oui", lambda e: ask(e, shares.by_verdict, Selection(include_flagged=True))),
        (
            "part-etrangere",
            "definition=hors-us&montant=plafond&annees=2022-2023",
            lambda e: pl.DataFrame(
                [asdict(ask(e, shares.interval, Selection(definition="hors-us", amount="plafond", years=(2022, 2023))))]
            ),
        ),
        ("fournisseurs", "perimetre=nuage", lambda e: ask(e, vendors.top_vendors, Selection(perimeter="nuage"), 99)),
        (
            "groupes",
            "ministere=interieur",
            lambda e: ask(e, vendors.top_groups, Selection(ministries=("interieur",)), 9),
        ),
        ("produits", "", lambda e: ask(e, vendors.top_products)),
        ("acheteurs", "acheteur=local", lambda e: ask(e, vendors.top_buyers, Selection(buyer_kinds=("local",)))),
        (
            "marches",
            "q=messagerie&verdict=home_documented,foreign_control&perimetre=tout",
            lambda e: (
                ask(
                    e,
                    contracts.search_contracts,
                    Selection(search="messagerie", verdicts=("foreign_control", "home_documented"), perimeter="tout"),
                ).rows
            ),
        ),
        (
            "echeances",
            DAY,
            lambda e: ask(e, ending.contracts_ending, ending.of_foreign(Selection()), date(2025, 5, 5), 24),
        ),
    ],
)
def test_answers_are_those_of_the_analysis(site, tiny_edition, question, query, expected):
    answer, frame = answer_to(site, question, query), expected(tiny_edition)
    assert not frame.is_empty()
    names = [column["name"] for column in answer["columns"]]
    assert answer["rows"] == plain(frame.select(names))
    assert answer["total"] == frame.height


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_answers_as_it_is_described(site, question):
    """Rows, types and nulls follow the schema; the CSV holds the same cells; both are in the two languages."""
    described = site.get("/api/v1/openapi.json").json()
    content = described["paths"][f"/api/v1/{question}.json"]["get"]["responses"]["200"]["content"]
    form = {**content["application/json"]["schema"], "components": described["components"]}
    answer = answer_to(site, question)
    jsonschema.validate(answer, form, jsonschema.Draft202012Validator)
    names = [column["name"] for column in answer["columns"]]
    assert len(names) == len(set(names))
    saved = pl.read_csv(site.get(f"/api/v1/{question}.csv?{REQUIRED.get(question, '')}").content, infer_schema=False)
    assert saved.columns == names
    assert saved.height == len(answer["rows"])
    for name, kind in ((column["name"], column["type"]) for column in answer["columns"]):
        if kind in ("integer", "date") and answer["rows"]:
            assert saved[name].to_list() == [None if row[name] is None else str(row[name]) for row in answer["rows"]]
    english = answer_to(site, question, "langue=en")
    assert english["title"] != answer["title"]
    assert english["rows"] == answer["rows"]


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_answer_writes_out_what_it_was_asked(site, question):
    answer = answer_to(site, question)
    written = answer["parameters"]
    assert set(written) == {*QUESTIONS[question].keys, "page", "lignes", "v"}
    assert written["edition"] == EDITION_ID == answer["edition"]
    assert answer["method_version"] == "test"
    assert answer["licence"] in ("Licence Ouverte 2.0", "MIT")
    again = site.get(f"/api/v1/{question}.json", params=written).json()
    assert again == answer


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_answer_leads_to_a_page_that_understands_all_of_it(site, question):
    link = urlsplit(answer_to(site, question)["link"])
    assert f"{link.scheme}://{link.netloc}" == ORIGIN
    state, notices = address.state_from(link.path.strip("/"), link.query)
    assert state.page == link.path.strip("/")
    assert notices == []
    assert state.edition == EDITION_ID


def page_rows(page: str, name: str, query: dict[str, str]) -> pl.DataFrame:
    """The rows that ``page`` offers as a file of that name."""
    address = next(link for link in opened(page, **query).links if "/tableau/" in link and f"/{name}.csv?" in link)
    with TestClient(Starlette(routes=tables.ROUTES)) as files:
        return pl.read_csv(files.get(address).content, infer_schema=False)


@pytest.mark.parametrize(
    ("question", "page", "name", "key", "amount"),
    [
        ("verdicts", "vue_ensemble", "verdicts", "verdict", "amount_cents"),
        ("annees", "vue_ensemble", "annees", "year", "total_cents"),
        ("ministeres", "ministeres", "ministeres", "ministry", "total_cents"),
        ("marches", "marches", "marches", "title", "amount_cents"),
    ],
)
def test_answers_are_those_of_the_pages(  # noqa: PLR0913 - one row of the table above
    site, question, page, name, key, amount
):
    query = {"definition": "france", "montant": "plafond"}
    shown = page_rows(page, name, query)
    rows = answer_to(site, question, "&".join(f"{key}={text}" for key, text in query.items()))["rows"]
    euros = next(title for title in shown.columns if title.endswith("(€)"))
    assert [None if row[amount] is None else row[amount] / 100 for row in rows] == [
        None if cell is None else float(cell) for cell in shown[euros]
    ]
    codes = columns.described(key).codes or {}
    assert [codes.get(str(row[key]), str(row[key])) for row in rows] == shown.to_series(0).to_list()


def test_a_contract_tells_why_it_is_counted_so(site, tiny_edition):
    answer = answer_to(site, "marche")
    whole = contracts.contract(tiny_edition, "C01")
    assert answer["rows"][0]["verdict"] == "foreign_control"
    assert answer["rows"][0]["control_source"] == "https://example.org/nuage-atlantique"
    assert answer["contract"]["rows"][0]["published_uid"] == whole.record["published_uid"]
    assert [row["version_number"] for row in answer["versions"]["rows"]] == [0, 1, 2]
    by_definition = {row["definition"]: row["verdict"] for row in answer["verdicts"]["rows"]}
    assert set(by_definition) == {"france", "ue", "europe", "hors-us"}
    assert set(by_definition.values()) <= set(VERDICTS)
    other = site.get("/api/v1/marche.json?id=C09&definition=europe").json()
    assert other["rows"][0]["verdict"] == "home_documented"


def test_pages_follow_each_other_until_the_last(site, tiny_edition):
    found, address, steps = [], "/api/v1/marches.json?lignes=5&perimetre=tout&tri=montant", 0
    while address:
        answer = site.get(address)
        links = [link.split(";")[0].strip(" <>") for link in answer.headers["link"].split(",") if 'rel="next"' in link]
        found += [row["contract_id"] for row in answer.json()["rows"]]
        address = answer.json()["next"]
        assert bool(links) == bool(address)
        steps += 1
    whole = ask(
        tiny_edition, contracts.search_contracts, Selection(perimeter="tout"), contracts.Place("amount", limit=999)
    ).rows
    assert found == whole["contract_id"].to_list()
    assert steps == -(-whole.height // 5)
    beyond = answer_to(site, "marches", "page=999999&lignes=1000")
    assert (beyond["rows"], beyond["next"]) == ([], None)


def test_a_ranking_is_cut_in_the_same_order(site):
    whole = answer_to(site, "fournisseurs")["rows"]
    cut = [answer_to(site, "fournisseurs", f"lignes=3&page={number}")["rows"] for number in (1, 2, 3, 4)]
    assert [row for rows in cut for row in rows] == whole[:12]


def test_the_csv_says_where_it_goes_on_and_which_page_shows_it(site):
    answer = site.get("/api/v1/marches.csv?lignes=2")
    assert 'rel="next"' in answer.headers["link"]
    assert f"<{ORIGIN}/marches?v=1" in answer.headers["link"]
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"


def test_an_answer_is_kept_as_long_as_it_holds(site):
    current, pinned = "/api/v1/verdicts.json", f"/api/v1/verdicts.json?edition={EDITION_ID}"
    assert site.get(current).headers["cache-control"] == "public, max-age=300"
    assert site.get(pinned).headers["cache-control"] == "public, max-age=86400"
    ends = f"/api/v1/echeances.json?edition={EDITION_ID}"
    assert site.get(ends).headers["cache-control"] == "public, max-age=300"
    assert site.get(f"{ends}&{DAY}").headers["cache-control"] == "public, max-age=86400"
    today = datetime.now(UTC).date()
    assert datetime.strptime(site.get(ends).headers["last-modified"][5:16], "%d %b %Y").date() == today


def test_what_is_known_is_not_sent_again(site):
    first = site.get("/api/v1/annees.json")
    assert first.headers["etag"].startswith(f'"{EDITION_ID}-')
    again = site.get("/api/v1/annees.json", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = site.get("/api/v1/annees.json?definition=france", headers={"if-none-match": first.headers["etag"]})
    assert other.status_code == 200
    head = site.head("/api/v1/annees.json")
    assert (head.content, head.headers["content-length"]) == (b"", str(len(first.content)))


def test_any_site_may_ask_and_nothing_is_remembered(site):
    answer = site.get("/api/v1/verdicts.json", headers={"origin": "https://ailleurs.example"})
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "set-cookie" not in answer.headers
    refused = site.get("/api/v1/verdicts.json?x=1", headers={"origin": "https://ailleurs.example"})
    assert refused.headers["access-control-allow-origin"] == "*"
    assert site.post("/api/v1/verdicts.json").status_code == 405


def test_a_new_edition_is_answered_as_soon_as_it_is_published(site, store_of_the_tiny_edition, tiny_edition):
    before = answer_to(site, "verdicts")["edition"]
    newer = store_of_the_tiny_edition / "2026-11-02-nouvelle"
    newer.mkdir()
    for path in tiny_edition.folder.iterdir():
        (newer / path.name).write_bytes(path.read_bytes())
    manifest = json.loads((newer / "manifest.json").read_text(encoding="utf-8")) | {"id": newer.name}
    (newer / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    editions.point_to(newer.name)
    assert (before, answer_to(site, "verdicts")["edition"]) == (EDITION_ID, newer.name)
    assert answer_to(site, "verdicts", f"edition={EDITION_ID}")["edition"] == EDITION_ID


@pytest.mark.parametrize("mount", [*open_data.ROUTES, *service.ROUTES])
def test_nothing_is_worked_out_on_the_event_loop(mount):
    """A plain function runs in a thread: other visitors are served meanwhile."""
    endpoints = [route.endpoint for route in mount.routes]
    assert len(endpoints) > 2
    assert not any(map(inspect.iscoroutinefunction, endpoints))
