"""The scripts of Streamlit that our pages will need: named in the shell, they come while the first ones are read.

Streamlit asks for the script of an element when the element arrives, after the page has spoken to the server: the
chart would then wait for the largest of all, alone.
"""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import streamlit

STATIC = Path(streamlit.__file__).parent / "static"
CHART = "PlotlyChart"
ELEMENTS = ("Html", CHART)
"""What Streamlit calls the elements that nearly every page draws before its reader chooses anything."""

WITHOUT_CHART = ("marches", "methode")
"""Pages whose readers would be sent the largest script of all in vain."""

_SHELL = "index.html"


@cache
def preloads(path: str) -> str:
    """The elements of ``<head>`` that ask for the scripts of the page at ``path``, those that the shell names apart.

    Behind what the shell itself needs: on a narrow line the page is read before its charts are drawn.
    """
    chunks = json.loads((STATIC / "manifest.json").read_text(encoding="utf-8"))
    elements = [name for name in ELEMENTS if name != CHART or path not in WITHOUT_CHART]
    entries = [key for key, chunk in chunks.items() if chunk.get("isDynamicEntry") and chunk["name"] in elements]
    known = set(_needed(chunks, _SHELL))
    wanted = dict.fromkeys(key for entry in entries for key in _needed(chunks, entry) if key not in known)
    return "".join(
        f'<link rel="modulepreload" crossorigin fetchpriority="low" href="./{chunks[key]["file"]}">' for key in wanted
    )


def _needed(chunks: dict[str, dict], entry: str) -> Iterator[str]:
    """``entry`` and all that it imports, however indirectly."""
    waiting, seen = [entry], set()
    while waiting:
        key = waiting.pop()
        if key not in seen:
            seen.add(key)
            waiting.extend(chunks[key].get("imports", ()))
            yield key
