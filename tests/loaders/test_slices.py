"""However the buyers are sliced, the edition is the same."""

import polars as pl
import pytest

from loaders import assemble, slices
from loaders.build import Plan, build
from loaders.schema import TABLES
from loaders.slices import Slices
from loaders.sources import LocalFile, Source
from tests.loaders.raw_rows import raw_rows, usable_rows

BUYERS = ("11001401600015", "21500222100012", "26750045200011")


def table_of(folder, rows=60):
    """A tabular file of several buyers, one without SIRET, with versions, co-holders and a republished contract."""
    lines = [
        {
            "uid": f"{BUYERS[at % 3]}M{at // 2}",
            "id": f"M{at // 2}",
            "acheteur_id": BUYERS[at % 3] if at % 7 else None,
            "acheteur_nom": f"Acheteur {at % 3}",
            "titulaire_id": f"5520812{at % 10:02}00013",
            "titulaire_typeIdentifiant": "SIRET",
            "titulaire_nom": None if at % 4 else f"Titulaire {at % 10}",
            "objet": f"Maintenance du logiciel de paie numéro {at // 6}",
            "codeCPV": "72267000",
            "montant": 1000.0 + at // 6,
            "dateNotification": f"2024-03-{at // 6 + 1:02}",
            "modification_id": 0,
            "donneesActuelles": True,
            "sourceDataset": f"plateforme_{at % 2}",
        }
        for at in range(rows)
    ]
    path = folder / "table.parquet"
    pl.DataFrame(lines).write_parquet(path)
    return path


def test_the_edition_does_not_depend_on_the_slices(tmp_path, monkeypatch):
    plan = Plan([LocalFile(table_of(tmp_path), Source(id="made", title="made"))])
    whole = build(plan, tmp_path / "whole", lambda *_: None)
    monkeypatch.setattr(slices, "SLICE_ROWS", 10)
    monkeypatch.setattr(assemble, "BATCH_ROWS", 7)
    sliced = build(plan, tmp_path / "sliced", lambda *_: None)
    assert whole.manifest["counts"] == sliced.manifest["counts"]
    for table in TABLES:
        assert pl.read_parquet(whole.table_path(table)).equals(pl.read_parquet(sliced.table_path(table))), table


def test_a_buyer_is_in_one_slice_and_slices_follow_the_order_of_contracts(tmp_path):
    cells = [{"buyer_id": buyer, "internal_id": f"2024M{at}"} for at in range(4) for buyer in BUYERS]
    cut = Slices.over(raw_rows(*cells), tmp_path / "slices", rows=4)
    cut.add(usable_rows(*cells).collect(), 0)
    buyers = [set(cut.scan(number).collect()["buyer_id"]) for number in cut.numbers]
    assert buyers == [{buyer} for buyer in sorted(BUYERS)]


@pytest.mark.parametrize("owner", ["", "ABC", "plateforme_1"])
def test_buyers_without_siret_have_a_slice_too(tmp_path, owner):
    cells = [{"buyer_id": BUYERS[0]}, {"buyer_id": owner or None, "source_dataset": "zz"}]
    cut = Slices.over(raw_rows(*cells), tmp_path / "slices", rows=1)
    cut.add(usable_rows(*cells).collect(), 0)
    assert cut.scan().collect().height == 2
