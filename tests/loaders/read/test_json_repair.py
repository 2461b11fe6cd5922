"""JSON that a strict parser refuses, each way met in a published file."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.errors import UnreadableSource
from loaders.read.json_repair import repaired
from tests.loaders.read.reading import USUAL, read_bytes

CONTRACT = json.dumps({"marches": [USUAL]}, ensure_ascii=False)


def read_text(tmp_path, old: str, new: str):
    assert old in CONTRACT
    return read_bytes(tmp_path, CONTRACT.replace(old, new).encode())


def test_a_byte_order_mark_is_skipped(tmp_path):
    assert read_bytes(tmp_path, b"\xef\xbb\xbf" + CONTRACT.encode()).column("title") == ["Hébergement"]


@pytest.mark.parametrize("encoding", ["iso-8859-15", "cp1252", "utf-16"])
def test_other_encodings_are_read(tmp_path, encoding):
    """ISO-8859-15 from older platforms, cp1252 and UTF-16 from spreadsheets."""
    text = CONTRACT.replace("Hébergement", "Hébergement à 5 € : œuvre")
    assert read_bytes(tmp_path, text.encode(encoding)).column("title") == ["Hébergement à 5 € : œuvre"]


def test_stray_bytes_in_utf8_are_read_where_they_stand(tmp_path):
    """Consolidated files join UTF-8 and older exports."""
    both = json.dumps([USUAL, USUAL | {"objet": "HEBERGE"}], ensure_ascii=False).encode()
    read = read_bytes(tmp_path, both.replace(b"HEBERGE", b"h\xe9berg\xe9"))
    assert read.column("title") == ["Hébergement", "hébergé"]


@pytest.mark.parametrize("token", ["NaN", "Infinity", "-Infinity"])
def test_bare_tokens_are_null(tmp_path, token):
    """decp-processing #127: NaN in the files of the ministry."""
    assert read_text(tmp_path, '"montant": 1000', f'"montant": {token}').column("amount") == [None]


def test_the_same_words_in_a_text_stay(tmp_path):
    """NaN is mended elsewhere in the file, not in a title."""
    text = CONTRACT.replace("Hébergement", "Dosage NaN, Infinity").replace("1000", "NaN")
    assert read_bytes(tmp_path, text.encode()).column("title") == ["Dosage NaN, Infinity"]


@pytest.mark.parametrize("control", ["\x0b", "\n", "\t", "\x00", "\x1f"])
def test_control_characters_in_a_text_are_kept_for_cleaning(tmp_path, control):
    read = read_text(tmp_path, "Hébergement", f"Héberge{control}ment")
    assert read.column("title") == [f"Héberge{control}ment"]


def test_control_characters_between_values_are_spaces(tmp_path):
    """End-of-file marks of old systems."""
    assert read_bytes(tmp_path, CONTRACT.encode() + b"\x1a\x00").records == 1


@pytest.mark.parametrize("title", [r"C:\dossier", r"l\'hébergement", r"fin\u12"])
def test_backslashes_that_escape_nothing_are_characters(tmp_path, title):
    """Avenue Web Systèmes publishes unescaped backslashes."""
    assert read_text(tmp_path, "Hébergement", title).column("title") == [title]


@pytest.mark.parametrize(
    ("published", "title"), [("Lot\\\\\\\\1", "Lot\\\\1"), ('dit \\"le nuage\\"', 'dit "le nuage"')]
)
def test_runs_of_backslashes_that_json_allows_are_unchanged(tmp_path, published, title):
    """Also when another fault sends the file through the repair."""
    text = CONTRACT.replace("Hébergement", published)
    assert read_bytes(tmp_path, text.encode()).column("title") == [title]
    assert read_bytes(tmp_path, text.replace("1000", "NaN").encode()).column("title") == [title]


@pytest.mark.parametrize("run", ["\\", "\\\\\\"])
def test_a_backslash_before_the_closing_quote_does_not_swallow_it(tmp_path, run):
    """Titles cut in the middle of an escape."""
    read = read_text(tmp_path, "Hébergement", f"Hébergement {run}")
    assert read.rows.select("title", "amount").rows() == [("Hébergement " + "\\" * (len(run) // 2 + 1), "1000")]


def test_half_a_surrogate_pair_is_a_lost_character(tmp_path):
    """A title cut in the middle of an emoji."""
    assert read_text(tmp_path, "Hébergement", r"H\ud83d").column("title") == ["H\ufffd"]


@pytest.mark.parametrize(
    ("content", "byte"), [('{"marches": [{"id": 1}, {"id"', 29), ('{"marches": [{"id": "1"}, {"objet": "x', 38)]
)
def test_json_that_stops_half_way_is_refused_with_the_byte(tmp_path, content, byte):
    with pytest.raises(UnreadableSource, match=f"s’arrête au milieu, à l’octet {byte} "):
        read_bytes(tmp_path, content.encode())


def test_what_is_no_json_is_refused_with_the_byte(tmp_path):
    with pytest.raises(UnreadableSource, match="JSON valide vers l’octet 12 "):
        read_bytes(tmp_path, b'{"marches": }')


def test_json_nested_beyond_reason_is_refused(tmp_path):
    with pytest.raises(UnreadableSource, match="trop de niveaux"):
        read_bytes(tmp_path, b"[" * 100_000 + b"]" * 100_000)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
)


@given(JSON, st.integers(1, 50), st.booleans())
def test_json_that_is_strict_comes_out_the_same(value, size, ascii_only):
    """Whatever the pieces in which it is read."""
    text = json.dumps(value, ensure_ascii=ascii_only)
    mended = "".join(repaired(text[at : at + size] for at in range(0, len(text), size)))
    assert json.loads(mended) == value


@given(st.integers(1, 700), st.integers(1, 40))
def test_repairs_do_not_depend_on_where_the_file_is_cut(size, length):
    text = '{"a": NaN, "b": "' + "x" * length + 'NaN \\d \n \\", "c": [-Infinity, "\\\\"]}' + " " * 300
    mended = "".join(repaired(text[at : at + size] for at in range(0, len(text), size)))
    assert json.loads(mended) == {"a": None, "b": "x" * length + "NaN \\d \n \\", "c": [None, "\\"]}
