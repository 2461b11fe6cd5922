"""The feeds of a view: addresses to copy into a calendar or a feed reader, the same for ever."""

from language import gettext as _
from language import mark
from ui import address
from ui.view import View

FEEDS = {
    "echeances": {
        "echeances.ics": mark("Dans un agenda (iCal) :"),
        "echeances.atom": mark("Dans un lecteur de flux (Atom) :"),
    },
    "marches": {"marches.atom": mark("Dans un lecteur de flux (Atom) :")},
}
_FOLLOWED = {
    "echeances": mark(
        "Ces adresses suivent vos filtres sur l’édition la plus récente, et comptent à partir du jour où on les lit."
    ),
    "marches": mark("Cette adresse suit vos filtres sur l’édition la plus récente : les marchés les plus récents."),
}


def show(view: View) -> None:
    """Offer the feeds of the page, ready to be copied."""
    with view.folded(_("S’abonner à cette vue"), key="subscribe"):
        view.note(_(_FOLLOWED[view.state.page]))
        for file_name, label in FEEDS[view.state.page].items():
            view.note(_(label))
            view.code(address.feed_link(view.state, file_name, view.origin))
