"""What changed between two editions is counted on awards, and summed as everywhere else."""

import polars as pl
import pytest

from loaders import schema
from loaders.check import differences, problems
from loaders.editions import Edition
from tests.tiny_edition import write as write_tiny_edition

AWARD = {"vendor_id": "111111111", "share_cents": 100, "holder_count": 1, "control_basis": "siren_only"}
NOW_FOREIGN = {"control_basis": "registry", "control_country": "US", "control_rule": "vendors.csv:1"}


@pytest.fixture
def edition(tmp_path):
    def made(name: str, awards: list[dict]) -> Edition:
        folder = tmp_path / name
        folder.mkdir()
        columns = schema.polars_schema("awards")
        rows = [{column: (AWARD | award).get(column) for column in columns} for award in awards]
        pl.DataFrame(rows, schema=columns).write_parquet(folder / "awards.parquet")
        return Edition(folder)

    return made


def test_a_changed_verdict_is_said_with_its_rule_its_number_and_its_sum(edition):
    ids = [{"contract_id": "a"}, {"contract_id": "b"}, {"contract_id": "same"}]
    older = edition("older", ids)
    newer = edition("newer", [ids[0] | NOW_FOREIGN, ids[1] | NOW_FOREIGN, ids[2]])
    assert differences(older, newer).rows() == [("home_presumed", "foreign_control", "control_rule", 2, 200)]


def test_a_row_that_says_something_else_under_the_same_name_is_named(edition):
    """A new period of a group keeps the rule ``vendors:…>groups:…`` and moves its contracts all the same."""
    known = {"contract_id": "a", "control_basis": "registry", "control_rule": "holder_id=vendors:a>groups:a"}
    older, newer = (
        edition("older", [known | {"control_country": "FR"}]),
        edition("newer", [known | {"control_country": "US"}]),
    )
    assert differences(older, newer)["axis"].to_list() == ["control_rule"]


def test_a_product_that_changed_hands_is_named(edition):
    named = {"contract_id": "a", "products": ["Stormshield"], "product_rule": "title:stormshield"}
    older, newer = (
        edition("older", [named | {"product_countries": ["FR"]}]),
        edition("newer", [named | {"product_countries": ["US"]}]),
    )
    assert differences(older, newer)["axis"].to_list() == ["product_rule"]


def test_a_flagged_amount_is_counted_but_not_summed(edition):
    """12 311 111 111 € stands for « unknown »: one such award must not be the whole difference."""
    flag = next(iter(schema.column("amount_flag").vocabulary))
    filler = {"contract_id": "filler", "share_cents": 1_231_111_111_100, "amount_flag": flag}
    plain = {"contract_id": "plain"}
    changed = [filler | NOW_FOREIGN, plain | NOW_FOREIGN]
    (row,) = differences(edition("older", [filler, plain]), edition("newer", changed)).rows(named=True)
    assert (row["award_count"], row["share_cents"]) == (2, 100)


def test_a_table_cut_short_is_a_problem_and_no_crash(tmp_path):
    whole = write_tiny_edition(tmp_path / "edition")
    path = whole.table_path("awards")
    path.write_bytes(path.read_bytes()[:-30])
    found = " ; ".join(problems(whole))
    assert "awards n’a pas la somme de contrôle" in found
    assert "ne se lisent pas" in found
