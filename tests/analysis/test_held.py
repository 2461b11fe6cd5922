"""What is kept in memory between questions."""

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from analysis.coverage import by_ministry
from analysis.held import awards_for, of_ministries_for
from analysis.selection import Selection
from analysis.shares import by_verdict
from analysis.vendors import top_groups, top_vendors
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


@pytest.mark.parametrize("search", ["", "hébergement"])
def test_awards_of_ministries_are_read_where_they_stand_and_no_others(tiny_edition, search):
    awards = tiny_edition.scan("awards")
    bought = awards.select("ministry").unique().collect()["ministry"].drop_nulls().cast(pl.String).to_list()
    for chosen in ([bought[0]], bought[-2:], list(vocabulary.MINISTRIES)):
        selection = Selection(perimeter="tout", ministries=tuple(chosen), search=search)
        theirs = awards_for(tiny_edition, selection)
        assert_frame_equal(selection.filtered(awards).collect(), selection.filtered(theirs).select(AWARDS).collect())
        assert count(theirs) < count(awards)


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


def count(rows: pl.LazyFrame) -> int:
    """How many rows there are."""
    return rows.select(pl.len()).collect().item()
