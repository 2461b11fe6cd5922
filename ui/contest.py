"""To contest a figure: a report already filled in with what is shown, the rules behind it and what is asked for."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote, urlencode

from language import gettext as _
from loaders.editions import DATA_FOLDER
from ui.markup import escaped
from ui.view import View

SITE = DATA_FOLDER / "site.toml"
_MOST_RULES = 12
_LONGEST_SUBJECT = 120


@dataclass(frozen=True)
class Contact:
    """Where the keeper of this installation receives reports; empty where there is no such place."""

    email: str = ""
    issues_url: str = ""


@cache
def contact() -> Contact:
    """What ``data/site.toml`` says."""
    declared = tomllib.loads(SITE.read_text(encoding="utf-8")) if SITE.is_file() else {}
    return Contact(declared.get("contact_email", ""), declared.get("issues_url", ""))


def report(what: str, rules: Iterable[str], view: View) -> tuple[str, str]:
    """The subject and the text of a report on ``what``: what is shown, by which rules, and what must be added."""
    subject = _("Contester : {what}").format(what=what)[:_LONGEST_SUBJECT]
    known = list(dict.fromkeys(filter(None, rules)))[:_MOST_RULES]
    lines = [
        _("Ce qui est montré : {what}").format(what=what),
        view.shared_link(),
        _("Édition {edition}, méthode {method}.").format(
            edition=view.edition.id, method=view.edition.manifest["method_version"]
        ),
        *([_("Règles qui ont décidé :"), *(f"- {rule}" for rule in known)] if known else []),
        "",
        _("Ce qui est faux, et ce qui est vrai :"),
        "",
        _("Source publique qui le dit (adresse, date) :"),
        "",
    ]
    return subject, "\n".join(lines)


def show(what: str, rules: Iterable[str], view: View) -> None:
    """Offer the report as an e-mail or an issue where this installation has an address, and as a text to copy."""
    subject, text = report(what, rules, view)
    with view.folded(_("Contester ou compléter"), key="contest"):
        view.note(
            _(
                "Une erreur, une source qui manque ? Dites ce qui est faux et quelle source publique le dit : une "
                "correction devient une ligne datée de la méthode, avec sa source."
            )
        )
        links = _links(subject, text)
        if links:
            view.html(f'<p class="np-text">{" · ".join(links)}</p>')
        else:
            view.note(_("Cette installation n’a pas déclaré d’adresse : copiez ce texte pour ceux qui la tiennent."))
        view.code(text)


def _links(subject: str, text: str) -> list[str]:
    known = contact()
    email = f"mailto:{known.email}?{urlencode({'subject': subject, 'body': text}, quote_via=quote)}"
    issue = f"{known.issues_url}?{urlencode({'title': subject, 'body': text}, quote_via=quote)}"
    return [
        *([f'<a href="{escaped(email)}">{escaped(_("Écrire un courriel"))}</a>'] if known.email else []),
        *(
            [f'<a href="{escaped(issue)}" target="_blank" rel="noopener">{escaped(_("Ouvrir un ticket"))}</a>']
            if known.issues_url
            else []
        ),
    ]
