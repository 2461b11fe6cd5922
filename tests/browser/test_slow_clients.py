"""Visitors who never finish their request do not keep the others waiting."""

import socket
import time
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

pytestmark = pytest.mark.xdist_group("browser")

SLOW = 200
PATIENCE_SECONDS = 5


def test_hundreds_of_unfinished_requests_hold_up_nobody(site):
    place = urlsplit(site)
    slow = [socket.create_connection((place.hostname, place.port)) for _rank in range(SLOW)]
    for connection in slow:
        connection.sendall(b"GET /vue/ HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
    started = time.monotonic()
    assert urlopen(f"{site}/vue/", timeout=PATIENCE_SECONDS).status == 200
    assert urlopen(f"{site}/_stcore/health", timeout=PATIENCE_SECONDS).read() == b"ok"
    assert time.monotonic() - started < PATIENCE_SECONDS
    for connection in slow:
        connection.close()
