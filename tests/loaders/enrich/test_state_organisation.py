"""The State's directory, in the format that DILA publishes: a ZIP of one JSON, parents naming their children."""

import json
import zipfile
from datetime import date

import pytest

from language import speaking
from loaders.enrich import state_organisation
from loaders.errors import UnreadableSource

CENTRAL = state_organisation.CENTRAL


def service(identifier, name, *children, siren=None, kind=CENTRAL, link="Service Fils"):
    links = [{"service": child, "type_hierarchie": link} for child in children]
    return {"id": identifier, "nom": name, "siren": siren, "type_organisme": kind, "hierarchie": links, "sigle": None}


def archive(folder, services, name="dila_refOrga_admin_Etat_fr_20261121.json"):
    path = folder / "latest.zip"
    with zipfile.ZipFile(path, "w") as opened:
        opened.writestr(name, json.dumps({"service": services}))
    return path


def built(tmp_path, *services):
    state_organisation.build(archive(tmp_path, services), tmp_path / "derived")
    return state_organisation.read(tmp_path / "derived").collect()


def test_a_service_belongs_to_the_nearest_ministry_above_it(tmp_path):
    found = built(
        tmp_path,
        service("g", "Gouvernement", "m1", "m2"),
        service("m1", "Ministère de la Transition écologique, de la Biodiversité", "d", siren="110068012"),
        service("d", "Direction générale de l'énergie et du climat", "b"),
        service("b", "Bureau des réseaux", siren="120068051"),
        service("m2", "Ministère de l'Économie, des Finances et de la Souveraineté industrielle", siren="110020013"),
    )
    assert dict(found.select("siren", "ministry").rows()) == {
        "110068012": "transition-ecologique",
        "120068051": "transition-ecologique",
        "110020013": "economie",
    }
    assert found["published_on"].unique().to_list() == [date(2026, 11, 21)]


def test_only_central_administration_below_a_ministry_is_kept(tmp_path):
    found = built(
        tmp_path,
        service("m", "Ministère de la Culture", "o", "c", siren="110046018"),
        service("o", "Musée", siren="180046237", kind="Etablissement public"),
        service("c", "Service sans numéro"),
        service("x", "Service que personne ne coiffe", siren="120001037"),
    )
    assert found["siren"].to_list() == ["110046018"]


def test_other_links_than_children_do_not_attach(tmp_path):
    found = built(
        tmp_path,
        service("m", "Ministère des Armées", "a", siren="110090016", link="Autre hiérarchie"),
        service("a", "Service partagé", siren="120001037"),
    )
    assert found["siren"].to_list() == ["110090016"]


def test_a_circle_of_services_ends(tmp_path):
    found = built(
        tmp_path,
        service("m", "Ministère de la Justice", siren="110010014"),
        service("a", "Service a", "b", siren="120001037"),
        service("b", "Service b", "a"),
    )
    assert found["siren"].to_list() == ["110010014"]


def test_nothing_was_fetched(tmp_path):
    assert state_organisation.read(tmp_path).collect().schema == state_organisation.SCHEMA


def test_an_archive_that_attaches_nothing_does_not_replace_the_extract(tmp_path):
    good = archive(tmp_path, [service("m", "Ministère de la Justice", siren="110010014")])
    state_organisation.build(good, tmp_path)
    bad = archive(tmp_path, [service("m", "Ministère de la Justice")])
    with pytest.raises(UnreadableSource, match="format a dû changer"):
        state_organisation.build(bad, tmp_path)
    assert state_organisation.read(tmp_path).collect().height == 1


@pytest.mark.parametrize("content", [b"not a zip", b""])
def test_a_damaged_archive_is_refused_with_a_sentence(tmp_path, content):
    path = tmp_path / "latest.zip"
    path.write_bytes(content)
    with speaking("fr"), pytest.raises(UnreadableSource, match="n’est pas l’archive attendue"):
        state_organisation.build(path, tmp_path)


def test_json_of_another_shape_is_refused(tmp_path):
    path = tmp_path / "latest.zip"
    with zipfile.ZipFile(path, "w") as opened:
        opened.writestr("a.json", '{"services": {}}')
    with pytest.raises(UnreadableSource):
        state_organisation.build(path, tmp_path)
