"""Links that were shared: whatever changes in the grammar, each of them says for ever what it said that day.

The list only grows. A link is written here as it was handed out, with what it showed beyond its defaults.
"""

import pytest

from analysis.selection import Selection
from ui import address
from ui.address import State, with_changes

# ruff: noqa: E501 - a link is written as it was handed out
EDITION = "demarrage-2026-11-22-32386b"
FILTERS = "ministere=tous&annees=toutes&acheteur=tous&perimetre=numerique&definition=ue&montant=partage&signales=non"
END = f"langue=fr&edition={EDITION}"

SHARED = [
    (f"/?v=1&{FILTERS}&{END}", {}),
    ("/?v=1&ministere=interieur", {"ministries": ("interieur",)}),
    ("/ministeres?v=1&ministere=interieur,justice&annees=2020-2024", {"ministries": ("interieur", "justice"), "years": (2020, 2024)}),
    (f"/ministeres?v=1&{FILTERS.replace('definition=ue', 'definition=hors-us')}&{END}", {"definition": "hors-us"}),
    (f"/fournisseurs?v=1&{FILTERS}&groupe=orange&{END}", {"group": "orange"}),
    ("/fournisseurs?v=1&fournisseur=388734568", {"vendor": "388734568"}),
    (f"/alternatives?v=1&{FILTERS}&service=messaging&face=orange,computacenter&quota=50&{END}",
     {"service": "messaging", "rivals": ("orange", "computacenter"), "quota": 50}),
    (f"/marches?v=1&{FILTERS}&verdict=foreign_control,opaque&tri=montant&page=2&{END}",
     {"verdicts": ("foreign_control", "opaque"), "sort": "montant", "page_number": 2}),
    ("/marches?v=1&q=messagerie%20collaborative&perimetre=tout", {"search": "messagerie collaborative", "perimeter": "tout"}),
    ("/marches?v=1&produit=Oracle%20Database&signales=oui", {"product": "Oracle Database", "include_flagged": True}),
    (f"/marche?v=1&id=19750712300010-2019M0123&definition=france&{END}", {"contract_id": "19750712300010-2019M0123", "definition": "france"}),
    (f"/echeances?v=1&{FILTERS}&mois=24&au=2020-12-31&{END}", {"months_ahead": 24, "as_of": "2020-12-31"}),
    ("/messageries?v=1&departement=2A&fournisseur_mail=microsoft", {"department": "2A", "mail_provider": "microsoft"}),
    ("/messageries?v=1&pays=US&commune=Saint-Denis", {"mail_country": "US", "commune": "Saint-Denis"}),
    (f"/reperes?v=1&ministere=tous&theme=tous&statut=tous&cas=bpifrance-aws-pge&{END}", {"case_id": "bpifrance-aws-pge"}),
    (f"/methode?v=1&langue=en&edition={EDITION}", {"language": "en"}),
    (f"/vue/ministeres?v=1&{FILTERS}&{END}", {}),
    (f"/vue/?v=1&edition={EDITION}&embed=true&graphique=years", {"embed": True, "chart": "years"}),
]  # fmt: skip


@pytest.mark.parametrize(("link", "said"), SHARED, ids=[link for link, _said in SHARED])
def test_a_shared_link_says_what_it_said(link, said):
    path, query = link.split("?", 1)
    page = path.removeprefix("/vue").strip("/")
    state, notices = address.state_from(page, query)
    assert notices == []
    expected = State(page=page, edition=EDITION if EDITION in link else "")
    read = {name: str(value) if name == "as_of" else value for name, value in said.items()}
    shown = with_changes(expected, **{name: value for name, value in read.items() if name != "as_of"})
    assert str(state.as_of or "") == read.get("as_of", "")
    assert with_changes(state, as_of=None) == shown


def test_the_defaults_that_links_leave_out_are_those_of_their_day():
    assert Selection() == Selection(perimeter="numerique", definition="ue", amount="partage", include_flagged=False)
    assert State() == State(language="fr", sort="date", page_number=1, service="cloud", quota=60, months_ahead=12)
