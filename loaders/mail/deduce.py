"""Which provider carries the mail of a domain, from what its DNS says, and how sure one may be.

The scale of confidence, from 0 to 100:

====  =====================================================================================================
  95  the domain is one that a known service gives addresses in, or MX and SPF name the same provider
  85  MX hosts are those of one provider; SPF is absent or names nobody we know
  75  MX hosts are those of one provider; SPF allows others: MX decides, since it says where mail is delivered
  60  MX is a filtering gateway, which hides the mailbox; SPF allows exactly one mailbox provider behind it
  55  MX hosts bear the name of the domain itself: its own server, whoever runs it
  50  MX hosts are those of several providers: the one with the best preference
   0  nothing we recognise: the provider is ``unknown``, and the evidence says what was seen
====  =====================================================================================================
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from loaders.mail import providers
from loaders.mail.vocabulary import UNKNOWN

_ALLOWED = re.compile(r"(?:include:|redirect=)([^\s]+)", re.IGNORECASE)


@dataclass(frozen=True)
class Deduction:
    """A provider (a code of the providers' table), its confidence, and what was recognised: ``mx:ovh``, ``spf:…``."""

    provider: str
    confidence: int
    evidence: tuple[str, ...]


def deduce(domain: str, mx_hosts: Iterable[str], spf: str) -> Deduction:
    """The provider of ``domain``; ``mx_hosts`` come best preference first, ``spf`` is its v=spf1 record or empty."""
    own = providers.address_domains().get(domain)
    if own is not None:
        return Deduction(own, 95, (f"address:{own}",))
    hosts = tuple(mx_hosts)
    seen = _known(map(providers.by_mx, hosts))
    allowed = _known(map(providers.by_spf, _ALLOWED.findall(spf)))
    evidence = (*(f"mx:{code}" for code in seen), *(f"spf:{code}" for code in allowed))
    mailboxes, behind = _mailboxes(seen), _mailboxes(allowed)
    if mailboxes:
        return Deduction(mailboxes[0], _confidence(mailboxes, behind), evidence)
    if seen and len(behind) == 1:
        return Deduction(behind[0], 60, evidence)
    if not seen and hosts and all(_is_own(host, domain) for host in hosts):
        return Deduction("local", 55, ("mx:own-name", *evidence))
    return Deduction(UNKNOWN, 0, evidence)


def _confidence(mailboxes: list[str], behind: list[str]) -> int:
    if len(mailboxes) > 1:
        return 50
    if mailboxes[0] in behind:
        return 95
    return 75 if behind else 85


def _known(codes: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(code for code in codes if code is not None))


def _mailboxes(codes: list[str]) -> list[str]:
    return [code for code in codes if providers.kinds()[code] != "gateway"]


def _is_own(host: str, domain: str) -> bool:
    return host == domain or host.endswith(f".{domain}")
