"""Patterns are written as people write French, and read what publishers really print."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from loaders.classify.patterns import compiled, hits, readable, shortest, without_accents


def stands(pattern: str, text: str) -> bool:
    return pl.select(readable(pl.lit(text)).str.contains(compiled(pattern))).item()


def found(text: str, table: dict[str, str], case: str = "folded") -> set[str]:
    texts = pl.LazyFrame({"text_id": [1], "raw": [text]}).select(
        "text_id", folded=readable(pl.col("raw")), cased=without_accents(pl.col("raw"))
    )
    rows = pl.DataFrame({"pattern_id": list(table), "pattern": list(table.values()), "case": case})
    return set(hits(texts, rows).collect()["pattern_id"])


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("hébergement", "HEBERGEMENT"),
        ("hébergement", "H\ufffdbergement du site"),  # a letter lost in a wrong encoding
        ("mise en œuvre", "Mise en oeuvre"),
        ("mise en œuvre", "mise en ?uvre"),
        ("l'hébergement", "L’hébergement"),
        ("l'hébergement", "l?h?bergement"),  # apostrophe and accent lost together
        ("d'azur", "Cote dAzur"),
        ("pare~feux?", "pare-feu"),
        ("pare~feux?", "parefeux"),
        ("micro-ordinateur", "micro ordinateur"),
        ("(tma|tierce maintenance) applicative", "Tierce maintenance applicative"),
        ("office~365( [a-z][0-9])?", "Licences Office365 E3"),
    ],
)
def test_a_pattern_reads_each_spelling(pattern, text):
    assert stands(pattern, text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("sas", "embrasas les"),
        ("si", "éclipsé"),
        ("hébergement", "hébergements"),
        ("pare~feux?", "pare le feu"),
    ],
)
def test_a_pattern_is_bounded_as_a_word(pattern, text):
    assert not stands(pattern, text)


def test_an_exact_pattern_reads_capitals():
    assert found("Logiciel SAP", {"sap": "SAP"}, case="exact") == {"sap"}
    assert found("Logiciel sap", {"sap": "SAP"}, case="exact") == set()


def test_of_two_that_begin_together_the_more_specific_wins():
    table = {"any": "(un )?serveurs?", "cloud": "serveurs? cloud"}
    assert found("Location d’un serveur cloud", {"any": "serveurs?", "cloud": "serveurs? cloud"}) == {"cloud"}
    assert found("Location de serveurs", table) == {"any"}


def test_two_apart_are_both_found():
    assert found("logiciel et serveur", {"a": "logiciels?", "b": "serveurs?"}) == {"a", "b"}


OVERLAPPING = {
    "a": ("serveurs?", "for"),
    "b": ("(location de )?serveurs?", "against"),
    "c": ("serveurs? cloud", "for"),
    "d": ("cloud public", "against"),
    "e": ("public", "for"),
    "f": ("location de", "against"),
    "g": ("(de )?~serveur", "for"),
    "h": ("cloud publi[a-z]", "for"),
}
WORDS = st.sampled_from("location de serveur serveurs cloud public et l?cation serveur? travaux".split())


@given(st.lists(st.lists(WORDS, max_size=7).map(" ".join), max_size=12))
def test_patterns_read_apart_find_what_all_together_find(titles):
    """Even where one begins inside what another takes, and of two as specific the first listed wins."""
    texts = pl.LazyFrame({"text_id": range(len(titles)), "raw": titles}, schema_overrides={"raw": pl.String}).select(
        "text_id", folded=readable(pl.col("raw")), cased=without_accents(pl.col("raw"))
    )
    rows = [{"pattern_id": key, "pattern": text, "of": of, "case": "folded"} for key, (text, of) in OVERLAPPING.items()]
    table = pl.DataFrame(rows)
    apart = hits(texts, table, apart=pl.col("of") == "against").collect()
    assert_frame_equal(apart, hits(texts, table).collect(), check_row_order=False)


def test_an_exact_finding_that_a_false_friend_took_away_is_none():
    texts = pl.LazyFrame({"text_id": [1], "folded": ["RESEAU A DOMICILE"], "cased": ["Reseau SAP a domicile"]})
    table = pl.DataFrame({"pattern_id": ["sap"], "pattern": ["SAP"], "case": ["exact"]})
    assert hits(texts, table).collect().is_empty()


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("serveurs?", "serveur"),
        ("(solution|outil) de (gestion|paie)", "outil de paie"),
        ("(microsoft )?windows( [0-9]+)*", "windows"),
        ("développement[a-z]* (web|d'(un|une) application)", "développement web"),
    ],
)
def test_the_shortest_text_that_a_pattern_accepts(pattern, text):
    assert shortest(pattern) == text
