"""Vendors and groups: who weighs most, then one of them: what it sold, to whom, who controls it and what says so."""

from collections.abc import Iterable
from dataclasses import replace

import polars as pl

from analysis import alternatives, contracts, shares, vendor_profile, vendors
from analysis.contracts import Place
from analysis.vendor_profile import Profile
from charts import amounts, verdicts
from language import gettext as _
from language import mark
from loaders.vocabulary import CHANNELS, SERVICES, VENDOR_KINDS
from ui import contest, markup, page, supply, tables
from ui.address import with_changes
from ui.markup import anchor, escaped, said
from ui.tables import Column
from ui.view import View

TITLE = mark("Qui vend aux acheteurs publics")
SHOWN = 50
DRAWN = 10
LISTED = 15
MOST_SERVICES = 4


def ranking(asked_view: View, view: View, groups: pl.DataFrame) -> None:
    """Groups, then vendors, each leading to its page and to its contracts; those that answer the words sought if any.

    What is shown has the address of ``asked_view``, words included; it leads where ``view`` does, which has none.
    """
    heaviest = groups["group_id"].head(DRAWN).to_list()
    intervals = view.ask(shares.interval_by, "group_id")
    drawn = intervals.filter(intervals["group_id"].is_in(heaviest))
    labels = {row["group_id"]: row["group_name"] or row["group_id"] for row in groups.iter_rows(named=True)}
    text = verdicts.interval_by_key_text(drawn, labels)
    asked_view.chart(verdicts.interval_by_key, text, drawn, labels, name="groups", selection=view.selection)

    def by_group() -> None:
        view.note(_("Un groupe réunit les sociétés que notre registre lui rattache à la date de chaque marché."))
        asked_view.table(groups, supply.ranked_columns(view, "group"), name="groupes")

    def by_vendor() -> None:
        sellers = view.ask(vendors.top_vendors, SHOWN, asked_view.selection.search)
        asked_view.table(sellers, supply.ranked_columns(view, "vendor"), name="fournisseurs")

    asked_view.tabs({"groupes": by_group, "unites-legales": by_vendor})


def facts(view: View, found: Profile) -> None:
    """What is known of it at once: number, group, trade, channel, country."""
    group = anchor(found.group_name or "", view.link(group=found.group_id, vendor=None)) if found.group_id else ""
    rows = [
        (_("SIREN"), escaped(found.siren or "")),
        (_("Groupe"), group if view.selection.vendor else ""),
        (_("Métier"), escaped(", ".join(_(VENDOR_KINDS[kind]) for kind in found.kinds))),
        (_("Canal"), escaped(", ".join(_(CHANNELS[channel]) for channel in found.channels))),
        (_("Pays de contrôle"), escaped(", ".join(map(tables.country, found.countries)) or _("inconnu"))),
    ]
    view.html(markup.facts((said(term), text) for term, text in rows if text))


def bought(view: View) -> None:
    """Its contracts, buyers, ministries, products and legal units."""
    counts = [Column("amount_cents", _("Montant")), Column("contract_count")]

    def latest_contracts() -> None:
        latest = view.ask(contracts.search_contracts, Place(limit=LISTED))
        title = Column("title", link=lambda row: view.link("marche", contract_id=row["contract_id"]), longest=120)
        buyer = Column("buyer_name", instead="buyer_id")
        others = [Column("contract_date"), buyer, Column("amount_cents"), Column("verdict")]
        in_files = [Column(name, only_in_files=True) for name in ("buyer_id", "contract_id")]
        view.table(latest.rows, [title, *others, *in_files], name="marches")
        everything = anchor(_("Tous ses marchés : {count}").format(count=latest.total), view.link("marches"))
        view.html(f'<p class="np-text">{everything}</p>')

    def buyers() -> None:
        columns = [Column("buyer_name", instead="buyer_key"), Column("ministry"), *counts]
        view.table(view.ask(vendors.top_buyers, LISTED), columns, name="acheteurs")

    def by_ministry() -> None:
        ministry = Column("ministry", link=lambda row: view.link("marches", ministries=(row["ministry"],)))
        view.note(_("Sans ministère : collectivités, hôpitaux et autres acheteurs hors de l’État."))
        view.table(view.ask(vendor_profile.ministries), [ministry, *counts, Column("buyer_count")], name="ministeres")

    def products() -> None:
        product = Column("product", link=lambda row: view.link("marches", product=row["product"]))
        view.table(view.ask(vendors.top_products, LISTED), [product, Column("country"), *counts], name="produits")

    def legal_units() -> None:
        view.table(view.ask(vendors.top_vendors, SHOWN), supply.ranked_columns(view, "vendor"), name="societes")

    view.tabs(
        {
            "marches": latest_contracts,
            "acheteurs": buyers,
            "ministeres": by_ministry,
            "produits": products,
            "societes": legal_units,
        }
    )


