"""What every answer says to browsers, and what is refused before it costs anything."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse, JSONResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from web.security import LONGEST_PATH, LONGEST_QUERY, Security


@pytest.fixture
def ask():
    async def page(_request):
        return HTMLResponse("<p>page</p>")

    async def light(_request):
        return HTMLResponse("<p>page</p>", headers={"content-security-policy": "default-src 'none'"})

    async def data(_request):
        return JSONResponse({})

    routes = [Route("/ministeres", page), Route("/vue/ministeres", light), Route("/api", data)]
    with TestClient(Starlette(routes=routes, middleware=[Middleware(Security)])) as client:
        yield client.get


def _rules(answer) -> dict[str, str]:
    policy = answer.headers["content-security-policy"]
    return dict(rule.strip().split(" ", 1) for rule in policy.split(";"))


@pytest.mark.parametrize("path", ["/ministeres", "/vue/ministeres", "/api", "/nulle-part"])
def test_every_answer_says_how_it_may_be_read(ask, path):
    headers = ask(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert "set-cookie" not in headers


def test_a_page_takes_nothing_from_another_host(ask):
    rules = _rules(ask("/ministeres"))
    assert {"default-src", "script-src", "connect-src", "object-src", "frame-ancestors"} <= set(rules)
    assert not any("http" in allowed or "*" in allowed for allowed in rules.values())


def test_only_what_is_made_to_be_embedded_may_stand_in_the_frames_of_others(ask):
    assert _rules(ask("/ministeres?embed=false"))["frame-ancestors"] == "'self'"
    assert _rules(ask("/ministeres?v=1&embed=true"))["frame-ancestors"] == "*"


def test_a_stricter_policy_is_kept(ask):
    assert ask("/vue/ministeres").headers["content-security-policy"] == "default-src 'none'"


def test_addresses_that_are_too_long_are_refused_with_a_sentence(ask):
    for address in (f"/ministeres?q={'a' * LONGEST_QUERY}", f"/{'a' * (LONGEST_PATH + 1)}"):
        answer = ask(address)
        assert (answer.status_code, answer.text) == (414, "Cette adresse est trop longue.")
