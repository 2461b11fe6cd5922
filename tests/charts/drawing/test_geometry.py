"""Lengths, sums, orders and days are where the data put them."""

from datetime import date
from itertools import pairwise

import polars as pl
import pytest

from analysis.contracts import contract
from charts.amounts import amounts_by_year
from charts.cases_timeline import cases_timeline
from charts.drawing.document import svg
from charts.endings import endings_by_year
from charts.gauges import documented
from charts.heat_map import heat_map
from charts.interval import interval_bar
from charts.quota import quota_bars
from charts.rivals import rivals_by_year
from charts.theme import DARK, LIGHT
from charts.tile_map import tile_map
from charts.timeline import versions_timeline
from charts.verdicts import interval_by_key, interval_by_year
from loaders.vocabulary import MINISTRIES, VERDICTS
from tests.charts import test_cases_timeline, test_suppliers, test_tile_map
from tests.charts.drawing import figures, read
from tests.charts.frames import BY_MINISTRY, COVERAGE, ENDINGS, INTERVAL

WIDTH = 1000
PX = 0.15
"""Places are written with one decimal: two of them differ from the data by no more than this."""


def drawn(figure):
    return read.parsed(svg(figure, WIDTH))


def fill(mark) -> str:
    return mark.fill.lower()


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_the_three_edges_follow_one_another_and_the_unknown_stands_apart(theme):
    root = drawn(interval_bar(INTERVAL, theme))
    parts = [
        read.rectangles(root, fill(theme.marks[verdict]))
        for verdict in ("foreign_control", "foreign_product", "opaque")
    ]
    spans = [(left, left + across) for [(left, _top, across, _down)] in parts]
    unit = (spans[0][1] - spans[0][0]) / INTERVAL.low
    for (start, end), low, high in zip(
        spans, (0, INTERVAL.low, INTERVAL.middle), (INTERVAL.low, INTERVAL.middle, INTERVAL.high), strict=True
    ):
        assert end - start == pytest.approx(unit * (high - low), abs=2 * PX)
    assert all(before[1] == pytest.approx(after[0], abs=PX) for before, after in pairwise(spans))
    [(left, _top, across, _down)] = read.rectangles(root, fill(theme.marks["unknown"]))
    assert left > spans[-1][1]
    assert across == pytest.approx(unit * INTERVAL.unknown, abs=2 * PX)


def test_each_year_is_filled_from_the_bottom_in_the_fixed_order():
    root = drawn(interval_by_year(figures.YEARS))
    columns: dict[float, list] = {}
    for verdict in VERDICTS:
        for left, top, _across, down in read.rectangles(root, fill(LIGHT.marks[verdict])):
            columns.setdefault(left, []).append((top, top + down))
    assert len(columns) == figures.YEARS.height
    heights = []
    for parts in columns.values():
        assert all(upper[1] == pytest.approx(lower[0], abs=PX) for lower, upper in pairwise(parts))
        heights.append(parts[0][1] - parts[-1][0])
    assert heights == pytest.approx([heights[0]] * len(heights), abs=2 * PX)


def test_amounts_are_as_high_as_they_are_large():
    root = drawn(amounts_by_year(figures.YEARS))
    totals: dict[float, float] = {}
    for verdict in VERDICTS:
        for left, _top, _across, down in read.rectangles(root, fill(LIGHT.marks[verdict])):
            totals[left] = totals.get(left, 0) + down
    cents = figures.YEARS["total_cents"].to_list()
    highest = max(totals.values())
    for left, amount in zip(sorted(totals), cents, strict=True):
        assert totals[left] == pytest.approx(highest * amount / max(cents), abs=1)


def test_rows_are_in_their_order_and_as_long_as_their_shares():
    root = drawn(interval_by_key(BY_MINISTRY, MINISTRIES))
    rows = BY_MINISTRY.filter(pl.col("ministry").is_not_null(), pl.col("total_cents") > 0).sort(
        "total_cents", descending=True
    )
    names = [line.said for line in read.lines(root)]
    placed = [names.index(MINISTRIES[code]) for code in rows["ministry"]]
    assert placed == sorted(placed)
    parts = sorted(
        (top, left, across)
        for verdict in VERDICTS
        for left, top, across, _down in read.rectangles(root, fill(LIGHT.marks[verdict]))
    )
    tops = sorted({top for top, _left, _across in parts})
    assert len(tops) == rows.height
    whole = [sum(across for top, _left, across in parts if top == row) for row in tops]
    assert whole == pytest.approx([WIDTH - 12] * rows.height, abs=1)
    first = [across for top, _left, across in parts if top == tops[0]]
    shares = [rows.row(0, named=True)[f"{verdict}_cents"] / rows["total_cents"][0] for verdict in VERDICTS]
    assert first == pytest.approx([share * (WIDTH - 12) for share in shares if share], abs=0.2)


