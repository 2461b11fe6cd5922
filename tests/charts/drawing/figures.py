"""Every chart of ``charts``, by name, on the small frames that the tests of the charts use."""

from collections.abc import Callable
from datetime import date

import plotly.graph_objects as go

from analysis.contracts import contract
from analysis.ministries import ranking
from analysis.selection import Selection
from analysis.shares import Interval
from charts.amounts import amounts_by_year
from charts.cases_timeline import cases_timeline
from charts.endings import endings_by_year
from charts.gauges import documented
from charts.heat_map import heat_map
from charts.interval import interval_bar
from charts.quota import quota_bars
from charts.reconciliation import reconciliation
from charts.rivals import rivals_by_year
from charts.theme import Theme
from charts.tile_map import tile_map
from charts.timeline import versions_timeline
from charts.verdicts import interval_by_key, interval_by_year
from language import gettext as _
from loaders.editions import Edition
from loaders.vocabulary import MINISTRIES
from tests import tiny_edition
from tests.charts import test_cases_timeline, test_reconciliation, test_suppliers, test_tile_map
from tests.charts.frames import BY_MINISTRY, BY_YEAR, COVERAGE, EMPTY, ENDINGS, INTERVAL, NARROW, NOTHING

YEARS = BY_YEAR.filter(BY_YEAR["year"] < 2030)
RANKING = ranking(tiny_edition.awards(), Selection())


def ministries() -> dict[str, str]:
    """The ministries in the current language."""
    return {code: _(label) for code, label in MINISTRIES.items()}


CHARTS: dict[str, Callable[[Theme, Edition], go.Figure]] = {
    "interval": lambda theme, _edition: interval_bar(INTERVAL, theme),
    "interval-narrow": lambda theme, _edition: interval_bar(NARROW, theme),
    "interval-wide": lambda theme, _edition: interval_bar(Interval(0.002, 0.004, 0.976, 0.02, 1, 1, 0, 0), theme),
    "interval-nothing": lambda theme, _edition: interval_bar(NOTHING, theme),
    "by-year": lambda theme, _edition: interval_by_year(YEARS, theme),
    "by-year-far": lambda theme, _edition: interval_by_year(BY_YEAR, theme),
    "by-year-empty": lambda theme, _edition: interval_by_year(EMPTY, theme),
    "by-key": lambda theme, _edition: interval_by_key(BY_MINISTRY, ministries(), theme),
    "by-key-empty": lambda theme, _edition: interval_by_key(BY_MINISTRY.head(0), ministries(), theme),
    "amounts": lambda theme, _edition: amounts_by_year(YEARS, theme),
    "amounts-empty": lambda theme, _edition: amounts_by_year(EMPTY, theme),
    "heat-map": lambda theme, _edition: heat_map(RANKING, ministries(), theme),
    "gauges": lambda theme, _edition: documented(COVERAGE, ministries(), theme),
    "endings": lambda theme, _edition: endings_by_year(ENDINGS, date(2025, 7, 1), theme),
    "endings-late": lambda theme, _edition: endings_by_year(ENDINGS, date(2040, 6, 1), theme),
    "quota": lambda theme, _edition: quota_bars(test_suppliers.QUOTA, ministries(), 60, theme),
    "rivals": lambda theme, _edition: rivals_by_year(test_suppliers.YEARS, test_suppliers.NAMES, theme),
    "reconciliation": lambda theme, _edition: reconciliation(test_reconciliation.FRAME, theme),
    "cases": lambda theme, _edition: cases_timeline(
        test_cases_timeline.MILESTONES,
        test_cases_timeline.CASES,
        test_cases_timeline.CONTRACTS,
        test_cases_timeline.UNTIL,
        theme,
    ),
    "tile-map": lambda theme, _edition: tile_map(test_tile_map._FRAME, "Part des mairies", {}, theme),
    "versions": lambda theme, edition: versions_timeline(contract(edition, "C01").versions, theme),
    "version-alone": lambda theme, edition: versions_timeline(contract(edition, "C06").versions, theme),
    "version-none": lambda theme, edition: versions_timeline(contract(edition, "C13").versions, theme),
}
