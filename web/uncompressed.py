"""Files that are already compressed are sent as they are, whatever the reader accepts.

Compressed again on the way, a table would lose its length and could no longer be resumed.
"""

from starlette.types import ASGIApp, Receive, Scope, Send

_COMPRESSED = (".parquet",)


class Uncompressed:
    """ASGI middleware: a request for such a file reaches what compresses answers as one for plain bytes."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve ``scope``."""
        if scope["type"] == "http" and scope["path"].endswith(_COMPRESSED):
            headers = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
            scope = {**scope, "headers": headers}
        await self.app(scope, receive, send)
