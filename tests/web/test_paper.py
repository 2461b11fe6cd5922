"""A page as HTML text: parts in their order, under headings that follow one another."""

import re
from contextlib import suppress

import polars as pl
import pytest

from charts.theme import LIGHT
from language import formats
from ui.address import State
from ui.tables import Column
from ui.view import FIRST_ROWS, LEAST_FOLDED
from web.gathered import Enough
from web.paper import Paper


@pytest.fixture
def paper(tiny_edition):
    """An empty page of the tiny edition."""
    return Paper(State(), tiny_edition, LIGHT)


@pytest.mark.parametrize("height", [1, FIRST_ROWS, FIRST_ROWS + 1, LEAST_FOLDED, LEAST_FOLDED + 1, 40])
def test_a_long_table_has_all_its_rows_and_folds_only_what_is_left(paper, height):
    rows = pl.DataFrame({"product": [f"p{rank:02}" for rank in range(height)]})
    paper.long_table(rows, [Column("product")], name="essai")
    body = "".join(paper.parts)
    assert re.findall(r"p\d\d", body) == rows["product"].to_list()
    folded = re.findall(r"<summary>Les (\S+) lignes suivantes", body)
    assert folded == ([formats.count(height - FIRST_ROWS)] if height > LEAST_FOLDED else [])


@pytest.mark.parametrize(("section", "level"), [("", "h2"), ("Une partie", "h3")])
def test_parts_of_equal_rank_follow_the_heading_above_them(paper, section, level):
    paper.title("Un titre")
    if section:
        paper.section(section)
    paper.tabs({"acheteurs": lambda: None, "produits": lambda: None})
    assert re.findall(r"<(h\d)[^>]*>(?:Acheteurs|Produits nommés)<", "".join(paper.parts)) == [level, level]


def test_the_main_part_is_closed_even_when_the_page_stops_in_the_middle(paper):
    with suppress(Enough), paper.content():
        paper.title("Un titre")
        raise Enough
    assert paper.parts[0].startswith("<main ")
    assert paper.parts[-1] == "</main>"
