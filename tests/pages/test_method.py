"""The method page counts what became of every record, and gives the words, the sources and the files."""

import json

from analysis import quality
from language import formats
from loaders import schema
from ui import definitions
from ui.address_keys import KEYS


def test_records_are_accounted_for(open_page, tiny_edition):
    visit = open_page("methode")
    records = quality.records(tiny_edition)
    for count in (records.read, records.kept, records.merged, records.rejected):
        assert formats.count(count) in visit.text
    assert "contrat de concession" in visit.text


def test_every_word_is_defined(open_page):
    text = open_page("methode").text
    for sentence in (*definitions.VERDICTS.values(), *definitions.DEFINITIONS.values(), *definitions.AMOUNTS.values()):
        assert sentence.replace("\u00a0", " ") in text


def test_flagged_amounts_are_listed(open_page):
    visit = open_page("methode")
    assert "Supervision des serveurs" in visit.text
    assert any(link.startswith("marche?v=1&id=C12") for link in visit.links)


def test_the_dictionary_has_every_column_and_the_grammar_every_key(open_page):
    markup = open_page("methode").markup
    for table, columns in schema.TABLES.items():
        for column in columns:
            assert f"<span>{column.name}</span>" in markup, (table, column.name)
    for key in KEYS:
        assert f">{key}</th>" in markup


def test_corrections_and_measured_accuracy_are_shown_when_there_are_some(open_page, tmp_path, monkeypatch):
    accuracy = tmp_path / "accuracy.json"
    cloud = {"axis": "cloud", "labelled": 30, "precision": 0.97, "recall": 0.996, "coverage": 0.4}
    accuracy.write_text(json.dumps([cloud]), encoding="utf-8")
    monkeypatch.setattr("ui.method.ACCURACY", accuracy)
    shown = open_page("methode").text
    assert "Exactitude mesurée" in shown
    assert "plus de 99" in shown, "what is not all right is never written 100 %"
