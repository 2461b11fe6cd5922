"""What no contract can be made of is put aside with its reason; names travel along identifiers."""

import polars as pl
import pytest

from loaders.clean.names import with_known_names
from loaders.clean.typed import record_rejects, typed_rows
from tests.loaders.raw_rows import LATEST, raw_rows


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"record_kind": "concession"}, "concession"),
        ({"buyer_name": "Essentiel"}, "test_record"),
        ({"title": "Le march� du si�cle"}, "test_record"),
        ({"buyer_id": None, "buyer_name": None}, "no_buyer"),
        ({"internal_id": None, "uid": None}, "no_contract_id"),
        ({"title": "NC", "holder_id": None, "holder_name": None}, "no_title_no_holder"),
        ({"title": None}, None),
        ({"holder_id": None, "holder_name": None}, None),
    ],
)
def test_each_reason_to_put_a_row_aside(cells, reason):
    assert typed_rows(raw_rows(cells), LATEST).collect()["reason"].to_list() == [reason]


def test_a_record_is_rejected_only_when_none_of_its_rows_can_be_used():
    rows = typed_rows(
        raw_rows(
            {"record_number": 1, "title": None, "holder_id": None},
            {"record_number": 1, "title": None},
            {"record_number": 2, "buyer_id": None, "buyer_name": None},
        ),
        LATEST,
    )
    assert record_rejects(rows).collect().rows() == [("test", 2, "no_buyer")]


def test_a_name_missing_beside_an_identifier_comes_from_another_row():
    rows = typed_rows(
        raw_rows(
            {"holder_name": None, "source_rank": 0},
            {"holder_name": "ORACLE FRANCE", "source_rank": 1},
            {"holder_name": "Oracle", "source_rank": 2},
            {"holder_name": None, "holder_id": "99999999900011"},
        ),
        LATEST,
    )
    names = with_known_names(rows).sort("row_id").collect()["holder_name"]
    assert names.to_list() == ["ORACLE FRANCE", "ORACLE FRANCE", "Oracle", None]
    assert names.dtype == pl.String
