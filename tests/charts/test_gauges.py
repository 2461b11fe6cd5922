"""Gauges of what is documented, on a track that is the edition's own."""

import pytest

from analysis.coverage import by_ministry
from analysis.selection import Selection
from charts.gauges import documented, documented_text
from loaders.vocabulary import MINISTRIES
from tests import tiny_edition

FRAME = by_ministry(tiny_edition.awards(), Selection())


def test_each_bar_is_the_share_of_the_awards_that_the_edition_holds():
    bar, rest = documented(FRAME, MINISTRIES).data
    assert list(bar.x) == FRAME["documented_share"].to_list()
    assert [one + other for one, other in zip(bar.x, rest.x, strict=True)] == pytest.approx([1.0] * FRAME.height)
    assert bar.customdata[0] == ["Intérieur", "8 attributions"]
    texts = [label.text.replace("\u202f", " ") for label in documented(FRAME, MINISTRIES).layout.annotations]
    assert texts[:2] == ["Intérieur", "80 % de 10"]


def test_the_same_in_words():
    said = documented_text(FRAME, MINISTRIES).replace("\u202f", " ")
    assert said.startswith("Intérieur : contrôle documenté pour 80 % de 10 attributions.")
    assert documented_text(FRAME.head(0), MINISTRIES).startswith("Aucun marché")
