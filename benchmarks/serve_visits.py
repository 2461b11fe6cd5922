"""Visitors who speak Streamlit’s own protocol, readers who speak HTTP: what each waited for, and what it weighed."""

import asyncio
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from loaders.vocabulary import DEFINITIONS, MINISTRIES

LAST_DRAWN = b"np-footer"
PATIENCE_SECONDS = 60
_LONGEST_END = 300

Address = tuple[str, str]
"""A page and its query."""


@dataclass(frozen=True)
class Seen:
    """One view: how long it took, how many bytes came, and whether it came whole."""

    milliseconds: float
    bytes: int
    is_whole: bool


class Visitor:
    """One browser with the page open."""

    def __init__(self, host: str, socket: websockets.ClientConnection) -> None:
        self._host = host
        self._socket = socket

    @classmethod
    async def arrive(cls, host: str) -> "Visitor":
        """Connect, as a page that has just loaded does."""
        socket = await websockets.connect(
            f"ws://{host}/_stcore/stream",
            subprotocols=["streamlit"],
            origin=f"http://{host}",
            max_size=None,
            compression=None,
            ping_interval=None,
            open_timeout=PATIENCE_SECONDS,
        )
        return cls(host, socket)

    async def view(self, address: Address) -> Seen:
        """Go to ``address`` and wait until the script has finished."""
        page, query = address
        asked = BackMsg()
        asked.rerun_script.page_name = page
        asked.rerun_script.query_string = query
        asked.rerun_script.context_info.url = f"http://{self._host}/{page}"
        asked.rerun_script.context_info.timezone = "Europe/Paris"
        asked.rerun_script.context_info.locale = "fr-FR"
        begun = time.perf_counter()
        size, is_whole = 0, False
        try:
            await self._socket.send(asked.SerializeToString())
            async with asyncio.timeout(PATIENCE_SECONDS):
                while True:
                    message = await self._socket.recv()
                    size += len(message)
                    is_whole = is_whole or LAST_DRAWN in message
                    if _is_the_end(message):
                        break
        except (TimeoutError, websockets.ConnectionClosed):
            is_whole = False
        return Seen((time.perf_counter() - begun) * 1000, size, is_whole)

    async def leave(self) -> None:
        """Close the page."""
        await self._socket.close()


def filter_changes(chance: random.Random) -> Address:
    """A page with filters as visitors choose them: some thousands of them, some far more often than others."""
    page = chance.choice(("", "", "ministeres", "fournisseurs", "marches", "alternatives", "echeances"))
    query: dict[str, str] = {}
    if chance.random() < 0.5:
        query["ministere"] = chance.choice(list(MINISTRIES)[:8])
    if chance.random() < 0.4:
        query["annees"] = chance.choice(("2019-2023", "2022-2026", "2024-2025"))
    if chance.random() < 0.2:
        query["definition"] = chance.choice(list(DEFINITIONS))
    return page, urlencode(query)


async def clicking(host: str, visitors: int, seconds: float, every_seconds: float = 8, seed: int = 1) -> list[Seen]:
    """What so many visitors see who change a filter or the page every few seconds, after the page they arrive on."""

    async def visit(number: int) -> list[Seen]:
        chance = random.Random(seed * 1000 + number)
        await asyncio.sleep(chance.random() * every_seconds)
        try:
            visitor = await Visitor.arrive(host)
        except (TimeoutError, OSError, websockets.WebSocketException):
            return [Seen(PATIENCE_SECONDS * 1000, 0, False)]
        await visitor.view(("", ""))
        until = time.monotonic() + seconds
        seen = []
        while time.monotonic() < until:
            await asyncio.sleep(every_seconds * chance.uniform(0.75, 1.25))
            seen.append(await visitor.view(filter_changes(chance)))
        await visitor.leave()
        return seen

    every = await asyncio.gather(*(visit(number) for number in range(visitors)))
    return [seen for of_one in every for seen in of_one]


async def reading(host: str, links: Sequence[str], readers: int, seconds: float) -> list[Seen]:
    """What so many readers see who follow ``links`` in so many seconds, each with a connection of its own."""

    async def read(number: int) -> Seen:
        await asyncio.sleep(seconds * number / readers)
        return await read_once(host, links[number % len(links)])

    return list(await asyncio.gather(*(read(number) for number in range(readers))))


async def read_once(host: str, link: str) -> Seen:
    """One answer over HTTP, with the bytes that came over the wire."""
    begun = time.perf_counter()
    name, _colon, port = host.partition(":")
    whole = b""
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            reader, writer = await asyncio.open_connection(name, int(port))
            writer.write(
                f"GET {link} HTTP/1.1\r\nHost: {host}\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n".encode()
            )
            whole = await reader.read(-1)
            writer.close()
    except (TimeoutError, OSError):
        whole = b""
    return Seen((time.perf_counter() - begun) * 1000, len(whole), whole.startswith(b"HTTP/1.1 200"))


def _is_the_end(message: bytes) -> bool:
    if len(message) > _LONGEST_END:
        return False
    told = ForwardMsg()
    told.ParseFromString(message)
    return told.WhichOneof("type") == "script_finished"
