"""The address of a page: the whole state of what is shown, in stable codes, for ever.

``/<page>?v=1&ministere=interieur,justice&annees=2020-2024&definition=ue``: keys and values are codes of
``loaders.vocabulary``, never labels; lists are separated by commas; what is left out is at its default. A shared
link writes the defaults out, so that a default that moves does not change what an old link shows. Anything not
understood is left aside and told to the reader; nothing of it is repeated on screen.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import cache, lru_cache
from urllib.parse import parse_qs, quote

from analysis.selection import Selection
from language import gettext as _
from language import mark
from ui import sitemap
from ui.address_keys import ALL_VALUES, DEFAULT_QUOTA, KEYS, NEXT_MONTHS, Key

VERSION = 1

Query = dict[str, list[str]]
MIGRATIONS: Mapping[int, Callable[[Query], Query]] = {}
"""For each old version, how its query is said in the next one. A link of any version keeps working."""

_TRACKERS = ("utm_", "mtm_", "pk_", "fbclid", "gclid", "msclkid", "mc_", "embed_options", "igshid", "at_")
_SELECTION_FIELDS = {selection_field.name for selection_field in fields(Selection)}


@dataclass(frozen=True)
class State:
    """Everything that decides what a page shows."""

    page: str = ""
    selection: Selection = field(default_factory=Selection)
    language: str = "fr"
    sort: str = "date"
    tab: str = ""
    page_number: int = 1
    contract_id: str = ""
    rivals: tuple[str, ...] = ()
    service: str = "cloud"
    quota: int = DEFAULT_QUOTA
    months_ahead: int = NEXT_MONTHS
    as_of: date | None = None
    mail_provider: str = ""
    mail_country: str = ""
    department: str = ""
    commune: str = ""
    themes: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    case_id: str = ""
    edition: str = ""
    embed: bool = False
    chart: str = ""


_DEFAULTS = State()


@dataclass(frozen=True)
class Notice:
    """Something of an address that was left aside: what kind, and which of our own keys (never what was written)."""

    kind: str
    key: str = ""

    def sentence(self) -> str:
        """The sentence for the reader, in the current language."""
        return _(_NOTICES[self.kind]).format(key=self.key)


_NOTICES = {
    "unknown_key": mark("Cette adresse contient un réglage que l’observatoire ne connaît pas ; il a été ignoré."),
    "unknown_value": mark("Dans cette adresse, la valeur de « {key} » n’existe pas ou plus ; elle a été ignorée."),
    "not_on_page": mark("Le réglage « {key} » de cette adresse ne s’applique pas à cette page ; il a été ignoré."),
    "unknown_version": mark("Cette adresse vient d’une autre version de l’observatoire ; elle a été lue au mieux."),
}


def state_from(
    page: str, query: str | Mapping[str, Sequence[str] | str], migrations: Mapping[int, Callable] | None = None
) -> tuple[State, list[Notice]]:
    """The state that an address describes, and what had to be left aside. Never raises, whatever the text.

    ``query`` is the text after ``?`` or a mapping of keys to values; an unknown ``page`` is the first one.
    """
    known_paths = {known.path for known in sitemap.PAGES}
    page = page if page in known_paths else ""
    steps = MIGRATIONS if migrations is None else migrations
    understood, notices = _in_current_version(_as_lists(query), steps)
    allowed = {*sitemap.page(page).keys, *sitemap.page(page).context_keys}
    state = State(page=page)
    for name, texts in understood.items():
        key = KEYS.get(name)
        if key is None:
            notices += [] if name.startswith(_TRACKERS) else [Notice("unknown_key")]
            continue
        value, complete = key.read(",".join(texts) if key.is_list else texts[-1])
        notices += [] if complete else [Notice("unknown_value", name)]
        if name in allowed:
            state = _with(state, key, value)
        elif value != _value(_DEFAULTS, key):
            notices.append(Notice("not_on_page", name))
    return state, list(dict.fromkeys(notices))


def query_of(state: State, explicit: bool = False) -> dict[str, str]:
    """The query of ``state``: what is not at its default; with ``explicit``, every key that the page obeys.

    ``embed`` is a form and no part of what is shown: a default of it need not be said.
    """
    query = {"v": str(VERSION)}
    for key, default in _sayable(state.page, explicit):
        value = _value(state, key)
        is_said = (explicit and key.name != "embed") or value != default
        text = key.write(value) if is_said else ""
        if text:
            query[key.name] = text
    return query


@cache
def _sayable(path: str, explicit: bool) -> tuple[tuple[Key, object], ...]:
    """The keys that an address of the page at ``path`` may say, each with its default."""
    page = sitemap.page(path)
    names = page.keys if explicit else (*page.keys, *page.context_keys)
    return tuple((KEYS[name], _value(_DEFAULTS, KEYS[name])) for name in names)


def link(state: State, explicit: bool = False) -> str:
    """The address of ``state`` relative to any page of the observatory."""
    return f"{state.page or './'}?{_encoded(query_of(state, explicit))}"


def shared_link(state: State, origin: str) -> str:
    """The absolute address to share: every filter, the edition and the version of the grammar written out.

    ``origin`` is where the observatory is served, such as ``https://example.org``.
    """
    query = query_of(state, explicit=True)
    for alone in ("embed", "graphique"):
        query.pop(alone, None)
    return f"{origin.rstrip('/')}/{state.page}?{_encoded(query)}"


def feed_link(state: State, file_name: str, origin: str = "") -> str:
    """The address of a feed of ``state``, the same for ever: every filter written out, no edition, day nor place in it.

    ``file_name`` is what web/feeds.py serves under ``/flux``, such as ``echeances.ics``.
    """
    query = query_of(state, explicit=True)
    kept = {
        name: text for name, text in query.items() if name not in ("edition", "embed", "graphique", "au", "tri", "page")
    }
    return f"{origin.rstrip('/')}/flux/{file_name}?{_encoded(kept)}"


def on_page(state: State, path: str, **changes: object) -> State:
    """The same question asked on another page, which keeps only the keys that it knows, and some changes."""
    carried = {key.attribute: _value(state, key) for key in _carried(state.page, path)}
    return with_changes(_DEFAULTS, page=path, **carried | changes)


@cache
def _carried(here: str, there: str) -> tuple[Key, ...]:
    """The keys that keep their meaning from one page to another: words are sought in names of vendors on one."""
    page = sitemap.page(there)
    words = {"q"} if here != there and "fournisseurs" in (here, there) else set()
    lost = {"id", "cas", "graphique", *words, "onglet"}
    return tuple(KEYS[name] for name in (*page.keys, *page.context_keys) if name not in lost)


def with_changes(state: State, **changes: object) -> State:
    """``state`` with some fields changed, whether they belong to it or to its selection."""
    in_selection = {name: value for name, value in changes.items() if name in _SELECTION_FIELDS}
    others = {name: value for name, value in changes.items() if name not in _SELECTION_FIELDS}
    if in_selection:
        others["selection"] = replace(state.selection, **in_selection)
    return replace(state, **others)


def _encoded(query: Mapping[str, str]) -> str:
    return "&".join(f"{name}={_quoted(text)}" for name, text in query.items())


@lru_cache(maxsize=4096)
def _quoted(text: str) -> str:
    # The same years, ministries and vendors stand in the hundred addresses of a page
    return quote(text, safe=",")


def _value(state: State, key: Key) -> object:
    return getattr(state.selection if key.attribute in _SELECTION_FIELDS else state, key.attribute)


def _with(state: State, key: Key, value: object) -> State:
    return with_changes(state, **{key.attribute: value})


def _as_lists(query: str | Mapping[str, Sequence[str] | str]) -> Query:
    if isinstance(query, str):
        return parse_qs(query, keep_blank_values=True, max_num_fields=None, errors="replace")
    return {name: [texts] if isinstance(texts, str) else list(texts) or [""] for name, texts in query.items()}


def _in_current_version(query: Query, migrations: Mapping[int, Callable]) -> tuple[Query, list[Notice]]:
    written = query.pop("v", [str(VERSION)])[-1]
    if not (written.isascii() and written.isdigit() and int(written[:9]) <= VERSION):
        return query, [Notice("unknown_version")]
    for version in range(int(written), VERSION):
        if version not in migrations:
            return query, [Notice("unknown_version")]
        query = migrations[version](query)
    return query, []


def documented() -> Iterable[tuple[str, str, str]]:
    """The grammar for readers: key, meaning and allowed values, in the current language."""
    yield "v", _("version de cette grammaire"), str(VERSION)
    for key in KEYS.values():
        yield key.name, _(key.meaning), ", ".join(key.codes) if key.codes else _(key.form)


__all__ = [
    "ALL_VALUES",
    "VERSION",
    "Notice",
    "State",
    "documented",
    "feed_link",
    "link",
    "on_page",
    "query_of",
    "shared_link",
    "state_from",
    "with_changes",
]
