"""Foreign clouds and software against those from here: over time, head to head, by service, under a quota."""

from dataclasses import replace
from datetime import date

import polars as pl

from analysis import alternatives, quota, rivals, shares, vendors
from charts import amounts, verdicts
from charts import quota as quota_chart
from charts import rivals as rivals_chart
from language import gettext as _
from language import mark
from loaders.vocabulary import MINISTRIES, SERVICES
from ui import choices, page, sentences, supply
from ui.markup import anchor
from ui.tables import Column
from ui.view import View

TITLE = mark("Ce qui s’achète, ce qui existe ici")
MOST_CHOICES = 300
HEAVIEST = 50
MOST_MOVING = 25
SUGGESTED = 3


def clouds(view: View) -> None:
    """The cloud and hosting over time, then each cloud by name, those that nobody names included."""
    in_cloud = replace(view.selection, perimeter="nuage")
    by_year = view.by_year(in_cloud)
    view.chart(
        amounts.amounts_by_year, amounts.amounts_by_year_text(by_year), by_year, name="clouds", selection=in_cloud
    )
    with view.folded(_("En parts, année par année"), key="cloud-shares"):
        view.chart(
            verdicts.interval_by_year,
            verdicts.interval_by_year_text(by_year),
            by_year,
            name="cloud-shares",
            selection=in_cloud,
        )
    view.section(_("Nuage par nuage"))
    view.note(
        _(
            "Un marché compte ici quand son titulaire vend ce nuage ou quand son objet le nomme. Acheté par un "
            "revendeur ou une centrale sans être nommé, un nuage n’y paraît pas : zéro ne veut pas dire que personne "
            "ne l’achète."
        )
    )
    view.long_table(supply.described(view.ask(alternatives.clouds)), supply.cloud_columns(view), name="nuages")


def face_to_face(view: View) -> None:
    """Any two groups or vendors, year by year."""
    view.section(_("Face à face"))
    frames = (view.ask(names, MOST_CHOICES) for names in (vendors.group_names, vendors.vendor_names))
    names = {identifier: name or identifier for frame in frames for identifier, name in frame.iter_rows()}
    view.choices(choices.rivals, names)
    chosen = view.state.rivals
    if len(chosen) < 2:
        return suggest(view)
    totals = view.ask(rivals.rival_totals, chosen)
    names = {row["rival"]: row["rival_name"] or names.get(row["rival"], row["rival"]) for row in totals.to_dicts()}
    by_year = view.ask(rivals.rival_years, chosen)
    view.chart(
        rivals_chart.rivals_by_year, rivals_chart.rivals_by_year_text(totals, names), by_year, names, name="face"
    )
    counts = [
        Column("ministry_count", _("Ministères")),
        Column("vendor_count"),
        Column("first_year"),
        Column("last_year"),
    ]
    columns = [
        Column("rival", _("Nom"), link=lambda row: view.link("fournisseurs", **seller(row)), codes=names),
        Column("control_country"),
        Column("amount_cents", _("Montant")),
        Column("contract_count", link=lambda row: view.link("marches", **seller(row))),
        Column("buyer_count"),
        *counts,
    ]
    view.table(totals, columns, name="face-a-face")
    buyer = Column("buyer_name", instead="buyer_key")
    columns = [buyer, Column("ministry"), Column("amount_cents", _("Montant")), Column("contract_count")]
    view.long_table(
        view.ask(rivals.shared_buyers, chosen), columns, name="communs", caption=_("Ils vendent tous deux à")
    )
    return None


def seller(row: dict) -> dict:
    """The filter of a rival: a group or a vendor."""
    return {"group" if row["is_group"] else "vendor": row["rival"]}


def suggest(view: View) -> None:
    """Some pairs to begin with: the heaviest foreign groups against the heaviest others."""
    groups = view.ask(vendors.top_groups, HEAVIEST)
    is_foreign = groups["verdict"].cast(pl.String).is_in(quota.FOREIGN)
    pairs = zip(groups.filter(is_foreign).to_dicts(), groups.filter(~is_foreign).to_dicts(), strict=False)
    links = [
        anchor(f"{one['group_name']} – {other['group_name']}", view.link(rivals=(one["group_id"], other["group_id"])))
        for one, other in list(pairs)[:SUGGESTED]
    ]
    view.html(f'<p class="np-note">{" · ".join(links)}</p>')


def by_service(view: View) -> None:
    """What is bought today for a service, and what exists from here."""
    view.section(_("Service par service"))
    view.choices(choices.service)
    service = view.state.service
    columns = [
        Column("product", link=lambda row: view.link("marches", product=row["product"]), remark="owner"),
        Column("country"),
        Column("amount_cents", _("Montant des marchés qui le nomment")),
        *map(Column, ("contract_count", "buyer_count")),
        Column("vendor_names"),
        Column("owner", _("Propriétaire"), only_in_files=True),
    ]
    view.note(_("Ce qui s’achète : les produits que nomment les marchés. La plupart des marchés n’en nomment aucun."))
    title = _(SERVICES[service])
    view.long_table(view.ask(alternatives.bought, service), columns, name="achetes", caption=title)
    view.note(_("Ce qui existe ici, au sens choisi dans les filtres, et les marchés qui l’achètent déjà :"))
    offered = supply.described(view.ask(alternatives.alternatives_for, service))
    view.long_table(offered, supply.offer_columns(view), name="offres", caption=title)
    view.note(_("Même usage ne veut pas dire mêmes fonctions. « À vérifier » : aucune source lue à ce jour."))


def simulate(view: View) -> None:
    """How far the selection and each ministry are from a quota, and which contracts could move."""
    view.section(_("Et si un quota s’appliquait"))
    view.choices(choices.quota)
    percent = view.state.quota
    whole = view.ask(quota.quota, percent)
    moving = view.ask(quota.contracts_to_move, date.today(), selection=quota.of_movable(view.selection))
    view.paragraphs(*supply.distance(whole), supply.waiting(whole, moving))
    ranking = view.ask(quota.quota_by_ministry, percent)
    labels = {code: _(label) for code, label in MINISTRIES.items()}
    text = quota_chart.quota_bars_text(ranking, labels, percent)
    view.chart(quota_chart.quota_bars, text, ranking, labels, percent, name="quota")
    with view.folded(_("Les chiffres, ministère par ministère"), key="quota-table"):
        view.table(ranking, supply.quota_columns(view), name="quota")
    with view.folded(_("Marchés en cours qui pourraient changer de mains à leur fin"), key="moving-table"):
        view.table(moving.head(MOST_MOVING), supply.moving_columns(view), name="a-deplacer")


def draw(view: View) -> None:
    """The page, from its title to the link to share."""
    whole = view.ask(shares.interval, selection=replace(view.selection, perimeter="nuage"))
    view.title(_(TITLE))
    view.lead(sentences.of_hundred_euros(whole, replace(view.selection, perimeter="nuage"), view.years()))
    view.note(sentences.counted(whole))
    view.filters()
    clouds(view)
    by_service(view)
    simulate(view)
    face_to_face(view)
    view.share(_(TITLE))


if __name__ == "__main__":
    page.show("alternatives", draw)
