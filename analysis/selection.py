"""What a reader asked for: filters, definition of home and amount convention, applied to the awards."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from loaders import notable, vocabulary
from loaders.classify.text import folded
from loaders.classify.verdict import verdict
from loaders.conventions import convention_cents
from loaders.search_texts import SEARCH_TEXT, SEARCHED_COLUMNS, searched

VERDICT_TYPE = pl.Enum(list(vocabulary.VERDICTS))


_PERIMETER_FLAGS = {"numerique": "is_digital", "nuage": "is_cloud", "tout": None}
_NEVER_SUMMED = "foreign_currency"


@dataclass(frozen=True)
class Selection:
    """The state that an address carries and that every question obeys.

    Codes are those of ``loaders.vocabulary``; ``years`` is inclusive at both ends; ``vendor`` is a ``vendor_id``,
    ``group`` a ``group_id``, ``product`` a name found in ``products``; ``end_years`` are those in which the contract
    ends, inclusive too; ``control`` a key of ``vocabulary.CONTROL_STATES``. Raises ValueError on an unknown code.
    """

    ministries: tuple[str, ...] = ()
    years: tuple[int, int] | None = None
    buyer_kinds: tuple[str, ...] = ()
    perimeter: str = "numerique"
    definition: str = "ue"
    amount: str = "partage"
    verdicts: tuple[str, ...] = ()
    search: str = ""
    group: str | None = None
    vendor: str | None = None
    product: str | None = None
    end_years: tuple[int, int] | None = None
    control: str | None = None
    include_flagged: bool = False

    def __post_init__(self) -> None:
        for codes, known in (
            (self.ministries, vocabulary.MINISTRIES),
            (self.buyer_kinds, vocabulary.BUYER_KINDS),
            (self.verdicts, vocabulary.VERDICTS),
            ((self.perimeter,), vocabulary.PERIMETERS),
            ((self.definition,), vocabulary.DEFINITIONS),
            ((self.amount,), vocabulary.AMOUNT_CONVENTIONS),
            ((self.control,) if self.control is not None else (), vocabulary.CONTROL_STATES),
        ):
            unknown = set(codes) - set(known)
            if unknown:
                raise ValueError(f"unknown codes {sorted(unknown)}; known: {sorted(known)}")

    def filtered(self, awards: pl.LazyFrame) -> pl.LazyFrame:
        """The awards that the filters keep, columns unchanged.

        ``search`` keeps the awards in which every word begins some word of the title, the lot, the holder's or the
        buyer's name, whatever the accents and capitals.
        """
        kept = self._of_any_verdict(awards)
        return kept.filter(self._verdict_of(awards).is_in(list(self.verdicts))) if self.verdicts else kept

    def judged(self, awards: pl.LazyFrame, once_per: Sequence[str] = ("contract_id",)) -> pl.LazyFrame:
        """The selected awards with two columns more: ``verdict`` and ``counted_cents`` (see ``amount_cents``).

        An award weighs the same whatever the verdicts chosen, so that the sums of all verdicts make the whole.
        """
        weighed = self._of_any_verdict(awards).with_columns(self._verdict_of(awards), self.amount_cents(once_per))
        return weighed.filter(pl.col("verdict").is_in(list(self.verdicts))) if self.verdicts else weighed

    def _of_any_verdict(self, awards: pl.LazyFrame) -> pl.LazyFrame:
        conditions = [*self.code_conditions(), *self._identity_conditions(), *self._search_conditions(awards)]
        return awards.filter(*conditions) if conditions else awards

    def verdict(self) -> pl.Expr:
        """The verdict of an award under the chosen definition, as ``verdict``."""
        return verdict(self.definition).alias("verdict")

    def _verdict_of(self, awards: pl.LazyFrame) -> pl.Expr:
        prepared = notable.verdict_column(self.definition)
        return pl.col(prepared).alias("verdict") if prepared in awards.collect_schema() else self.verdict()

    def amount_cents(self, once_per: Sequence[str] = ("contract_id",)) -> pl.Expr:
        """What an award weighs in a sum, in integer cents, as ``counted_cents``; null when outside every sum.

        ``partage`` is the holder's share. ``plafond`` is the published amount, counted once per ``once_per`` on the
        first selected holder and 0 on the others: with the default a total never multiplies co-holders; with
        ``("contract_id", "vendor_id")`` each holder carries the amount as published, so that the sum over holders
        exceeds the total. ``annualise`` is the share divided by the years of duration; a duration under a year
        or missing divides nothing. ``simples`` is the share, null for framework agreements.

        Flagged amounts are null unless ``include_flagged``; an amount in another currency always is.
        Uses a window: belongs in ``with_columns``, on the filtered awards.
        """
        return pl.when(self.is_summed()).then(convention_cents(self.amount, once_per)).alias("counted_cents")

    def is_summed(self) -> pl.Expr:
        """Whether the amount of an award may enter a sum: neither flagged (unless asked) nor in another currency."""
        flag = pl.col("amount_flag")
        return flag.ne_missing(_NEVER_SUMMED) if self.include_flagged else flag.is_null()

    def code_conditions(self) -> list[pl.Expr]:
        """What the codes and years chosen ask of an award."""
        flag = _PERIMETER_FLAGS[self.perimeter]
        return [
            *([pl.col(flag)] if flag else []),
            *([pl.col("ministry").is_in(list(self.ministries))] if self.ministries else []),
            *([pl.col("buyer_kind").is_in(list(self.buyer_kinds))] if self.buyer_kinds else []),
            *([pl.col("year").is_between(*self.years)] if self.years else []),
            *([pl.col("end_date").dt.year().is_between(*self.end_years)] if self.end_years else []),
            *([is_control_documented() == (self.control == "documente")] if self.control is not None else []),
        ]

    def _identity_conditions(self) -> list[pl.Expr]:
        return [
            *([pl.col("vendor_id") == self.vendor] if self.vendor is not None else []),
            *([pl.col("group_id") == self.group] if self.group is not None else []),
            *([pl.col("products").list.contains(self.product)] if self.product is not None else []),
        ]

    def saying(self, awards: pl.LazyFrame) -> pl.LazyFrame:
        """Those of ``awards`` that say the words sought, whatever else the filters ask."""
        conditions = self._search_conditions(awards)
        return awards.filter(*conditions) if conditions else awards

    def _search_conditions(self, awards: pl.LazyFrame) -> list[pl.Expr]:
        if not self.search.strip():
            return []
        text = pl.col(SEARCH_TEXT) if SEARCH_TEXT in awards.collect_schema() else _search_text()
        return begin_words(text, self.search)


def is_control_documented(column: str = "control_basis") -> pl.Expr:
    """Whether something documents who controls the holder of an award, from the ``column`` of its bases."""
    return pl.col(column).cast(pl.String).is_in(list(vocabulary.DOCUMENTED_CONTROL_BASES)).fill_null(False)


def begin_words(text: pl.Expr, search: str) -> list[pl.Expr]:
    """For each word of ``search``, whether it begins some word of ``text`` (of ``searched``); none for no word."""
    return [text.str.contains(" " + word, literal=True) for word in _folded_words(search)]


def _search_text() -> pl.Expr:
    return searched(SEARCHED_COLUMNS).alias(SEARCH_TEXT)


@lru_cache(maxsize=1_000)
def _folded_words(search: str) -> tuple[str, ...]:
    return tuple(pl.select(folded(pl.lit(search)).str.split(" ")).item()) if search.strip() else ()
