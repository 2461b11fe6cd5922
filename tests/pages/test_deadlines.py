"""What ends soon, from the day that the address names; feeds at addresses that pin no day."""

from datetime import date

from analysis.ending import contracts_ending, of_foreign
from analysis.held import awards_for
from analysis.selection import Selection
from tests.pages.conftest import table_rows


def _addresses(visit) -> list[str]:
    return [code for code in visit.codes if "/flux/" in code]


def test_the_list_is_that_of_the_question_in_its_order(open_page, tiny_edition):
    foreign = of_foreign(Selection())
    expected = contracts_ending(awards_for(tiny_edition, foreign), foreign, date(2025, 5, 5), 24)
    visit = open_page("echeances", au="2025-05-05", mois="24")
    assert [row[0] for row in table_rows(visit.markup)] == expected["title"].to_list()
    assert visit.lead.startswith(f"Au 5 mai 2025, {expected.height} marchés")
    assert f"marche?v=1&id={expected['contract_id'][0]}" in visit.links


def test_when_nothing_ends_ahead_the_page_says_so_and_shows_the_last_ends(open_page):
    visit = open_page("echeances", au="2035-01-01", mois="3")
    assert visit.lead.startswith("Au 1 janvier 2035, aucun marché")
    assert "Aucune fin connue dans les 3 mois. La dernière que cette édition connaît avant ce jour" in visit.text
    assert table_rows(visit.markup)[0][0] == "Calcul à la demande"


def test_without_a_day_the_page_counts_from_today_and_its_shared_link_says_which(open_page):
    visit = open_page("echeances")
    assert visit.query == {"v": "1"}
    shared = next(code for code in visit.codes if "edition=" in code)
    assert f"au={date.today().isoformat()}" in shared


def test_the_period_and_the_day_go_into_the_address(open_page):
    visit = open_page("echeances")
    visit.test.radio(key="widget-months_ahead").set_value(24)
    visit.test.date_input(key="widget-as_of").set_value(date(2025, 5, 5))
    visit.run()
    assert visit.query == {"v": "1", "mois": "24", "au": "2025-05-05"}
    assert visit.lead.startswith("Au 5 mai 2025")


def test_an_impossible_day_is_told_and_ignored(open_page):
    visit = open_page("echeances", au="2025-02-30", mois="7")
    assert "la valeur de « au » n’existe pas" in visit.text.replace("\u00a0", " ")
    assert "la valeur de « mois » n’existe pas" in visit.text.replace("\u00a0", " ")


def test_qualifications_that_end_are_listed_with_their_decision(open_page):
    visit = open_page("echeances", au="2026-11-22", mois="3")
    assert "29 décembre 2026" in visit.text
    assert "Une qualification peut être renouvelée" in visit.text


def test_feeds_carry_the_filters_and_neither_day_nor_edition(open_page):
    addresses = _addresses(open_page("echeances", au="2025-05-05", ministere="interieur"))
    assert [address.partition("?")[0].rpartition("/flux/")[2] for address in addresses] == [
        "echeances.ics",
        "echeances.atom",
    ]
    assert all("ministere=interieur" in address and "au=" not in address for address in addresses)
