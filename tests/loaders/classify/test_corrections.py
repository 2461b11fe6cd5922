"""A correction changes one column of the rows it names, and says so in that column's rule."""

import polars as pl
import pytest

from loaders import reference, schema, vocabulary
from loaders.classify.corrections import KEYS, RULES, apply_corrections

MINISTRY = pl.Enum(list(vocabulary.MINISTRIES))


def correction(key_column="contract_id", key="c1", column="ministry", value="justice", correction_id="k1"):
    texts = {"correction_id": correction_id, "key_column": key_column, "key": key, "column": column, "value": value}
    return pl.DataFrame([texts], schema=dict.fromkeys(texts, pl.String))


@pytest.fixture
def awards():
    return pl.LazyFrame(
        {
            "contract_id": ["c1", "c2"],
            "buyer_id": ["13001536500013", "21380185500015"],
            "buyer_name": [None, "Ville de Grenoble"],
            "ministry": pl.Series(["culture", None], dtype=MINISTRY),
            "ministry_rule": ["name:drac", None],
            "is_digital": [None, True],
            "perimeter_rule": [None, "cpv:72"],
            "products": [["Oracle"], []],
            "product_rule": ["title:oracle", None],
        }
    )


def test_the_named_row_changes_and_its_rule_tells(awards):
    first, second = apply_corrections(awards, correction()).collect().to_dicts()
    assert (first["ministry"], first["ministry_rule"]) == ("justice", "name:drac|correction:k1")
    assert (second["ministry"], second["ministry_rule"]) == (None, None)


def test_a_rule_that_was_empty_becomes_the_correction(awards):
    first = apply_corrections(awards, correction(column="is_digital", value="true")).collect().to_dicts()[0]
    assert (first["is_digital"], first["perimeter_rule"]) == (True, "correction:k1")


def test_flags_and_lists_are_read(awards):
    both = pl.concat(
        [
            correction(key="c2", column="is_digital", value="false"),
            correction(column="products", value="PostgreSQL | Linux"),
        ]
    )
    first, second = apply_corrections(awards, both).collect().to_dicts()
    assert first["products"] == ["PostgreSQL", "Linux"]
    assert second["is_digital"] is False


def test_an_empty_value_takes_the_fact_away(awards):
    first = apply_corrections(awards, correction(value=None)).collect().to_dicts()[0]
    assert (first["ministry"], first["ministry_rule"]) == (None, "name:drac|correction:k1")


def test_a_correction_of_a_column_not_yet_there_waits(awards):
    result = apply_corrections(awards, correction(column="channel", value="reseller")).collect()
    assert result.equals(awards.collect())


def test_types_do_not_change(awards):
    assert apply_corrections(awards, correction()).collect_schema() == awards.collect_schema()


def test_the_projects_own_corrections_are_sound():
    table = reference.table("corrections")
    assert table["correction_id"].is_unique().all()
    assert set(table["key_column"]) <= set(KEYS)
    assert set(table["column"]) <= set(RULES)
    assert table["reason"].null_count() == table["source"].null_count() == 0
    for row in table.to_dicts():
        assert pl.Series([row["value"]]).cast(schema.column(row["column"]).dtype).null_count() == 0


def test_the_armed_forces_establishment_that_sirene_does_not_know(awards):
    first = apply_corrections(awards).collect().to_dicts()[0]
    assert (first["buyer_name"], first["ministry"]) == ("Ministère des Armées", "armees")
