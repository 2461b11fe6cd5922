"""What search engines are asked to leave alone: each file of each chart and table of each view.

Pages, pages without script and previews are for everybody; drawing thousands of pictures for a crawler is for nobody.
"""

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

_LEFT_ALONE = ("/graphique/", "/tableau/", "/figure/", "/integrer/", "/flux/", "/api/")
_RULES = "\n".join(("User-agent: *", *(f"Disallow: {path}" for path in _LEFT_ALONE), ""))


def robots(_request: Request) -> PlainTextResponse:
    """The rules for crawlers (RFC 9309)."""
    return PlainTextResponse(_RULES, headers={"cache-control": "public, max-age=86400"})


ROUTES = [Route("/robots.txt", robots)]
