"""What the DNS says of the mail of a domain, asked slowly: a fixed pace, few questions at once, pauses that grow."""

import asyncio
from dataclasses import dataclass

import dns.asyncresolver
import dns.exception
import dns.name
import dns.resolver

from language import mark
from loaders.errors import LoaderError


@dataclass(frozen=True)
class Manners:
    """How a resolver is asked: questions a second, patience, tries, pause before the second try, questions at once."""

    queries_per_second: float = 5.0
    timeout_seconds: float = 5.0
    tries: int = 3
    first_pause_seconds: float = 1.0
    at_once: int = 4


@dataclass(frozen=True)
class Records:
    """How the look-up of a domain ended (a key of vocabulary.STATUSES but ``unknown_provider``), MX hosts, SPF."""

    status: str
    mx_hosts: tuple[str, ...] = ()
    spf: str = ""


class _NoReply(Exception):
    """All the tries of one question ended without a usable answer."""

    def __init__(self, status: str) -> None:
        super().__init__(status)
        self.status = status


class Asker:
    """Asks one resolver (``HOST``, ``HOST:PORT``, or the system's when empty) with ``manners``."""

    def __init__(self, resolver: str, manners: Manners) -> None:
        self._manners = manners
        self._resolver = _resolver(resolver)
        self._next_turn = 0.0
        self._taking_turns = asyncio.Lock()

    async def records(self, domain: str) -> Records:
        """MX, then SPF, of ``domain``; never raises for what a domain or a server may answer."""
        try:
            name = dns.name.from_text(domain, idna_codec=dns.name.IDNA_2003)
        except (dns.exception.DNSException, UnicodeError):
            return Records("not_a_domain")
        if len(name.labels) < 3:  # the root is a label of its own
            return Records("not_a_domain")
        try:
            return await self._found(name)
        except dns.resolver.NXDOMAIN:
            return Records("nxdomain")
        except _NoReply as failure:
            return Records(failure.status)

    async def _found(self, name: dns.name.Name) -> Records:
        exchanges = sorted((record.preference, str(record.exchange).lower()) for record in await self._ask(name, "MX"))
        # RFC 7505: one MX whose host is the root says that the domain takes no mail
        if [host for _preference, host in exchanges] == ["."]:
            return Records("null_mx")
        texts = [b"".join(record.strings).decode("utf-8", "replace") for record in await self._ask(name, "TXT")]
        spf = next((text for text in texts if text.lower().startswith("v=spf1")), "")
        hosts = tuple(host.rstrip(".") for _preference, host in exchanges if host != ".")
        return Records("found" if hosts else "no_mx", hosts, spf)

    async def _ask(self, name: dns.name.Name, record_type: str) -> list:
        status = "failure"
        for attempt in range(self._manners.tries):
            if attempt:
                await asyncio.sleep(self._manners.first_pause_seconds * 2 ** (attempt - 1))
            await self._turn()
            try:
                answer = await self._resolver.resolve(
                    name, record_type, raise_on_no_answer=False, search=False, lifetime=self._manners.timeout_seconds
                )
            except dns.exception.Timeout:
                status = "timeout"
            except (dns.resolver.NoNameservers, dns.resolver.YXDOMAIN, OSError):
                status = "failure"
            else:
                return list(answer.rrset or ())
        raise _NoReply(status)

    async def _turn(self) -> None:
        """Wait until the pace allows one more question."""
        async with self._taking_turns:
            now = asyncio.get_running_loop().time()
            turn = max(now, self._next_turn)
            self._next_turn = turn + 1 / self._manners.queries_per_second
        await asyncio.sleep(turn - now)


def _resolver(address: str) -> dns.asyncresolver.Resolver:
    if not address:
        return dns.asyncresolver.Resolver()
    host, _colon, port = address.partition(":") if address.count(":") == 1 else (address, "", "")
    made = dns.asyncresolver.Resolver(configure=False)
    try:
        made.nameservers = [host]
        made.port = int(port or 53)
    except ValueError as failure:
        raise LoaderError(
            mark("« {address} » n’est pas l’adresse d’un résolveur : écrivez 192.0.2.1 ou 192.0.2.1:53."),
            address=address,
        ) from failure
    return made