def test_gauges_add_up_to_their_track():
    root = drawn(documented(COVERAGE, MINISTRIES))
    full = {top: across for _left, top, across, _down in read.rectangles(root, LIGHT.muted)}
    rest = {top: across for _left, top, across, _down in read.rectangles(root, LIGHT.hairline)}
    for rank, top in enumerate(sorted(set(full) | set(rest))):
        share = COVERAGE["documented_share"][rank]
        assert full.get(top, 0) == pytest.approx(share * (WIDTH - 12), abs=0.2)
        assert full.get(top, 0) + rest.get(top, 0) == pytest.approx(WIDTH - 12, abs=0.2)


def test_bars_of_rivals_stand_side_by_side():
    root = drawn(rivals_by_year(test_suppliers.YEARS, test_suppliers.NAMES))
    one, other = (
        read.rectangles(root, LIGHT.ink) or read.rectangles(root, "#1f1d19"),
        read.rectangles(root, LIGHT.paper),
    )
    assert (len(one), len(other)) == (2, 1)
    assert other[0][0] == pytest.approx(one[1][0] + one[1][2], abs=PX)
    assert [down for *_box, down in (*one, *other)] == pytest.approx(
        [one[1][3] * share for share in (0.5, 1, 0.25)], abs=PX
    )


def test_the_line_of_a_quota_crosses_every_row_at_its_percentage():
    root = drawn(quota_bars(test_suppliers.QUOTA, MINISTRIES, 60))
    line = next(path for path in root.iter("{*}path") if path.get("stroke-dasharray"))
    start, end = (point.split() for point in line.get("d")[1:].split("L"))
    assert start[0] == end[0]
    assert float(start[0]) == pytest.approx(6 + 0.6 * (WIDTH - 12), abs=PX)


def test_the_day_stands_within_its_year():
    figure = endings_by_year(ENDINGS, date(2025, 7, 1))
    root = drawn(figure)
    line = next(path for path in root.iter("{*}path") if path.get("stroke-width") == "1.5")
    year = next(text for text in read.lines(root) if text.said == "2025")
    at, centre = float(line.get("d")[1:].split()[0]), (year.left + year.right) / 2
    bar = next(left for left, *_box in read.rectangles(root, fill(LIGHT.marks["foreign_control"])))
    assert abs(at - centre) < 3
    assert bar < WIDTH


def test_days_stand_in_proportion_to_the_calendar():
    root = drawn(
        cases_timeline(
            test_cases_timeline.MILESTONES,
            test_cases_timeline.CASES,
            test_cases_timeline.CONTRACTS,
            test_cases_timeline.UNTIL,
        )
    )
    solid = next(path for path in root.iter("{*}path") if path.get("stroke-width") == "2")
    starts = [float(part.split()[0]) for part in solid.get("d").replace("L", " M").split("M")[1:]]
    years = (date(2021, 1, 1) - date(2019, 1, 1)).days, (test_cases_timeline.UNTIL - date(2019, 1, 1)).days
    assert (starts[1] - starts[0]) / years[0] == pytest.approx((starts[3] - starts[2]) / years[1], rel=1e-3)


def test_a_line_of_versions_goes_across_then_up_through_its_days(tiny_edition):
    root = drawn(versions_timeline(contract(tiny_edition, "C01").versions))
    path = next(path.get("d") for path in root.iter("{*}path") if "H" in path.get("d") and path.get("fill") == "none")
    assert path.count("H") == path.count("V") == 2
    heights = [float(path[1:].split("H")[0].split()[1]), *(float(part.split("H")[0]) for part in path.split("V")[1:])]
    base = 172
    rises = [base - height for height in heights]
    assert [rise / rises[0] for rise in rises] == pytest.approx([1, 100 / 80, 120 / 80], abs=0.01)


def test_cells_have_the_depth_of_their_share_and_say_it():
    figure = heat_map(figures.RANKING, MINISTRIES)
    root = drawn(figure)
    said = [line.said for line in read.lines(root)]
    shares = [text for row in figure.data[0].text for text in row if text]
    assert [text for text in said if text.endswith("%")] == shares
    nothing = next(share for row in figure.data[0].z for share in row if share == 0)
    assert nothing == 0
    assert len(read.rectangles(root, LIGHT.paper)) == sum(row.count(0) for row in map(list, figure.data[0].z))


def test_departments_are_squares_in_their_places():
    root = drawn(tile_map(test_tile_map._FRAME, "Part", {}))
    squares = [box for colour in ("#5d9f78", "#a9cfae", "#eef5ec", "#0a4430") for box in read.rectangles(root, colour)]
    assert squares
    assert all(across == pytest.approx(down, abs=1.1) for _left, _top, across, down in squares)
    numbers = {line.said: line for line in read.lines(root) if line.said in ("01", "2A", "974")}
    assert numbers["974"].right < numbers["01"].left < numbers["2A"].left
    assert numbers["01"].base < numbers["2A"].base < numbers["974"].base
