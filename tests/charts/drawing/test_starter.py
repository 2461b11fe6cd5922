"""The figures of the edition that ships with the project are drawn fast and small."""

from time import process_time

import pytest

from analysis import cases, coverage, ministries, reconciliation, shares
from analysis.held import awards_for
from analysis.selection import Selection
from charts import amounts, cases_timeline, gauges, heat_map, interval, verdicts
from charts import reconciliation as pairs
from charts.drawing.document import svg
from charts.drawing.raster import png
from charts.theme import LIGHT
from loaders.editions import Edition
from loaders.vocabulary import MINISTRIES
from tests.conftest import ROOT

MOST_SECONDS = 0.03
MOST_BYTES = 20_000


@pytest.fixture(scope="module")
def starter_figures() -> dict:
    edition, everything = Edition(ROOT / "data/starter"), Selection()

    def asked(question, *details, selection=everything):
        return question(awards_for(edition, selection), selection, *details)

    ranking, by_year = asked(ministries.ranking), asked(shares.interval_by, "year")
    contracts = asked(cases.case_contracts, selection=Selection(perimeter="tout"))
    until = cases.cases()["checked_on"].max()
    return {
        "interval": interval.interval_bar(asked(shares.interval), LIGHT),
        "years": verdicts.interval_by_year(by_year, LIGHT),
        "amounts": amounts.amounts_by_year(by_year, LIGHT),
        "ministries": verdicts.interval_by_key(ranking, MINISTRIES, LIGHT),
        "heat-map": heat_map.heat_map(ranking, MINISTRIES, LIGHT),
        "gauges": gauges.documented(asked(coverage.by_ministry), MINISTRIES, LIGHT),
        "reconciliation": pairs.reconciliation(asked(reconciliation.reconciliation), LIGHT),
        "cases": cases_timeline.cases_timeline(cases.milestones(), cases.cases(), contracts, until, LIGHT),
    }


def test_figures_of_the_starter_edition(starter_figures):
    """The best of three, of our own process: what else the machine does is not measured."""
    for name, figure in starter_figures.items():
        times = []
        for _attempt in range(3):
            start = process_time()
            drawn = svg(figure, 1000, title=name, text=name)
            times.append(process_time() - start)
        assert min(times) < MOST_SECONDS, name
        assert len(drawn.encode()) < MOST_BYTES, name
        assert png(drawn, 500).startswith(b"\x89PNG"), name
