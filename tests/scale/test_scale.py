"""Three machines behind a proxy behave as one that does not stop."""

import re
import socket
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event

import pytest
import requests

from tests.browser.conftest import PATIENCE_MS, Visit
from tests.scale.conftest import OLD
from tests.scale.machines import wait_until

pytestmark = [pytest.mark.scale, pytest.mark.xdist_group("scale")]

NEW = "2026-11-01-bbbbbb"
PAGE = "/?v=1&ministere=interieur"
LINKS = (f"{PAGE}&", "/vue/?v=1&ministere=interieur&", "/vue/fournisseurs?", "/donnees/?", "/flux/marches.atom?")


def shown(address: str) -> str:
    """The edition that a machine shows."""
    return requests.get(f"{address}/donnees/", timeout=10).json()["editions"][0]["id"]


def test_links_and_previews_carry_the_address_that_the_reader_knows(machines):
    host = machines.proxy.removeprefix("http://")
    twin = requests.get(f"{machines.proxy}/vue/fournisseurs", timeout=90).text
    assert re.search(rf'property="og:url" content="http://{host}/vue/fournisseurs', twin)
    secure = requests.get(
        f"{machines.alive[0]}/vue/fournisseurs",
        headers={"host": "observatoire.example", "x-forwarded-proto": "https"},
        timeout=90,
    ).text
    assert 'property="og:url" content="https://observatoire.example/vue/fournisseurs' in secure


@pytest.mark.parametrize("path", ["/vue/methode", "/", "/donnees/", "/api/v1/"])
def test_the_headers_of_the_application_pass_as_they_are(machines, path):
    names = ("content-security-policy", "x-content-type-options", "referrer-policy", "cache-control", "content-type")
    direct, passed = (requests.get(f"{address}{path}", timeout=90) for address in (machines.alive[0], machines.proxy))
    assert direct.status_code == passed.status_code == 200
    assert {name: direct.headers.get(name) for name in names} == {name: passed.headers.get(name) for name in names}
    assert len(passed.headers["content-type"].split(",")) == 1


@pytest.mark.parametrize("path", ["/vue/marches?v=1", "/flux/marches.atom", "/api/v1/verdicts.json", "/donnees/"])
def test_what_was_drawn_once_is_not_asked_of_a_process_again(machines, path):
    answers = [requests.get(f"{machines.proxy}{path}", timeout=90) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[1].headers["x-cache"] == "HIT"
    assert answers[0].content == answers[1].content


def test_each_reader_has_an_answer_that_is_understood(machines):
    """One is kept for each encoding and each language."""
    address = f"{machines.proxy}/api/v1/nowhere.json"
    said = {
        language: requests.get(address, headers={"accept-language": language}, timeout=90).json()["title"]
        for language in ("fr-FR", "en-GB")
    }
    assert said["fr-FR"] != said["en-GB"]
    plain = requests.get(f"{machines.proxy}/vue/methode", headers={"accept-encoding": "identity"}, timeout=90)
    packed = requests.get(f"{machines.proxy}/vue/methode", headers={"accept-encoding": "gzip"}, timeout=90)
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert plain.text == packed.text


def test_part_of_a_table_can_be_asked_for(machines):
    address = f"{machines.proxy}/donnees/{OLD}/awards.parquet"
    whole = requests.get(address, timeout=90).content
    part = requests.get(address, headers={"range": "bytes=4-99"}, timeout=90)
    assert part.status_code == 206
    assert part.content == whole[4:100]


def test_scripts_are_compressed_on_the_way(machines):
    shell = requests.get(machines.proxy, timeout=90).text
    script = re.search(r'src="\./(static/js/[^"]+)"', shell)[1]
    assert requests.get(f"{machines.proxy}/{script}", timeout=90).headers["content-encoding"] == "gzip"


def test_a_page_of_another_site_cannot_speak_for_its_reader(machines):
    host = machines.proxy.removeprefix("http://")
    assert _handshake(host, f"http://{host}") == 101
    assert _handshake(host, "http://ailleurs.example") == 403
    assert requests.get(f"{machines.proxy}/_stcore/metrics", timeout=10).status_code == 404


def test_a_new_edition_is_shown_by_all_machines_without_restart(machines, publish):
    assert {shown(address) for address in machines.alive} == {OLD}
    publish(NEW, "2026-11-01T00:00:00")
    wait_until(lambda: {shown(address) for address in machines.alive} == {NEW}, "not all machines followed")
    assert all(process.poll() is None for process in machines.processes.values())


def test_a_machine_that_dies_under_load_costs_nobody_a_link(machines, browser):
    reader = Visit(browser.new_page(locale="fr-FR")).open(f"{machines.proxy}{PAGE}")
    lead = reader.lead
    theirs = machines.answering("/_stcore/host-config")
    with reading(machines.proxy) as visits:
        with reader.page.expect_websocket(timeout=60_000):
            machines.kill(theirs)
        assert machines.answering("/_stcore/host-config") != theirs
        reader.page.locator("[data-test-connection-state=CONNECTED]").wait_for(timeout=PATIENCE_MS)
        reader.page.wait_for_timeout(1000)
        assert reader.settled().lead == lead
        assert reader.address == f"{machines.proxy}{PAGE}"
        reader.unfold("filters")
        reader.page.get_by_role("combobox", name="Ministères").press_sequentially("Justice")
        reader.page.get_by_role("option", name="Justice").click(timeout=PATIENCE_MS)
        reader.wait_for_lead("Justice")
        other = Visit(browser.new_page(locale="fr-FR")).open(f"{machines.proxy}{PAGE}")
    answered = [status for visit in visits for status in visit.result()]
    assert reader.address == f"{machines.proxy}{PAGE}%2Cjustice"
    assert other.lead == lead
    assert len(answered) > 50
    assert set(answered) == {200}


@contextmanager
def reading(proxy: str) -> Iterator[list[Future[list[int]]]]:
    """Several readers at work."""
    stopped = Event()
    with ThreadPoolExecutor(4) as readers:
        try:
            yield [readers.submit(_read_until, stopped, proxy, turn) for turn in range(4)]
        finally:
            stopped.set()


def _read_until(stopped: Event, proxy: str, turn: int) -> list[int]:
    """The statuses of what one of several readers was answered; a new question each time, which no cache knows."""
    answered = []
    while not stopped.wait(0.2):
        number = len(answered)
        address = f"{proxy}{LINKS[number % len(LINKS)]}x={turn}.{number}"
        answered.append(requests.get(address, timeout=90).status_code)
    return answered


def _handshake(host: str, origin: str) -> int:
    """The status that a websocket from a page of ``origin`` is answered with."""
    name, port = host.split(":")
    asked = (
        "GET /_stcore/stream HTTP/1.1",
        f"Host: {host}",
        f"Origin: {origin}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    )
    with socket.create_connection((name, int(port)), timeout=10) as connection:
        connection.sendall("\r\n".join([*asked, "", ""]).encode())
        return int(connection.recv(100).split()[1])
