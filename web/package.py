"""The citable package of a chart: picture, numbers, state, citations and words, all under one identifier."""

import json
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO

from language import speaking
from ui import address
from web import numbers
from web.alone import Alone
from web.pictures import png, svg

_LINE = "\n"


def package(alone: Alone) -> bytes:
    """The package as a ZIP, the same bytes for the same chart of the same edition.

    ``graphique.png`` and ``.svg`` with title, source, date and link inside; ``donnees.csv`` (one file a frame);
    ``etat.json``; ``citation.txt`` in both languages and ``citation.bib``; ``texte.txt``, the chart in words.
    """
    made = datetime.fromisoformat(alone.edition.manifest["created_at"])
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _files(alone, made.date()):
            entry = zipfile.ZipInfo(name, made.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return file.getvalue()


def state(alone: Alone) -> dict:
    """The chart as data: identifier, link, edition, method, sources and every parameter of its address."""
    manifest = alone.edition.manifest
    return {
        "id": alone.id,
        "link": alone.permanent_link,
        "view": alone.link,
        "page": alone.state.page,
        "chart": alone.chart.name,
        "title": alone.chart.title,
        "parameters": address.query_of(alone.state, explicit=True),
        "edition": manifest["id"],
        "edition_created_at": manifest["created_at"],
        "method_version": manifest["method_version"],
        "sources": [
            {name: source.get(name) for name in ("title", "publisher", "licence", "page", "sha256")}
            for source in manifest["sources"]
        ],
    }


def bibtex(alone: Alone) -> str:
    """The citation for a bibliography, in the current language."""
    made = date.fromisoformat(alone.edition.manifest["created_at"][:10])
    fields = {
        "title": alone.chart.title,
        "author": "{Nuages publics}",
        "year": str(made.year),
        "month": str(made.month),
        "note": alone.citation(),
    }
    body = "".join(f"  {name} = {{{_in_bibtex(value)}}},{_LINE}" for name, value in fields.items())
    body += f"  url = {{{alone.permanent_link}}},{_LINE}"
    return f"@misc{{{alone.id[:20]},{_LINE}{body}}}{_LINE}"


def _files(alone: Alone, made: date) -> Iterator[tuple[str, str | bytes]]:
    yield "graphique.png", png(alone)
    yield "graphique.svg", svg(alone)
    for place, frame in enumerate(numbers.frames(alone.chart)):
        yield f"donnees{f'-{place + 1}' if place else ''}.csv", numbers.written(frame)
    yield "etat.json", json.dumps(state(alone), ensure_ascii=False, indent=2) + _LINE
    said = []
    for language, same in alone.in_each_language().items():
        with speaking(language):
            said.append((same.citation(), same.chart.text))
    identity = f"{alone.id}{_LINE}{alone.permanent_link}{_LINE}"
    yield "citation.txt", (_LINE * 2).join([*(citation for citation, _text in said), identity])
    yield "citation.bib", bibtex(alone)
    yield "texte.txt", (_LINE * 2).join([alone.chart.title, *(text for _citation, text in said), identity])


def _in_bibtex(text: str) -> str:
    return "".join(f"\\{sign}" if sign in "&%$#_" else sign for sign in text)
