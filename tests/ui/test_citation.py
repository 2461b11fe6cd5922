"""A link that will show the same thing, and a citation that says what was seen."""

from ui import address, citation
from ui.address import State


def test_the_link_pins_the_edition_and_says_every_default(tiny_edition):
    link = citation.link(State(page="ministeres"), tiny_edition, "http://localhost:8501")
    assert link == (
        "http://localhost:8501/vue/ministeres?v=1&ministere=tous&annees=toutes&acheteur=tous&perimetre=numerique"
        "&definition=ue&montant=partage&signales=non&langue=fr&edition=2026-11-01-minuscule"
    )
    state, notices = address.state_from("ministeres", link.split("?", 1)[1])
    assert notices == []
    assert state == State(page="ministeres", edition=tiny_edition.id)


def test_the_citation_names_title_filters_edition_date_method_sources_licence_and_link(tiny_edition):
    paragraph = citation.citation(
        "Ministère par ministère", State(page="ministeres"), tiny_edition, "https://example.org/x"
    )
    for part in (
        "Nuages publics",
        "« Ministère par ministère »",
        "Filtres : Numérique",
        "Édition 2026-11-01-minuscule du 1 novembre 2026",
        "méthode test",
        "Personne, Source minuscule (Licence Ouverte 2.0)",
        "https://example.org/x",
    ):
        assert part in paragraph


def test_without_an_address_the_link_is_still_usable(tiny_edition):
    assert citation.link(State(), tiny_edition, "").startswith("/vue/?v=1")
