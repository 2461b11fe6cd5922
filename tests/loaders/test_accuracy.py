"""The accuracy that /methode shows was reached, and is still reached."""

import json
import os
from pathlib import Path

import pytest

from loaders.evaluate import ACCURACY, evaluate

ROOT = Path(__file__).parents[2]
TARGETS = {
    "foreign_control": (0.97, 0.92),
    "foreign_control_by_contract": (0.97, 0.97),
    "registry_country": (0.97, 0.0),
    "digital": (0.96, 0.95),
    "cloud": (0.95, 0.92),
    "product_country": (0.97, 0.95),
    "ministry": (0.98, 0.97),
}
"""Precision and recall that a newspaper could print."""


@pytest.fixture(scope="module")
def measured():
    labels = Path(os.environ.get("NUAGES_LABELS", ROOT.parent / "shared" / "labels"))
    if not labels.is_dir():
        pytest.skip(f"no labels at {labels}: set NUAGES_LABELS")
    return {score["axis"]: score for score in evaluate(labels).scores.to_dicts()}


def shown() -> dict:
    return {score["axis"]: score for score in json.loads(ACCURACY.read_text(encoding="utf-8"))["axes"]}


@pytest.mark.parametrize("axis", shown())
def test_no_figure_drops_below_what_was_reached(measured, axis):
    assert measured[axis]["precision"] >= shown()[axis]["precision"]
    assert measured[axis]["recall"] >= shown()[axis]["recall"]


@pytest.mark.parametrize("axis", TARGETS)
def test_every_target_is_reached(axis):
    precision, recall = TARGETS[axis]
    assert shown()[axis]["precision"] >= precision
    assert shown()[axis]["recall"] >= recall
