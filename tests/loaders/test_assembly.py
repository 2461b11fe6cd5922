"""Parts are worked on several at a time and used in their order, without all of them being there."""

from datetime import date

import polars as pl

from loaders.assembly import Assembly, ahead, at_once
from loaders.publish import write_parts
from loaders.schema import polars_schema


def test_what_is_made_of_parts_comes_in_their_order():
    parts = list(range(50))
    assert at_once(str, parts) == list(ahead(str, parts)) == [str(part) for part in parts]


def test_one_part_is_made_ahead_of_the_one_that_is_used_never_more():
    """All the parts of a table at once would be the table in memory."""
    made = []
    for used, _ in enumerate(ahead(made.append, range(20))):
        assert len(made) <= used + 2
    assert made == list(range(20))


def test_parts_are_found_in_the_order_of_slices(tmp_path):
    assembly = Assembly(tmp_path, tmp_path, date(2026, 11, 22), only_digital_or_state=False)
    assembly.parts.mkdir()
    for year, number in ((2025, 1), (2024, 0), (2025, 0)):
        assembly.put(f"awards-of-{year}", number, pl.LazyFrame({"slice": [number]}))
    assert assembly.tables("awards-of-") == ["awards-of-2024", "awards-of-2025"]
    assert assembly.all_parts("awards-of-2025").collect()["slice"].to_list() == [0, 1]


def test_a_table_without_any_part_is_written_empty(tmp_path):
    write_parts("versions", iter(()), tmp_path)
    written = pl.read_parquet(tmp_path / "versions.parquet")
    assert written.is_empty()
    assert written.schema == polars_schema("versions")
