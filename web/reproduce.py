"""To recompute a chart from its identifier or its link, and to say whether the numbers are still the same."""

import zipfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from language import mark, speaking
from loaders import editions
from loaders.editions import Edition
from loaders.errors import LoaderError
from ui.address import State, state_from
from web import identifiers, numbers
from web.alone import Alone, alone_of
from web.identifiers import UnreadableIdentifier

_UNREADABLE = mark(
    "« {asked} » n’est ni un identifiant ni un lien de l’observatoire, ou a été mal recopié. Rien n’a été recalculé."
)
_NO_EDITION = mark(
    "L’édition {edition} n’est plus ici : rien n’a été recalculé. Rétablissez son dossier dans le magasin d’éditions, "
    "ou indiquez-le avec --edition."
)
_UNPINNED = mark("Ce lien ne dit pas sur quelle édition il a été vu : ajoutez-la avec --edition.")
_NO_CHART = mark("Cette page n’a pas ce graphique, avec ces filtres. Rien n’a été recalculé.")
_NO_NUMBERS = mark("{package} n’est pas un paquet de l’observatoire : il ne contient pas donnees.csv.")


class NotReproduced(LoaderError):
    """The chart could not be recomputed: why, and what to do."""


@dataclass(frozen=True)
class Reproduced:
    """A chart recomputed: its numbers as CSV, one text a frame, and whether they are those that were seen.

    ``is_same`` is None when nothing was given to compare with.
    """

    alone: Alone
    texts: tuple[str, ...]
    is_same: bool | None


def reproduce(asked: str, edition: str = "", package: Path | None = None) -> Reproduced:
    """Recompute the chart that ``asked`` names: an identifier, an address ``/id/…``, or the link of a chart.

    ``edition`` is a folder or an id, for an edition kept elsewhere or a link that pins none. The numbers are compared
    with the digest of the identifier, and with the files of ``package`` when there is one. Raises NotReproduced.
    """
    state, digest = _read(asked)
    alone = alone_of(state, _edition(state, edition), "")
    if alone is None:
        raise NotReproduced(_NO_CHART)
    with speaking(state.language):
        texts = tuple(numbers.written(frame) for frame in numbers.frames(alone.chart))
    compared = [digest == numbers.digest(alone.chart)] if digest is not None else []
    if package is not None:
        compared.append(_numbers_in(package) == texts)
    return Reproduced(alone, texts, all(compared) if compared else None)


def _read(asked: str) -> tuple[State, bytes | None]:
    parts = urlsplit(asked.strip())
    name = parts.path.rsplit("/", 1)[-1]
    if name.lower().startswith(identifiers.PREFIX):
        try:
            found = identifiers.read(name)
        except UnreadableIdentifier as unreadable:
            raise NotReproduced(_UNREADABLE, asked=asked) from unreadable
        return found.state, found.digest
    if not parts.query:
        raise NotReproduced(_UNREADABLE, asked=asked)
    state, _notices = state_from(name.split(".")[0], parts.query)
    return state, None


def _edition(state: State, named: str) -> Edition:
    if named:
        return editions.named(named)
    if not state.edition:
        raise NotReproduced(_UNPINNED)
    found = editions.fetched(state.edition)
    if found is None:
        raise NotReproduced(_NO_EDITION, edition=state.edition)
    return found


def _numbers_in(package: Path) -> tuple[str, ...]:
    try:
        with zipfile.ZipFile(package) as archive:
            names = sorted(name for name in archive.namelist() if name.startswith("donnees") and name.endswith(".csv"))
            texts = {name: archive.read(name).decode("utf-8") for name in names}
    except (OSError, zipfile.BadZipFile) as unreadable:
        raise NotReproduced(_NO_NUMBERS, package=str(package)) from unreadable
    if not texts:
        raise NotReproduced(_NO_NUMBERS, package=str(package))
    return tuple(texts[name] for name in sorted(texts, key=lambda name: (len(name), name)))
