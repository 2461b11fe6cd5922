"""The shell asks at once for the scripts that its page will need, and for no other."""

import re
from pathlib import Path

import pytest

from ui import sitemap
from ui.address import State
from web import bundle
from web.gathered import gather

SHELL = (bundle.STATIC / "index.html").read_text(encoding="utf-8")


def _asked_for(path: str) -> list[str]:
    return re.findall(r'href="\./([^"]+)"', bundle.preloads(path))


def _named(files: list[str]) -> set[str]:
    return {Path(file).name.split(".")[0] for file in files}


def test_every_element_that_pages_draw_is_asked_for_once_with_all_that_it_imports():
    files = _asked_for("")
    assert set(bundle.ELEMENTS) <= _named(files)
    assert len(files) == len(set(files))
    assert all((bundle.STATIC / file).is_file() and file not in SHELL for file in files)
    for file in files:
        imported = re.findall(r'from"\./([^"]+)"', (bundle.STATIC / file).read_text(encoding="utf-8"))
        assert all(f"static/js/{name}" in files or name in SHELL for name in imported)


@pytest.mark.parametrize("path", [page.path for page in sitemap.PAGES if page.path != "marche"])
def test_the_largest_script_is_asked_for_where_there_is_a_chart_to_draw(path, tiny_edition):
    has_charts = bool(gather(State(page=path), tiny_edition).charts)
    assert (bundle.CHART in _named(_asked_for(path))) == has_charts
