"""Errors that a person will read: one sentence that says what happened, what was kept, what to do."""

import unicodedata

from language import gettext

_LONGEST_DETAIL = 1000


class LoaderError(Exception):
    """A failure of the pipeline with a sentence for whoever runs it.

    ``sentence`` is French and marked for translation; ``details`` fill its ``{placeholders}``.
    """

    def __init__(self, sentence: str, **details: object) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.details = details

    def __str__(self) -> str:
        return gettext(self.sentence).format(**{name: _shown(detail) for name, detail in self.details.items()})


def _shown(detail: object) -> str:
    """A detail as one may print it: names and causes come from files, and may hold what drives a terminal."""
    words = " ".join(str(detail).split("\n"))
    text = "".join("\N{REPLACEMENT CHARACTER}" if unicodedata.category(sign)[0] == "C" else sign for sign in words)
    return text if len(text) <= _LONGEST_DETAIL else text[:_LONGEST_DETAIL] + "…"


class UnreadableSource(LoaderError):
    """A file that is none of the formats we know, or is damaged."""


class FetchFailed(LoaderError):
    """A source that could not be downloaded."""


class PublicationRefused(LoaderError):
    """An edition that failed its checks and was not put in place."""
