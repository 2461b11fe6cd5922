"""The first page answers for the State, says how sure it is, and opens three doors."""

from analysis.held import awards_for
from analysis.selection import Selection
from analysis.shares import interval
from analysis.state import of_the_state
from tests.pages.conftest import table_rows
from ui import sentences


def test_without_filters_the_sentence_is_of_the_state_and_the_table_of_all_buyers(open_page, tiny_edition):
    state = of_the_state(Selection())
    expected = interval(awards_for(tiny_edition, state), state)
    visit = open_page("vue_ensemble")
    assert visit.test.title[0].value.startswith("De qui l’État dépend")
    assert visit.lead == sentences.of_hundred_euros(expected, state, (2021, 2024))
    assert "par l’État et ses opérateurs, hors centrales d’achat" in visit.lead
    assert "Tous les acheteurs de cette édition" in visit.text
    # C04, 4 M€ of the 8.92 M€ that the State's contracts sum to
    assert "Pour 45 % des montants" in visit.text.replace("\u202f", " ")
    assert expected.contract_count < 17


def test_chosen_buyers_are_the_subject_and_the_title_speaks_of_no_one_else(open_page):
    visit = open_page("vue_ensemble", acheteur="local")
    assert visit.test.title[0].value.startswith("Où vont les achats")
    assert "l’État" not in visit.lead
    assert "Tous les acheteurs de cette édition" not in visit.text


def test_the_doors_lead_to_the_method_the_contracts_and_each_ministry(open_page):
    links = open_page("vue_ensemble", ministere="interieur", definition="france").links
    assert "methode?v=1" in links
    assert "ministeres?v=1&ministere=enseignement-superieur&definition=france" in links
    assert "ministeres?v=1&definition=france" in links


def test_ministries_say_what_they_hold_and_that_nobody_knows_the_rest(open_page):
    visit = open_page("ministeres")
    assert "Personne ne publie combien de marchés chaque ministère passe" in visit.text
    assert "Armées : une partie" in visit.text
    assert "Armées : une partie" not in open_page("ministeres", ministere="interieur").text


def test_four_ministries_at_most_stand_side_by_side_with_the_same_measures(open_page):
    visit = open_page("ministeres", ministere="interieur,enseignement-superieur,etat-non-determine")
    columns = visit.markup.split('<div class="np-beside"')[1].split("</section>")[:3]
    names = [column.split("</a>")[0].rpartition(">")[2] for column in columns]
    assert names == ["Intérieur", "Enseignement supérieur et recherche", "État, ministère non déterminé"]
    labels = [[part.split("</dt>")[0] for part in column.split("<dt>")[1:]] for column in columns]
    assert labels[0] == labels[1] == labels[2]
    assert len(labels[0]) == 11


def test_subcontractors_and_delays_are_in_the_detail(open_page):
    visit = open_page("ministeres", ministere="enseignement-superieur")
    assert [tab.label for tab in visit.test.tabs][4:6] == ["Sous-traitants", "Délais de publication"]
    assert any("000000208" in row[0] for row in table_rows(visit.markup.split("Déclarés à l’acheteur")[1]))
