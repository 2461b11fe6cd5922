"""Opens a page as a visitor would, on the tiny edition or on the starter one."""

import html
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

PAGES = Path(__file__).parents[2] / "pages"


class Visit:
    """A page that was opened: what it says, and its widgets through ``test``."""

    def __init__(self, test: AppTest) -> None:
        self.test = test

    def run(self) -> "Visit":
        self.test.run()
        assert not self.test.exception, self.test.exception[0].value
        return self

    def unfold_filters(self) -> "Visit":
        """Open the part of the page where filters are chosen."""
        self.test.session_state["filters"] = True
        return self.run()

    @property
    def markup(self) -> str:
        """All the HTML of the page."""
        return "\n".join(element.proto.body for element in self.test.get("html"))

    @property
    def text(self) -> str:
        """All the words of the page, spaces made plain."""
        titles = [element.value for element in (*self.test.title, *self.test.header)]
        words = html.unescape(re.sub(r"<style>.*?</style>|<[^>]+>", " ", self.markup, flags=re.DOTALL))
        return re.sub(r"\s+", " ", html.unescape(" ".join(titles)) + " " + words)

    @property
    def lead(self) -> str:
        """The sentence that the filters produce."""
        return html.unescape(re.search(r'<p class="np-lead">(.*?)</p>', self.markup)[1]).replace("\u00a0", " ")

    @property
    def links(self) -> list[str]:
        """The addresses that the page leads to."""
        return [html.unescape(address) for address in re.findall(r'href="([^"]*)"', self.markup)]

    @property
    def codes(self) -> list[str]:
        """The texts that the page gives to be copied."""
        return [html.unescape(text) for text in re.findall(r'<pre class="np-code">(.*?)</pre>', self.markup, re.DOTALL)]

    @property
    def query(self) -> dict[str, str]:
        """What stands in the address bar."""
        return {key: value if isinstance(value, str) else value[-1] for key, value in self.test.query_params.items()}


def table_rows(markup: str) -> list[list[str]]:
    """The rows of the first table of ``markup``, cell by cell, as text."""
    body = re.search(r"<tbody>(.*?)</tbody>", markup, flags=re.DOTALL)[1]
    return [
        [html.unescape(re.sub(r"<[^>]+>", "", cell)) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
        for row in re.findall(r"<tr>(.*?)</tr>", body)
    ]


Open = Callable[..., Visit]


@pytest.fixture
def open_page(store_of_the_tiny_edition: Path) -> Open:
    """Opens a page of ``pages/`` on the tiny edition with a query."""
    return opened


def opened(file: str, **query: str) -> Visit:
    """Open the page in ``file`` with ``query`` on whatever edition is current."""
    test = AppTest.from_file(str(PAGES / f"{file}.py"), default_timeout=60)
    for key, value in query.items():
        test.query_params[key] = value
    return Visit(test).run()
