"""The ministries side by side, then one or several in detail: verdicts over time, who sells, through whom, what."""

from dataclasses import replace
from datetime import date

import streamlit as st

from analysis import ending, ministries, shares, vendors
from analysis.selection import Selection
from charts import interval, verdicts
from language import gettext as _
from language import mark
from loaders.vocabulary import MINISTRIES
from ui import page, sentences
from ui.page import View
from ui.tables import Column

MOST_DETAILED = 4
SHOWN = 10
MONTHS_AHEAD = 12


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
            Column("top_vendor_name", _("Premier fournisseur")),
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
    view.chart(verdicts.interval_by_year, verdicts.interval_by_year_text(by_year), by_year, name=f"years-{code}")
    for tab, show in zip(st.tabs([_(label) for label in PARTS]), PARTS.values(), strict=True):
        with tab:
            show(view, selection)


def sellers(view: View, selection: Selection, question: object, name: str) -> None:
    """The vendors that weigh most, each leading to its contracts."""
    code = selection.ministries[0]
    columns = [
        Column("vendor_name", link=lambda row: view.link("marches", ministries=(code,), vendor=row["vendor_id"])),
        Column("verdict", _("Verdict (dernier marché)")),
        Column("control_country"),
        Column("amount_cents", _("Montant")),
        Column("contract_count"),
    ]
    view.table(view.ask(question, SHOWN, selection=selection), columns, name=f"{name}-{code}")


def resellers(view: View, selection: Selection) -> None:
    """Those through whom others’ products are bought."""
    view.note(_("Par eux passent des produits que leurs marchés ne nomment pas toujours."))
    sellers(view, selection, vendors.top_resellers, "revendeurs")


def products(view: View, selection: Selection) -> None:
    """The products that titles name, each leading to the contracts that name it."""
    code = selection.ministries[0]
    columns = [
        Column("product", link=lambda row: view.link("marches", ministries=(code,), product=row["product"])),
        Column("country"),
        Column("amount_cents", _("Montant des marchés qui le nomment")),
        Column("contract_count"),
    ]
    view.table(view.ask(vendors.top_products, SHOWN, selection=selection), columns, name=f"produits-{code}")


def buyers(view: View, selection: Selection) -> None:
    """The services and operators that buy."""
    columns = [
        Column("buyer_name"),
        Column("buyer_kind"),
        Column("amount_cents", _("Montant")),
        Column("contract_count"),
    ]
    name = f"acheteurs-{selection.ministries[0]}"
    view.table(view.ask(vendors.top_buyers, SHOWN, selection=selection), columns, name=name)


def endings(view: View, selection: Selection) -> None:
    """The contracts whose published duration runs out within a year."""
    view.note(_("Date du marché plus durée publiée : les reconductions et les fins anticipées ne sont pas connues."))
    columns = [
        Column("title", link=lambda row: view.link("marche", contract_id=row["contract_id"]), longest=120),
        Column("end_date"),
        Column("vendor_name"),
        Column("amount_cents"),
        Column("verdict"),
    ]
    soon = view.ask(ending.ending_contracts, date.today(), MONTHS_AHEAD, selection=selection)
    view.table(soon.head(SHOWN * 2), columns, name=f"echeances-{selection.ministries[0]}")


PARTS = {
    mark("Fournisseurs"): lambda view, selection: sellers(view, selection, vendors.top_vendors, "fournisseurs"),
    mark("Revendeurs et intégrateurs"): resellers,
    mark("Produits nommés"): products,
    mark("Services et opérateurs"): buyers,
    mark("Fins dans l’année"): endings,
}

with page.shown("ministeres") as view:
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
        for code in chosen[:MOST_DETAILED]:
            introduce(view, replace(view.selection, ministries=(code,)))
            detail(view, replace(view.selection, ministries=(code,)))
    if len(chosen) > MOST_DETAILED:
        view.note(_("Seuls les quatre premiers ministères choisis sont détaillés."))
    view.share(title)
