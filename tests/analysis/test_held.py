"""What is kept in memory between questions."""

import polars as pl
import pytest

from analysis.held import awards_for
from analysis.selection import Selection
from analysis.shares import by_verdict
from analysis.vendors import top_groups, top_vendors


def test_held_awards_answer_as_the_file_does(tiny_edition):
    for selection in (Selection(), Selection(perimeter="nuage"), Selection(search="hébergement demande")):
        held = by_verdict(awards_for(tiny_edition, selection), selection)
        assert held.equals(by_verdict(tiny_edition.scan("awards"), selection))


def test_the_whole_perimeter_is_read_from_the_file(tiny_edition):
    rows = awards_for(tiny_edition, Selection(perimeter="tout"))
    assert rows.select(pl.len()).collect().item() == tiny_edition.scan("awards").select(pl.len()).collect().item()


@pytest.mark.parametrize("sellers", [top_vendors, top_groups])
@pytest.mark.parametrize("words", ["nuage", "COMPTOIR des", "000000208", "aucun"])
def test_words_find_the_same_sellers_among_held_awards_as_in_the_file(tiny_edition, sellers, words):
    for selection in (Selection(), Selection(amount="plafond", years=(2022, 2024))):
        held = sellers(awards_for(tiny_edition, selection), selection, 50, words)
        assert held.equals(sellers(tiny_edition.scan("awards"), selection, 50, words))


def test_the_same_edition_is_read_once(tiny_edition):
    assert awards_for(tiny_edition, Selection()) is awards_for(tiny_edition, Selection(years=(2022, 2024)))
