"""Documented cases and legal milestones on one timeline; official totals beside what the edition shows."""

import polars as pl

from analysis import cases, reconciliation, vendors
from analysis.selection import Selection
from charts import cases_timeline
from charts import reconciliation as pairs
from language import gettext as _
from language import mark
from loaders.vocabulary import CASE_STATUSES, FIGURE_NATURES, MILESTONE_KINDS, VERIFICATIONS
from ui import cases as told
from ui import page
from ui.markup import anchor
from ui.tables import Column
from ui.view import View

TITLE = mark("Repères")
EVERYTHING = Selection()


def timeline(view: View, chosen: pl.DataFrame, contracts: pl.DataFrame) -> None:
    """The chosen cases under the milestones, and how to read their marks."""
    milestones = cases.milestones()
    until = cases.cases()["checked_on"].max()
    view.chart(
        cases_timeline.cases_timeline,
        cases_timeline.cases_timeline_text(milestones, chosen, contracts),
        milestones,
        chosen,
        contracts,
        until,
        name="cases",
    )
    view.note(
        _(
            "Losange : date du droit. Point plein : source lue ; point vide : source citée par un tiers. Trait "
            "continu : fin connue, ou flèche si c’est en cours ; pointillé : suite non documentée. Bâtonnet : un "
            "marché de cette édition, même acheteur et même fournisseur ou produit ; case vide à droite : aucun."
        )
    )


def told_cases(view: View, chosen: pl.DataFrame, contracts: pl.DataFrame) -> None:
    """Every chosen case in two sentences, each leading to its own page."""
    columns = [
        Column("title", _("Repère"), link=lambda row: view.link(case_id=row["case_id"]), remark="summary"),
        Column("span", _("Dates")),
        Column("buyer", _("Acheteur")),
        Column("status", _("Statut"), codes=CASE_STATUSES),
        Column("verified", _("Vérification"), codes=VERIFICATIONS),
        Column("contract_count", link=lambda row: view.link(case_id=row["case_id"])),
        *told.columns_of_files(),
    ]
    view.table(told.readable(chosen, contracts), columns, name="reperes")


def law(view: View) -> None:
    """The milestones in words."""
    columns = [
        Column("title", _("Date du droit"), remark="summary"),
        Column("happened_on", _("Date")),
        Column("kind", _("Nature"), codes=MILESTONE_KINDS),
        Column("source_site", _("Source"), link=lambda row: row["source"]),
        Column("verified", _("Vérification"), codes=VERIFICATIONS),
        *told.columns_of_files(),
    ]
    with view.folded(_("Les dates du droit, une à une"), key="milestones"):
        view.table(told.in_language(cases.milestones()), columns, name="dates-du-droit")


def official(view: View) -> None:
    """The official figures beside the edition, never added."""
    view.section(_("Ce que disent les totaux officiels, et ce que l’édition montre"))
    view.paragraphs(
        _(
            "Commandes, ventes, maximums, dépenses et parts ne comptent pas la même chose, et leurs années se "
            "recouvrent : aucun de ces chiffres ne s’additionne à un autre. Chaque paire de barres a sa propre échelle."
        ),
        _(
            "En face, les marchés notifiés ces mêmes années que l’édition contient, quel que soit l’acheteur si la "
            "ligne ne le dit pas. Les commandes passées à l’UGAP ne sont pas publiées : seuls ses propres marchés le "
            "sont, et leur montant est souvent un plafond."
        ),
    )
    frame = view.ask(reconciliation.reconciliation, selection=EVERYTHING)
    view.chart(
        pairs.reconciliation, pairs.reconciliation_text(frame), frame, name="reconciliation", selection=EVERYTHING
    )

    columns = [
        Column("title", _("Chiffre officiel"), remark="perimeter_words"),
        Column("official_text", _("Valeur")),
        Column("nature", _("Nature"), codes=FIGURE_NATURES),
        Column("years", _("Années")),
        Column("shown_text", _("L’édition montre")),
        Column("contract_count", link=lambda row: view.link("marches", **told.asked(reconciliation.question(row)))),
        Column("period_contract_count", _("Marchés du périmètre ces années-là")),
        Column("source_site", _("Source"), link=lambda row: row["source"]),
        Column("verified", _("Vérification"), codes=VERIFICATIONS),
        Column("source", _("Adresse"), only_in_files=True),
    ]
    with view.folded(_("Les chiffres officiels, un à un"), key="figures"):
        view.table(told.compared(frame), columns, name="totaux-officiels")


def group_link(view: View, case: dict) -> str:
    """The address of the page of the case's group; empty when the edition has no contract of it."""
    if not case["group_id"]:
        return ""
    everything = Selection(group=case["group_id"])
    is_held = view.ask(vendors.top_groups, 1, selection=everything).height
    return view.link("fournisseurs", group=case["group_id"], ministries=()) if is_held else ""


def one(view: View, case: pl.DataFrame, contracts: pl.DataFrame) -> None:
    """One case alone: what the sources say, what the edition holds."""
    row = told.readable(case, contracts).row(0, named=True)
    view.title(row["title"])
    view.lead(row["summary"])
    timeline(view, case, contracts)
    view.html(told.facts(row, lambda ministry: view.link("ministeres", ministries=(ministry,)), group_link(view, row)))
    view.section(_("Ses marchés dans cette édition"))
    searches = cases.searches(row)
    counts = view.ask(cases.search_counts, (row["case_id"],), selection=EVERYTHING)
    view.paragraphs(told.answer(searches, row["contract_count"]))
    view.html(told.found(searches, counts, lambda search: view.link("marches", **told.asked(search.selection))))


def draw(view: View) -> None:
    """The page, from its title to the link to share."""
    state = view.state
    contracts = view.ask(cases.case_contracts, selection=EVERYTHING)
    chosen = cases.cases(state.selection.ministries, state.themes, state.statuses)
    single = cases.cases().filter(pl.col("case_id") == state.case_id)
    if state.case_id:
        view.html(f'<p class="np-note">{anchor(_("Tous les repères"), view.link(case_id=""))}</p>')
    if not single.is_empty():
        one(view, single, contracts)
    elif state.case_id:
        view.title(_("Repère introuvable"))
        view.lead(_("Aucun repère ne porte cet identifiant."))
    else:
        view.title(_(TITLE))
        view.lead(told.sentence(chosen, contracts))
        view.choices(told.show_filters)
        if not chosen.is_empty():
            timeline(view, chosen, contracts)
        told_cases(view, chosen, contracts)
        law(view)
        official(view)
    view.share(_(TITLE))


if __name__ == "__main__":
    page.show("reperes", draw)
