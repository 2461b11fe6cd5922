"""One contract: what it says, how it changed, who holds it, and why it was counted so."""

from collections.abc import Iterable

from analysis import contracts
from analysis.contracts import Contract
from charts import timeline
from language import formats
from language import gettext as _
from loaders.vocabulary import AMOUNT_FLAGS, DEFINITIONS, MINISTRIES, VERDICTS
from ui import contest, evidence, page, sentences
from ui.markup import anchor, escaped, facts, said, verdict
from ui.tables import Column, written
from ui.view import View

FACTS = "published_uid internal_id contract_date publication_date end_date duration_months nature procedure techniques \
framework_id offers_received cpv descriptors ccag lot"

DETAILED_HOLDERS = 8


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


def describe(view: View, contract: Contract) -> None:
    """The contract’s own words, field by field."""
    record, first = contract.record, contract.awards.row(0, named=True)
    unnamed = _("{siret} (nom non publié)").format(siret=record["buyer_id"])
    rows = [(_("Acheteur"), escaped(record["buyer_name"] or unnamed))]
    if first["ministry"]:
        ministry = first["ministry"]
        rows.append((_("Ministère"), anchor(_(MINISTRIES[ministry]), view.link("ministeres", ministries=(ministry,)))))
    rows.append((_("Montant publié"), said(amount(record))))
    columns = [Column(name) for name in FACTS.split() if record[name] is not None]
    rows += [(column.title, escaped(written(record[column.name], column))) for column in columns]
    if record["source_url"]:
        rows.append((_("Source"), anchor(_("Page de la source"), record["source_url"])))
    rows.append((_("Enregistrement"), escaped(f"{record['source_id']}, {record['record_number']}")))
    view.html(facts((said(term), text) for term, text in rows))


def amount(record: dict) -> str:
    """The published amount with what must be said of it."""
    if record["amount_cents"] is None:
        return _("non publié")
    remarks = [_("plafond d’un accord-cadre")] if record["is_framework"] else []
    flag = AMOUNT_FLAGS.get(record["amount_flag"])
    if flag is not None:
        remarks.append(_("{flag}, hors de toutes les sommes").format(flag=_(flag)))
    return " · ".join([formats.exact_amount(record["amount_cents"]), *remarks])


def why(view: View, contract: Contract) -> None:
    """The verdict of each holder and the steps that lead to it, after what the contract itself says."""
    view.section(_("Pourquoi il est compté ainsi"))
    judged = {
        row["holder_rank"]: row["verdict"]
        for row in contract.verdicts.iter_rows(named=True)
        if row["definition"] == view.selection.definition
    }
    awards = list(contract.awards.iter_rows(named=True))
    view.html(steps(evidence.of_the_contract(awards[0])))
    for award in awards[:DETAILED_HOLDERS]:
        explain(view, award, judged[award["holder_rank"]])
    if len(awards) > DETAILED_HOLDERS:
        with view.folded(_("Les autres titulaires"), key="holders"):
            for award in awards[DETAILED_HOLDERS:]:
                explain(view, award, judged[award["holder_rank"]])
    view.note(_("Le verdict dépend de ce que l’on tient pour étranger. Est d’ici ce qui est :"))
    columns = [Column(code, _(label), codes=VERDICTS) for code, label in DEFINITIONS.items()]
    view.table(evidence.by_definition(contract.verdicts), [Column("vendor_name"), *columns], name="verdicts")


def explain(view: View, award: dict, code: str) -> None:
    """One holder: its name, its verdict, the steps."""
    name = award["vendor_name"] or award["holder_name"] or _("Titulaire sans nom")
    holder = anchor(name, view.vendor_link(award["vendor_id"])) if award["vendor_id"] else escaped(name)
    view.html(f'<p class="np-holder"><b>{holder}</b> {verdict(code)}</p>{steps(evidence.of_the_holder(award))}')


def steps(reasons: Iterable[evidence.Reason]) -> str:
    """Steps of a judgement as an HTML list."""
    return f'<ul class="np-why">{"".join(f"<li>{step(reason)}</li>" for reason in reasons)}</ul>'


def step(reason: evidence.Reason) -> str:
    """One step as HTML: its sentence, then how sure it is, by which rule, from which source."""
    details = [
        *([said(_("Confiance : {confidence}.").format(confidence=reason.confidence))] if reason.confidence else []),
        *([said(_("Règle : {rule}.").format(rule=evidence.in_words(reason.rule)))] if reason.rule else []),
        *([f"{said(_('Source :'))} {anchor(reason.source, reason.source)}."] if reason.source else []),
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


def rules(contract: Contract) -> list[str]:
    """The rules that decided, in the words of the page, those of the contract before those of its holders."""
    awards = list(contract.awards.iter_rows(named=True))
    reasons = [
        *evidence.of_the_contract(awards[0]),
        *(step for award in awards for step in evidence.of_the_holder(award)),
    ]
    return [evidence.in_words(reason.rule) for reason in reasons if reason.rule]


def show(view: View, contract: Contract) -> None:
    """The whole page of one contract."""
    title = contract.record["title"] or _("Marché sans objet publié")
    view.html(f'<h1 class="np-title">{escaped(title)}</h1>')
    view.lead(sentences.contract(contract.record, contract.awards["vendor_name"].to_list()))
    describe(view, contract)
    why(view, contract)
    versions(view, contract)
    if not contract.subcontracts.is_empty():
        view.section(_("Sous-traitants"))
        names = ("subcontractor_id", "subcontractor_id_type", "notification_date", "amount_cents", "duration_months")
        view.table(contract.subcontracts, [Column(name) for name in names], name="sous-traitants")
    contest.show(title, rules(contract), view)
    view.share(title)


def draw(view: View) -> None:
    """The page, from its title to the link to share."""
    view.html(f'<p class="np-note">{anchor(_("Revenir aux marchés"), view.link("marches"))}</p>')
    found = view.ask_edition(contracts.contract, view.state.contract_id) if view.state.contract_id else None
    if found is None:
        missing(view)
    else:
        show(view, found)


if __name__ == "__main__":
    page.show("marche", draw)
