"""The published table of town halls: its quirks, its counts, and what is concluded from it."""

from datetime import date

import polars as pl
import pytest

from loaders import reference
from loaders.errors import PublicationRefused, UnreadableSource
from loaders.mail import providers
from loaders.mail.answers import read_answers
from loaders.mail.build import build
from loaders.mail.published import read_published
from loaders.mail.schema import TOWN_HALL_SCHEMA
from loaders.mail.table import FOLDER, MailTable
from loaders.mail.vocabulary import GENERIC_NAMES, KINDS

DAY = date(2026, 7, 20)
HEADER = "insee,name,provider,domain,confidence,flags\n"


@pytest.fixture
def read(tmp_path):
    def reading(*lines):
        path = tmp_path / "published.csv"
        path.write_text(HEADER + "".join(f"{line}\n" for line in lines), encoding="utf-8")
        return read_published(path, DAY)

    return reading


def only(reading):
    assert reading.kept.height == 1
    return reading.kept.row(0, named=True)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        # The word « mairie » is no part of the name, whatever its form
        ("01001,Mairie - L'Abergement,ovh,a.fr,90,x", {"commune_name": "L’Abergement", "department_code": "01"}),
        ("35001,Mairie déléguée - Saint-X,ovh,a.fr,90,x", {"commune_name": "Saint-X"}),
        ("35001,Mairie Annexe - Saint-X,ovh,a.fr,90,x", {"commune_name": "Saint-X"}),
        ("26015,Aubenasson,ovh,a.fr,90,x", {"commune_name": "Aubenasson"}),
        # Corsica has a letter, overseas departments have three signs
        ("2A004,Mairie - Ajaccio,ovh,a.fr,90,x", {"department_code": "2A"}),
        ("98818,Mairie - Nouméa,ovh,a.nc,90,x", {"department_code": "988"}),
        # The name before the @ was left behind the domain
        ('02037,Mairie - Aulnois,google,"gmail.com,mairieaulnois02",25,x', {"domain": "gmail.com"}),
        ("26015,Aubenasson,unknown,,0,no_domain; no_mx", {"domain": None, "flags": ["no_domain", "no_mx"]}),
        # What the source published with enough confidence is kept
        ("01001,M,ovh,a.fr,50,x", {"provider": "ovh", "provider_country": "FR", "basis": "dns"}),
        # Only a page of a website was seen: it establishes nothing, and stays beside
        ("01001,M,zimbra,a.fr,25,x", {"provider": "unknown", "basis": "weak", "published_provider": "zimbra"}),
        ("01001,M,unknown,a.fr,25,x", {"provider": "unknown", "provider_country": None, "basis": "none"}),
        # An address given by a provider is that provider's, whatever was published
        ("01001,M,yahoo,yahoo.fr,25,x", {"provider": "yahoo", "provider_country": "US", "basis": "address"}),
        ("01001,M,zimbra,nordnet.fr,25,x", {"provider": "nordnet", "basis": "address"}),
        ("01001,M,independent,laposte.net,100,x", {"provider": "laposte", "provider_country": "FR"}),
        # A page on a social network is no mail domain
        ("01001,M,exchange,facebook.com,85,x", {"provider": "unknown", "basis": "weak"}),
        # Software on a server that nobody identified is under nobody's known control
        ("01001,M,exchange,a.fr,85,x", {"provider": "exchange", "provider_country": None}),
        # A code that a later version of the source may bring establishes nothing
        ("01001,M,brand-new,a.fr,95,x", {"provider": "unknown", "published_provider": "brand-new"}),
    ],
)
def test_each_quirk_is_read(read, line, expected):
    row = only(read(line))
    assert {name: row[name] for name in expected} == expected


def test_what_cannot_be_used_is_counted_with_its_reason(read):
    reading = read("0100,M,ovh,a.fr,90,x", "01001,M,ovh,a.fr,90,x", "01001,Encore,ovh,b.fr,90,x")
    assert reading.rejected.rows() == [("0100", "malformed_code"), ("01001", "duplicate_code")]
    assert reading.read == 3 == reading.kept.height + 2


