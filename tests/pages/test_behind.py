"""What a click opens is what was clicked: each mark of each chart leads to a list that adds up to its value exactly."""

import importlib
from collections.abc import Iterator
from itertools import product
from urllib.parse import quote, urlsplit

import plotly.graph_objects as go
import pytest

from analysis import cases, contracts, mail, vendors
from analysis.held import awards_for
from analysis.selection import Selection
from charts import behind
from charts.behind import Behind
from charts.theme import LIGHT
from language import formats
from loaders.editions import MANIFEST_NAME, STARTER_FOLDER, Edition
from loaders.mail.table import FOLDER, MailTable
from loaders.vocabulary import AMOUNT_CONVENTIONS, DEFINITIONS
from tests.pages.recorder import Drawn, Recorder
from ui import address, mail_filters, sitemap
from ui.address import State

NOTHING_BEHIND = {"versions": "the versions of one contract: the page that shows them is that contract"}
"""Charts whose marks lead nowhere, and why."""

HELD = {"reconciliation": 1}
"""Charts of which one trace alone counts what the edition holds; the others are official figures and their hole."""

INVISIBLE = 1e-9

EVERYWHERE = [
    "",
    "ministeres",
    "ministeres?ministere=interieur",
    "ministeres?ministere=interieur,enseignement-superieur&annees=2022-2024",
    "fournisseurs",
    "fournisseurs?q=atlantique+microsoft",
    "alternatives?quota=100",
    "echeances?au=2024-05-05&mois=24",
]
CONVENTIONS = [
    f"{definition}&montant={amount}&signales={flagged}"
    for definition, amount, flagged in product(DEFINITIONS, AMOUNT_CONVENTIONS, ("non", "oui"))
]
OF_THE_TINY = [
    *(
        f"{page}{'&' if '?' in page else '?'}definition={convention}"
        for page, convention in zip(EVERYWHERE * 4, CONVENTIONS, strict=True)
    ),
    *(f"{page}?montant=plafond&definition=ue" for page in ("", "ministeres", "fournisseurs", "alternatives")),
    *(f"?montant={amount}&perimetre=tout&signales=oui" for amount in AMOUNT_CONVENTIONS),
    "?acheteur=local&perimetre=nuage",
    "fournisseurs?fournisseur=000000208&montant=plafond",
    "fournisseurs?groupe=nuage-atlantique&definition=france",
    "alternatives?face=nuage-atlantique,000000240&montant=plafond",
    "alternatives?face=000000208,nuage-atlantique&quota=1",
    "marche?id=C01",
    "reperes",
    "reperes?cas=dgsi-palantir-2016&langue=en",
]
OF_THE_STARTER = [
    *EVERYWHERE,
    *(f"?definition={definition}&montant=plafond" for definition in DEFINITIONS),
    "?perimetre=tout&montant=simples&annees=2019",
    "ministeres?montant=annualise&signales=oui&perimetre=nuage",
    "fournisseurs?montant=plafond&definition=france",
    "echeances?definition=france&montant=plafond&ministere=justice,sante",
    "reperes",
    "reperes?ministere=interieur&theme=analytics",
]
OF_TOWN_HALLS = [
    "messageries",
    "messageries?definition=hors-us&departement=2A&commune=saint",
    "messageries?fournisseur_mail=microsoft",
    "messageries?fournisseur_mail=orange&pays=etranger&definition=europe",
    "messageries?pays=US&page=3",
    "messageries?pays=inconnu",
]


@pytest.fixture(scope="module")
def starter_edition() -> Edition:
    if not (STARTER_FOLDER / MANIFEST_NAME).is_file():
        pytest.skip("the starter edition is not there")
    return Edition(STARTER_FOLDER)


@pytest.mark.parametrize("asked", [*OF_THE_TINY, *OF_TOWN_HALLS])
def test_each_mark_of_the_tiny_edition_opens_what_it_counts(tiny_edition, asked):
    _follow_every_mark(tiny_edition, asked)


