"""What Streamlit says by itself in English, said in the language of the page.

Its names of buttons, its placeholders and its skip link cannot be set from Python. A script of the shell replaces
them as they appear; what it says stands here, among our sentences.
"""

import json
from pathlib import Path

from language import current, mark
from language import gettext as _

LABELS = {
    "App pages": mark("Menu des pages"),
    "Skip to main content": mark("Aller au contenu"),
    "Choose an option": mark("Choisir"),
    "Choose options": mark("Choisir"),
    "Open": mark("Ouvrir la liste"),
    "Close": mark("Fermer"),
    "Clear all": mark("Tout effacer"),
    "Clear value": mark("Effacer"),
    "Clear entry": mark("Effacer"),
    "Selected values": mark("Valeurs choisies"),
    "Remove {}": mark("Retirer {}"),
    "{} — start": mark("{} : début"),
    "{} — end": mark("{} : fin"),
    "Previous page": mark("Page précédente"),
    "Next page": mark("Page suivante"),
    "Pagination": mark("Pages de la liste"),
    "Page {}": mark("Page {}"),
    "Choose date": mark("Choisir un jour"),
    "Choose date, {}": mark("Choisir un jour, {}"),
    "Previous month": mark("Mois précédent"),
    "Next month": mark("Mois suivant"),
    "Clear date": mark("Effacer le jour"),
    "Scroll tabs left": mark("Onglets précédents"),
    "Scroll tabs right": mark("Onglets suivants"),
    "Link to heading": mark("Lien vers ce titre"),
    "Expand sidebar": mark("Ouvrir le menu"),
    "Collapse sidebar": mark("Fermer le menu"),
    "Sidebar": mark("Menu des pages"),
    "Main menu": mark("Menu"),
    "Running...": mark("Calcul en cours…"),
    "Stop script": mark("Arrêter le calcul"),
}
"""Names that are read aloud or shown on hover, and placeholders."""

TEXTS = {
    "Skip to main content": mark("Aller au contenu"),
    "No results": mark("Aucun résultat"),
    "Press Enter to apply": mark("Entrée pour valider"),
    "You can only select up to 2 options. Remove an option first.": mark("Deux au plus : retirez-en un d’abord."),
    "Choose date, {}": mark("Choisir un jour, {}"),
    "Use arrow keys to navigate dates. Enter to select. Escape to close.": mark(
        "Les flèches parcourent les jours. Entrée choisit, Échap ferme."
    ),
    "Page not found": mark("Cette page n’existe pas."),
    "The page that you have requested does not seem to exist. Running the app's main page.": mark(
        "Voici la première page."
    ),
    "Connection error": mark("La connexion est coupée"),
    "Connecting": mark("Connexion…"),
    "Running...": mark("Calcul en cours…"),
    "Stop": mark("Arrêter"),
}
"""Texts that are written on the page. In both, ``{}`` stands for anything."""

_SCRIPT = (Path(__file__).parent / "words.js").read_text(encoding="utf-8")


def script() -> str:
    """The script that says them in the current language; nothing in that of Streamlit."""
    if current() == "en":
        return ""
    labels, texts = ({its: _(ours) for its, ours in words.items()} for words in (LABELS, TEXTS))
    return f"({_SCRIPT.strip()})({json.dumps(labels)}, {json.dumps(texts)});"
