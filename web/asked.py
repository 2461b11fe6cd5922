"""What an address outside the interactive pages asks for: a state, on an edition, and what was left aside."""

from dataclasses import dataclass

from language import speaking
from loaders.editions import Edition
from ui import address, editions
from ui.address import State


@dataclass(frozen=True)
class Asked:
    """A state asked for, the edition that answers, and the sentences that the reader must be told."""

    state: State
    edition: Edition
    notices: tuple[str, ...]


def asked(path: str, query: str) -> Asked:
    """What ``query`` asks of the page at ``path``. Raises editions.UnknownEdition when there is no edition at all."""
    state, notices = address.state_from(path, query)
    with speaking(state.language):
        edition, gone = editions.opened(state.edition)
        sentences = (*(notice.sentence() for notice in notices), gone)
    return Asked(state, edition, tuple(sentence for sentence in sentences if sentence))


def origin(base_url: object) -> str:
    """The address of the site of a request, without a page; ``base_url`` is the request's own."""
    return str(base_url).rstrip("/")
