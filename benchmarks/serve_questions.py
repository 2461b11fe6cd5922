"""Every named question that a page asks, timed on an edition without the answers that are kept."""

import statistics
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

import polars as pl

from analysis.answers import worked_out
from analysis.held import awards_for, rows_saying
from analysis.selection import Selection
from analysis.vendors import top_groups, top_vendors
from charts import theme
from language import speaking
from loaders.editions import Edition
from ui import address, sitemap
from web.gathered import Enough, Gathered, draw_page

FILTERS = {
    "numerique": "",
    "ministere": "ministere=interieur,justice&annees=2020-2024",
    "convention": "montant=plafond&definition=france&annees=2019-2025",
    "tout": "perimetre=tout",
    "tout, filtre": "perimetre=tout&ministere=armees&annees=2021-2024",
    "tout, annees": "perimetre=tout&annees=2020-2023&acheteur=local",
}
SEARCHED = {"numerique": "q=logiciel", "tout": "perimetre=tout&q=logiciel"}


@dataclass(frozen=True)
class Asked:
    """One question as a page asks it; ``of_awards`` when it is asked of the awards, and not of the whole edition."""

    question: Callable
    selection: Selection | None
    details: tuple

    @property
    def name(self) -> str:
        """Its name in the code."""
        return name_of(self.question)

    def answer(self, edition: Edition) -> object:
        """Its answer, worked out now, words sought anew."""
        rows_saying.cache.clear()
        if self.selection is None:
            return self.question(edition, *self.details)
        return worked_out(edition, self.question, self.selection, *self.details)


def name_of(question: Callable) -> str:
    """The name of a function of ``analysis``, with its module."""
    return f"{question.__module__.removeprefix('analysis.')}.{question.__name__}"


@dataclass(frozen=True)
class Recorder(Gathered):
    """A view that remembers what a page asks."""

    asked: dict[Asked, object] = field(default_factory=dict)

    def ask(self, question: Callable, *details: object, selection: Selection | None = None) -> object:
        """The answer, and a note of the question."""
        return self._kept(Asked(question, selection or self.selection, details))

    def ask_edition(self, question: Callable, *details: object) -> object:
        """The same, of the edition."""
        return self._kept(Asked(question, None, details))

    def _kept(self, asked: Asked) -> object:
        if asked not in self.asked:
            self.asked[asked] = asked.answer(self.edition)
        return self.asked[asked]


def addresses(edition: Edition) -> list[tuple[str, str, str]]:
    """Pages and queries, each with the filters that it stands for: every page, whole and filtered."""
    seller, group, contract_id = _examples(edition)
    found = [
        (page.path, query, name) for page in sitemap.PAGES for name, query in FILTERS.items() if _obeys(page, name)
    ]
    found += [(path, query, f"{name}, mot") for path in ("marches", "fournisseurs") for name, query in SEARCHED.items()]
    found += [("fournisseurs", f"fournisseur={seller}", "numerique"), ("fournisseurs", f"groupe={group}", "numerique")]
    return [*found, ("marche", f"id={contract_id}", "numerique")]


def asked_by_pages(edition: Edition) -> dict[Asked, str]:
    """The questions of all ``addresses``, each once, with the filters under which it was first asked."""
    memory: dict[Asked, object] = {}
    found: dict[Asked, str] = {}
    for path, query, name in addresses(edition):
        state, _notices = address.state_from(path, query)
        view = Recorder(state, edition, theme.LIGHT, asked=memory)
        with speaking("fr"), suppress(Enough):
            draw_page(view)
        for asked in memory:
            found.setdefault(asked, name)
    return found


def spent_on(ask: Callable, rounds: int) -> tuple[list[float], object]:
    """Milliseconds of each of so many rounds, after one that is not counted, and the last answer."""
    answer = ask()
    spent = []
    for _round in range(rounds):
        begun = time.perf_counter()
        answer = ask()
        spent.append((time.perf_counter() - begun) * 1000)
    return spent, answer


def percentile(values: list[float], percent: int) -> float:
    """The percentile of ``values``; the value itself when there is one."""
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1] if len(values) > 1 else values[0]


def _obeys(page: sitemap.Page, name: str) -> bool:
    return name == "numerique" or "perimetre" in page.keys


def _examples(edition: Edition) -> tuple[str, str, str]:
    selection = Selection()
    awards = awards_for(edition, selection)
    seller = top_vendors(awards, selection, 1)["vendor_id"].item()
    group = top_groups(awards, selection, 1)["group_id"].item()
    return seller, group, awards.select(pl.col("contract_id").sort().first()).collect().item()
