"""Golden copies of levels 1 and 2, in the published form: CSV in ZIP, all columns text."""

import zipfile
from datetime import date

import polars as pl
import pytest

from loaders.enrich import gleif
from loaders.errors import UnreadableSource

CHILD, PARENT, OTHER = "5493000000000000CH01", "5493000000000000PA01", "5493000000000000OT01"

LEVEL_1_HEADER = (
    "LEI,Entity.LegalName,Entity.LegalAddress.Country,Entity.HeadquartersAddress.Country,"
    "Entity.RegistrationAuthority.RegistrationAuthorityID,Entity.RegistrationAuthority.RegistrationAuthorityEntityID"
)
LEVEL_2_HEADER = (
    "Relationship.StartNode.NodeID,Relationship.EndNode.NodeID,Relationship.RelationshipType,"
    "Relationship.RelationshipStatus,Relationship.Period.1.startDate,Relationship.Period.1.periodType,"
    "Relationship.Period.2.startDate,Relationship.Period.2.periodType"
)
FRENCH_CHILD = f"{CHILD},FILIALE FRANCE,FR,FR,RA000189,552118465"
AMERICAN_PARENT = f"{PARENT},Maison Inc.,US,US,RA000598,123456"
ULTIMATE = "IS_ULTIMATELY_CONSOLIDATED_BY"


@pytest.fixture
def build(tmp_path):
    def write(name, lines):
        path = tmp_path / f"{name}.csv.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(f"{name}.csv", "\n".join(lines) + "\n")
        return path

    def built(level_1, level_2):
        first, second = write("lei2", [LEVEL_1_HEADER, *level_1]), write("rr", [LEVEL_2_HEADER, *level_2])
        gleif.build(first, second, tmp_path / "derived")
        return gleif.read(tmp_path / "derived").collect()

    return built


def test_a_french_entity_carries_its_ultimate_parent(build):
    parents = build([FRENCH_CHILD, AMERICAN_PARENT], [f"{CHILD},{PARENT},{ULTIMATE},ACTIVE,,,,"])
    assert parents.schema == gleif.SCHEMA
    assert parents.row(0) == ("552118465", CHILD, "FILIALE FRANCE", PARENT, "Maison Inc.", "US", None)


def test_the_trade_register_writes_the_siren_with_its_court(build):
    child = f"{CHILD},FILIALE FRANCE,FR,FR,RA000192,552 118 465 R.C.S. Nanterre"
    assert build([child, AMERICAN_PARENT], [f"{CHILD},{PARENT},{ULTIMATE},ACTIVE,,,,"])["siren"].to_list() == [
        "552118465"
    ]


def test_the_relation_begins_when_it_says_not_with_the_accounting_year(build):
    relation = (
        f"{CHILD},{PARENT},{ULTIMATE},ACTIVE,2021-01-01T00:00:00+01:00,ACCOUNTING_PERIOD,"
        "2017-12-06T00:00:00+01:00,RELATIONSHIP_PERIOD"
    )
    assert build([FRENCH_CHILD, AMERICAN_PARENT], [relation])["parent_from"].to_list() == [date(2017, 12, 6)]


@pytest.mark.parametrize(
    "relation",
    [
        f"{CHILD},{PARENT},IS_DIRECTLY_CONSOLIDATED_BY,ACTIVE,,,,",
        f"{CHILD},{PARENT},{ULTIMATE},INACTIVE,,,,",
        f"{CHILD},{OTHER},{ULTIMATE},ACTIVE,,,,",
        f"{CHILD},{CHILD},{ULTIMATE},ACTIVE,,,,",
    ],
    ids=["direct parent", "ended", "parent unknown to level 1", "its own parent"],
)
def test_nothing_else_makes_a_parent(build, relation):
    assert build([FRENCH_CHILD, AMERICAN_PARENT], [relation]).height == 0


def test_a_foreign_entity_has_no_siren(build):
    child = f"{CHILD},FILIALE BELGIQUE,BE,BE,RA000025,552118465"
    assert build([child, AMERICAN_PARENT], [f"{CHILD},{PARENT},{ULTIMATE},ACTIVE,,,,"]).height == 0


def test_two_declarations_leave_the_latest(build):
    relations = [
        f"{CHILD},{PARENT},{ULTIMATE},ACTIVE,2015-01-01,RELATIONSHIP_PERIOD,,",
        f"{CHILD},{OTHER},{ULTIMATE},ACTIVE,2022-01-01,RELATIONSHIP_PERIOD,,",
    ]
    entities = [FRENCH_CHILD, AMERICAN_PARENT, f"{OTHER},Andere AG,CH,CH,RA000549,1"]
    assert build(entities, relations)["parent_country"].to_list() == ["CH"]


def test_no_extract_is_an_empty_table(tmp_path):
    assert gleif.read(tmp_path).collect().schema == gleif.SCHEMA


def test_a_file_without_its_columns_says_which(tmp_path):
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_text("LEI,Entity.LegalName\nx,y\n")
    second.write_text(LEVEL_2_HEADER + "\n")
    with pytest.raises(UnreadableSource, match=r"Entity\.LegalAddress\.Country"):
        gleif.build(first, second, tmp_path)
    assert not (tmp_path / gleif.FILE_NAME).exists()


def test_an_archive_must_hold_one_csv(tmp_path):
    archive = tmp_path / "empty.zip"
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("readme.txt", "")
    with pytest.raises(UnreadableSource, match="un seul"):
        gleif.build(archive, archive, tmp_path)


def test_a_failed_build_keeps_the_previous_extract(tmp_path, build):
    build([FRENCH_CHILD, AMERICAN_PARENT], [f"{CHILD},{PARENT},{ULTIMATE},ACTIVE,,,,"])
    broken = tmp_path / "broken.csv"
    broken.write_text("nothing\n")
    with pytest.raises(UnreadableSource):
        gleif.build(broken, broken, tmp_path / "derived")
    assert gleif.read(tmp_path / "derived").select(pl.len()).collect().item() == 1
