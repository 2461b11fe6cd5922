"""Who supplies what: the sentences on vendors, offers and quotas, and the columns that several tables share."""

from collections.abc import Iterator
from datetime import date

import polars as pl

from analysis import offers, quota
from analysis.quota import Quota
from analysis.vendor_profile import Profile
from language import formats, mark
from language import gettext as _
from loaders.vocabulary import CONFIDENCES, LICENCES
from ui import sentences
from ui.tables import Column, countries
from ui.view import View

_HDS = {
    "high": mark("oui"),
    "medium": mark("oui, d’après un tiers"),
    "to_verify": mark("oui, à vérifier"),
}


def profile(found: Profile, name: str, view: View) -> str:
    """What a vendor or a group sold, to how many buyers, when, for how much."""
    buyers = (
        _("1 acheteur public")
        if found.buyer_count == 1
        else _("{count} acheteurs publics").format(count=formats.count(found.buyer_count))
    )
    return _("{name} a obtenu {contracts} de {buyers}{years}, pour {amount}.").format(
        name=name,
        contracts=sentences.contracts(found.contract_count),
        buyers=buyers,
        years=sentences.years(view.selection, view.years()),
        amount=formats.amount(found.amount_cents),
    )


def first_of(groups: pl.DataFrame, view: View) -> str:
    """Which group weighs most; ``groups`` as analysis.vendors.top_groups gives it."""
    if groups.is_empty():
        return _("Aucun groupe documenté ne répond à ces filtres.")
    first = groups.row(0, named=True)
    return _("Le premier groupe est {name} : {amount}, {contracts}, {by}{years}.").format(
        name=first["group_name"] or first["group_id"],
        amount=formats.amount(first["amount_cents"]),
        contracts=sentences.contracts(first["contract_count"]),
        by=sentences.buyers(view.selection),
        years=sentences.years(view.selection, view.years()),
    )


def named(groups: pl.DataFrame, words: str) -> str:
    """How many groups answer the words of a search."""
    if groups.is_empty():
        return _("Aucun groupe de cette édition ne répond à « {words} » ; voyez aussi les sociétés.").format(
            words=words
        )
    if groups.height == 1:
        return _("Un groupe répond à « {words} » : {name}.").format(
            words=words, name=groups["group_name"][0] or groups["group_id"][0]
        )
    return _("{count} groupes répondent à « {words} ».").format(count=formats.count(groups.height), words=words)


def distance(found: Quota) -> Iterator[str]:
    """How far a selection is from its quota, between what bounds, and what is only presumed."""
    if found.home_low is None:
        yield _("Aucun montant publié ne répond à ces filtres : il n’y a rien à partager.")
        return
    wanted, low, high = formats.percent(found.percent / 100), found.missing_low_cents, found.missing_high_cents
    if high == 0:
        yield _("Le quota de {quota} est déjà atteint.").format(quota=wanted)
    elif low == 0:
        yield _(
            "Pour un quota de {quota}, il manque au plus {high} ; peut-être rien, selon ce qui est indécis."
        ).format(quota=wanted, high=formats.amount(high))
    else:
        yield _("Pour un quota de {quota}, il faudrait déplacer entre {low} et {high}.").format(
            quota=wanted, low=formats.amount(low), high=formats.amount(high)
        )
    yield _(
        "Aujourd’hui, la part non étrangère est entre {home_low} et {home_high} : l’hybride, l’opaque et l’inconnu "
        "({undecided}) peuvent être d’un côté ou de l’autre. Dans cette part, {presumed} ne sont que présumés français."
    ).format(
        home_low=formats.percent(found.home_low),
        home_high=formats.percent(found.home_high),
        undecided=formats.amount(found.undecided_cents),
        presumed=formats.amount(found.presumed_cents),
    )


def waiting(found: Quota, moving: pl.DataFrame) -> str:
    """Whether the contracts that run today would be enough once ended, and when."""
    if found.missing_high_cents == 0:
        return _("Rien à déplacer.")
    running = _("Marchés étrangers ou indécis en cours, dont la fin est publiée : {amount}.").format(
        amount=formats.amount(moving["counted_cents"].sum())
    )
    day = quota.enough_on(moving, "cumulated_cents", found.missing_high_cents)
    if day is None:
        return running + " " + _("Ils ne suffiraient pas à combler l’écart le plus grand.")
    enough = _("Ceux qui finissent d’ici le {day} suffiraient à combler l’écart le plus grand.")
    return running + " " + enough.format(day=formats.day(day))


def qualified(service_ids: list[str]) -> str | None:
    """The SecNumCloud qualifications of an offer in words, with the end of each; None without any."""
    said = [_qualification(row) for row in offers.qualifications(tuple(service_ids)).iter_rows(named=True)]
    return " ; ".join(said) or None


