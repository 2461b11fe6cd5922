"""The ministries side by side, then one or several in detail: verdicts over time, who sells, through whom, what."""

from dataclasses import replace
from functools import partial

from analysis import ministries, shares
from analysis.selection import Selection
from charts import interval, verdicts
from language import gettext as _
from loaders.vocabulary import MINISTRIES
from ui import contest, ministry_comparison, ministry_detail, page, sentences
from ui.tables import Column
from ui.view import View

MOST_DETAILED = 4


def compare(view: View) -> None:
    """Every selected ministry as one bar, then as one row."""
    ranking = view.ask(ministries.ranking)
    labels = {code: _(label) for code, label in MINISTRIES.items()}
    view.chart(
        verdicts.interval_by_key, verdicts.interval_by_key_text(ranking, labels), ranking, labels, name="ranking"
    )
    view.table(
        ranking,
        [
            Column("ministry", link=lambda row: view.link(ministries=(row["ministry"],))),
            Column("total_cents"),
            *map(Column, ("contract_count", "low", "middle", "high", "unknown")),
            Column(
                "top_vendor_name", _("Premier fournisseur"), link=lambda row: view.vendor_link(row["top_vendor_id"])
            ),
        ],
        name="ministeres",
    )


def introduce(view: View, selection: Selection) -> None:
    """The sentence of one ministry among several."""
    whole = view.ask(shares.interval, selection=selection)
    view.section(_(MINISTRIES[selection.ministries[0]]))
    view.paragraphs(sentences.of_hundred_euros(whole, selection, view.years()))
    view.note(sentences.counted(whole))


def detail(view: View, selection: Selection) -> None:
    """One ministry: its years, then who sells to it, through whom, what titles name, who buys, what ends soon."""
    code = selection.ministries[0]
    by_year = view.by_year(selection)
    view.chart(
        verdicts.interval_by_year,
        verdicts.interval_by_year_text(by_year),
        by_year,
        name=f"years-{code}",
        selection=selection,
    )
    parts = ministry_detail.PARTS
    view.tabs({name: partial(show, view, selection) for name, show in parts.items()}, of=code)


def draw(view: View) -> None:
    """The page, from its title to the link to share."""
    whole = view.ask(shares.interval)
    chosen = view.selection.ministries
    title = _(MINISTRIES[chosen[0]]) if len(chosen) == 1 else _("Ministère par ministère")
    view.title(title)
    if chosen:
        view.lead(sentences.of_hundred_euros(whole, view.selection, view.years()))
        view.note(sentences.counted(whole))
    else:
        view.lead(sentences.by_ministries(view.ask(ministries.ranking), view.selection, view.years()))
        view.note(_("Choisissez un ministère dans le tableau ou dans les filtres pour entrer dans le détail."))
    view.filters()
    if len(chosen) == 1:
        view.chart(interval.interval_bar, interval.interval_bar_text(whole), whole, name="interval")
        detail(view, view.selection)
    else:
        compare(view)
        if len(chosen) > 1:
            ministry_comparison.side_by_side(view, replace(view.selection, ministries=chosen[:MOST_DETAILED]))
        ministry_comparison.verdict_map(view, view.ask(ministries.ranking))
        for code in chosen[:MOST_DETAILED]:
            introduce(view, replace(view.selection, ministries=(code,)))
            detail(view, replace(view.selection, ministries=(code,)))
    if len(chosen) > MOST_DETAILED:
        view.note(_("Seuls les quatre premiers ministères choisis sont comparés et détaillés."))
    ministry_comparison.held(view, chosen)
    contest.show(title, (), view)
    view.share(title)


if __name__ == "__main__":
    page.show("ministeres", draw)
