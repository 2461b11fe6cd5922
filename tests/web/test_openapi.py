"""The description of the API is valid, comes whole from its declarations, and is true whatever is sent."""

from collections import Counter
from urllib.parse import quote

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from openapi_spec_validator import validate
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks
from starlette.applications import Starlette

from language import speaking
from tests.web.conftest import ORIGIN
from ui.address_keys import KEYS
from ui.sitemap import page
from web.api import openapi, parameters, problems, service
from web.api.questions import QUESTIONS

APP = Starlette(routes=service.ROUTES)
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
]
CONFIG = schemathesis.Config.from_dict(
    {"checks": {"negative_data_rejection": {"expected-statuses": [400, 404, 405, 410, 414]}}}
)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_description_is_valid_and_whole(site, language):
    described = site.get(f"/api/v1/openapi.json?langue={language}").json()
    validate(described)
    assert described["openapi"].startswith("3.1")
    assert set(described["paths"]) == {f"/api/v1/{name}.{form}" for name in QUESTIONS for form in ("json", "csv")}
    assert described["info"]["description"].startswith("Les mêmes" if language == "fr" else "The same")


def test_every_key_of_a_question_has_codes_or_a_shape():
    for question in QUESTIONS.values():
        for name in question.keys:
            shape = parameters.schema(name)
            assert {"enum", "pattern", "maxLength", "items", "minimum"} & set(shape), name


def test_every_default_is_understood():
    for name in KEYS:
        if name in openapi._every_parameter() and parameters.default(name):
            read = parameters.read(f"{name}={quote(parameters.default(name))}".encode(), "", (name,))
            assert read == parameters.Read(type(read.state)(), parameters.LINES)


def test_the_questions_and_the_problems_are_listed(site):
    listed = site.get("/api/v1/").json()
    assert [question["name"] for question in listed["questions"]] == list(QUESTIONS)
    assert set(listed["problems"]) == set(problems.KINDS)
    assert site.get(listed["questions"][1]["json"]).status_code == 200


def test_questions_obey_the_filters_of_their_page_and_nothing_else():
    """Keys that choose what of a page is shown (a service, a pair, a period) belong to some of its questions only."""
    of_one_part = {"face", "quota", "service", "departement", "commune", "embed", "graphique", "onglet", "page"}
    for question in QUESTIONS.values():
        obeyed = set(page(question.page).keys)
        assert set(question.keys) <= obeyed, question.name
        if question.name != "qualifications":
            assert obeyed - of_one_part <= set(question.keys), question.name


def fuzz(operation, mode: GenerationMode, sent: Counter) -> None:
    """Send what ``operation`` allows, or what it does not; ``sent`` counts the answers by mode and status."""

    @settings(
        max_examples=3 if operation.path.endswith("json") else 2,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(operation.as_strategy(generation_mode=mode))
    def answered(case):
        answer = case.call(app=APP)
        sent[mode, answer.status_code] += 1
        case.validate_response(answer, checks=CHECKS)

    answered()


@pytest.mark.parametrize("form", ["json", "csv"])
def test_whatever_is_sent_the_answer_is_as_described(store_of_the_tiny_edition, form):
    """Schemathesis sends what the description allows, then what it does not."""
    with speaking("fr"):
        description = schemathesis.openapi.from_dict(openapi.document(ORIGIN), config=CONFIG)
    sent = Counter()
    for operation in (result.ok() for result in description.get_all_operations()):
        if operation.path.endswith(form):
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                fuzz(operation, mode, sent)
    assert sent[GenerationMode.POSITIVE, 200] > len(QUESTIONS) / 2
    assert sent[GenerationMode.NEGATIVE, 400] > len(QUESTIONS) / 2
