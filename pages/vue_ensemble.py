"""How much of the digital purchasing is foreign, as far as the data tell: in all, by year, by ministry."""

from dataclasses import replace

from analysis import ministries, quality, shares
from analysis.state import is_of_the_state
from charts import amounts, interval, verdicts
from language import gettext as _
from language import mark
from loaders.vocabulary import MINISTRIES
from ui import first_screen, page, sentences
from ui.tables import Column
from ui.view import View

TITLE = mark("De qui l’État dépend-il pour son numérique ?")
TITLE_OF_CHOSEN_BUYERS = mark("Où vont les achats numériques publics")


def draw(view: View) -> None:
    """The page, from its title to the link to share."""
    whole = view.ask(shares.interval)
    first = first_screen.subject(view.selection)
    subject = view.ask(shares.interval, selection=first)
    title = _(TITLE if is_of_the_state(first) else TITLE_OF_CHOSEN_BUYERS)
    view.title(title)
    view.lead(sentences.of_hundred_euros(subject, first, view.years()))
    view.chart(interval.interval_bar, interval.interval_bar_text(subject), subject, name="interval", selection=first)
    view.note(first_screen.how_sure(view.ask(shares.by_verdict, selection=first), subject))
    every_ministry = replace(view.selection, ministries=(), buyer_kinds=())
    view.html(first_screen.doors(view, view.ask(ministries.ranking, selection=every_ministry)))

    view.filters()

    if first != view.selection:
        view.section(_("Tous les acheteurs de cette édition"))
        view.paragraphs(sentences.of_hundred_euros(whole, view.selection, view.years()))
    view.note(sentences.counted(whole))
    view.table(
        view.ask(shares.by_verdict),
        [
            Column("verdict"),
            Column("share", _("Part des montants")),
            Column("amount_cents", _("Montant")),
            Column("contract_count", link=lambda row: view.link("marches", verdicts=(row["verdict"],))),
        ],
        name="verdicts",
    )

    view.section(_("Année par année"))
    by_year = view.by_year()
    view.chart(verdicts.interval_by_year, verdicts.interval_by_year_text(by_year), by_year, name="years")
    view.chart(amounts.amounts_by_year, amounts.amounts_by_year_text(by_year), by_year, name="amounts")
    interval_columns = [Column(name) for name in ("contract_count", "total_cents", "low", "middle", "high", "unknown")]
    with view.folded(_("Les chiffres, année par année"), key="years-table"):
        view.table(
            by_year,
            [Column("year", link=lambda row: view.link(years=(row["year"], row["year"]))), *interval_columns],
            name="annees",
        )

    view.section(_("Ministère par ministère"))
    ranking = view.ask(ministries.ranking)
    labels = {code: _(label) for code, label in MINISTRIES.items()}
    view.chart(
        verdicts.interval_by_key, verdicts.interval_by_key_text(ranking, labels), ranking, labels, name="ministries"
    )
    with view.folded(_("Les chiffres, ministère par ministère"), key="ministries-table"):
        view.table(
            ranking,
            [
                Column("ministry", link=lambda row: view.link("ministeres", ministries=(row["ministry"],))),
                *interval_columns,
            ],
            name="ministeres",
        )

    view.section(_("Ce que ces données ne disent pas"))
    view.paragraphs(*sentences.limits(view.ask(quality.coverage), view.ask(quality.publication_delay)))
    view.share(title)


if __name__ == "__main__":
    page.show("", draw)
