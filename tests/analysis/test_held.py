"""What is kept in memory between questions."""

import polars as pl

from analysis.held import awards_for
from analysis.selection import Selection
from analysis.shares import by_verdict


def test_held_awards_answer_as_the_file_does(tiny_edition):
    for selection in (Selection(), Selection(perimeter="nuage"), Selection(search="hébergement demande")):
        held = by_verdict(awards_for(tiny_edition, selection), selection)
        assert held.equals(by_verdict(tiny_edition.scan("awards"), selection))


def test_the_whole_perimeter_is_read_from_the_file(tiny_edition):
    rows = awards_for(tiny_edition, Selection(perimeter="tout"))
    assert rows.select(pl.len()).collect().item() == tiny_edition.scan("awards").select(pl.len()).collect().item()


def test_the_same_edition_is_read_once(tiny_edition):
    assert awards_for(tiny_edition, Selection()) is awards_for(tiny_edition, Selection(years=(2022, 2024)))
