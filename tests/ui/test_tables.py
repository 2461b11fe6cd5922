"""How values are written in a table."""

from datetime import date

import polars as pl
import pytest

from language import speaking
from tests.pages.conftest import table_rows
from ui import tables
from ui.tables import Column


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("amount_cents", 1_234_567_89, "1,2 M€"),
        ("amount_cents", None, "—"),
        ("low", 0.214, "21 %"),
        ("contract_date", date(2024, 3, 7), "7 mars 2024"),
        ("year", 2024, "2024"),
        ("contract_count", 12345, "12 345"),
        ("is_framework", True, "oui"),
        ("products", ["Oracle", "SAP"], "Oracle, SAP"),
        ("products", [], "—"),
        ("control_country", "US", "États-Unis"),
        ("control_country", "XX", "XX"),
        ("country", "FOSS", "logiciel libre"),
        ("ministry", "justice", "Justice"),
        ("amount_flag", "sentinel", "valeur de remplissage"),
    ],
)
def test_values_are_written_for_people(name, value, text):
    assert tables.written(value, Column(name)).replace("\u202f", " ") == text


def test_a_code_that_nobody_declared_is_shown_as_it_is():
    assert tables.written("nouveau", Column("ministry")) == "nouveau"


def test_rows_keep_the_order_of_the_frame_and_long_titles_are_cut_on_screen():
    frame = pl.DataFrame({"title": ["Zèbre et compagnie", "Âne"], "amount_cents": [1, 2]})
    shown = table_rows(tables.html(frame, [Column("title", longest=9), Column("amount_cents")]))
    assert [row[0] for row in shown] == ["Zèbre et…", "Âne"]


def test_hostile_values_are_written_as_text():
    frame = pl.DataFrame({"title": ["<script>alert(1)</script>"]})
    shown = tables.html(frame, [Column("title", link=lambda row: "javascript:alert(1)")], caption="<b>")
    assert "<script" not in shown
    assert "javascript:" not in shown
    assert "<caption>&lt;b&gt;" in shown


def test_titles_come_from_the_schema_with_their_unit_and_translate():
    assert Column("duration_months").title == "Durée (mois)"
    assert Column("buyer_name").title == "Acheteur"
    assert Column("top_vendor_name", "Premier").title == "Premier"
    with speaking("en"):
        assert Column("buyer_name").title == "Buyer"


def test_each_item_of_a_list_leads_to_its_own_page_once_and_as_many_as_fit():
    frame = pl.DataFrame({"vendor_names": [["Un", "Deux", "Un", None]], "vendor_ids": [["1", None, "1", None]]})
    addresses = lambda row: [one and f"fournisseurs?fournisseur={one}" for one in row["vendor_ids"]]  # noqa: E731
    shown = tables.html(frame, [Column("vendor_names", links=addresses)])
    assert '<a href="fournisseurs?fournisseur=1">Un</a>, Deux, —</th>' in shown
    assert "Deux, …</th>" not in shown
    assert tables.html(frame, [Column("vendor_names", links=addresses, longest=4)]).count("…") == 1


def test_where_no_name_is_published_the_number_is_shown_and_it_is_said():
    frame = pl.DataFrame({"buyer_name": [None, "Mairie"], "buyer_id": ["00000010900011", "1"]})
    shown = tables.html(frame, [Column("buyer_name", instead="buyer_id")])
    assert '00000010900011<span class="np-small">nom non publié</span>' in shown
    assert shown.count("nom non publié") == 1
