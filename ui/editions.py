"""Which edition a page shows: the one its address pins, else the current one."""

from language import gettext as _
from loaders import editions
from loaders.editions import Edition


def opened(edition_id: str) -> tuple[Edition, str]:
    """The edition that an address asks for (the current one when it asks for none), and a sentence when it is gone.

    Asked at every run: a new edition is shown as soon as it is published. Raises editions.UnknownEdition when there
    is no edition at all.
    """
    current = editions.current()
    if edition_id in ("", current.id):
        return current, ""
    pinned = editions.find(edition_id)
    if pinned is not None:
        return pinned, ""
    return current, _(
        "Ce lien montre l’édition {pinned}, qui n’est plus conservée ici. Voici les mêmes questions posées à l’édition "
        "{current} : les chiffres peuvent différer."
    ).format(pinned=edition_id, current=current.id)
