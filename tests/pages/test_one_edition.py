"""A page that is read while editions are published speaks of one alone."""

import pytest

from loaders import editions
from loaders.editions import Edition
from tests.object_storage import renamed
from tests.pages.conftest import opened
from ui import sitemap


@pytest.mark.parametrize("page", [page.file for page in sitemap.PAGES])
def test_a_page_reads_and_names_one_edition_though_another_is_published_at_each_of_its_questions(
    page, store_of_the_tiny_edition, tiny_edition, monkeypatch
):
    names = [f"2026-11-0{day}-{page.replace('_', '-')}" for day in (2, 3)]
    for name in names:
        renamed(tiny_edition, store_of_the_tiny_edition, name, f"{name[:10]}T06:00:00+00:00")
    editions.point_to(names[0])
    current, scan, read = editions.current, Edition.scan, []

    def published_since() -> Edition:
        """What is current, until the next question."""
        shown = current()
        editions.point_to(next(name for name in names if name != shown.id))
        return shown

    def noted(edition: Edition, table: str):
        read.append(edition.id)
        editions.point_to(next(name for name in names if name != current().id))
        return scan(edition, table)

    monkeypatch.setattr(editions, "current", published_since)
    monkeypatch.setattr(Edition, "scan", noted)
    visit = opened(page)
    (one,) = set(read)
    assert one in visit.text
    assert [name for name in names if name != one and name in visit.text + "".join(visit.links)] == []
