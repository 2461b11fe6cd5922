"""Whether a new national edition can be believed before readers are shown it in place of the current one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import polars as pl

from language import formats, mark
from language import gettext as _
from loaders.editions import NATIONAL, Edition
from loaders.errors import PublicationRefused
from loaders.sources import Source, bounds, declared


@dataclass(frozen=True)
class Totals:
    """What an edition weighs: contracts, sum of shares that count, part of its awards that are digital."""

    contracts: int
    counted_cents: int
    digital_share: float


def suspicions(edition: Edition, sources: Iterable[Source], before: Edition | None) -> list[str]:
    """Every reason to look again before publishing, one sentence each with its numbers; none when there is none.

    A source that gave fewer records than it declares, or whose latest notification is older than it declares; totals
    that jump from ``before``, the national edition that readers see (None when they see none). The bounds and their
    reasons are in ``data/sources.toml``.
    """
    each = {source.id: source for source in sources}.values()
    return [
        *(sentence for source in each for sentence in _too_few(edition, source)),
        *(sentence for source in each for sentence in _too_old(edition, source)),
        *(jumps(before, edition) if before else []),
    ]


def expected_of(edition: Edition) -> list[Source]:
    """What is declared of the sources of a national edition; nothing is expected of the extracts of another kind."""
    if edition.manifest["kind"] != NATIONAL:
        return []
    return [source for name, source in declared().items() if name in edition.manifest["counts"]["by_source"]]


def refuse_if_suspicious(edition: Edition, sources: Iterable[Source], before: Edition | None) -> None:
    """Raise PublicationRefused with everything that ``suspicions`` finds."""
    found = suspicions(edition, sources, before)
    if found:
        raise PublicationRefused(
            mark(
                "L’édition construite étonne, elle n’est pas publiée : {suspicions}. L’édition courante reste en place "
                "et les fichiers reçus sont gardés. Vérifiez les sources ; si ces chiffres sont justes, relancez avec "
                "--accept-suspicious."
            ),
            suspicions=" ; ".join(found),
        )


def jumps(before: Edition, after: Edition) -> list[str]:
    """The totals that moved from one edition to the other by more than ``sources.bounds()`` allows."""
    old, new, allowed = _totals(before), _totals(after), bounds()
    sentences = {
        _("{after} marchés au lieu de {before} (baisse de plus de {bound})").format(
            before=formats.count(old.contracts),
            after=formats.count(new.contracts),
            bound=formats.percent(allowed.largest_contract_drop),
        ): new.contracts < old.contracts * (1 - allowed.largest_contract_drop),
        _("{after} de montants comptés au lieu de {before} (écart de plus de {bound})").format(
            before=formats.amount(old.counted_cents),
            after=formats.amount(new.counted_cents),
            bound=formats.percent(allowed.largest_amount_change),
        ): abs(new.counted_cents - old.counted_cents) > old.counted_cents * allowed.largest_amount_change,
        _("{after} d’attributions numériques au lieu de {before} (écart de plus de {bound} de toutes)").format(
            before=formats.percent(old.digital_share),
            after=formats.percent(new.digital_share),
            bound=formats.percent(allowed.largest_digital_share_change),
        ): abs(new.digital_share - old.digital_share) > allowed.largest_digital_share_change,
    }
    return [sentence for sentence, is_jump in sentences.items() if is_jump]


def _too_few(edition: Edition, source: Source) -> list[str]:
    read = edition.manifest["counts"]["by_source"][source.id]["records_read"]
    if read >= source.fewest_records:
        return []
    return [
        _("« {title} » a donné moins d’enregistrements qu’attendu ({read}, au lieu d’au moins {fewest})").format(
            title=source.title, read=formats.count(read), fewest=formats.count(source.fewest_records)
        )
    ]


def _too_old(edition: Edition, source: Source) -> list[str]:
    if not source.oldest_notification_days:
        return []
    built_on = date.fromisoformat(edition.manifest["created_at"][:10])
    latest = _latest_notification(edition, source)
    if latest is None:
        return [_("« {title} » n’a aucune date de notification lisible").format(title=source.title)]
    if (built_on - latest).days <= source.oldest_notification_days:
        return []
    return [
        _("la dernière notification de « {title} » est du {day}, il y a plus de {days} jours").format(
            title=source.title, day=formats.day(latest), days=source.oldest_notification_days
        )
    ]


def _latest_notification(edition: Edition, source: Source) -> date | None:
    described = (one for one in edition.manifest["sources"] if one["id"] == source.id)
    days = [one["latest_notification"] for one in described if one.get("latest_notification")]
    return date.fromisoformat(max(days)) if days else None


def _totals(edition: Edition) -> Totals:
    return Totals(
        *edition.scan("awards")
        .select(
            pl.col("contract_id").n_unique(),
            pl.col("share_cents").filter(pl.col("amount_flag").is_null()).sum(),
            pl.col("is_digital").fill_null(False).mean().fill_null(0.0),
        )
        .collect()
        .row(0)
    )