def control(view: View) -> None:
    """Who controls it, period by period, and what says so."""
    view.section(_("Qui le contrôle, et ce qui le dit"))
    view.note(_("De la société à la tête de son groupe, à la date de ses marchés. Le siège n’est pas le contrôle."))
    columns = [
        Column("vendor_name", link=lambda row: view.link(vendor=row["vendor_id"], group=None), remark="control_source"),
        Column("group_name"),
        Column("owner", _("Tête du groupe")),
        Column("control_country"),
        Column("valid_from", _("Depuis")),
        Column("valid_to", _("Jusqu’à")),
        Column("control_basis"),
        Column("control_confidence"),
        *(Column(name, only_in_files=True) for name in ("control_source", "technology_country", "contract_count")),
    ]
    view.table(view.ask(vendor_profile.control_chain), columns, name="controle")


def alternatives_to(view: View, services: Iterable[str]) -> None:
    """What else from here renders the same services."""
    view.section(_("Les mêmes services, par d’autres"))
    view.note(_("Services des produits que ses marchés nomment, et de ses propres offres."))
    own, columns = view.ask(vendor_profile.own_offers), supply.offer_columns(view)
    everybody = replace(view.selection, vendor=None, group=None)
    for service in services:
        offered = view.ask(alternatives.alternatives_for, service, selection=everybody)
        others = supply.described(offered.filter(~offered["offer_id"].is_in(own)))
        view.long_table(others, columns, name=f"offres-{service}", caption=_(SERVICES[service]))
        more = anchor(_("Qui s’achète aujourd’hui pour ce service"), view.link("alternatives", service=service))
        view.html(f'<p class="np-text">{more}</p>')


def show(view: View, found: Profile, name: str) -> None:
    """The page of one vendor or one group."""
    view.lead(supply.profile(found, name, view))
    view.filters({value: name for value in (view.selection.vendor, view.selection.group) if value})
    facts(view, found)
    by_year = view.by_year()
    view.chart(amounts.amounts_by_year, amounts.amounts_by_year_text(by_year), by_year, name="amounts")
    bought(view)
    control(view)
    services = view.ask(vendor_profile.services)
    if services:
        alternatives_to(view, services[:MOST_SERVICES])
    sources = view.ask(vendor_profile.control_chain)["control_source"].drop_nulls()
    contest.show(name, sources, view)
    view.share(name)


def draw(asked_view: View) -> None:
    """The page, from its title to the link to share; words are sought in names of vendors, not in contracts."""
    words = asked_view.selection.search
    view = replace(asked_view, state=with_changes(asked_view.state, search=""))
    asked = view.selection.vendor or view.selection.group
    found = view.ask(vendor_profile.profile) if asked else None
    if found is not None:
        name = found.name or view.names().get(asked, asked)
        view.title(name)
        show(view, found, name)
    elif asked:
        view.title(_("Fournisseur sans marché ici"))
        view.lead(_("Aucun marché de ce fournisseur ne répond à ces filtres."))
        view.filters(view.names())
        view.html(f'<p class="np-text">{anchor(_("Tous les fournisseurs"), view.link(vendor=None, group=None))}</p>')
    else:
        groups = view.ask(vendors.top_groups, SHOWN, words)
        view.title(_(TITLE))
        view.lead(supply.named(groups, words) if words else supply.first_of(groups, view))
        view.note(_("Choisissez un groupe ou une société dans les tableaux pour entrer dans le détail."))
        asked_view.filters()
        ranking(asked_view, view, groups)
        asked_view.share(_(TITLE))


if __name__ == "__main__":
    page.show("fournisseurs", draw)
