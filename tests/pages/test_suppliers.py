"""The pages of vendors and of alternatives: figures of the questions, each leading to its contracts."""

import pytest

from analysis import vendors
from analysis.held import awards_for
from analysis.selection import Selection
from tests.pages.conftest import table_rows


def tables_of(visit) -> list[list[list[str]]]:
    return [table_rows(part) for part in visit.markup.split("<table")[1:] if "<tbody>" in part]


def test_the_ranking_is_that_of_the_question_and_leads_to_pages_and_contracts(open_page, tiny_edition):
    visit = open_page("fournisseurs")
    expected = vendors.top_groups(awards_for(tiny_edition, Selection()), Selection())
    assert [row[0] for row in tables_of(visit)[0]] == expected["group_name"].to_list()
    assert "fournisseurs?v=1&groupe=nuage-atlantique" in visit.links
    assert "fournisseurs?v=1&fournisseur=000000208" in visit.links
    assert "marches?v=1&groupe=nuage-atlantique" in visit.links


def test_a_vendor_has_its_page_with_its_contracts_and_who_controls_it(open_page):
    visit = open_page("fournisseurs", fournisseur="000000208")
    assert visit.test.title[0].value == "Nuage Atlantique France"
    # C01, C12 (flagged, outside the sum) and C17 (two thirds of it): three contracts of two buyers, 1.87 M€
    assert "a obtenu 3 marchés de 2 acheteurs publics" in visit.lead
    assert "1,9 M€" in visit.lead
    assert "https://example.org/nuage-atlantique" in visit.text
    assert "fournisseurs?v=1&groupe=nuage-atlantique" in visit.links
    assert "marche?v=1&id=C01&fournisseur=000000208" in visit.links


def test_a_group_has_its_page_with_its_companies(open_page):
    visit = open_page("fournisseurs", groupe="nuage-atlantique")
    assert visit.test.title[0].value == "Nuage Atlantique"
    for company in ("000000208", "000000216"):
        assert f"fournisseurs?v=1&fournisseur={company}" in visit.links


def test_a_host_is_shown_with_those_who_render_the_same_service(open_page):
    visit = open_page("fournisseurs", fournisseur="000000240")
    assert "Hébergement en nuage" in visit.text
    assert "Scaleway" in visit.text
    assert "alternatives?v=1" in visit.links


@pytest.mark.parametrize("query", [{"fournisseur": "nobody"}, {"groupe": "nobody"}])
def test_a_vendor_that_sold_nothing_here_is_told(open_page, query):
    visit = open_page("fournisseurs", **query)
    assert visit.lead == "Aucun marché de ce fournisseur ne répond à ces filtres."
    assert "fournisseurs?v=1" in visit.links


def test_clouds_that_nobody_names_are_listed_with_zero_and_no_link(open_page):
    visit = open_page("alternatives")
    clouds = [*tables_of(visit)[0], *tables_of(visit)[1]]
    row = next(row for row in clouds if row[0].startswith("Amazon Web Services"))
    assert row[4:6] == ["0", "0"]
    assert not any("831001334" in link for link in visit.links)


def test_the_service_chosen_is_in_the_address_and_in_the_tables(open_page):
    visit = open_page("alternatives", service="messaging")
    assert "BlueMind" in visit.text
    assert "Outscale" not in " ".join(row[0] for table in tables_of(visit)[2:] for row in table)
    visit.test.selectbox(key="widget-service").set_value("backup")
    visit.run()
    assert visit.query["service"] == "backup"


def test_a_quota_is_said_between_its_bounds_and_moves_with_the_choice(open_page):
    visit = open_page("alternatives", quota="100")
    assert "Pour un quota de 100 %, il faudrait déplacer entre" in visit.text.replace("\u202f", " ")
    visit.test.slider(key="widget-quota").set_value(1)
    visit.run()
    assert visit.query["quota"] == "1"
    assert "Le quota de 1 % est déjà atteint" in visit.text.replace("\u202f", " ")


def test_two_rivals_stand_face_to_face_and_lead_to_their_contracts(open_page):
    visit = open_page("alternatives", face="nuage-atlantique,000000240")
    totals = next(table for table in tables_of(visit) if table[0][0] == "Nuage Atlantique")
    assert [row[0] for row in totals] == ["Nuage Atlantique", "Hexagone Hébergement"]
    assert "marches?v=1&groupe=nuage-atlantique" in visit.links
    assert "marches?v=1&fournisseur=000000240" in visit.links


def test_rivals_chosen_by_the_reader_go_into_the_address(open_page):
    visit = open_page("alternatives")
    charts = len(visit.test.get("plotly_chart"))
    visit.test.multiselect(key="widget-rivals").set_value(["nuage-atlantique", "000000240"])
    visit.run()
    assert visit.query["face"] == "nuage-atlantique,000000240"
    assert len(visit.test.get("plotly_chart")) == charts + 1


def test_an_address_with_three_rivals_or_a_wrong_quota_is_told(open_page):
    visit = open_page("alternatives", face="a,b,c", quota="0")
    assert visit.text.count("elle a été ignorée") == 2
    assert visit.test.slider(key="widget-quota").value == 60


def test_a_name_searched_goes_into_the_address_and_the_page_of_a_vendor_forgets_it(open_page):
    visit = open_page("fournisseurs")
    visit.test.text_input(key="widget-search").set_value(" editions atl ")
    visit.run()
    assert visit.query == {"v": "1", "q": "editions atl"}
    assert visit.lead == "Un groupe répond à « editions atl » : Nuage Atlantique."
    assert [row[0] for row in tables_of(visit)[1]] == ["Éditions Atlantique"]
    assert "fournisseurs?v=1&fournisseur=000000216" in visit.links
    assert "marches?v=1&fournisseur=000000216" in visit.links


def test_words_sought_in_contracts_are_not_sought_in_names(open_page):
    visit = open_page("marches", q="messagerie")
    assert "fournisseurs?v=1&fournisseur=000000240" in visit.links


def test_a_name_that_nobody_bears_is_told(open_page):
    assert open_page("fournisseurs", q="personne").lead.startswith("Aucun groupe de cette édition ne répond")
