"""What measures of the served pages rest on: real questions, equal answers, addresses that pages understand."""

import random

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from analysis import contracts, shares
from benchmarks import serve_questions
from ui import address

websockets = pytest.importorskip("websockets", reason="requirements-bench.in is not installed")
pytest.importorskip("duckdb", reason="requirements-bench.in is not installed")


def test_drawing_every_page_records_its_questions_and_their_answers_can_be_worked_out_again(tiny_edition):
    asked = serve_questions.asked_by_pages(tiny_edition)
    questions = {one.question for one in asked}
    assert {shares.interval, shares.interval_by, contracts.search_contracts, contracts.contract} <= questions
    assert {one.selection.perimeter for one in asked if one.selection} >= {"numerique", "tout", "nuage"}
    for one in list(asked)[:20]:
        spent, _answer = serve_questions.spent_on(lambda one=one: one.answer(tiny_edition), 1)
        assert len(spent) == 1


def test_visitors_ask_for_what_pages_understand():
    from benchmarks.serve_visits import filter_changes

    chance = random.Random(3)
    for page, query in (filter_changes(chance) for _ in range(200)):
        state, notices = address.state_from(page, query)
        assert (state.page, notices) == (page, [])


def test_links_of_light_pages_are_all_different_and_understood():
    from benchmarks.serve_measures import _links

    links = _links(40, "europe")
    assert len(set(links)) == 40
    for link in links:
        page, _mark, query = link.removeprefix("/vue/").partition("?")
        assert address.state_from(page, query)[1] == []


def test_the_end_of_a_script_is_told_from_what_it_draws():
    from benchmarks.serve_visits import _is_the_end

    finished, drawn = ForwardMsg(), ForwardMsg()
    finished.script_finished = ForwardMsg.FINISHED_SUCCESSFULLY
    drawn.delta.new_element.html.body = "np-footer"
    assert _is_the_end(finished.SerializeToString())
    assert not _is_the_end(drawn.SerializeToString())
