"""Text made safe for where it is shown, and the few marks of our own that pages repeat."""

import html
import re
from collections.abc import Iterable, Mapping

from charts.palette import Mark
from charts.theme import Theme
from language import gettext as _
from language.formats import NARROW_SPACE
from loaders import vocabulary

_PATTERNS = {
    "": "none",
    ".": "radial-gradient({line} 22%, transparent 26%) 0 0/4px 4px",
    "x": "repeating-linear-gradient(45deg, {line} 0 1px, transparent 1px 4px),"
    " repeating-linear-gradient(-45deg, {line} 0 1px, transparent 1px 4px)",
    "/": "repeating-linear-gradient(-45deg, {line} 0 1px, transparent 1px 4px)",
    "\\": "repeating-linear-gradient(45deg, {line} 0 1px, transparent 1px 4px)",
    "|": "repeating-linear-gradient(90deg, {line} 0 1px, transparent 1px 4px)",
    "-": "repeating-linear-gradient(0deg, {line} 0 1px, transparent 1px 4px)",
}


def plain(text: str) -> str:
    """``text`` for a place that reads Markdown: every sign that could mean something is written as itself."""
    # An invisible joiner keeps an address typed by anyone from becoming a link
    text = re.sub(r"(?<=:)(?=//)|(?<=www)(?=\.)|(?=@)", "\u2060", text.replace(NARROW_SPACE, "\u00a0"))
    return re.sub(r"[!-/:-@\[-`{-~]", lambda sign: f"&#{ord(sign[0])};", text)


def escaped(text: str) -> str:
    """``text`` for a place that reads HTML."""
    # Our sans has no narrow space of its own, and its ordinary one is already narrow
    return html.escape(text.replace(NARROW_SPACE, "\u00a0"), quote=True)


def said(sentence: str) -> str:
    """One of our own sentences as HTML, with the spaces that French never breaks at."""
    return escaped(re.sub(r" (?=[;:?!»€%])|(?<=«) |(?<=\d) (?=\d{3}(?!\d))", "\u00a0", sentence))


def anchor(text: str, address: str) -> str:
    """A link in the same tab to an ``address`` of ours, or to a public page; ``text`` alone for any other address."""
    is_ours = re.fullmatch(r"(?:\./|[a-z-]*)\?[^\"<>]*(#[a-z-]+)?", address) is not None
    is_public = re.match(r"https?://", address) is not None
    if not (is_ours or is_public):
        return escaped(text)
    outside = ' target="_blank" rel="noopener noreferrer"' if is_public else ""
    return f'<a href="{escaped(address)}"{outside}>{escaped(text)}</a>'


def offered(label: str, links: Mapping[str, str]) -> str:
    """Addresses of files of ours under their names, in one quiet line after ``label``."""
    anchors = "".join(f'<a href="{escaped(there)}">{escaped(name)}</a>' for name, there in links.items())
    return f'<p class="np-note np-away">{said(label)}{anchors}</p>'


def copyable(text: str) -> str:
    """A text to be copied as it is, and the button that copies it (``web/copying.js``)."""
    button = f'<button type="button" class="np-copy" data-done="{escaped(_("Copié"))}">{escaped(_("Copier"))}</button>'
    return f'<div class="np-copyable"><pre class="np-code">{html.escape(text)}</pre>{button}</div>'


def facts(pairs: Iterable[tuple[str, str]]) -> str:
    """Terms and what is said of each, both markup already."""
    return '<dl class="np-facts">' + "".join(f"<dt>{term}</dt><dd>{said}</dd>" for term, said in pairs) + "</dl>"


def verdict(code: str) -> str:
    """A verdict in words beside the mark that charts give it; ``verdict_marks`` says how the mark looks."""
    swatch = f'<span class="np-swatch np-{code}" aria-hidden="true"></span>'
    return f'<span class="np-verdict">{swatch}{escaped(_(vocabulary.VERDICTS[code]))}</span>'


def verdict_marks(theme: Theme) -> str:
    """The style of the marks of verdicts, colour and pattern, as one element of a page."""
    return f"<style>{''.join(_mark_rule(code, mark) for code, mark in theme.marks.items())}</style>"


def _mark_rule(code: str, mark: Mark) -> str:
    pattern = _PATTERNS[mark.pattern].format(line=mark.pattern_colour)
    background = mark.fill if pattern == "none" else f"{pattern},{mark.fill}"
    return f".np-{code}{{background:{background};border-color:{mark.colour}}}"
