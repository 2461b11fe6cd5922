"""A national edition that is too short, too old or too different is not believed; the next one is."""

import json
from dataclasses import dataclass

import polars as pl
import pytest

from loaders.editions import Edition
from loaders.errors import PublicationRefused
from loaders.plausibility import jumps, refuse_if_suspicious, suspicions
from loaders.sources import Source

SOURCE = Source(id="national", title="Fichier national", fewest_records=1_000, oldest_notification_days=30)


@dataclass(frozen=True)
class Wanted:
    """An edition of 100 contracts of 1 000 € each, ten of them digital, read of 1 000 records two days ago."""

    contracts: int = 100
    digital: int = 10
    euros: int = 1_000
    flagged: int = 0
    read: int = 1_000
    latest: str | None = "2026-11-20"

    def manifest(self) -> dict:
        return {
            "created_at": "2026-11-22T06:00:00+00:00",
            "sources": [{"id": "national", "latest_notification": self.latest}],
            "counts": {"by_source": {"national": {"records_read": self.read}}},
        }

    def awards(self) -> pl.DataFrame:
        numbers = range(self.contracts)
        return pl.DataFrame(
            {
                "contract_id": [str(number) for number in numbers],
                "share_cents": [self.euros * 100] * self.contracts,
                "amount_flag": ["filler" if number < self.flagged else None for number in numbers],
                "is_digital": [number < self.digital for number in numbers],
            },
            schema_overrides={"amount_flag": pl.String},
        )


@pytest.fixture
def make(tmp_path):
    def made(name="new", **changes) -> Edition:
        wanted, folder = Wanted(**changes), tmp_path / name
        folder.mkdir()
        (folder / "manifest.json").write_text(json.dumps(wanted.manifest()))
        wanted.awards().write_parquet(folder / "awards.parquet")
        return Edition(folder)

    return made


def test_a_whole_and_fresh_edition_astonishes_nobody(make):
    assert suspicions(make(), [SOURCE], make("before")) == []


def test_a_source_shorter_than_it_declares_is_said_with_both_numbers(make):
    assert suspicions(make(read=999), [SOURCE], None) == [
        "« Fichier national » a donné moins d’enregistrements qu’attendu (999, au lieu d’au moins 1\u202f000)"
    ]


def test_several_files_of_one_source_are_judged_together(make):
    assert suspicions(make(), [SOURCE, SOURCE], None) == []
    assert len(suspicions(make("short", read=10), [SOURCE, SOURCE], None)) == 1


def test_a_source_that_declares_nothing_may_be_short_and_old(make):
    quiet = Source(id="national", title="Fichier national")
    assert suspicions(make(read=1, latest="2019-01-01"), [quiet], None) == []


def test_a_notification_on_the_last_day_of_the_bound_is_fresh(make):
    assert suspicions(make(latest="2026-10-23"), [SOURCE], None) == []


def test_a_notification_one_day_older_is_said_with_its_day(make):
    assert suspicions(make(latest="2026-10-22"), [SOURCE], None) == [
        "la dernière notification de « Fichier national » est du 22 octobre 2026, il y a plus de 30 jours"
    ]


def test_a_source_without_any_notification_is_said(make):
    assert suspicions(make(latest=None), [SOURCE], None) == [
        "« Fichier national » n’a aucune date de notification lisible"
    ]


def test_totals_are_not_compared_where_readers_see_no_national_edition(make):
    assert suspicions(make(contracts=1), [SOURCE], None) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param(
            {"contracts": 79, "digital": 8, "euros": 1_200}, "79 marchés au lieu de 100", id="fewer contracts"
        ),
        pytest.param({"euros": 1_340}, "134 000 € de montants comptés au lieu de 100 000 €", id="more money"),
        pytest.param({"euros": 660}, "66 000 € de montants comptés au lieu de 100 000 €", id="less money"),
        pytest.param({"digital": 13}, "13 % d’attributions numériques au lieu de 10 %", id="more digital"),
        pytest.param({"digital": 7}, "7 % d’attributions numériques au lieu de 10 %", id="less digital"),
    ],
)
def test_a_total_that_jumps_is_said_with_both_numbers(make, change, said):
    (jump,) = jumps(make("before"), make(**change))
    assert said in jump.replace("\u202f", " ").replace("\xa0", " ")


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"contracts": 80, "digital": 8}, id="a fifth fewer contracts"),
        pytest.param({"contracts": 130, "digital": 13}, id="more contracts"),
        pytest.param({"euros": 1_330}, id="a third more money"),
        pytest.param({"digital": 12}, id="two awards in a hundred"),
    ],
)
def test_a_total_that_moves_within_the_bounds_is_believed(make, change):
    assert jumps(make("before"), make(**change)) == []


def test_flagged_amounts_are_outside_the_sums_that_are_compared(make):
    assert jumps(make("before", flagged=50), make("after", flagged=50)) == []
    (jump,) = jumps(make("unflagged"), make("flagged", flagged=50))
    assert "50 000 € de montants comptés au lieu de 100 000 €" in jump.replace("\u202f", " ").replace("\xa0", " ")


def test_the_refusal_says_what_happened_what_is_kept_and_what_to_do(make):
    with pytest.raises(PublicationRefused) as refusal:
        refuse_if_suspicious(make(read=1, latest="2020-01-01"), [SOURCE], None)
    said = str(refusal.value)
    assert "moins d’enregistrements" in said
    assert "janvier 2020" in said
    assert "L’édition courante reste en place" in said
    assert "--accept-suspicious" in said


def test_what_does_not_astonish_is_not_refused(make):
    refuse_if_suspicious(make(), [SOURCE], make("before"))
