"""An interactive page whose edition has yet to come says so, and shows no other edition's figures meanwhile."""

from loaders import editions
from loaders.editions import EditionComing


def test_an_edition_on_its_way_is_said_and_nothing_else_is_shown(open_page, monkeypatch):
    def coming(edition_id):
        raise EditionComing("L’édition {edition} arrive sur ce serveur.", edition=edition_id)

    monkeypatch.setattr(editions, "find", coming)
    visit = open_page("fournisseurs", v="1", edition="2025-01-01-abcdef")
    assert [error.value for error in visit.test.error] == ["L’édition 2025-01-01-abcdef arrive sur ce serveur."]
    assert '<p class="np-lead">' not in visit.markup
    assert visit.query["edition"] == "2025-01-01-abcdef"
