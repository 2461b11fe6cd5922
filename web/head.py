"""What a page says of itself before it is opened: title, description, picture, for browsers, engines and previews."""

from dataclasses import dataclass
from html import escape

from language import current, mark
from language import gettext as _
from ui import address, forms
from ui.address import State

SITE_NAME = mark("Nuages publics")
PICTURE_SIZE = (1200, 630)
_LOCALES = {"fr": "fr_FR", "en": "en_GB"}
_FEEDS = {"echeances": "echeances.atom", "marches": "marches.atom"}
_LONGEST_DESCRIPTION = 300


@dataclass(frozen=True)
class Said:
    """What a view says of itself: its title and its first sentence."""

    title: str
    description: str

    @property
    def whole_title(self) -> str:
        """The title with the name of the observatory."""
        return f"{self.title} · {_(SITE_NAME)}"


def tags(said: Said, state: State, origin: str) -> str:
    """The elements of ``<head>`` that describe the view of ``state``, in the current language.

    Title, description, canonical address (the page without script, in which nothing is hidden), the other language,
    the feed of the same view, and the Open Graph and card properties with the picture of the chart.
    """
    description = _shortened(said.description)
    canonical = forms.twin(address.with_changes(state, embed=False), origin)
    picture = forms.preview(state, origin)
    meta = {
        "og:type": "article",
        "og:site_name": _(SITE_NAME),
        "og:locale": _LOCALES[current()],
        "og:title": said.title,
        "og:description": description,
        "og:url": canonical,
        "og:image": picture,
        "og:image:type": "image/png",
        "og:image:width": str(PICTURE_SIZE[0]),
        "og:image:height": str(PICTURE_SIZE[1]),
        "og:image:alt": description,
    }
    cards = {"twitter:card": "summary_large_image", "description": description}
    return "".join(
        [
            f"<title>{escape(said.whole_title)}</title>",
            *(f'<meta name="{name}" content="{escape(value)}">' for name, value in cards.items()),
            *(f'<meta property="{name}" content="{escape(value)}">' for name, value in meta.items()),
            f'<link rel="canonical" href="{escape(canonical)}">',
            *(_alternates(state, origin)),
        ]
    )


def _alternates(state: State, origin: str) -> list[str]:
    twins = [
        (language, forms.twin(address.with_changes(state, language=language, embed=False), origin))
        for language in _LOCALES
    ]
    links = [f'<link rel="alternate" hreflang="{code}" href="{escape(there)}">' for code, there in twins]
    if state.page in _FEEDS:
        feed = escape(address.feed_link(state, _FEEDS[state.page], origin))
        links.append(f'<link rel="alternate" type="application/atom+xml" href="{feed}">')
    return links


def _shortened(text: str) -> str:
    if len(text) <= _LONGEST_DESCRIPTION:
        return text
    return text[:_LONGEST_DESCRIPTION].rsplit(" ", 1)[0] + "…"
