"""The numbers behind a chart as CSV, and a digest that changes with any of them."""

import polars as pl

from analysis.selection import Selection
from analysis.shares import Interval
from charts.verdicts import interval_by_year
from web import numbers
from web.gathered import Chart


def _chart(*data) -> Chart:
    return Chart("years", "Année par année", "texte", interval_by_year, data, Selection())


def test_frames_and_intervals_are_numbers_and_labels_are_not():
    frame = pl.DataFrame({"year": [2021], "total_cents": [100]})
    assert numbers.frames(_chart(frame, {"interieur": "Intérieur"}, 60)) == [frame]
    (row,) = numbers.frames(_chart(Interval(0.1, 0.2, 0.3, 0.4, 100, 3, 0, 0)))
    assert row.row(0, named=True)["total_cents"] == 100


def test_lists_and_shares_are_written_the_same_everywhere():
    frame = pl.DataFrame({"names": [["a", "b"], []], "share": [1 / 3, None], "total_cents": [1, 2]})
    assert numbers.written(frame) == 'names,share,total_cents\na|b,0.333333333,1\n"",,2\n'


def test_one_cent_changes_the_digest_and_the_language_does_not():
    frame = pl.DataFrame({"year": [2021], "total_cents": [100]})
    same = numbers.digest(_chart(frame, {"interieur": "Interior"}))
    assert numbers.digest(_chart(frame, {"interieur": "Intérieur"})) == same
    assert numbers.digest(_chart(frame.with_columns(total_cents=101))) != same
