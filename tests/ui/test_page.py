"""Pages are drawn a few at once, whatever becomes of each."""

from threading import BoundedSemaphore

import pytest

from tests.pages.conftest import opened
from ui import page


@pytest.fixture
def one_at_once(monkeypatch, store_of_the_tiny_edition):
    """A server with room for one page."""
    monkeypatch.setattr(page, "_FEW_AT_ONCE", BoundedSemaphore(1))


def test_a_page_that_is_over_leaves_its_place(one_at_once):
    opened("vue_ensemble")
    assert page._FEW_AT_ONCE.acquire(blocking=False)


def test_a_page_that_fails_leaves_its_place_too(one_at_once, monkeypatch):
    def failing(_view: object) -> None:
        raise ValueError("this page is broken")

    with pytest.raises(ValueError, match="broken"):
        page.show("", failing)
    assert page._FEW_AT_ONCE.acquire(blocking=False)
