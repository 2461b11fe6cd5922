"""Figures on screen are those of the questions, and lead in a click to the contracts behind them."""

import pytest

from analysis.held import awards_for
from analysis.selection import Selection
from analysis.shares import by_verdict, interval
from analysis.state import of_the_state
from language import formats
from tests.pages.conftest import table_rows
from ui import sentences


def test_the_first_sentence_is_the_interval_of_the_selection(open_page, tiny_edition):
    selection = Selection(ministries=("interieur",), definition="france")
    expected = interval(awards_for(tiny_edition, selection), selection)
    visit = open_page("vue_ensemble", ministere="interieur", definition="france")
    assert visit.lead == sentences.of_hundred_euros(expected, selection, (2021, 2024))
    assert "de 2021 à 2024" in visit.lead


def test_the_table_of_verdicts_has_the_amounts_of_the_question(open_page, tiny_edition):
    selection = Selection()
    expected = by_verdict(awards_for(tiny_edition, selection), selection)
    visit = open_page("vue_ensemble")
    amounts = [row[2].replace("\u00a0", "\u202f") for row in table_rows(visit.markup)]
    assert amounts == [formats.amount(cents) for cents in expected["amount_cents"]]


def test_each_verdict_leads_to_its_contracts(open_page):
    visit = open_page("vue_ensemble", ministere="interieur")
    assert "marches?v=1&ministere=interieur&verdict=foreign_control" in visit.links
    found = open_page("marches", ministere="interieur", verdict="foreign_control")
    count = next(row[3] for row in table_rows(visit.markup) if row[0] == "Contrôle étranger")
    assert found.lead.startswith(f"{count} marchés")


def test_every_chart_has_words_for_whoever_cannot_see_it(open_page):
    for page in ("vue_ensemble", "ministeres"):
        for chart in open_page(page).test.get("plotly_chart"):
            assert len(chart.proto.alt) > 30


def test_the_year_of_a_typing_error_is_not_drawn(open_page):
    """C18 is dated 2062: an axis up to there would squeeze every real year."""
    assert "2062" not in str(open_page("vue_ensemble").test.get("plotly_chart"))


def test_choosing_a_ministry_changes_the_sentence_and_the_address(open_page):
    visit = open_page("vue_ensemble").unfold_filters()
    visit.test.multiselect(key="widget-ministries").set_value(["justice", "interieur"])
    visit.run()
    assert visit.query == {"v": "1", "ministere": "interieur,justice"}
    assert "par 2 ministères (Intérieur, Justice)" in visit.lead


def test_years_narrow_the_selection_and_the_whole_span_is_no_filter(open_page):
    visit = open_page("vue_ensemble", annees="2022-2023").unfold_filters()
    assert visit.test.slider(key="widget-years").value == (2022, 2023)
    assert "de 2022 à 2023" in visit.lead
    slider = visit.test.slider(key="widget-years")
    slider.set_value((slider.min, slider.max))
    visit.run()
    assert visit.query == {"v": "1"}


def test_years_outside_the_data_are_shown_as_asked(open_page):
    visit = open_page("vue_ensemble", annees="2010-2012").unfold_filters()
    assert visit.test.slider(key="widget-years").value == (2010, 2012)
    assert visit.lead.startswith("Aucun montant publié")


def test_two_moves_in_a_row_are_both_kept(open_page):
    """The second arrives before the browser knows the address that the first produced."""
    visit = open_page("vue_ensemble").unfold_filters()
    visit.test.selectbox(key="widget-definition").set_value("france")
    visit.test.selectbox(key="widget-amount").set_value("plafond")
    visit.run()
    assert visit.query == {"v": "1", "definition": "france", "montant": "plafond"}


@pytest.mark.parametrize("definition", ["france", "ue", "europe", "hors-us"])
def test_the_switch_of_definition_is_obeyed(open_page, tiny_edition, definition):
    selection = of_the_state(Selection(definition=definition))
    expected = interval(awards_for(tiny_edition, selection), selection)
    assert (
        sentences.euros_of_hundred(expected.low).replace("\u202f", " ")
        in open_page("vue_ensemble", definition=definition).lead
    )


def test_a_ministry_in_detail_leads_to_what_each_vendor_sold_it(open_page):
    visit = open_page("ministeres", ministere="interieur")
    assert "Intérieur" in visit.test.title[0].value
    assert "marches?v=1&ministere=interieur&fournisseur=000000208" in visit.links


def test_several_ministries_stand_side_by_side_then_one_by_one(open_page):
    visit = open_page("ministeres", ministere="interieur,enseignement-superieur")
    sections = [header.value for header in visit.test.header]
    assert sections[:2] == ["Côte à côte", "Ministère contre verdict"]
    assert sections[2:4] == ["Intérieur", "Enseignement supérieur et recherche"]
    assert len(visit.test.get("plotly_chart")) == 5
