"""A chart is recomputed from what was printed or shared, and compared with what was seen."""

import io
import zipfile

import pytest

from ui import forms
from ui.address import State, with_changes
from web import package
from web.alone import alone_of
from web.reproduce import NotReproduced
from web.reproduce import reproduce as recompute

SITE = "https://example.org"


@pytest.fixture
def seen(store_of_the_tiny_edition, tiny_edition):
    return alone_of(State(page="ministeres", chart="ranking"), tiny_edition, SITE)


def _with_other_numbers(content: bytes) -> bytes:
    other = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(other, "w") as after:
        for name in before.namelist():
            body = before.read(name)
            after.writestr(name, body.replace(b"0", b"1") if name == "donnees.csv" else body)
    return other.getvalue()


def test_by_its_identifier_or_its_address_the_numbers_are_the_same(seen):
    for asked in (seen.id, f"  {seen.id.upper()}", seen.permanent_link):
        assert recompute(asked).is_same is True


def test_by_its_link_it_is_recomputed_with_nothing_to_compare(seen):
    done = recompute(seen.link)
    assert done.is_same is None
    assert done.texts[0].startswith("ministry,")
    assert done.alone.chart.name == "ranking"


def test_a_package_is_compared_number_by_number(seen, tmp_path):
    saved = tmp_path / "paquet.zip"
    saved.write_bytes(package.package(seen))
    assert recompute(seen.link, package=saved).is_same is True
    saved.write_bytes(_with_other_numbers(saved.read_bytes()))
    assert recompute(seen.id, package=saved).is_same is False


def test_an_edition_kept_elsewhere_is_named(seen, tiny_edition, tmp_path, monkeypatch):
    monkeypatch.setenv("NUAGES_EDITIONS", str(tmp_path / "vide"))
    with pytest.raises(NotReproduced, match="n’est plus ici"):
        recompute(seen.id)
    assert recompute(seen.id, edition=str(tiny_edition.folder)).is_same is True


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ("np1-aaaa", "mal recopié"),
        ("bonjour", "mal recopié"),
        (f"{SITE}{forms.twin(State(page='ministeres'))}", "ne dit pas sur quelle édition"),
    ],
)
def test_what_cannot_be_recomputed_says_why(seen, asked, why):
    with pytest.raises(NotReproduced, match=why):
        recompute(asked)


def test_a_chart_that_the_page_does_not_have_is_said(seen):
    gone = with_changes(seen.state, chart="disparu")
    with pytest.raises(NotReproduced, match="n’a pas ce graphique"):
        recompute(f"{SITE}{forms.shared(gone)}&graphique=disparu")
