"""Names and titles are compared in one form, however they were typed."""

import re
import unicodedata

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from loaders.classify.text import folded

LIGATURES = str.maketrans({"Œ": "OE", "œ": "OE", "Æ": "AE", "æ": "AE"})
TYPED = st.text(st.sampled_from("aZ9é ŒÆœ’-?_.\t\n\xa0\ufffdß&") | st.characters(exclude_categories=["Cs", "Cn"]))


def folded_step_by_step(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    letters = "".join(letter for letter in decomposed if not unicodedata.category(letter).startswith("M"))
    capitals = letters.translate(LIGATURES).upper().replace("\ufffd", "?")
    return re.sub("[^A-Z0-9?]+", " ", capitals).strip(" ")


@given(st.lists(TYPED))
def test_a_text_is_folded_as_its_definition_says(texts):
    read = pl.select(folded(pl.Series(texts, dtype=pl.String))).to_series()
    assert read.to_list() == [folded_step_by_step(text) for text in texts]
