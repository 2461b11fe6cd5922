"""The promises of the palette: readable on both papers, and told apart whatever the eyes."""

import itertools

import pytest

from charts.palette import PATTERNS
from charts.theme import DARK, LIGHT
from loaders.vocabulary import VERDICTS
from tests.charts import vision

THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
PLAINLY_APART = 15


def test_the_distance_agrees_with_the_published_example():
    """Pair 1 of the test data of Sharma, Wu and Dalal (2005)."""
    found = vision._ciede2000((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485))
    assert found == pytest.approx(2.0425, abs=1e-4)


@THEMES
def test_every_verdict_has_a_mark_in_its_order(theme):
    assert list(theme.marks) == list(VERDICTS)


def test_every_verdict_has_a_pattern_of_its_own():
    assert len(set(PATTERNS.values())) == len(PATTERNS) == len(VERDICTS)


@THEMES
def test_marks_stand_out_from_the_paper(theme):
    for verdict, mark in theme.marks.items():
        assert vision.contrast(mark.colour, theme.paper) >= 3, verdict


@THEMES
def test_text_can_be_read_on_the_paper_and_on_every_mark(theme):
    assert vision.contrast(theme.ink, theme.paper) >= 7
    assert vision.contrast(theme.muted, theme.paper) >= 4.5
    for verdict, mark in theme.marks.items():
        assert vision.contrast(mark.ink, mark.fill) >= 4.5, verdict


@THEMES
@pytest.mark.parametrize("eyes", vision.SIMULATIONS)
def test_any_two_verdicts_are_told_apart(theme, eyes):
    filled = {verdict: mark.fill for verdict, mark in theme.marks.items()}
    for one, other in itertools.combinations(filled, 2):
        assert vision.distance(filled[one], filled[other], eyes) >= PLAINLY_APART, (one, other)


@THEMES
def test_a_pattern_can_be_seen_on_its_mark(theme):
    for verdict, mark in theme.marks.items():
        if mark.pattern:
            assert vision.contrast(mark.pattern_colour, mark.fill) >= 1.4, verdict
