"""An answer as a document: what was asked, written out; what it means; its rows; where it goes on."""

from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode

import polars as pl

from language import formats, mark
from language import gettext as _
from loaders.editions import Edition
from loaders.mail.table import FOLDER, MailTable
from ui import address
from web.api import asking, columns
from web.api.asking import Asked, Found, Question
from web.api.parameters import LINES_KEY
from web.api.parameters import written as in_address

STARTER = mark("Édition de démarrage : des données réelles, mais une partie seulement des marchés.")
ADDRESS = "/api/v1"


@dataclass(frozen=True)
class Answer:
    """The rows of one answer as a frame, the document that tells them, and the addresses it leads to."""

    rows: pl.DataFrame
    document: dict
    link: str
    next: str | None


def answered(question: Question, asked: Asked, extension: str, origin: str) -> Answer:
    """What ``question`` finds, in the current language; ``extension`` is the one of the address it came from."""
    found = question.answer(asked)
    whole = found.total is None
    rows = _selected(found.rows, question.columns)
    page = rows.slice(asked.offset, asked.lines) if whole else rows
    total = found.rows.height if whole else found.total
    following = None
    if asked.offset + page.height < total and page.height:
        following = _address(question, asked, asked.state.page_number + 1, extension, origin)
    link = page_link(question, asked, origin)
    document = {
        "question": question.name,
        "title": _(question.title),
        "edition": asked.edition.id,
        "method_version": asked.edition.manifest["method_version"],
        "parameters": parameters(question, asked),
        "notices": _notices(question, asked.edition, found),
        "columns": described(question.columns),
        "rows": page.to_dicts(),
        **_beside(question, found),
        "total": total,
        "next": following,
        "licence": _licence(question, asked.edition),
        "link": link,
        "data": f"{origin}/donnees/{asked.edition.id}/datapackage.json",
    }
    return Answer(page, document, link, following)


def parameters(question: Question, asked: Asked) -> dict[str, str]:
    """Everything that decides the answer, defaults included, as an address writes it."""
    state = address.with_changes(asked.state, edition=asked.edition.id)
    written = {name: in_address(state, name) for name in (*question.keys, "page")}
    return {"v": str(address.VERSION), **written, LINES_KEY: str(asked.lines)}


def page_link(question: Question, asked: Asked, origin: str) -> str:
    """The address of the page that shows the same."""
    state = replace(asked.state, edition=asked.edition.id, page_number=1)
    return address.shared_link(replace(state, page=question.page_for(state)), origin)


def described(names: str) -> list[dict]:
    """The columns of that declaration, in the current language."""
    return [columns.described(name).document() for name in names.split()]


def _selected(frame: pl.DataFrame, names: str) -> pl.DataFrame:
    return frame.select(name.partition("=")[0] for name in names.split())


def _beside(question: Question, found: Found) -> dict:
    return {
        name: {"columns": described(names), "rows": _selected(found.beside[name], names).to_dicts()}
        for name, names in question.beside.items()
    }


def _notices(question: Question, edition: Edition, found: Found) -> list[str]:
    said = [_(STARTER)] if edition.is_starter else []
    said += [_(notice) for notice in question.notices]
    if found.total is None and found.rows.height >= asking.MOST_RANKED:
        text = _("Le classement s’arrête à la ligne {count} : les tables entières sont ouvertes.")
        said.append(text.format(count=formats.count(asking.MOST_RANKED)))
    return said


def _licence(question: Question, edition: Edition) -> str:
    if question.page == "messageries":
        return MailTable(FOLDER).manifest["source"]["licence"]
    return ", ".join(sorted({source["licence"] for source in edition.manifest["sources"]}))


def _address(question: Question, asked: Asked, page_number: int, extension: str, origin: str) -> str:
    query = parameters(question, asked) | {"page": str(page_number)}
    given = {name: text for name, text in query.items() if text}
    return f"{origin}{ADDRESS}/{question.name}.{extension}?{urlencode(given, safe=',', quote_via=quote)}"