@pytest.mark.parametrize("asked", OF_THE_STARTER)
def test_each_mark_of_the_starter_edition_opens_what_it_counts(starter_edition, asked):
    _follow_every_mark(starter_edition, asked)


@pytest.mark.parametrize("amount", AMOUNT_CONVENTIONS)
def test_the_heaviest_vendors_and_groups_open_what_they_count(starter_edition, amount):
    awards = awards_for(starter_edition, Selection())
    groups = vendors.top_groups(awards, Selection(), 2)["group_id"].to_list()
    sellers = vendors.top_vendors(awards, Selection(), 2)["vendor_id"].to_list()
    for one, other in zip(groups, sellers, strict=True):
        _follow_every_mark(starter_edition, f"fournisseurs?groupe={quote(one)}&montant={amount}")
        _follow_every_mark(starter_edition, f"fournisseurs?fournisseur={quote(other)}&montant={amount}")
        _follow_every_mark(starter_edition, f"alternatives?face={quote(one)},{quote(other)}&montant={amount}")


def test_each_page_with_charts_is_followed():
    followed = {urlsplit(asked).path for asked in (*OF_THE_TINY, *OF_TOWN_HALLS)}
    assert followed == {page.path for page in sitemap.PAGES} - {"marches", "methode"}


def _follow_every_mark(edition: Edition, asked: str) -> None:
    page = urlsplit(asked)
    state, notices = address.state_from(page.path, page.query)
    assert not notices
    view = Recorder(state, edition, LIGHT)
    importlib.import_module(f"pages.{sitemap.page(state.page).file}").draw(view)
    assert view.charts
    for chart in view.charts:
        if chart.name not in NOTHING_BEHIND:
            _every_mark_is_told(chart)
        for mark in behind.every(chart.figure):
            opened, notices = _opened(view, chart, mark)
            assert not notices, (chart.name, mark)
            assert _counted(edition, opened, mark) == mark.value, (chart.name, mark)


def _opened(view: Recorder, chart: Drawn, mark: Behind) -> tuple[State, list]:
    """The state that the address of the click describes: it says all that the click meant."""
    meant = view.behind(mark, chart.selection)
    link = urlsplit(address.link(meant))
    opened, notices = address.state_from(link.path, link.query)
    assert opened == meant
    return opened, notices


def _counted(edition: Edition, opened: State, mark: Behind) -> int | None:
    """What the page opened adds up to, in the measure of the mark; None for a page that is no list, which exists."""
    if opened.page == "marches":
        listed = contracts.total(awards_for(edition, opened.selection), opened.selection)
        return getattr(listed, mark.measure)
    if opened.page == "messageries":
        return mail.search(MailTable(FOLDER).town_halls, mail_filters.choice_of(opened), 0).total
    if opened.page == "marche":
        assert contracts.contract(edition, opened.contract_id) is not None
    else:
        assert opened.case_id in cases.cases()["case_id"]
    return None


def _every_mark_is_told(chart: Drawn) -> None:
    """Whatever is drawn leads somewhere, and what is read on it is the value of what it leads to."""
    for number, trace in enumerate(chart.figure.data):
        lengths = _lengths(trace)
        if HELD.get(chart.name, number) != number:
            continue
        for point, length in enumerate(lengths):
            mark = behind.at(chart.figure, number, point)
            assert (mark is not None) == (length > INVISIBLE), (chart.name, trace.name, point)
        for mark, said in zip((trace.meta or {}).get("behind", ()), trace.customdata or (), strict=False):
            if mark is not None and mark["value"] is not None:
                assert _written(mark) in " ".join(_words(said)), (chart.name, mark)


def _lengths(trace: go.Bar) -> list[float]:
    if trace.type != "bar":
        return []
    return [length or 0 for length in (trace.x if trace.orientation == "h" else trace.y) or ()]


def _written(mark: dict) -> str:
    return formats.amount(mark["value"]) if mark["measure"] == "amount_cents" else formats.count(mark["value"])


def _words(said: object) -> Iterator[str]:
    if isinstance(said, str):
        yield said
    else:
        yield from map(str, said)
