"""A DNS server on loopback for tests: it answers what it is told, and notes each question with its time."""

import socket
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset

SILENT = "silent"


class Server:
    """``zone`` maps a domain to its records ``{"MX": [...], "TXT": [...]}``, to a name of an error code, or SILENT.

    ``silences`` is how many questions about a domain stay unanswered before the first answer.
    """

    def __init__(self, zone: dict, silences: dict[str, int] | None = None) -> None:
        self.zone = zone
        self.asked: list[tuple[str, str, float]] = []
        self._silences = defaultdict(int, silences or {})
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self._socket.getsockname()[1]}"

    def times(self) -> list[float]:
        return [moment for _domain, _kind, moment in self.asked]

    def serve(self) -> None:
        while True:
            question, client = self._socket.recvfrom(4096)
            if question == b"stop":
                return
            answer = self._answer(dns.message.from_wire(question))
            if answer is not None:
                self._socket.sendto(answer.to_wire(), client)

    def stop(self) -> None:
        self._socket.sendto(b"stop", self._socket.getsockname())

    def close(self) -> None:
        self._socket.close()

    def _answer(self, query: dns.message.Message) -> dns.message.Message | None:
        question = query.question[0]
        domain, kind = question.name.to_text(omit_final_dot=True), dns.rdatatype.to_text(question.rdtype)
        self.asked.append((domain, kind, time.monotonic()))
        if self._silences[domain]:
            self._silences[domain] -= 1
            return None
        told = self.zone.get(domain, "NXDOMAIN")
        if told == SILENT:
            return None
        answer = dns.message.make_response(query)
        answer.flags |= dns.flags.RA
        if isinstance(told, str):
            answer.set_rcode(dns.rcode.from_text(told))
        elif told.get(kind):
            answer.answer.append(dns.rrset.from_text_list(question.name, 60, "IN", kind, told[kind]))
        return answer


@contextmanager
def serving(zone: dict, silences: dict[str, int] | None = None) -> Iterator[Server]:
    """A server that answers from ``zone`` until the block ends."""
    server = Server(zone, silences)
    thread = threading.Thread(target=server.serve, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stop()
        thread.join(timeout=5)
        server.close()
