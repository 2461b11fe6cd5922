"""Each dirty shape of a company's name that was met, and the exact form it is compared in."""

import polars as pl
import pytest

from loaders.classify.names import comparable, shapes, slug, without_legal_form


def bare(name):
    return pl.select(without_legal_form(comparable(pl.lit(name)))).item()


def tried(name, shape):
    frame = pl.DataFrame({"name": [name]}, schema={"name": pl.String}).select(tried=shapes("name"))
    return set(frame.explode("tried").unnest("tried").drop_nulls("key").filter(pl.col("shape") == shape)["key"])


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("Ecoles & Cie", "ECOLES CIE"),
        ("ECONOCOM PRODUCTS &amp; SOLUTIONS", "ECONOCOM PRODUCTS SOLUTIONS"),
        ("Klee Conseil et Intégration", "KLEE CONSEIL INTEGRATION"),
        ("ATOS Int\ufffdgration", "ATOS INT?GRATION"),
    ],
)
def test_link_words_and_lost_letters_are_written_one_way(published, expected):
    assert pl.select(comparable(pl.lit(published))).item() == expected


@pytest.mark.parametrize(
    "published", ["SCC SAS", "S.A.S. SCC", "SCC-SA", "Société SCC", "SCC S.A.S.U", "la société SCC", "SCC Rang 2"]
)
def test_share_companies_lose_their_form_and_rank(published):
    assert bare(published) == "SCC"


@pytest.mark.parametrize("published", ["SARL SCC", "SCC SARL", "EURL SCC", "SCI SCC"])
def test_forms_of_small_companies_stay_since_they_tell_homonyms_apart(published):
    assert bare(published) != "SCC"


def test_a_name_that_begins_like_a_legal_form_is_still_tried_whole():
    assert "SAS INSTITUTE" in tried("SAS Institute", "name")


def test_what_follows_a_dash_a_bracket_or_a_run_of_spaces_is_a_part():
    assert "SFR" in tried("SFR - Société française du radiotéléphone", "part")
    assert "FRANCAISE DU RADIOTELEPHONE" in tried("Société Française du Radiotéléphone (SFR)", "part")
    assert "GFI INFORMATIQUE" in tried("GFI informatique \t  \t59000 Lille", "part")


def test_a_dash_inside_a_word_does_not_part_it():
    assert tried("BERGER-LEVRAULT", "part") == {"BERGER LEVRAULT"}


@pytest.mark.parametrize(
    ("published", "leader"),
    [
        ("Groupement Conduent Business Solutions / Seipra Score", "CONDUENT BUSINESS SOLUTIONS"),
        ("Groupement Sfr/Completel Mandataire Sfr", "SFR"),
        ("Scc France mandataire", "SCC FRANCE"),
        ("Demarais (mandataire) / Citeos", "DEMARAIS"),
        ("Groupement momentané d'entreprises : THALES LAS France (Mandataire) et THALES SIX", "THALES LAS FRANCE"),
    ],
)
def test_a_consortium_is_read_by_its_leader(published, leader):
    assert tried(published, "mandataire") == {leader}


def test_several_companies_without_a_leader_have_no_part():
    assert tried("BT/NXO/Nomios/ Orange/SFR", "part") == set()
    assert tried("ADECCO MEDICAL (titulaire no1), SELECT TT (titulaire no2)", "part") == set()


def test_a_missing_or_empty_name_has_no_shape():
    assert tried(None, "name") == set()
    assert tried("--", "name") == set()


def test_a_slug_is_the_same_for_the_spellings_of_one_name():
    names = pl.Series(["Aramys", "ARAMYS SAS", "Société Aramys", "…"])
    assert pl.select(slug(pl.lit(names))).to_series().to_list() == ["aramys", "aramys", "aramys", None]
