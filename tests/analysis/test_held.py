"""What is kept in memory between questions."""

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from analysis.contracts import Page, search_contracts
from analysis.coverage import by_ministry, delay_by_buyer
from analysis.held import awards_for, of_ministries_for
from analysis.ministries import ranking
from analysis.selection import Selection
from analysis.shares import by_verdict
from analysis.vendors import top_buyers, top_groups, top_resellers, top_vendors
from loaders import schema, vocabulary
from loaders.editions import STARTER_FOLDER, Edition

AWARDS = list(schema.polars_schema("awards"))


def test_held_awards_answer_as_the_file_does(tiny_edition):
    for selection in (Selection(), Selection(perimeter="nuage"), Selection(search="hébergement demande")):
        held = by_verdict(awards_for(tiny_edition, selection), selection)
        assert held.equals(by_verdict(tiny_edition.scan("awards"), selection))


def test_the_whole_perimeter_is_read_from_the_file(tiny_edition):
    rows = awards_for(tiny_edition, Selection(perimeter="tout"))
    assert rows.select(pl.len()).collect().item() == tiny_edition.scan("awards").select(pl.len()).collect().item()


@pytest.mark.parametrize("held", [0, 1_000], ids=["too many to be held", "held"])
@pytest.mark.parametrize("search", ["", "hébergement"])
def test_awards_of_ministries_are_read_where_they_stand_and_no_others(tiny_edition, search, held, monkeypatch):
    monkeypatch.setattr("analysis.held._MINISTRIES_AWARDS", held)
    awards = tiny_edition.scan("awards")
    bought = awards.select("ministry").unique().collect()["ministry"].drop_nulls().cast(pl.String).to_list()
    for chosen in ([bought[0]], bought[-2:], list(vocabulary.MINISTRIES)):
        selection = Selection(perimeter="tout", ministries=tuple(chosen), search=search)
        theirs = awards_for(tiny_edition, selection)
        ours, read = selection.filtered(awards).collect(), selection.filtered(theirs).select(AWARDS).collect()
        # Those held stand ministry by ministry, as in an edition; in the tiny one they are mixed
        assert_frame_equal(ours, read, check_row_order=not held or bool(search))
        assert count(theirs) < count(awards)


@pytest.mark.parametrize("question", [ranking, search_contracts, top_buyers, top_resellers, delay_by_buyer])
def test_a_ministry_held_answers_as_the_file_does(tiny_edition, question, monkeypatch):
    for ministries in (("interieur",), ("interieur", "enseignement-superieur")):
        selection = Selection(perimeter="tout", ministries=ministries)
        details = (5,) if question is delay_by_buyer else ()
        monkeypatch.setattr("analysis.held._MINISTRIES_AWARDS", 1_000)
        held = question(awards_for(tiny_edition, selection), selection, *details)
        monkeypatch.setattr("analysis.held._MINISTRIES_AWARDS", 0)
        read = question(awards_for(tiny_edition, selection), selection, *details)
        assert rows_of(held).equals(rows_of(read))


def test_awards_of_a_ministry_are_read_once_for_all_who_choose_it(tiny_edition, monkeypatch):
    selection = Selection(perimeter="tout", ministries=("interieur",))
    first = count(awards_for(tiny_edition, selection))
    monkeypatch.setattr(Edition, "scan", lambda *_: pytest.fail("it was read again"))
    assert count(awards_for(tiny_edition, selection)) == first > 0


def test_a_ministry_that_bought_nothing_has_no_awards(tiny_edition):
    bought = tiny_edition.scan("awards").select("ministry").unique().collect()["ministry"].to_list()
    idle = next(code for code in vocabulary.MINISTRIES if code not in bought)
    assert count(awards_for(tiny_edition, Selection(perimeter="tout", ministries=(idle,)))) == 0


def test_questions_of_ministries_leave_the_awards_of_others_aside():
    edition = Edition(STARTER_FOLDER)
    whole, rows = edition.scan("awards"), of_ministries_for(edition, Selection(perimeter="tout"))
    assert count(rows) == count(whole.filter(pl.col("ministry").is_not_null())) < count(whole)
    assert by_ministry(rows, Selection(perimeter="tout")).equals(by_ministry(whole, Selection(perimeter="tout")))


@pytest.mark.parametrize("sellers", [top_vendors, top_groups])
@pytest.mark.parametrize("words", ["nuage", "COMPTOIR des", "000000208", "aucun"])
def test_words_find_the_same_sellers_among_held_awards_as_in_the_file(tiny_edition, sellers, words):
    for selection in (Selection(), Selection(amount="plafond", years=(2022, 2024))):
        held = sellers(awards_for(tiny_edition, selection), selection, 50, words)
        assert held.equals(sellers(tiny_edition.scan("awards"), selection, 50, words))


def test_the_same_edition_is_read_once(tiny_edition):
    assert awards_for(tiny_edition, Selection()) is awards_for(tiny_edition, Selection(years=(2022, 2024)))


def rows_of(answer: Page | pl.DataFrame) -> pl.DataFrame:
    """The rows of an answer, a page of a list or all of it."""
    return answer.rows if isinstance(answer, Page) else answer


def count(rows: pl.LazyFrame) -> int:
    """How many rows there are."""
    return rows.select(pl.len()).collect().item()
