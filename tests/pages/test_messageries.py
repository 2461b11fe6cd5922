"""The page of town halls' mail shows its own table, filters by address, and says what the DNS does not."""

import re

import pytest

from analysis import mail
from analysis.mail import Choice
from language import formats
from loaders.mail.table import FOLDER, MailTable
from tests.pages.conftest import table_rows


@pytest.fixture(scope="module")
def town_halls():
    return MailTable(FOLDER).town_halls


def tables(visit):
    return re.findall(r"<table.*?</table>", visit.markup, flags=re.DOTALL)


def test_the_first_sentence_counts_every_town_hall_and_those_nobody_knows(open_page, town_halls):
    found = mail.carried(town_halls, Choice())
    lead = open_page("messageries").lead.replace("\u202f", " ")
    assert lead.startswith("Sur 34 959 mairies, ")
    for number in (found.counted, found.without_country):
        assert formats.count(number).replace("\u202f", " ") in lead


def test_a_provider_a_country_and_a_department_are_obeyed(open_page, town_halls):
    visit = open_page("messageries", fournisseur_mail="microsoft", departement="01")
    found = mail.carried(town_halls, Choice(provider="microsoft", department="01"))
    assert visit.lead.startswith(f"Sur {found.total} mairies (Ain), {found.counted} ")
    assert "chez Microsoft 365" in visit.lead
    rows = table_rows(tables(visit)[2])
    assert {(row[1], row[3]) for row in rows} == {("01", "Microsoft 365")}
    assert "États-Unis" in open_page("messageries", pays="US").lead
    assert "n’est pas connu" in open_page("messageries", pays="inconnu").lead


def test_a_commune_is_found_by_name_and_the_search_goes_into_the_address(open_page):
    visit = open_page("messageries", page="3")
    visit.test.text_input(key="widget-commune").set_value(" abergement de varey ")
    visit.run()
    assert visit.query == {"v": "1", "commune": "abergement de varey"}
    assert [row[0] for row in table_rows(tables(visit)[2])] == ["L’Abergement-de-Varey"]


def test_a_choice_of_department_goes_into_the_address(open_page):
    visit = open_page("messageries").unfold_filters()
    visit.test.selectbox(key="widget-department").set_value("2A")
    visit.run()
    assert visit.query == {"v": "1", "departement": "2A"}
    assert "(Corse-du-Sud)" in visit.lead


@pytest.mark.parametrize("key", ["departement", "fournisseur_mail", "pays"])
def test_a_value_that_does_not_exist_is_told(open_page, key):
    visit = open_page("messageries", **{key: "nulle-part"})
    assert f"la valeur de « {key} » n’existe pas" in visit.text


def test_every_department_leads_to_its_town_halls_and_every_provider_to_its_map(open_page):
    visit = open_page("messageries")
    assert len(table_rows(tables(visit)[0])) == 106
    assert "messageries?v=1&departement=974" in visit.links
    assert "messageries?v=1&fournisseur_mail=orange" in visit.links


def test_the_source_its_licence_its_day_and_its_limits_are_said(open_page):
    visit = open_page("messageries")
    assert "https://github.com/yohannes-git/mxmap-fr" in visit.links
    for words in ("licence MIT", "20 juillet 2026", "passerelle de filtrage", "50 sur 100", "à vérifier"):
        assert words in visit.text


def test_what_is_cited_is_the_source_of_mail_and_the_filters_of_this_page(open_page):
    visit = open_page("messageries", departement="01")
    citation = visit.codes[1]
    assert "mxmap.ch" in citation
    assert "Filtres : Ain · tous les fournisseurs" in citation
    assert "departement=01" in visit.codes[0]
    assert "Source minuscule" not in citation


def test_the_map_has_words_for_whoever_cannot_see_it(open_page):
    chart = open_page("messageries").test.get("plotly_chart")[0]
    assert chart.proto.alt.startswith("106 départements : de ")
