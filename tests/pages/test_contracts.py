"""Searching contracts, and one contract with the reasons of its verdict."""

import re

import pytest

from analysis import contracts
from analysis.held import awards_for
from analysis.selection import Selection
from loaders.vocabulary import VERDICTS
from tests import tiny_edition as tiny
from tests.pages.conftest import table_rows


def test_the_list_is_that_of_the_question_in_its_order(open_page, tiny_edition):
    expected = contracts.search_contracts(
        awards_for(tiny_edition, Selection()), Selection(), contracts.Place("amount", limit=25)
    )
    visit = open_page("marches", tri="montant")
    assert [row[0] for row in table_rows(visit.markup)] == expected.rows["title"].to_list()
    assert visit.lead == f"{expected.total} marchés répondent à ces filtres."


def test_words_are_searched_whatever_their_accents(open_page):
    visit = open_page("marches", q="oeuvres numerisees")
    assert visit.lead == "Un marché répond à ces filtres."


def test_a_search_typed_by_the_reader_goes_into_the_address(open_page):
    visit = open_page("marches", page="3")
    visit.test.text_input(key="widget-search").set_value("  messagerie ")
    visit.run()
    assert visit.query == {"v": "1", "q": "messagerie"}


def test_a_vendor_that_filters_is_named_and_can_be_removed(open_page):
    visit = open_page("marches", fournisseur="000000208")
    button = visit.test.button(key="remove-vendor")
    assert "Nuage Atlantique France" in button.label
    button.click()
    visit.run()
    assert visit.query == {"v": "1"}


def test_a_flagged_amount_says_so(open_page):
    row = next(row for row in table_rows(open_page("marches").markup) if row[0] == "Supervision des serveurs")
    assert any("valeur de remplissage" in cell for cell in row)


def test_each_row_leads_to_its_contract_and_back(open_page):
    visit = open_page("marches", ministere="interieur", definition="france", langue="fr")
    assert "marche?v=1&id=C01&definition=france&ministere=interieur" in visit.links
    contract = open_page("marche", id="C01", definition="france", ministere="interieur")
    assert "marches?v=1&ministere=interieur&definition=france" in contract.links


@pytest.mark.parametrize("contract_id", sorted(tiny.reasons()))
def test_every_contract_shows_its_verdict_under_each_definition_and_why(open_page, tiny_edition, contract_id):
    visit = open_page("marche", id=contract_id)
    known = contracts.contract(tiny_edition, contract_id)
    under_ue = [row["verdict"] for row in known.verdicts.to_dicts() if row["definition"] == "ue"]
    holders = re.findall(r'<p class="np-holder">.*?</span>([^<]+)</span></p>', visit.markup)
    assert holders == [VERDICTS[verdict] for verdict in under_ue]
    assert visit.markup.count('<ul class="np-why">') == 1 + len(under_ue)
    assert len(table_rows(visit.markup[visit.markup.index("<table") :])) == len(under_ue)


def test_the_reasons_name_rule_source_and_confidence(open_page):
    visit = open_page("marche", id="C01")
    assert "contrôlé en dernier ressort depuis ce pays : États-Unis" in visit.text
    assert "Confiance : établi." in visit.text
    assert "https://example.org/nuage-atlantique" in visit.links


def test_versions_are_drawn_when_there_are_several(open_page):
    assert len(open_page("marche", id="C01").test.get("plotly_chart")) == 1
    assert len(open_page("marche", id="C02").test.get("plotly_chart")) == 0


def test_a_subcontractor_is_shown(open_page):
    assert "Sous-traitants" in open_page("marche", id="C06").text


@pytest.mark.parametrize("query", [{"id": "nulle-part"}, {}])
def test_an_unknown_contract_is_told_kindly(open_page, query):
    visit = open_page("marche", **query)
    assert "Marché introuvable" in visit.text
    assert "marches?v=1" in visit.links


def test_a_long_list_is_cut_in_pages(open_page, monkeypatch):
    visit = open_page("marches", page="999")
    assert len(table_rows(visit.markup)) == 17