def _qualification(row: dict) -> str:
    if row["status"] != "qualified":
        return _("en cours de qualification")
    if row["to_basis"] != "decision":
        return _("{service}, au catalogue le {day}").format(service=row["service"], day=formats.day(row["valid_to"]))
    if row["valid_to"] < date.today():
        return _("{service}, finie le {day}").format(service=row["service"], day=formats.day(row["valid_to"]))
    return _("{service}, jusqu’au {day}").format(service=row["service"], day=formats.day(row["valid_to"]))


def described(offered: pl.DataFrame) -> pl.DataFrame:
    """``offered`` (of analysis.alternatives) with ``secnumcloud``: its qualifications in words."""
    words = [qualified(service_ids or []) for service_ids in offered["secnumcloud_ids"].to_list()]
    return offered.with_columns(pl.Series("secnumcloud", words, pl.String))


def offer_columns(view: View) -> list[Column]:
    """The columns of a table of offers: what each is, and the contracts that already buy it."""
    return [
        Column("name", _("Offre"), remark="owner"),
        Column("owner_country", _("Pays"), codes=countries()),
        Column("licence", _("Licence"), codes=LICENCES),
        Column("secnumcloud", _("SecNumCloud"), longest=60),
        Column("hds", _("HDS"), codes=_HDS),
        Column("replaces", _("Même usage que"), longest=60),
        Column("held_count", _("Marchés du vendeur"), link=lambda row: _held(view, row)),
        Column("named_count", _("Marchés qui la nomment"), link=lambda row: _named(view, row)),
        Column("buyer_names", _("Qui l’achète déjà"), longest=60),
        Column("confidence", _("Confiance"), codes=CONFIDENCES),
        Column("owner", _("Propriétaire"), only_in_files=True),
        Column("source", _("Source"), only_in_files=True),
    ]


def cloud_columns(view: View) -> list[Column]:
    """The columns of the table of clouds: what each weighs in the contracts that name it or that its vendor holds."""
    return [
        Column("name", _("Nuage"), remark="owner"),
        Column("owner_country", _("Pays"), codes=countries()),
        Column("verdict"),
        Column("amount_cents", _("Montant")),
        Column("held_count", _("Marchés du vendeur"), link=lambda row: _held(view, row)),
        Column("named_count", _("Marchés qui le nomment"), link=lambda row: _named(view, row)),
        Column("buyer_count"),
        Column("secnumcloud", _("SecNumCloud"), longest=60),
        Column("confidence", _("Confiance"), codes=CONFIDENCES),
        Column("source", _("Source"), only_in_files=True),
    ]


def ranked_columns(view: View, kind: str) -> list[Column]:
    """The columns of a ranking of groups or vendors."""
    key = f"{kind}_id"
    alone = {"vendor": None, "group": None}
    return [
        Column(f"{kind}_name", link=lambda row: view.link(**{**alone, kind: row[key]})),
        Column("vendor_kind"),
        Column("channel"),
        Column("control_country"),
        Column("verdict", _("Verdict principal")),
        Column("amount_cents", _("Montant")),
        Column("contract_count", link=lambda row: view.link("marches", **{kind: row[key]})),
        Column("buyer_count"),
        Column(key, _("Identifiant"), only_in_files=True),
    ]


def quota_columns(view: View) -> list[Column]:
    """The columns of the distances to a quota."""
    return [
        Column("ministry", link=lambda row: view.link(ministries=(row["ministry"],))),
        Column("total_cents"),
        Column("home_low_share", _("Part non étrangère, au moins")),
        Column("home_high_share", _("Au plus")),
        Column("missing_low_cents", _("À déplacer, au moins")),
        Column("missing_high_cents", _("À déplacer, au plus")),
        Column("contract_count", link=lambda row: view.link("marches", ministries=(row["ministry"],))),
    ]


def moving_columns(view: View) -> list[Column]:
    """The columns of the contracts that could move when they end."""
    return [
        Column("title", link=lambda row: view.link("marche", contract_id=row["contract_id"]), longest=120),
        Column("end_date"),
        Column("buyer_name", longest=60, instead="buyer_id"),
        Column("vendor_name", link=lambda row: view.vendor_link(row["vendor_id"])),
        Column("verdict"),
        Column("counted_cents"),
        Column("cumulated_cents", _("Cumul")),
        Column("contract_id", only_in_files=True),
    ]


def _held(view: View, row: dict) -> str:
    if not row["held_count"]:
        return ""
    perimeter = "nuage" if row["held_perimeter"] == "nuage" else view.selection.perimeter
    seller = {"vendor": row["vendor_siren"], "group": None} if row["vendor_siren"] else {"group": row["group_id"]}
    return view.link("marches", **{"vendor": None, **seller}, perimeter=perimeter)


def _named(view: View, row: dict) -> str:
    return view.link("marches", product=row["product"], vendor=None, group=None) if row["named_count"] else ""
