"""One ministry in detail: who sells, through whom, what titles name, who buys and how late, what ends soon."""

from datetime import date

from analysis import coverage, ending, vendors
from analysis.selection import Selection
from language import gettext as _
from ui.markup import anchor
from ui.tables import Column
from ui.view import View

SHOWN = 10
MONTHS_AHEAD = 12


def sellers(view: View, selection: Selection, question: object, name: str) -> None:
    """The vendors that weigh most, each leading to its contracts."""
    code = selection.ministries[0]
    columns = [
        Column("vendor_name", link=lambda row: view.vendor_link(row["vendor_id"])),
        Column("verdict", _("Verdict (dernier marché)")),
        Column("control_country"),
        Column("amount_cents", _("Montant")),
        Column("contract_count", link=lambda row: view.link("marches", ministries=(code,), vendor=row["vendor_id"])),
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
        Column("buyer_name", instead="buyer_key"),
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
        Column("vendor_name", link=lambda row: view.vendor_link(row["vendor_id"])),
        Column("amount_cents"),
        Column("verdict"),
    ]
    every = view.link("echeances", ministries=selection.ministries)
    view.html(f'<p class="np-note">{anchor(_("Ce qui finit sous contrôle étranger, et ses flux"), every)}</p>')
    soon = view.ask(ending.ending_contracts, date.today(), MONTHS_AHEAD, selection=selection)
    view.table(soon.head(SHOWN * 2), columns, name=f"echeances-{selection.ministries[0]}")


def delays(view: View, selection: Selection) -> None:
    """How long each buyer takes to publish."""
    view.note(
        _(
            "Jours entre la notification et la première publication. Les marchés jamais publiés ne se voient pas : "
            "la part publiée en deux mois est un maximum."
        )
    )
    columns = [
        Column("buyer_name", instead="buyer_key"),
        Column("contract_count"),
        Column("median_days", _("Délai médian (jours)")),
        Column("in_time_share", _("Publiés en deux mois, au plus")),
        Column("undated_count", _("Sans date de publication utilisable")),
    ]
    found = view.ask(coverage.delay_by_buyer, SHOWN, selection=selection)
    view.table(found, columns, name=f"delais-{selection.ministries[0]}")


def subcontractors(view: View, selection: Selection) -> None:
    """The subcontractors declared for its contracts, where the source has them."""
    found = view.ask_edition(coverage.subcontractors, selection)
    if found.is_empty():
        view.note(
            _("Aucun acte de sous-traitance dans les sources de cette édition : elles ne les publient pas toutes.")
        )
        return
    view.note(_("Déclarés à l’acheteur, et publiés par le seul schéma de 2022 : bien des sous-traitants n’y sont pas."))
    columns = [
        Column("subcontractor_id"),
        Column("vendor_name", _("Nom, s’il est aussi titulaire")),
        Column("control_country"),
        Column("amount_cents", _("Montant")),
        Column("contract_count"),
    ]
    view.table(found.head(SHOWN), columns, name=f"sous-traitants-{selection.ministries[0]}")


PARTS = {
    "fournisseurs": lambda view, selection: sellers(view, selection, vendors.top_vendors, "fournisseurs"),
    "revendeurs": resellers,
    "produits": products,
    "services": buyers,
    "sous-traitants": subcontractors,
    "delais": delays,
    "fins": endings,
}
