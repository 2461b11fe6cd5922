"""The language in which a request is answered, refusals included: the one that its address asks for."""

from urllib.parse import parse_qs

from starlette.types import ASGIApp, Receive, Scope, Send

from language import speaking

_KEY = "langue"


class Spoken:
    """ASGI middleware: everything behind it speaks the language of ``langue=``, French when it asks for none."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve ``scope``."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        asked = parse_qs(scope["query_string"].decode("latin-1")).get(_KEY, ["fr"])[-1]
        with speaking(asked):
            await self.app(scope, receive, send)
