"""How a question reaches its answer: what was asked of which edition, what ``analysis`` finds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import polars as pl

from analysis import contracts, ending, mail, qualifications, quality, shares
from analysis.answers import answer
from analysis.contracts import Place
from analysis.selection import Selection
from loaders import schema
from loaders.editions import Edition
from loaders.mail.table import FOLDER, MailTable
from ui.address import State
from ui.address_keys import PERIODS_MONTHS
from ui.filters import ORDERS
from web.api.problems import Problem

MOST_RANKED = 10_000
"""A ranking goes no further: the tables themselves are open."""


@dataclass(frozen=True)
class Asked:
    """One question as it reaches its answer: of which edition, with which filters, which rows of the answer."""

    edition: Edition
    state: State
    lines: int

    @property
    def offset(self) -> int:
        """How many rows stand before those asked."""
        return (self.state.page_number - 1) * self.lines

    def of_awards(self, question: Callable, *details: object, selection: Selection | None = None) -> object:
        """The answer of ``question(awards, selection, *details)``, that of pages who ask the same."""
        return answer(self.edition, question, selection or self.state.selection, *details)


@dataclass(frozen=True)
class Found:
    """What a question found: ``rows``, all of them unless ``total`` says how many there are, and tables beside."""

    rows: pl.DataFrame
    total: int | None = None
    beside: Mapping[str, pl.DataFrame] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """One question: its name in the address, its words, the page that shows the same, the keys it obeys, its columns.

    A column is a name that web.api.columns describes; ``beside`` are the columns of the further tables. Some questions
    are read on another page as long as no words, no vendor and no group are asked (``page_without_seller``).
    """

    name: str
    title: str
    page: str
    keys: tuple[str, ...]
    columns: str
    answer: Callable[[Asked], Found]
    notices: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    page_without_seller: str | None = None
    counts_from_a_day: bool = False
    beside: Mapping[str, str] = field(default_factory=dict)

    def page_for(self, state: State) -> str:
        """The page that shows the answer for ``state``."""
        asked = state.selection
        is_of_sellers = bool(asked.search) or asked.vendor is not None or asked.group is not None
        return self.page if self.page_without_seller is None or is_of_sellers else self.page_without_seller


def frame(question: Callable, *details: object) -> Callable[[Asked], Found]:
    """The whole answer of ``question(awards, selection, *details)``."""
    return lambda asked: Found(asked.of_awards(question, *details))


def ranked(question: Callable) -> Callable[[Asked], Found]:
    """The same of a ranking, as far as ``MOST_RANKED``."""
    return frame(question, MOST_RANKED)


def one_row(question: Callable) -> Callable[[Asked], Found]:
    """An answer that is one object, as one row."""
    return lambda asked: Found(pl.DataFrame([asked.of_awards(question)], infer_schema_length=None))


def years(asked: Asked) -> Found:
    """The interval of each year, without the mistyped years of the future, as pages show it."""
    last = int(asked.edition.manifest["created_at"][:4])
    return Found(asked.of_awards(shares.interval_by, "year").filter(pl.col("year") <= last))


def found_contracts(asked: Asked) -> Found:
    """One page of the contracts that a search finds."""
    order, descending = ORDERS[asked.state.sort]
    found = asked.of_awards(contracts.search_contracts, Place(order, descending, asked.lines, asked.offset))
    return Found(found.rows, found.total)


def one_contract(asked: Asked) -> Found:
    """The holders of a contract with what decided of each, and its other tables beside."""
    found = contracts.contract(asked.edition, asked.state.contract_id)
    if found is None:
        raise Problem("unknown-contract", "id")
    judged = found.verdicts.filter(pl.col("definition") == asked.state.selection.definition)
    holders = found.awards.join(judged.select("holder_rank", "verdict"), on="holder_rank", maintain_order="left")
    record = pl.DataFrame([found.record], schema=schema.polars_schema("contracts"))
    beside = {
        "contract": record,
        "verdicts": found.verdicts,
        "versions": found.versions,
        "subcontracts": found.subcontracts,
    }
    return Found(holders, beside=beside)


def flagged(asked: Asked) -> Found:
    """One page of the contracts outside every sum."""
    everything = Selection(perimeter="tout")
    found = asked.of_awards(quality.flagged_contracts, asked.lines, asked.offset, selection=everything)
    return Found(found.rows, found.total)


def ending_contracts(asked: Asked) -> Found:
    """The contracts under foreign control or with a foreign product that end in the period."""
    foreign = ending.of_foreign(asked.state.selection)
    day, months = asked.state.as_of, asked.state.months_ahead
    return Found(asked.of_awards(ending.contracts_ending, day, months, selection=foreign))


def ending_by_ministry(asked: Asked) -> Found:
    """How many contracts end within each period, by ministry."""
    foreign = ending.of_foreign(asked.state.selection)
    return Found(asked.of_awards(ending.ending_by_period, asked.state.as_of, PERIODS_MONTHS, selection=foreign))


def ending_qualifications(asked: Asked) -> Found:
    """The qualifications that end in the period."""
    return Found(qualifications.ending_qualifications(asked.state.as_of, asked.state.months_ahead))


def _mail_choice(asked: Asked) -> mail.Choice:
    state = asked.state
    return mail.Choice(
        state.mail_provider, state.mail_country, state.department, state.commune, state.selection.definition
    )


def town_halls(asked: Asked) -> Found:
    """One page of the town halls that answer the filters."""
    found = mail.search(MailTable(FOLDER).town_halls, _mail_choice(asked), asked.lines, asked.offset)
    return Found(found.rows, found.total)


def mail_departments(asked: Asked) -> Found:
    """One row a department, wherever the choice is."""
    everywhere = replace(_mail_choice(asked), department="", search="")
    return Found(mail.by_department(MailTable(FOLDER).town_halls, everywhere))


def mail_providers(asked: Asked) -> Found:
    """The providers, largest first."""
    return Found(mail.ranking(MailTable(FOLDER).town_halls, _mail_choice(asked)))


def of_service(question: Callable) -> Callable[[Asked], Found]:
    """The answer of a question on the service asked."""
    return lambda asked: Found(asked.of_awards(question, asked.state.service))
