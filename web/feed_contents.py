"""What a feed holds: the answers that its page gives, as entries that keep their identity for ever."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from analysis import ending, qualifications
from analysis.answers import answer
from analysis.contracts import Place, search_contracts
from language import formats
from language import gettext as _
from loaders.editions import Edition
from loaders.vocabulary import AMOUNT_FLAGS, VERDICTS
from ui import address, sentences
from ui.address import State
from ui.address_keys import cleaned

MOST_DEADLINES = 500
MOST_CONTRACTS = 50
_IDENTITIES = uuid.UUID("5a3ed4c0-6f0c-4c0e-9a57-0c8f2b7f6d11")


@dataclass(frozen=True)
class Entry:
    """One thing to know: its identity (a UUID, the same in every edition), its day, its words, its page."""

    id: uuid.UUID
    title: str
    text: str
    link: str
    day: date | None
    updated: datetime


@dataclass(frozen=True)
class Feed:
    """A feed: its title, what it holds in one sentence, the page it follows, when its edition was made."""

    title: str
    subtitle: str
    page: str
    updated: datetime
    licence: str
    language: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class _Asked:
    edition: Edition
    state: State
    origin: str

    @property
    def made(self) -> datetime:
        return datetime.fromisoformat(self.edition.manifest["created_at"]).astimezone(UTC)

    def address(self, state: State) -> str:
        return address.shared_link(address.with_changes(state, edition=""), self.origin)


def deadlines(edition: Edition, state: State, origin: str) -> Feed:
    """The contracts and qualifications that end within the period: those of ``/echeances``, contracts first."""
    asked = _Asked(edition, state, origin)
    foreign = ending.of_foreign(state.selection)
    found = answer(edition, ending.contracts_ending, foreign, state.as_of, state.months_ahead)
    entries = [
        _contract(asked, row, _("Fin prévue : {title}"), row["end_date"])
        for row in found.head(MOST_DEADLINES).iter_rows(named=True)
    ]
    expiring = qualifications.ending_qualifications(state.as_of, state.months_ahead)
    entries += [_qualification(asked, row) for row in expiring.iter_rows(named=True)]
    title = _("Nuages publics : ce qui finit dans les {months} mois").format(months=state.months_ahead)
    return _feed(asked, title, entries, found.height - MOST_DEADLINES)


def contracts(edition: Edition, state: State, origin: str) -> Feed:
    """The latest contracts that ``/marches`` finds."""
    asked = _Asked(edition, state, origin)
    found = answer(edition, search_contracts, state.selection, Place(limit=MOST_CONTRACTS))
    entries = [_contract(asked, row, "{title}", row["contract_date"]) for row in found.rows.iter_rows(named=True)]
    return _feed(asked, _("Nuages publics : marchés"), entries, found.total - MOST_CONTRACTS)


def _feed(asked: _Asked, title: str, entries: Iterable[Entry], left_out: int) -> Feed:
    subtitle = sentences.filters_summary(asked.state.selection)
    if left_out > 0:
        subtitle += " " + _("{count} autres marchés sont sur la page.").format(count=formats.count(left_out))
    licences = sorted({source["licence"] for source in asked.edition.manifest["sources"]})
    return Feed(
        title=title,
        subtitle=subtitle,
        page=asked.address(address.with_changes(asked.state, as_of=None)),
        updated=asked.made,
        licence=", ".join(licences),
        language=asked.state.language,
        entries=tuple(entries),
    )


def _contract(asked: _Asked, row: dict, title: str, day: date | None) -> Entry:
    words = [
        sentences.contract(row, row["vendor_names"]),
        _("Verdict : {verdict}.").format(verdict=_(VERDICTS[row["verdict"]])),
    ]
    flag = AMOUNT_FLAGS.get(row["amount_flag"])
    if flag is not None:
        words.append(_("Montant hors des sommes : {flag}.").format(flag=_(flag)))
    if row["end_date"] is not None:
        words.append(
            _("Fin prévue le {day} : date du marché plus durée publiée.").format(day=formats.day(row["end_date"]))
        )
    return Entry(
        id=uuid.uuid5(_IDENTITIES, f"contract:{row['contract_id']}"),
        title=title.format(title=cleaned(row["title"] or "") or _("Marché sans objet publié")),
        text=" ".join(words),
        link=asked.address(address.on_page(asked.state, "marche", contract_id=row["contract_id"])),
        day=day,
        updated=_moment(row["publication_date"] or row["contract_date"], asked.made),
    )


def _qualification(asked: _Asked, row: dict) -> Entry:
    text = _("{provider} : décision {decision}, qui peut être renouvelée. Source : {source}.").format(
        provider=row["provider"], decision=row["decision"] or _("sans numéro publié"), source=row["source"]
    )
    return Entry(
        id=uuid.uuid5(_IDENTITIES, f"secnumcloud:{row['service_id']}:{row['valid_to']}"),
        title=_("Fin de qualification SecNumCloud : {service}").format(service=row["service"]),
        text=text,
        link=asked.address(asked.state),
        day=row["valid_to"],
        updated=_moment(row["valid_from"], asked.made),
    )


def _moment(day: date | None, made: datetime) -> datetime:
    """The start of a day, never after the edition was made: a mistyped year would stay first for ever."""
    return made if day is None else min(datetime.combine(day, time.min, tzinfo=UTC), made)
