"""One contract: what it says, how it changed, who holds it, and why it was counted so."""

from analysis import contracts
from analysis.contracts import Contract
from charts import timeline
from language import formats
from language import gettext as _
from loaders.vocabulary import AMOUNT_FLAGS, MINISTRIES
from ui import evidence, page, sentences
from ui.markup import anchor, escaped, said, verdict
from ui.page import View
from ui.tables import Column, written

FACTS = "published_uid internal_id contract_date publication_date end_date duration_months nature procedure techniques \
framework_id offers_received cpv descriptors ccag lot"


def missing(view: View) -> None:
    """No contract of that identifier: say so, and where to look."""
    view.title(_("Marché introuvable"))
    view.lead(
        _("L’édition {edition} ne contient pas de marché sous cet identifiant.").format(edition=view.edition.id)
        if view.state.contract_id
        else _("Cette adresse ne dit pas quel marché montrer.")
    )
    view.paragraphs(
        _("Il peut manquer à cette édition, ou avoir été publié sous un autre numéro : cherchez-le par son objet.")
    )
    view.html(f'<p class="np-text">{anchor(_("Chercher un marché"), view.link("marches"))}</p>')


def facts(view: View, contract: Contract) -> None:
    """The contract’s own words, field by field."""
    record, first = contract.record, contract.awards.row(0, named=True)
    rows = [(_("Acheteur"), escaped(record["buyer_name"] or record["buyer_id"]))]
    if first["ministry"]:
        ministry = first["ministry"]
        rows.append((_("Ministère"), anchor(_(MINISTRIES[ministry]), view.link("ministeres", ministries=(ministry,)))))
    rows.append((_("Montant publié"), said(amount(record))))
    columns = [Column(name) for name in FACTS.split() if record[name] is not None]
    rows += [(column.title, escaped(written(record[column.name], column))) for column in columns]
    if record["source_url"]:
        rows.append((_("Source"), anchor(_("Page de la source"), record["source_url"])))
    rows.append((_("Enregistrement"), escaped(f"{record['source_id']}, {record['record_number']}")))
    view.html(
        '<dl class="np-facts">' + "".join(f"<dt>{said(term)}</dt><dd>{text}</dd>" for term, text in rows) + "</dl>"
    )


def amount(record: dict) -> str:
    """The published amount with what must be said of it."""
    if record["amount_cents"] is None:
        return _("non publié")
    remarks = [_("plafond d’un accord-cadre")] if record["is_framework"] else []
    if record["amount_flag"]:
        remarks.append(_("{flag}, hors de toutes les sommes").format(flag=_(AMOUNT_FLAGS[record["amount_flag"]])))
    return " · ".join([formats.exact_amount(record["amount_cents"]), *remarks])


def why(view: View, award: dict, code: str) -> None:
    """The verdict of one holder’s award and the steps that lead to it."""
    holder = escaped(award["vendor_name"] or award["holder_name"] or _("Titulaire sans nom"))
    steps = "".join(f"<li>{step(reason)}</li>" for reason in evidence.reasons(award))
    view.html(f'<p class="np-holder"><b>{holder}</b> {verdict(code, view.theme)}</p><ol class="np-why">{steps}</ol>')


def step(reason: evidence.Reason) -> str:
    """One step as HTML: its sentence, then how sure it is, by which rule, from which source."""
    details = [
        *([said(_("Confiance : {confidence}.").format(confidence=reason.confidence))] if reason.confidence else []),
        *([f"{said(_('Règle :'))} <code>{escaped(reason.rule)}</code>"] if reason.rule else []),
        *([f"{said(_('Source :'))} {anchor(reason.source, reason.source)}"] if reason.source else []),
    ]
    return (
        f'{said(reason.sentence)}<br><span class="np-soft">{" ".join(details)}</span>'
        if details
        else said(reason.sentence)
    )


def versions(view: View, contract: Contract) -> None:
    """How the contract changed."""
    view.section(_("Versions"))
    if contract.versions.height > 1:
        view.chart(
            timeline.versions_timeline,
            timeline.versions_timeline_text(contract.versions),
            contract.versions,
            name="versions",
        )
    names = ("version_number", "notification_date", "publication_date", "amount_cents", "duration_months", "title")
    view.table(contract.versions, [Column(name) for name in names], name="versions")


def show(view: View, contract: Contract) -> None:
    """The whole page of one contract."""
    title = contract.record["title"] or _("Marché sans objet publié")
    view.html(f'<h1 class="np-title">{escaped(title)}</h1>')
    view.lead(sentences.contract(contract.record, contract.awards["vendor_name"].to_list()))
    facts(view, contract)
    view.section(_("Pourquoi il est compté ainsi"))
    judged = {
        row["holder_rank"]: row["verdict"]
        for row in contract.verdicts.iter_rows(named=True)
        if row["definition"] == view.selection.definition
    }
    for award in contract.awards.iter_rows(named=True):
        why(view, award, judged[award["holder_rank"]])
    view.note(_("Le verdict dépend de ce que l’on tient pour étranger :"))
    view.table(contract.verdicts, [Column("definition"), Column("vendor_name"), Column("verdict")], name="verdicts")
    versions(view, contract)
    if not contract.subcontracts.is_empty():
        view.section(_("Sous-traitants"))
        names = ("subcontractor_id", "subcontractor_id_type", "notification_date", "amount_cents", "duration_months")
        view.table(contract.subcontracts, [Column(name) for name in names], name="sous-traitants")
    view.share(title)


with page.shown("marche") as view:
    view.html(f'<p class="np-note">{anchor(_("Revenir aux marchés"), view.link("marches"))}</p>')
    found = view.ask_edition(contracts.contract, view.state.contract_id) if view.state.contract_id else None
    if found is None:
        missing(view)
    else:
        show(view, found)