def test_another_table_is_refused(tmp_path):
    path = tmp_path / "other.csv"
    path.write_text("insee,name\n01001,M\n", encoding="utf-8")
    with pytest.raises(UnreadableSource, match="provider, domain, confidence, flags"):
        read_published(path, DAY)


def test_an_empty_table_is_not_put_in_place(tmp_path):
    path = tmp_path / "published.csv"
    path.write_text(HEADER, encoding="utf-8")
    with pytest.raises(PublicationRefused):
        build(path, tmp_path / "mail")
    assert not (tmp_path / "mail").exists()


def test_answers_of_the_resolver_replace_the_rows_of_their_domain(tmp_path):
    published, answers = tmp_path / "published.csv", tmp_path / "answers.csv"
    published.write_text(HEADER + "01001,A,zimbra,a.fr,25,x\n01002,B,ovh,b.fr,90,x\n", encoding="utf-8")
    answers.write_text(
        "domain,status,provider,confidence,evidence,mx_hosts,spf,looked_up_on\n"
        "a.fr,timeout,unknown,0,,,,2026-11-01\n"
        "a.fr,found,gandi,85,mx:gandi,spool.mail.gandi.net,,2026-11-02\n"
        "b.fr,timeout,unknown,0,,,,2026-11-01\n",
        encoding="utf-8",
    )
    assert read_answers(answers)["domain"].to_list() == ["a.fr"]
    table = build(published, tmp_path / "mail", answers)
    rows = table.town_halls.select("provider", "confidence", "looked_up_on").rows()
    assert rows == [("gandi", 85, date(2026, 11, 2)), ("ovh", 90, DAY)]
    assert table.manifest["latest_look_up"] == "2026-11-02"


def test_the_real_table_is_read_whole(real_files, tmp_path):
    """34 959 rows: 18 579 have a score of 85, 121 no domain; none is lost."""
    path = real_files / "mail" / "communes_mail_provider_2026-07-20.csv"
    table = build(path, tmp_path / "mail")
    counts = table.manifest["counts"]
    assert counts["records_read"] == counts["town_halls_kept"] == 34_959
    assert counts["records_rejected"] == 0
    assert table.town_halls["domain"].null_count() == 121
    assert (table.town_halls["confidence"] == 85).sum() == 18_579
    assert (tmp_path / "mail" / "town_halls.parquet").stat().st_size < 1_000_000


def test_the_table_of_the_project_is_what_its_manifest_says():

    table = MailTable(FOLDER)
    town_halls, counts = table.town_halls, table.manifest["counts"]
    assert town_halls.schema == TOWN_HALL_SCHEMA
    assert (
        counts["records_read"] == counts["town_halls_kept"] + counts["records_rejected"] == town_halls.height == 34_959
    )
    assert sum(table.manifest["providers"].values()) == town_halls.height
    assert (table.manifest["source"]["licence"], table.manifest["source"]["published_on"]) == ("MIT", "2026-07-20")
    assert "yohannes-git" in table.manifest["source"]["publisher"]
    assert town_halls["insee_code"].n_unique() == town_halls.height


def test_providers_say_how_they_are_known():

    table = providers.table()
    assert table["provider"].is_unique().all()
    assert set(table["kind"]) <= set(KINDS)
    assert set(table["verified"]) <= set(reference.VERIFIED_TO_CONFIDENCE)
    checked = table.filter(pl.col("verified") != "recalled")
    assert checked["checked_on"].null_count() == 0
    assert table["source"].null_count() == 0
    nobody = table.filter(pl.col("country").is_null())["name"]
    assert set(nobody) == set(GENERIC_NAMES)


def test_a_provider_is_controlled_from_where_its_group_is():

    groups = reference.table("groups").filter(pl.col("valid_to").is_null()).select("group_id", group_country="country")
    both = providers.table().drop_nulls("country").join(groups, on="group_id")
    assert both.height > 10
    assert both.filter(pl.col("country") != pl.col("group_country")).is_empty()


def test_every_department_has_a_square_of_its_own():

    tiles = reference.table("departments")

    assert tiles.height == 106
    assert tiles.select("tile_column", "tile_row").is_duplicated().sum() == 0
    assert set(MailTable(FOLDER).town_halls["department_code"]) <= set(tiles["code"])
