"""Feeds hold what their pages show, keep their identities, and tell readers when nothing changed."""

import asyncio
from dataclasses import replace
from datetime import date
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest
from icalendar import Calendar
from starlette.applications import Starlette

from analysis.contracts import search_contracts
from analysis.ending import contracts_ending, of_foreign
from analysis.held import awards_for
from analysis.selection import Selection
from loaders import editions
from tests.tiny_edition import EDITION_ID
from tests.web.test_shell import Answer
from ui import address
from web import feed_contents, feeds

ATOM = "{http://www.w3.org/2005/Atom}"
AS_OF = "au=2025-05-05&mois=24"
DAY = date(2025, 5, 5)


@pytest.fixture(autouse=True)
def _store_of_the_tiny_edition(tiny_edition, tmp_path, monkeypatch):
    (tmp_path / tiny_edition.id).symlink_to(tiny_edition.folder)
    (tmp_path / editions.POINTER_NAME).write_text(tiny_edition.id + "\n", encoding="utf-8")
    monkeypatch.setenv("NUAGES_EDITIONS", str(tmp_path))


def ask(target: str, method: str = "GET", **headers: str) -> Answer:
    parts, sent = urlsplit(target), []
    scope = {
        "type": "http",
        "method": method,
        "scheme": "https",
        "path": parts.path,
        "raw_path": parts.path.encode(),
        "root_path": "",
        "query_string": parts.query.encode(),
        "headers": [
            (b"host", b"example.org"),
            *((name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()),
        ],
    }

    async def receive() -> dict:
        return await asyncio.Future()  # nobody hangs up

    async def send(message: dict) -> None:
        sent.append(message)

    asyncio.run(Starlette(routes=feeds.ROUTES)(scope, receive, send))
    kept = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return Answer(sent[0]["status"], kept, b"".join(message.get("body", b"") for message in sent[1:]))


def events(body: bytes) -> list:
    return list(Calendar.from_ical(body).walk("VEVENT"))


def contract_ids(links: list[str]) -> list[str]:
    return [parse_qs(urlsplit(link).query)["id"][0] for link in links if urlsplit(link).path == "/marche"]


def atom_links(body: bytes) -> list[str]:
    root = ElementTree.fromstring(body)
    return [entry.find(f"{ATOM}link").get("href") for entry in root.findall(f"{ATOM}entry")]


@pytest.fixture
def expected(tiny_edition) -> list[str]:
    foreign = of_foreign(Selection())
    return contracts_ending(awards_for(tiny_edition, foreign), foreign, DAY, 24)["contract_id"].to_list()


def test_the_calendar_has_the_contracts_of_the_page_on_their_days(expected):
    shown = events(ask(f"/flux/echeances.ics?{AS_OF}").body)
    assert contract_ids([event["url"] for event in shown]) == expected
    assert "C01" in expected
    first = next(event for event in shown if "id=C01" in event["url"])
    assert first.decoded("dtstart") == date(2026, 3, 10)
    assert first.decoded("dtend") == date(2026, 3, 11)
    assert "Hébergement à la demande" in first["summary"]


def test_the_atom_feed_has_the_same_ones(expected):
    assert contract_ids(atom_links(ask(f"/flux/echeances.atom?{AS_OF}").body)) == expected


def test_qualifications_that_end_are_there_too():
    shown = events(ask("/flux/echeances.ics?au=2026-11-22&mois=3").body)
    ends = {event.decoded("dtstart") for event in shown if "SecNumCloud" in event["summary"]}
    assert date(2026, 12, 29) in ends


def test_filters_of_the_address_are_obeyed_and_unknown_ones_ignored():
    only = contract_ids(atom_links(ask("/flux/marches.atom?v=1&q=messagerie&couleur=rouge&definition=lune").body))
    assert only == ["C02"]


def test_the_feed_of_contracts_has_the_latest_first(tiny_edition):
    found = search_contracts(awards_for(tiny_edition, Selection()), Selection()).rows["contract_id"].to_list()
    assert contract_ids(atom_links(ask("/flux/marches.atom?tri=montant").body)) == found


def test_identities_are_those_of_contracts_whatever_the_filters_and_the_day():
    def uids(query: str) -> dict[str, str]:
        return {
            event["url"].split("id=")[1][:3]: event["uid"] for event in events(ask(query).body) if "id=" in event["url"]
        }

    one = uids(f"/flux/echeances.ics?{AS_OF}")
    other = uids("/flux/echeances.ics?au=2025-06-01&mois=12&definition=hors-us&langue=en")
    assert one["C01"] == other["C01"]
    assert len(set(one.values())) == len(one)
    root = ElementTree.fromstring(ask(f"/flux/echeances.atom?{AS_OF}").body)
    assert f"urn:uuid:{one['C01']}" in [each.text for each in root.iter(f"{ATOM}id")]


def test_an_unchanged_feed_is_not_sent_twice():
    first = ask(f"/flux/echeances.ics?{AS_OF}")
    assert EDITION_ID in first.headers["etag"]
    assert first.headers["cache-control"] == "public, max-age=3600"
    again = ask(f"/flux/echeances.ics?{AS_OF}", if_none_match=f'"other", W/{first.headers["etag"]}')
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", first.headers["etag"])
    assert ask(f"/flux/echeances.ics?{AS_OF}", if_modified_since=first.headers["last-modified"]).status == 304
    assert ask(f"/flux/echeances.ics?{AS_OF}", if_modified_since="Sat, 01 Jan 2000 00:00:00 GMT").status == 200
    assert ask(f"/flux/echeances.ics?{AS_OF}", if_modified_since="hier").status == 200
    changed = ask("/flux/echeances.ics?au=2025-05-05&mois=3", if_none_match=first.headers["etag"])
    assert changed.status == 200


def test_the_tag_wins_over_the_date():
    first = ask(f"/flux/echeances.atom?{AS_OF}")
    both = {"if_none_match": '"other"', "if_modified_since": first.headers["last-modified"]}
    assert ask(f"/flux/echeances.atom?{AS_OF}", **both).status == 200


def test_a_pinned_feed_holds_longer():
    pinned = ask(f"/flux/echeances.ics?{AS_OF}&edition={EDITION_ID}")
    assert pinned.headers["cache-control"] == "public, max-age=86400"


def test_head_says_the_same_without_a_body():
    whole, head = ask("/flux/marches.atom"), ask("/flux/marches.atom", method="HEAD")
    assert (head.status, head.body) == (200, b"")
    for name in ("etag", "content-length", "content-type"):
        assert head.headers[name] == whole.headers[name]
    assert int(whole.headers["content-length"]) == len(whole.body)


def test_there_is_no_other_feed():
    assert ask("/flux/tout.xml").status == 404


def test_a_feed_is_never_longer_than_said_and_says_what_it_leaves_out(monkeypatch):
    monkeypatch.setattr(feed_contents, "MOST_CONTRACTS", 3)
    feeds._written.cache_clear()
    body = ask("/flux/marches.atom?langue=en").body
    feeds._written.cache_clear()
    assert len(atom_links(body)) == 3
    assert "14 other contracts are on the page." in body.decode()


def test_signs_that_no_format_can_carry_are_left_out(tiny_edition):
    state, _notices = address.state_from("marches", "q=messagerie")
    feed = feed_contents.contracts(tiny_edition, state, "https://example.org")
    dirty = replace(feed, subtitle="a\x0bb\ufffe")
    assert (
        ElementTree.fromstring(feeds.feed_documents.atom(dirty, "https://example.org/flux", "marches.atom")) is not None
    )
    assert b"\x0b" not in feeds.feed_documents.calendar(dirty, "https://example.org/flux", "x.ics")


def test_addresses_of_feeds_pin_neither_day_nor_edition():
    state, _notices = address.state_from("echeances", f"{AS_OF}&edition={EDITION_ID}&ministere=interieur")
    link = address.feed_link(state, "echeances.ics", "https://example.org/")
    assert link.startswith("https://example.org/flux/echeances.ics?v=1&ministere=interieur&annees=toutes")
    assert not {"au", "edition", "embed"} & set(parse_qs(urlsplit(link).query))
    assert "mois=24" in link
