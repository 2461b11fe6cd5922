"""CSV of any kind, and what Parquet columns become as text."""

import io

import polars as pl
import pytest

from loaders.errors import UnreadableSource
from loaders.read import open_source
from tests.loaders.read.reading import read_bytes

HEADER = "uid;id;acheteur_id;titulaire_id;objet"


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_delimiters_and_ends_of_lines(tmp_path, delimiter, line_end):
    text = line_end.join([HEADER, 'U;1;B;T;"a;b, c|d\te ""f"""', ""]).replace(";", delimiter)
    read = read_bytes(tmp_path, text.encode())
    assert read.column("title") == ['a;b, c|d\te "f"'.replace(";", delimiter)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "iso-8859-15", "utf-16"])
def test_encodings(tmp_path, encoding):
    text = f"{HEADER}\nU;1;B;T;Œuvre à 5 €\n"
    read = read_bytes(tmp_path, text.encode(encoding))
    assert read.rows.select("uid", "title").rows() == [("U", "Œuvre à 5 €")]


def test_quoted_line_breaks_stay_in_their_cell(tmp_path):
    read = read_bytes(tmp_path, f'{HEADER}\nU;1;B;T;"un\ndeux"\nV;2;B;T;trois\n'.encode())
    assert read.rows.select("record_number", "title").rows() == [(1, "un\ndeux"), (2, "trois")]


def test_empty_cells_are_null_and_nothing_else_is(tmp_path):
    read = read_bytes(tmp_path, f'{HEADER}\nU;"";;NA;null\n'.encode())
    columns = "internal_id", "buyer_id", "holder_id", "title"
    assert read.rows.select(columns).rows() == [(None, None, "NA", "null")]


def test_leading_zeros_stay(tmp_path):
    assert read_bytes(tmp_path, f"{HEADER}\nU;001;B;00123;x\n".encode()).column("internal_id") == ["001"]


def test_lines_with_too_few_or_too_many_cells_are_rejected_alone(tmp_path):
    text = f"{HEADER}\nU;1;B;T;a\nbroken;2\nV;3;B;T;c\n\nW;4;B;T;d;e\nX;5;B;T;f\nlast\n"
    read = read_bytes(tmp_path, text.encode())
    assert read.records == 6
    assert read.rows.select("record_number", "title").rows() == [(1, "a"), (3, "c"), (5, "f")]
    assert read.rejected() == [
        (2, "record", "unreadable_record", "broken;2"),
        (4, "record", "unreadable_record", "W;4;B;T;d;e"),
        (6, "record", "unreadable_record", "last"),
    ]


def test_broken_lines_keep_their_number_from_batch_to_batch(tmp_path, monkeypatch):
    """Blocks are read ahead of what they become."""
    monkeypatch.setattr("loaders.read.text_table._CSV_BLOCK_BYTES", 2_000)
    monkeypatch.setattr("loaders.read.text_table.BATCH_ROWS", 100)
    lines = ["broken" if rank % 37 == 0 else f"U;{rank};B;T;x" for rank in range(1, 2_001)]
    path = tmp_path / "file"
    path.write_text("\n".join([HEADER, *lines]))
    reading = open_source(path, "test")
    batches = list(reading.batches)
    rows = pl.concat([batch.rows for batch in batches])
    rejects = pl.concat([batch.rejects for batch in batches])
    assert len(batches) > 10
    assert rows["record_number"].cast(pl.String).to_list() == rows["internal_id"].to_list()
    assert rejects["record_number"].to_list() == list(range(37, 2_001, 37))
    assert sum(batch.records for batch in batches) == 2_000
    assert batches[-1].position == reading.size


def test_a_quote_that_never_closes_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("loaders.read.text_table._CSV_BLOCK_BYTES", 2_000)
    text = "\n".join([HEADER, *["U;1;B;T;x"] * 500, 'U;1;B;T;"x', *["U;1;B;T;x"] * 500])
    with pytest.raises(UnreadableSource, match="mal formé après l’enregistrement"):
        read_bytes(tmp_path, text.encode())


def test_a_header_alone_is_a_table_without_lines(tmp_path):
    assert read_bytes(tmp_path, HEADER.encode()).records == 0


def test_columns_of_the_same_name_are_told_apart(tmp_path):
    read = read_bytes(tmp_path, f"{HEADER};objet;\nU;1;B;T;premier;second;x\n".encode())
    assert read.column("title") == ["premier"]
    assert read.reading.unknown_columns == ["objet_6", "column_7"]


def test_parquet_columns_of_any_type_become_text(tmp_path):
    frame = pl.DataFrame(
        {
            "uid": pl.Series(["U", ""], dtype=pl.Categorical),
            "id": [1, None],
            "acheteur_id": ["B", "B"],
            "titulaire_id": [True, None],
            "objet": [["a", "b"], []],
            "techniques": [{"technique": 1}, None],
        }
    )
    written = io.BytesIO()
    frame.write_parquet(written)
    read = read_bytes(tmp_path, written.getvalue())
    columns = "uid", "internal_id", "holder_id", "title", "techniques"
    assert read.rows.select(columns).rows() == [("U", "1", "true", "a | b", '{"technique":1}'), (None,) * 5]
