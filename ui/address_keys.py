"""The keys of an address: how the value of each is read and written.

A reader of a value never raises: it returns what it understood and whether that was all of it.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from language import LANGUAGES, mark
from loaders import vocabulary
from ui import mail

ALL_VALUES = "tous"
ALL_YEARS = "toutes"
LONGEST_TEXT = 200
MOST_RIVALS = 2
DEFAULT_QUOTA = 60
TABS = {
    "groupes": mark("Par groupe"),
    "unites-legales": mark("Par société (SIREN)"),
    "marches": mark("Marchés"),
    "acheteurs": mark("Acheteurs"),
    "ministeres": mark("Ministères"),
    "produits": mark("Produits nommés"),
    "societes": mark("Sociétés"),
    "fournisseurs": mark("Fournisseurs"),
    "revendeurs": mark("Revendeurs et intégrateurs"),
    "services": mark("Services et opérateurs"),
    "sous-traitants": mark("Sous-traitants"),
    "delais": mark("Délais de publication"),
    "fins": mark("Fins dans l’année"),
}
"""The parts of pages that share one place, each under its tab."""

SORTS = {
    "date": mark("Les plus récents"),
    "ancien": mark("Les plus anciens"),
    "montant": mark("Les plus gros montants"),
    "fin": mark("Fin la plus proche"),
}

PERIODS_MONTHS = (3, 6, 12, 24)
NEXT_MONTHS = 12

Reading = tuple[object, bool]


@dataclass(frozen=True)
class Key:
    """One key: the field of the state it fills, how to read and write it, and its words for the documentation."""

    name: str
    attribute: str
    meaning: str
    read: Callable[[str], Reading]
    write: Callable[[object], str]
    codes: tuple[str, ...] = ()
    form: str = ""
    is_list: bool = False


def _codes(name: str, attribute: str, codes: Mapping[str, str], meaning: str) -> Key:
    def read(text: str) -> Reading:
        wanted = {part.strip() for part in text.split(",")} - {"", ALL_VALUES}
        return tuple(code for code in codes if code in wanted), wanted <= set(codes)

    def write(value: tuple[str, ...]) -> str:
        return ",".join(value) or ALL_VALUES

    return Key(name, attribute, meaning, read, write, (ALL_VALUES, *codes), is_list=True)


def _code(name: str, attribute: str, codes: Mapping[str, str], default: str, meaning: str) -> Key:
    def read(text: str) -> Reading:
        return (text, True) if text in codes else (default, False)

    return Key(name, attribute, meaning, read, str, tuple(codes))


def _optional_code(name: str, attribute: str, codes: Mapping[str, str], meaning: str) -> Key:
    def read(text: str) -> Reading:
        return (text, True) if text in codes else (None, text in ("", ALL_VALUES))

    return Key(name, attribute, meaning, read, lambda value: value or ALL_VALUES, (ALL_VALUES, *codes))


def _flag(name: str, attribute: str, meaning: str, yes: str, no: str) -> Key:
    def read(text: str) -> Reading:
        return text == yes, text in (yes, no)

    return Key(name, attribute, meaning, read, lambda value: yes if value else no, (yes, no))


def _text(name: str, attribute: str, meaning: str, default: str | None = None) -> Key:
    def read(text: str) -> Reading:
        return cleaned(text) or default, len(text) <= LONGEST_TEXT

    return Key(name, attribute, meaning, read, lambda value: value or "", form=mark("texte"))


def _known(name: str, attribute: str, codes: Callable[[], Iterable[str]], meaning: str, form: str) -> Key:
    def read(text: str) -> Reading:
        return (text, True) if text in codes() else ("", not text)

    return Key(name, attribute, meaning, read, str, form=form)


def _edition(text: str) -> Reading:
    is_name = re.fullmatch(r"[A-Za-z0-9._-]{1,80}", text) is not None
    return (text if is_name else ""), is_name or not text


def _named(text: str) -> Reading:
    is_name = re.fullmatch(r"[a-z0-9-]{1,60}", text) is not None
    return (text if is_name else ""), is_name or not text


def _years(text: str) -> Reading:
    if text in ("", ALL_YEARS):
        return None, True
    found = re.fullmatch(r"((?:19|20)\d\d)(?:-((?:19|20)\d\d))?", text, re.ASCII)
    first, last = (int(found[1]), int(found[2] or found[1])) if found else (1, 0)
    return ((first, last), True) if first <= last else (None, False)


def _written_years(years: tuple[int, int] | None) -> str:
    if years is None:
        return ALL_YEARS
    return str(years[0]) if years[0] == years[1] else f"{years[0]}-{years[1]}"


def _page_number(text: str) -> Reading:
    is_number = re.fullmatch(r"[1-9]\d{0,5}", text, re.ASCII) is not None
    return (int(text), True) if is_number else (1, False)


def _period(text: str) -> Reading:
    periods = {str(months): months for months in PERIODS_MONTHS}
    return periods.get(text, NEXT_MONTHS), text in periods


def _day(text: str) -> Reading:
    is_written_so = re.fullmatch(r"20\d\d-\d\d-\d\d", text, re.ASCII) is not None
    try:
        return (date.fromisoformat(text), True) if is_written_so else (None, not text)
    except ValueError:
        return None, False


def _written_day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _rivals(text: str) -> Reading:
    asked = list(dict.fromkeys(filter(None, map(cleaned, text.split(",")))))
    return tuple(asked[:MOST_RIVALS]), len(asked) <= MOST_RIVALS


def _percent(text: str) -> Reading:
    is_percent = re.fullmatch(r"[1-9]\d?|100", text, re.ASCII) is not None
    return (int(text), True) if is_percent else (DEFAULT_QUOTA, False)


def cleaned(text: str) -> str:
    """``text`` on one line, without invisible or broken characters, no longer than an address should carry."""
    visible = (" " if character.isspace() else character for character in text)
    kept = "".join(character for character in visible if unicodedata.category(character) not in ("Cc", "Cs", "Cn"))
    return " ".join(kept.split())[:LONGEST_TEXT].strip()


KEYS: dict[str, Key] = {
    key.name: key
    for key in (
        _codes("ministere", "ministries", vocabulary.MINISTRIES, mark("ministères de tutelle")),
        Key("annees", "years", mark("années de notification"), _years, _written_years, form="2024, 2020-2024, toutes"),
        _codes("acheteur", "buyer_kinds", vocabulary.BUYER_KINDS, mark("types d’acheteur")),
        _code("perimetre", "perimeter", vocabulary.PERIMETERS, "numerique", mark("achats retenus")),
        _code("definition", "definition", vocabulary.DEFINITIONS, "ue", mark("ce qui n’est pas compté comme étranger")),
        _code("montant", "amount", vocabulary.AMOUNT_CONVENTIONS, "partage", mark("convention de montant")),
        _flag("signales", "include_flagged", mark("compter aussi les montants signalés"), "oui", "non"),
        _codes("verdict", "verdicts", vocabulary.VERDICTS, mark("verdicts retenus")),
        _text("q", "search", mark("mots cherchés dans l’objet et les noms"), default=""),
        _text("groupe", "group", mark("groupe auquel le fournisseur appartient")),
        _text("fournisseur", "vendor", mark("fournisseur : SIREN ou identifiant")),
        _text("produit", "product", mark("produit ou éditeur nommé")),
        Key("fin", "end_years", mark("années de fin prévue"), _years, _written_years, form="2027, 2027-2028, toutes"),
        _optional_code(
            "controle", "control", vocabulary.CONTROL_STATES, mark("contrôle du titulaire, documenté ou non")
        ),
        Key(
            "face",
            "rivals",
            mark("deux groupes ou fournisseurs face à face"),
            _rivals,
            ",".join,
            form=mark("deux identifiants"),
        ),
        _code("service", "service", vocabulary.SERVICES, "cloud", mark("service dont on cherche les offres")),
        Key("quota", "quota", mark("part visée des achats, en pour cent"), _percent, str, form="1, 60, 100…"),
        _text("id", "contract_id", mark("identifiant du marché"), default=""),
        _known("onglet", "tab", lambda: TABS, mark("onglet ouvert ; le premier s’il manque"), form=", ".join(TABS)),
        _code("tri", "sort", SORTS, "date", mark("ordre des marchés")),
        _known(
            "fournisseur_mail",
            "mail_provider",
            mail.provider_names,
            mark("fournisseur de messagerie des mairies"),
            form="orange, microsoft, ovh…",
        ),
        _known(
            "pays",
            "mail_country",
            mail.country_codes,
            mark("pays de contrôle du fournisseur de messagerie"),
            form="FR, US, inconnu…",
        ),
        _known(
            "departement", "department", mail.department_names, mark("département des mairies"), form="01, 2A, 971…"
        ),
        _text("commune", "commune", mark("nom de commune cherché"), default=""),
        Key("page", "page_number", mark("page du tableau"), _page_number, str, form="1, 2, 3…"),
        Key(
            "mois",
            "months_ahead",
            mark("échéances : mois à venir retenus"),
            _period,
            str,
            tuple(str(months) for months in PERIODS_MONTHS),
        ),
        Key(
            "au",
            "as_of",
            mark("échéances : jour de référence ; aujourd’hui s’il manque"),
            _day,
            _written_day,
            form="2020-12-31",
        ),
        _codes("theme", "themes", vocabulary.CASE_THEMES, mark("repères : thèmes")),
        _codes("statut", "statuses", vocabulary.CASE_STATUSES, mark("repères : statuts")),
        Key("cas", "case_id", mark("repère montré seul"), _named, str, form=mark("identifiant d’un repère")),
        _code("langue", "language", dict.fromkeys(LANGUAGES), "fr", mark("langue")),
        Key(
            "edition",
            "edition",
            mark("édition des données ; la plus récente si elle manque"),
            _edition,
            str,
            form=mark("nom d’édition"),
        ),
        Key(
            "graphique", "chart", mark("graphique montré seul"), _named, str, form=mark("nom d’un graphique de la page")
        ),
        _flag("embed", "embed", mark("graphique seul, pour être inséré dans une page"), "true", "false"),
    )
}
