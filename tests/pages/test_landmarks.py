"""The page of documented cases: each has its address, its sources, and its contracts or their absence."""

import re

import polars as pl
import pytest
import streamlit as st

from analysis import cases
from loaders import reference
from tests.pages.conftest import opened, table_rows


def test_every_case_is_listed_with_a_link_of_its_own(open_page):
    visit = open_page("reperes")
    rows = table_rows(visit.markup)
    assert len(rows) == reference.table("cases").height
    assert "reperes?v=1&cas=bpifrance-aws-2020" in visit.links


def test_filters_of_the_address_choose_the_cases(open_page):
    visit = open_page("reperes", ministere="interieur", theme="analytics")
    listed = cases.cases(ministries=("interieur",), themes=("analytics",))
    assert [row[2] for row in table_rows(visit.markup)] == listed["buyer"].to_list()
    assert visit.lead.startswith(f"{listed.height} repères documentés")


def test_no_case_is_an_answer(open_page):
    visit = open_page("reperes", ministere="culture")
    assert visit.lead == "Aucun repère ne répond à ces filtres."
    assert "Rien ne répond à ces filtres." in visit.text


def test_a_case_alone_shows_its_sources_and_says_that_the_edition_has_nothing(open_page):
    visit = open_page("reperes", cas="bpifrance-aws-2020")
    case = cases.cases().filter(pl.col("case_id") == "bpifrance-aws-2020").row(0, named=True)
    assert visit.lead == case["summary_fr"]
    assert set(case["sources"].split()) <= set(visit.links)
    assert "Aucun marché dans cette édition pour cet acheteur" in visit.text
    assert "source lue, le 22 novembre 2026" in visit.text


def test_a_case_with_contracts_leads_to_them(open_page, monkeypatch):
    table = reference.table
    held = table("cases").filter(pl.col("case_id") == "dgsi-palantir-2016")
    held = held.with_columns(buyer_words=pl.lit("interieur"), group_id=pl.lit("nuage-atlantique"))
    monkeypatch.setattr(reference, "table", lambda name: held if name == "cases" else table(name))
    st.cache_resource.clear()
    visit = open_page("reperes", cas="dgsi-palantir-2016")
    st.cache_resource.clear()
    assert re.search(r"[2-9] marchés de cette édition pour cet acheteur", visit.text)
    assert any("groupe=nuage-atlantique" in link and "q=interieur" in link for link in visit.links)


def test_the_menu_leads_from_a_case_to_all_of_them_with_the_same_filters(open_page):
    visit = open_page("reperes", cas="bpifrance-aws-2020", theme="hosting")
    assert "reperes?v=1&theme=hosting" in visit.links


def test_an_unknown_case_is_told(open_page):
    assert open_page("reperes", cas="n-existe-pas").lead == "Aucun repère ne porte cet identifiant."


def test_official_figures_stand_beside_the_edition_and_lead_to_its_contracts(open_page):
    visit = open_page("reperes")
    assert "aucun de ces chiffres ne s’additionne à un autre" in visit.text
    assert len(visit.test.get("plotly_chart")) == 2
    assert any("perimetre=nuage" in link and "annees=2020-2025" in link for link in visit.links)


@pytest.mark.usefixtures("store_of_the_tiny_edition")
def test_an_embedded_page_is_the_timeline_alone(monkeypatch):
    monkeypatch.setattr("streamlit.runtime.context.ContextProxy.is_embedded", True)
    visit = opened("reperes")
    assert len(visit.test.get("plotly_chart")) == 1
    assert not visit.test.title
    assert not visit.test.get("multiselect")
