"""A table written for one reader serves all who see the same, and nobody else."""

from datetime import date

import polars as pl
import pytest

from language import speaking
from ui import kept_tables, tables
from ui.address import State, link, with_changes
from ui.tables import Column

FRAME = pl.DataFrame({"title": ["A", "B"], "contract_date": [date(2024, 1, 2), None], "amount_cents": [100, 2_000_000]})
COLUMNS = [Column("title"), Column("contract_date"), Column("amount_cents")]


@pytest.fixture(autouse=True)
def _nothing_kept():
    kept_tables._written.cache.clear()


def test_what_is_kept_is_what_is_written():
    assert kept_tables.html(State(), "t", FRAME, COLUMNS) == tables.html(FRAME, COLUMNS)


def test_the_same_table_is_written_once(monkeypatch):
    first = kept_tables.html(State(), "t", FRAME, COLUMNS, "C")
    monkeypatch.setattr(tables, "html", lambda *_anything: pytest.fail("written again"))
    assert kept_tables.html(State(), "t", FRAME.clone(), list(COLUMNS), "C") == first


@pytest.mark.parametrize(
    ("frame", "columns", "caption"),
    [
        (FRAME.head(1), COLUMNS, ""),
        (FRAME.with_columns(amount_cents=pl.lit(5)), COLUMNS, ""),
        (FRAME.reverse(), COLUMNS, ""),
        (FRAME, COLUMNS[:2], ""),
        (FRAME, [Column("title", "Nom"), *COLUMNS[1:]], ""),
        (FRAME, [Column("title", codes={"A": "Alpha"}), *COLUMNS[1:]], ""),
        (FRAME, COLUMNS, "Autre"),
    ],
)
def test_other_rows_columns_words_or_captions_are_other_tables(frame, columns, caption):
    kept_tables.html(State(), "t", FRAME, COLUMNS)
    assert kept_tables.html(State(), "t", frame, columns, caption) == tables.html(frame, columns, caption)


def test_links_follow_the_state_and_words_the_language():
    def shown(state: State) -> str:
        columns = [Column("title", link=lambda row: link(with_changes(state, search=row["title"]))), *COLUMNS[1:]]
        return kept_tables.html(state, "t", FRAME, columns)

    french, filtered = shown(State("marches")), shown(with_changes(State("marches"), ministries=("justice",)))
    assert "justice" in filtered
    assert "justice" not in french
    with speaking("en"):
        assert shown(State("marches")) != french
