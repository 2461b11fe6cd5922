"""A publisher on loopback that answers as badly as it is told to, and the declaration of sources that leads to it."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

DECLARATION = """
[bounds]
largest_contract_drop = 0.20
largest_amount_change = 0.33
largest_digital_share_change = 0.02

[[source]]
id = "decp_tabular"
role = "contracts"
order = 1
title = "Jeu d’essai"
publisher = "Éditeur d’essai"
licence = "Licence Ouverte 2.0"
page = "{address}"
url = "{address}/data"
fewest_records = {fewest}
largest_bytes = 5_000_000
"""

Answer = Callable[["Handler"], None]


@dataclass
class Publisher:
    """What is answered next, and where."""

    address: str
    answer: Answer

    def declare(self, path: Path, fewest: int = 1) -> Path:
        """Write a declaration of one source, this publisher, to ``path``."""
        path.write_text(DECLARATION.format(address=self.address, fewest=fewest), encoding="utf-8")
        return path


class Handler(BaseHTTPRequestHandler):
    """Answers as its publisher says."""

    def __init__(self, *arguments, publisher: Publisher) -> None:
        self.publisher = publisher
        super().__init__(*arguments)

    def do_GET(self) -> None:
        """Answer, and mind nothing when the other end has gone."""
        try:
            self.publisher.answer(self)
        except OSError:
            self.close_connection = True

    def say(self, status: int, **headers: object) -> None:
        """Send the status and the headers (``Content_Length=3``)."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), str(value))
        self.end_headers()

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@contextmanager
def publishing(answer: Answer) -> Iterator[Publisher]:
    """A publisher on loopback."""
    publisher = Publisher("", answer)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, publisher=publisher))
    server.daemon_threads = True
    publisher.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield publisher
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def whole(content: bytes, etag: str = "") -> Answer:
    """The file, as it should be; in two pieces, so that there is a middle of it."""

    def answer(handler: Handler) -> None:
        if etag and handler.headers.get("If-None-Match") == etag:
            return handler.say(304)
        handler.say(200, Content_Length=len(content), ETag=etag)
        handler.wfile.write(content[: len(content) // 2])
        handler.wfile.flush()
        return handler.wfile.write(content[len(content) // 2 :])

    return answer


def cut(content: bytes, at: int, declared: int | None = None) -> Answer:
    """The file up to a byte; ``declared`` is the length that was promised, none when there is no promise."""

    def answer(handler: Handler) -> None:
        handler.say(200, **({} if declared is None else {"Content_Length": declared}))
        handler.wfile.write(content[:at])
        handler.close_connection = True

    return answer


def raw(head: bytes) -> Answer:
    """These very bytes in the place of an answer."""

    def answer(handler: Handler) -> None:
        handler.wfile.write(head)
        handler.close_connection = True

    return answer


def trickle(seconds: float) -> Answer:
    """A byte now and then, for so many seconds."""

    def answer(handler: Handler) -> None:
        handler.say(200, Content_Length=1_000_000)
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.05)

    return answer


def silence(seconds: float) -> Answer:
    """Nothing at all, for so many seconds."""

    def answer(handler: Handler) -> None:
        time.sleep(seconds)
        handler.close_connection = True

    return answer
