"""Errors that a person will read: one sentence that says what happened, what was kept, what to do."""

from language import gettext


class LoaderError(Exception):
    """A failure of the pipeline with a sentence for whoever runs it.

    ``sentence`` is French and marked for translation; ``details`` fill its ``{placeholders}``.
    """

    def __init__(self, sentence: str, **details: object) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.details = details

    def __str__(self) -> str:
        return gettext(self.sentence).format(**self.details)


class UnreadableSource(LoaderError):
    """A file that is none of the formats we know, or is damaged."""


class FetchFailed(LoaderError):
    """A source that could not be downloaded."""


class PublicationRefused(LoaderError):
    """An edition that failed its checks and was not put in place."""
