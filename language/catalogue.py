"""Which language speaks, and the sentence it says.

Sentences are written in French in the code and marked with ``gettext`` (usually imported as ``_``) or with
``mark`` where they are declared before the language is known. The English ones stand in ``language/en.po``.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

LANGUAGES = ("fr", "en")
_CATALOGUE_FOLDER = Path(__file__).parent
_current: ContextVar[str] = ContextVar("language", default="fr")


def current() -> str:
    """The language of this thread of work: ``fr`` or ``en``."""
    return _current.get()


def use(language: str) -> None:
    """Speak ``language`` from here on; French when it is not one of ours."""
    _current.set(language if language in LANGUAGES else "fr")


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak ``language`` inside the block, whatever was spoken before."""
    token = _current.set(language if language in LANGUAGES else "fr")
    try:
        yield
    finally:
        _current.reset(token)


def use_environment() -> None:
    """Speak the language of the person at the terminal: English when the locale says so, else French."""
    locale = next((os.environ[key] for key in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(key)), "")
    use("en" if locale.lower().startswith("en") else "fr")


def gettext(sentence: str) -> str:
    """``sentence`` (French, as in the code) in the current language."""
    if current() == "fr":
        return sentence
    return _translations(current()).get(sentence, sentence)


def mark(sentence: str) -> str:
    """``sentence`` unchanged: it will be translated when it is shown."""
    return sentence


@cache
def _translations(language: str) -> dict[str, str]:
    with (_CATALOGUE_FOLDER / f"{language}.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    return {message.id: message.string for message in catalogue if message.id and message.string}
