"""The words and choices of the page of what ends: its sentences, the period, the day it counts from."""

from datetime import date

import polars as pl
import streamlit as st

from analysis.ending import Dated
from language import formats
from language import gettext as _
from ui import sentences
from ui.address import State
from ui.address_keys import PERIODS_MONTHS
from ui.state import Widget, fill, on_change
from ui.tables import Column

_FIRST_DAY, _LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)


def choose(state: State, day: date) -> None:
    """Draw the period and the reference day; a choice changes the address."""
    period = Widget("months_ahead", lambda shown: shown.months_ahead)
    from_day = Widget(
        "as_of", lambda shown: shown.as_of or day, lambda chosen: None if chosen in (None, date.today()) else chosen
    )
    fill([period, from_day], state)
    left, right = st.columns([2, 1])
    with left:
        st.radio(
            _("Finissent dans les"),
            PERIODS_MONTHS,
            format_func=lambda months: _("{months} mois").format(months=months),
            key=period.key,
            on_change=on_change,
            horizontal=True,
        )
    with right:
        st.date_input(
            _("À partir du"),
            min_value=_FIRST_DAY,
            max_value=_LAST_DAY,
            format="DD/MM/YYYY",
            key=from_day.key,
            on_change=on_change,
        )


def lead(found: pl.DataFrame, state: State) -> str:
    """How many contracts end in the period, for how much; ``found`` as ending.contracts_ending gives it."""
    said = {"day": formats.day(state.as_of), "months": state.months_ahead, "among": _among(state)}
    if found.is_empty():
        return _(
            "Au {day}, aucun marché sous contrôle étranger ou à produit étranger nommé ne finit dans les {months} "
            "mois{among}, d’après les durées publiées."
        ).format(**said)
    amount = formats.amount(found["counted_cents"].sum())
    if found.height == 1:
        return _(
            "Au {day}, un marché sous contrôle étranger ou à produit étranger nommé finit dans les {months} "
            "mois{among} : {amount} publiés."
        ).format(amount=amount, **said)
    return _(
        "Au {day}, {count} marchés sous contrôle étranger ou à produit étranger nommé finissent dans les {months} "
        "mois{among} : {amount} publiés en tout."
    ).format(count=formats.count(found.height), amount=amount, **said)


def _among(state: State) -> str:
    if not (state.selection.ministries or state.selection.buyer_kinds):
        return ""
    return _(", parmi ceux passés {buyers}").format(buyers=sentences.buyers(state.selection))


def known_ends(dated: Dated) -> str:
    """What an end date is worth here, and for how many contracts there is none."""
    rule = _("Fin : date du marché plus durée publiée ; les reconductions et les fins anticipées ne sont pas connues.")
    if not dated.contract_count:
        return rule
    return (
        rule
        + " "
        + _("{undated} de ces {count} marchés ne publient pas de durée : leur fin est inconnue.").format(
            undated=formats.count(dated.undated_count), count=formats.count(dated.contract_count)
        )
    )


def nothing_ahead(past: pl.DataFrame, months: int) -> str:
    """That nothing ends ahead, and what the data hold instead; ``past`` as ending.ended_before gives it."""
    if past.is_empty():
        return _("Aucune fin connue dans les {months} mois, ni avant.").format(months=months)
    return _(
        "Aucune fin connue dans les {months} mois. La dernière que cette édition connaît avant ce jour est celle "
        "du {day}."
    ).format(months=months, day=formats.day(past["end_date"][0]))


def qualifications(count: int, months: int) -> str:
    """How many qualifications end in the period."""
    renewed = _("Une qualification peut être renouvelée : sa fin ne dit pas que le service cesse.")
    if not count:
        return _("Aucune qualification dont la fin est publiée n’expire dans les {months} mois.").format(months=months)
    if count == 1:
        return _("Une qualification expire dans les {months} mois.").format(months=months) + " " + renewed
    return (
        _("{count} qualifications expirent dans les {months} mois.").format(count=formats.count(count), months=months)
        + " "
        + renewed
    )


def qualification_columns() -> list[Column]:
    """What is shown of a qualification that ends."""
    return [
        Column("service", _("Service")),
        Column("provider", _("Prestataire")),
        Column("valid_to", _("Expire le")),
        Column("decision", _("Décision")),
        Column("third_party_technology", _("Technologie d’un tiers")),
        Column("service_type", _("Nature du service"), only_in_files=True),
        Column("technology_country", only_in_files=True),
        Column("valid_from", _("Depuis le"), only_in_files=True),
        Column("source", _("Source"), only_in_files=True),
    ]


def with_a_row_outside_the_state(frame: pl.DataFrame) -> pl.DataFrame:
    """The buyers without a ministry under the code ``outside_state``."""
    return frame.with_columns(pl.col("ministry").cast(pl.String).fill_null("outside_state"))
