"""Cases and milestones on one axis: what each mark says, and the words that say the same."""

from datetime import date

import polars as pl
import pytest

from charts.behind import Behind, every
from charts.cases_timeline import cases_timeline, cases_timeline_text, span
from charts.theme import LIGHT
from language import speaking

UNTIL = date(2026, 11, 1)
MILESTONES = pl.DataFrame(
    [{"happened_on": date(2018, 3, 23), "title_fr": "Une loi", "title_en": "A law", "kind": "law", "verified": "yes"}]
)
CASE = {
    "case_id": "fini",
    "starts_on": date(2019, 1, 1),
    "ends_on": date(2021, 1, 1),
    "date_precision": "year",
    "status": "ended",
    "verified": "yes",
    "title_fr": "Un cas fini",
    "title_en": "A case that ended",
}
CASES = pl.DataFrame(
    [
        CASE,
        CASE | {"case_id": "ouvert", "ends_on": None, "status": "in_use", "verified": "quoted"},
        CASE | {"case_id": "suite", "ends_on": None, "status": "unknown", "verified": "recalled"},
    ]
)
CONTRACTS = pl.DataFrame({"case_id": ["ouvert"], "contract_id": ["C01"], "contract_date": [date(2020, 5, 5)]})


@pytest.fixture(scope="module")
def figure():
    return cases_timeline(MILESTONES, CASES, CONTRACTS, UNTIL)


def test_a_milestone_comes_first_and_its_line_crosses_the_cases(figure):
    assert figure.data[0].x == (date(2018, 3, 23),)
    assert figure.layout.shapes[0].y1 == 4


def test_a_known_end_or_a_running_case_is_solid_and_an_unknown_outcome_is_dotted(figure):
    solid, dotted = (trace for trace in figure.data if trace.mode == "lines")
    assert (solid.line.dash, solid.x[:2], solid.x[3:5]) == (
        "solid",
        (date(2019, 1, 1), date(2021, 1, 1)),
        (date(2019, 1, 1), UNTIL),
    )
    assert (dotted.line.dash, dotted.x[:2]) == ("dot", (date(2019, 1, 1), UNTIL))


def test_how_a_fact_was_checked_is_drawn_and_doubt_is_written(figure):
    starts = next(trace for trace in figure.data if trace.mode == "markers" and len(trace.x) == 3)
    assert starts.marker.symbol == ("circle", "circle-open", "x-thin-open")
    assert "Un cas fini · à vérifier" in [label.text for label in figure.layout.annotations]


def test_contracts_are_ticks_and_their_absence_is_written(figure):
    assert figure.data[-1].x == (date(2020, 5, 5),)
    assert figure.data[-1].y[0] == pytest.approx(2.18)
    texts = [label.text for label in figure.layout.annotations]
    assert (texts.count("aucun marché"), texts.count("1 marché")) == (2, 1)


def test_a_case_leads_to_its_page_and_a_contract_to_its_own(figure):
    assert every(figure) == [
        *(Behind({"case_id": case_id}, "", None, "reperes") for case_id in ("fini", "ouvert", "suite")),
        Behind({"contract_id": "C01"}, "", None, "marche"),
    ]


def test_the_words_count_cases_milestones_and_those_with_contracts():
    assert cases_timeline_text(MILESTONES, CASES, CONTRACTS) == (
        "3 cas de 2019 à 2019 et 1 dates du droit ; l’édition contient des marchés pour 1 d’entre eux."
    )
    assert cases_timeline_text(MILESTONES, CASES.head(0), CONTRACTS) == "Aucun repère ne répond à ces filtres."


def test_a_span_says_no_more_than_is_known():
    assert span(CASE) == "2019–2021"
    assert span(CASE | {"ends_on": None, "status": "in_use", "date_precision": "month"}) == "depuis janvier 2019"
    assert span(CASE | {"ends_on": None, "status": "unknown", "date_precision": "day"}) == "1 janvier 2019"
    with speaking("en"):
        assert span(CASE | {"ends_on": None, "status": "leaving"}) == "since 2019"


def test_a_case_without_contracts_has_an_empty_dotted_box(figure):
    boxes = [(shape.line.dash, shape.fillcolor) for shape in figure.layout.shapes if shape.type == "rect"]
    empty = ("dot", "rgba(0,0,0,0)")
    assert boxes == [empty, ("solid", LIGHT.muted), empty]
