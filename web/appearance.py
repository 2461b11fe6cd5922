"""On paper or on a dark screen: ``apparence=claire|sombre``, the only word that says how and not what is shown."""

from urllib.parse import parse_qs

from charts.theme import DARK, LIGHT, Theme

KEY = "apparence"
LIGHT_CODE, DARK_CODE = "claire", "sombre"
THEMES = {LIGHT_CODE: LIGHT, DARK_CODE: DARK}


def split(query: str) -> tuple[str, str]:
    """The appearance that ``query`` asks for (paper when it asks for none that we know), and the query without it."""
    others = [part for part in query.split("&") if not part.startswith(f"{KEY}=")]
    said = parse_qs(query).get(KEY, [""])[-1]
    return (said if said in THEMES else LIGHT_CODE), "&".join(others)


def code(theme: Theme) -> str:
    """The code of a theme."""
    return next(known for known, its_theme in THEMES.items() if its_theme is theme)


def asked_by(chosen: str) -> str:
    """What an address adds to ask for ``chosen``; nothing for paper."""
    return "" if chosen == LIGHT_CODE else f"&{KEY}={chosen}"
