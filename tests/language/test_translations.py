"""Every sentence that a reader may see exists in English, with the same blanks to fill."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
ROOMS = ("ui", "web", "pages", "analysis", "charts", "loaders", "language")
MARKERS = {"_", "gettext", "mark"}


def _sentences() -> Iterator[tuple[str, str]]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if _is_marked(node):
                    yield node.args[0].value, f"{path.relative_to(ROOT)}:{node.lineno}"


def _is_marked(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in MARKERS
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    )


@pytest.fixture(scope="module")
def english() -> dict[str, str]:
    with (ROOT / "language" / "en.po").open("rb") as file:
        return {message.id: message.string for message in read_po(file, locale="en") if message.id and message.string}


def _blanks(sentence: str) -> set[str]:
    return set(re.findall(r"\{\w*\}", sentence))


def test_every_sentence_is_translated(english):
    missing = {sentence: place for sentence, place in _sentences() if sentence and sentence not in english}
    assert not missing, "\n".join(f"{place} {sentence!r}" for sentence, place in missing.items())


def test_translations_leave_the_same_blanks(english):
    wrong = [sentence for sentence, said in english.items() if _blanks(sentence) != _blanks(said)]
    assert not wrong


def test_french_is_typed_as_it_is_printed():
    """Straight apostrophes look like code on a page of text."""
    straight = {sentence: place for sentence, place in _sentences() if re.search(r"\w'\w", sentence)}
    assert not straight
