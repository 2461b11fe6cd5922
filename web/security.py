"""What every answer says to browsers about its limits, and what is refused before it costs anything.

Nothing comes from another host, nothing is set on the visitor's machine; only what is made to be embedded may stand in
a frame elsewhere.
"""

from urllib.parse import parse_qs

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from language import gettext as _
from language import mark

LONGEST_QUERY = 8_000
LONGEST_PATH = 1_000
_TOO_LONG = mark("Cette adresse est trop longue.")

# Streamlit compiles what it draws and writes its styles as it goes: both are needed, for its own files only.
_POLICY = {
    "default-src": "'self'",
    "script-src": "'self' 'unsafe-inline' 'unsafe-eval' blob:",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self' ws: wss:",
    "worker-src": "'self' blob:",
    "frame-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
}
_FOR_ALL = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
}
_HTML = "text/html"


class Security:
    """ASGI middleware: headers on every answer, and a sentence for addresses that are too long."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve ``scope``."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif len(scope["query_string"]) > LONGEST_QUERY or len(scope["path"]) > LONGEST_PATH:
            await PlainTextResponse(_(_TOO_LONG), 414, _FOR_ALL)(scope, receive, send)
        else:
            await self.app(scope, receive, _said_with_headers(scope, send))


def _said_with_headers(scope: Scope, send: Send) -> Send:
    async def with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=message["headers"])
            for name, value in _FOR_ALL.items():
                headers.setdefault(name, value)
            if headers.get("content-type", "").startswith(_HTML):
                headers.setdefault("content-security-policy", _policy(scope))
        await send(message)

    return with_headers


def _policy(scope: Scope) -> str:
    rules = {**_POLICY, "frame-ancestors": "*" if _is_embedded(scope) else "'self'"}
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _is_embedded(scope: Scope) -> bool:
    """Whether the page is asked as a bare chart, which is made to stand in the pages of others."""
    return parse_qs(scope["query_string"].decode("latin-1")).get("embed", [""])[-1] == "true"
