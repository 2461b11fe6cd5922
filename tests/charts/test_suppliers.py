"""The quota's bars and two rivals: what is drawn is what the frames say, and words say it too."""

import polars as pl

from charts.quota import quota_bars, quota_bars_text
from charts.rivals import rivals_by_year, rivals_by_year_text
from charts.theme import DARK, LIGHT
from loaders.vocabulary import MINISTRIES

QUOTA = pl.DataFrame(
    {
        "ministry": ["justice", "culture"],
        "total_cents": [100_000_000, 40_000_000],
        "home_cents": [20_000_000, 40_000_000],
        "undecided_cents": [50_000_000, 0],
        "foreign_cents": [30_000_000, 0],
        "home_low_share": [0.2, 1.0],
        "home_high_share": [0.7, 1.0],
    }
)
YEARS = pl.DataFrame(
    {
        "rival": ["one", "one", "two", "two"],
        "year": [2020, 2021, 2021, None],
        "is_group": [True, True, False, False],
        "amount_cents": [100_000_000, 200_000_000, 50_000_000, 7],
        "contract_count": [1, 2, 1, 1],
    }
)
NAMES = {"one": "Premier", "two": "Second"}


def test_the_three_parts_of_a_bar_make_it_whole_and_the_line_stands_at_the_quota():
    figure = quota_bars(QUOTA, MINISTRIES, 60)
    assert [sum(shares) for shares in zip(*(bar.x for bar in figure.data), strict=True)] == [1, 1]
    assert figure.layout.shapes[0].x0 == figure.layout.shapes[0].x1 == 0.6


def test_the_quota_in_words():
    text = quota_bars_text(QUOTA, MINISTRIES, 60).replace("\u202f", " ")
    assert "Justice : part non étrangère entre 20 % et 70 %, pour un quota de 60 %." in text
    assert "Culture : part non étrangère de 100 %" in text
    assert quota_bars_text(QUOTA.clear(), MINISTRIES, 60)


def test_rivals_have_no_colour_of_a_verdict_and_leave_the_undated_aside():
    for theme in (LIGHT, DARK):
        figure = rivals_by_year(YEARS, NAMES, theme)
        assert [bar.marker.color for bar in figure.data] == [theme.ink, theme.paper]
        assert [tuple(bar.x) for bar in figure.data] == [(2020, 2021), (2021,)]


def test_rivals_in_words():
    totals = pl.DataFrame({"rival": ["one", "two"], "amount_cents": [300_000_000, 0], "contract_count": [3, 0]})
    assert rivals_by_year_text(totals, NAMES).startswith("Premier : 3\u202fM€, 3 marchés.")
