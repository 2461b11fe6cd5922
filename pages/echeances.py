"""What ends soon: contracts under foreign control or with a foreign product, and SecNumCloud qualifications."""

from dataclasses import replace
from datetime import date

from analysis import ending, qualifications
from charts import endings
from language import gettext as _
from language import mark
from loaders.vocabulary import MINISTRIES
from ui import contract_list, deadlines, export, page, sentences, subscriptions
from ui.address import with_changes
from ui.address_keys import PERIODS_MONTHS
from ui.tables import Column
from ui.view import View

TITLE = mark("Ce qui finit bientôt")
SHOWN_PAST = 15
MOST_SHOWN = 60


def contracts(view: View, found: object) -> None:
    """The contracts that end in the period; when there is none, those that ended last."""
    months = view.state.months_ahead
    view.section(_("Dans les {months} mois").format(months=months))
    if not found.is_empty():
        name = f"echeances-{months}-mois"
        view.table(found.head(MOST_SHOWN), columns(view), name=name)
        if found.height > MOST_SHOWN:
            whole = sentences.whole_list(found.height, export.MOST_ROWS)
            view.downloads(lambda: found.head(export.MOST_ROWS), columns(view), name=f"{name}-tous", label=whole)
        return
    asked = ending.of_foreign(view.selection)
    past = view.ask(ending.ended_before, view.state.as_of, SHOWN_PAST, selection=asked)
    view.paragraphs(deadlines.nothing_ahead(past, months))
    if not past.is_empty():
        view.table(past, columns(view), name="dernieres-fins", caption=_("Les dernières fins connues"))


def columns(view: View) -> list[Column]:
    """What is shown of a contract that ends."""
    return contract_list.columns(view, "end_date", "ministry")


def by_ministry(view: View) -> None:
    """How many contracts of each ministry end within each period."""
    asked = ending.of_foreign(view.selection)
    frame = view.ask(ending.ending_by_period, view.state.as_of, PERIODS_MONTHS, selection=asked)
    if frame.is_empty():
        return
    view.section(_("Par ministère"))
    labels = {**MINISTRIES, "outside_state": mark("Hors de l’État")}
    view.table(
        deadlines.with_a_row_outside_the_state(frame),
        [
            Column("ministry", codes=labels),
            *(Column(f"within_{months}", _("{months} mois").format(months=months)) for months in PERIODS_MONTHS),
            Column("amount_cents", _("Montant compté à {months} mois").format(months=max(PERIODS_MONTHS))),
        ],
        name="echeances-par-ministere",
    )
    view.note(_("Marchés qui finissent dans les 3, 6, 12 et 24 mois : chaque période contient les plus courtes."))


def expiring(view: View) -> None:
    """The SecNumCloud qualifications whose decision ends in the period."""
    months = view.state.months_ahead
    view.section(_("Qualifications SecNumCloud"))
    found = qualifications.ending_qualifications(view.state.as_of, months)
    view.paragraphs(deadlines.qualifications(found.height, months))
    if not found.is_empty():
        view.table(found, deadlines.qualification_columns(), name="qualifications")
    undated = qualifications.undated_qualifications()
    if undated:
        view.note(_("Aucune source ne donne la fin de celles-ci : {services}.").format(services=", ".join(undated)))


def draw(asked_view: View) -> None:
    """The page, from its title to the link to share."""
    today = asked_view.state.as_of or date.today()
    view = replace(asked_view, state=with_changes(asked_view.state, as_of=today))
    foreign = ending.of_foreign(view.selection)
    found = view.ask(ending.contracts_ending, today, view.state.months_ahead, selection=foreign)
    view.title(_(TITLE))
    view.lead(deadlines.lead(found, view.state))
    view.note(deadlines.known_ends(view.ask(ending.dated, selection=foreign)))
    asked_view.filters()
    asked_view.choices(deadlines.choose, today)
    by_year = view.ask(ending.ending_by_year, selection=foreign)
    text = endings.endings_by_year_text(by_year, today)
    view.chart(endings.endings_by_year, text, by_year, today, name="endings", selection=foreign)
    contracts(view, found)
    by_ministry(view)
    expiring(view)
    subscriptions.show(view)
    view.share(_(TITLE))


if __name__ == "__main__":
    page.show("echeances", draw)
