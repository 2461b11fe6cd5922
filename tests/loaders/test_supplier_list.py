"""A journalist's list comes back row by row, in its order, with what we know of each."""

import csv

import pytest

from loaders.errors import LoaderError, UnreadableSource
from loaders.supplier_list import APPENDED, classify_list

ROWS = [
    {"supplier_name": "ORACLE FRANCE", "title": "Support technique des logiciels Oracle", "note": "à suivre"},
    {"supplier_name": "AMAZONIE PAYSAGE", "title": "Travaux de VRD", "note": ""},
    {"supplier_name": "Une société que personne ne connaît", "title": "", "note": "«»"},
]


def classified(tmp_path, text: str, encoding: str = "utf-8", **options) -> list[dict]:
    source, out = tmp_path / "list.csv", tmp_path / "out.csv"
    source.write_bytes(text.encode(encoding))
    classify_list(source, out, **options)
    delimiter = ";" if ";" in text.splitlines()[0] else ","
    with out.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def as_csv(rows: list[dict], delimiter: str = ",") -> str:
    lines = [delimiter.join(rows[0]), *(delimiter.join(row.values()) for row in rows)]
    return "\n".join(lines) + "\n"


def test_rows_keep_their_order_and_their_own_columns(tmp_path):
    found = classified(tmp_path, as_csv(ROWS))
    assert [row["supplier_name"] for row in found] == [row["supplier_name"] for row in ROWS]
    assert [row["note"] for row in found] == [row["note"] for row in ROWS]
    assert list(found[0]) == [*ROWS[0], *APPENDED]


def test_what_is_known_is_said_and_what_is_not_is_empty(tmp_path):
    oracle, amazonie, stranger = classified(tmp_path, as_csv(ROWS))
    assert (oracle["control_country"], oracle["control_basis"], oracle["verdict"]) == (
        "US",
        "registry",
        "foreign_control",
    )
    assert (oracle["is_digital"], oracle["products"], oracle["product_countries"]) == ("true", "Oracle", "US")
    assert (amazonie["control_country"], amazonie["is_digital"]) == ("", "false")
    assert (stranger["control_country"], stranger["control_basis"], stranger["verdict"]) == ("", "none", "unknown")


def test_the_ministry_is_its_name(tmp_path):
    (row,) = classified(tmp_path, "buyer_name\nPréfecture de police DFCPP BCP\n")
    assert (row["ministry"], row["is_state"]) == ("Intérieur", "yes")


def test_the_trace_says_which_field_and_which_rule(tmp_path):
    (oracle, *_) = classified(tmp_path, as_csv(ROWS))
    assert "control=" in oracle["trace"]
    assert "holder_name" in oracle["trace"]


@pytest.mark.parametrize(("encoding", "delimiter"), [("utf-8", ","), ("utf-8-sig", ";"), ("cp1252", ";")])
def test_lists_as_spreadsheets_write_them(tmp_path, encoding, delimiter):
    rows = [{"supplier_name": "Société Générale d’Édition", "title": "Hébergement de sites internet"}]
    (found,) = classified(tmp_path, as_csv(rows, delimiter), encoding)
    assert found["supplier_name"] == rows[0]["supplier_name"]
    assert found["is_cloud"] == "true"


def test_a_list_of_labels_keeps_its_own_columns_under_another_name(tmp_path):
    (found,) = classified(tmp_path, "supplier_name,control_country\nOVH,XX\n")
    assert (found["control_country_in"], found["control_country"]) == ("XX", "FR")


def test_two_equal_rows_stay_two(tmp_path):
    assert len(classified(tmp_path, as_csv([ROWS[0], ROWS[0]]))) == 2


def test_a_line_break_inside_quotes_is_part_of_its_cell(tmp_path):
    found = classified(tmp_path, 'title,note\n"Hébergement\nde sites internet",x\n')
    assert [row["note"] for row in found] == ["x"]


def test_a_list_without_any_known_column_is_refused_with_the_known_ones(tmp_path):
    with pytest.raises(UnreadableSource, match="supplier_name"):
        classified(tmp_path, "nom,prenom\nDurand,Anne\n")


def test_an_empty_list_is_refused(tmp_path):
    with pytest.raises(UnreadableSource):
        classified(tmp_path, "\n")


def test_a_header_without_rows_gives_a_header_without_rows(tmp_path):
    assert classified(tmp_path, "supplier_name,title\n") == []


def test_an_unknown_definition_is_refused_with_the_known_ones(tmp_path):
    with pytest.raises(LoaderError, match="hors-us"):
        classified(tmp_path, as_csv(ROWS), definition="monde")


def test_an_unwritable_place_is_said(tmp_path):
    source = tmp_path / "list.csv"
    source.write_text(as_csv(ROWS))
    with pytest.raises(LoaderError, match="n’a pas pu être écrit"):
        classify_list(source, tmp_path / "absent" / "out.csv")
