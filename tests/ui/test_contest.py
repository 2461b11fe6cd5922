"""A report says what is contested, by which rules it was counted so, and asks for a public source."""

from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from charts.theme import LIGHT
from ui import contest
from ui.address import State
from ui.contest import Contact
from web.paper import Paper


@pytest.fixture
def view(tiny_edition):
    return Paper(State(page="marche", contract_id="C01"), tiny_edition, LIGHT, "https://example.org")


def test_the_report_names_what_is_shown_its_rules_and_what_is_asked(view):
    subject, text = contest.report("Licences", ["holder_id=vendors:x", "", "holder_id=vendors:x", "cpv=48"], view)
    assert subject == "Contester : Licences"
    assert text.count("holder_id=vendors:x") == 1
    for part in ("https://example.org/", "id=C01", view.edition.id, "méthode test", "- cpv=48", "Source publique"):
        assert part in text


def test_an_email_and_an_issue_carry_the_whole_report(view, monkeypatch):
    monkeypatch.setattr(contest, "contact", lambda: Contact("a@example.org", "https://example.org/issues/new"))
    contest.show('Licences & "co" <b>', ["cpv=48"], view)
    page = "".join(view.parts)
    assert "<b>" not in page
    email, issue = (unescape(part.split('"')[0]) for part in page.split('href="')[1:])
    assert email.startswith("mailto:a@example.org?")
    body = parse_qs(urlsplit(email).query)["body"][0]
    assert (
        parse_qs(urlsplit(issue).query)["body"][0] == body == contest.report('Licences & "co" <b>', ["cpv=48"], view)[1]
    )


def test_without_an_address_the_report_is_there_to_be_copied(view, monkeypatch):
    monkeypatch.setattr(contest, "contact", Contact)
    contest.show("Licences", [], view)
    page = "".join(view.parts)
    assert "n’a pas déclaré d’adresse" in page
    assert "href" not in page
    assert "Ce qui est montré : Licences" in page
