"""What a reader takes away: a link that will show the same thing, and how to cite it."""

from language import gettext as _
from ui.view import View


def show(title: str, view: View) -> None:
    """Write the link and the citation, each ready to be copied."""
    with view.folded(_("Partager ou citer cette page"), key="share"):
        view.note(_("Ce lien montrera toujours ceci :"))
        view.code(view.shared_link())
        view.note(_("Sans script, léger, le même partout ; un clic y mène à la page interactive."))
        view.note(_("Pour citer :"))
        view.code(view.citation(title))
