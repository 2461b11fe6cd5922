"""What figures are drawn from in these tests: the answers of the tiny edition."""

from analysis.coverage import by_ministry
from analysis.ending import ending_by_year, of_foreign
from analysis.selection import Selection
from analysis.shares import Interval, interval, interval_by
from tests import tiny_edition

BY_YEAR = interval_by(tiny_edition.awards(), Selection(), "year")
BY_MINISTRY = interval_by(tiny_edition.awards(), Selection(), "ministry")
COVERAGE = by_ministry(tiny_edition.awards(), Selection())
ENDINGS = ending_by_year(tiny_edition.awards(), of_foreign(Selection()))
INTERVAL = interval(tiny_edition.awards(), Selection())
NARROW = Interval(0.30, 0.31, 0.32, 0.5, 1, 1, 0, 0)
NOTHING = Interval(None, None, None, None, 0, 0, 0, 0)
EMPTY = BY_YEAR.head(0)
