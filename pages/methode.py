"""How it is counted, from what, how well; what the words mean; how to take it all home."""

import polars as pl

from analysis import quality
from analysis.selection import Selection
from language import formats, mark
from language import gettext as _
from loaders import vocabulary
from ui import definitions, method, page
from ui.markup import facts, said, verdict
from ui.tables import Column
from ui.view import View

TITLE = mark("Méthode, sources et qualité")
SHOWN_FLAGGED = 50


def meanings(view: View) -> None:
    """The verdicts, the definitions of what is foreign, the conventions of amounts."""
    view.section(_("Ce que disent les mots"))
    verdicts = [(verdict(code), said(_(text))) for code, text in definitions.VERDICTS.items()]
    view.html(facts(verdicts))
    view.note(_("Le premier verdict qui s’applique, dans cet ordre, l’emporte. On choisit ce qui est étranger :"))
    view.html(
        facts((said(_(vocabulary.DEFINITIONS[code])), said(_(text))) for code, text in definitions.DEFINITIONS.items())
    )
    view.note(_("Et ce que l’on compte :"))
    view.html(
        facts(
            (said(_(vocabulary.AMOUNT_CONVENTIONS[code])), said(_(text))) for code, text in definitions.AMOUNTS.items()
        )
    )


def origins(view: View) -> None:
    """The sources, their licences and dates."""
    view.section(_("Sources"))
    columns = [
        Column("title", _("Source"), link=lambda row: row["page"]),
        Column("publisher", _("Producteur")),
        Column("licence", _("Licence")),
        Column("published_on", _("Fichier du")),
        Column("dates", _("Marchés de")),
        Column("records_read", _("Enregistrements lus")),
        Column("page", _("Adresse"), only_in_files=True),
    ]
    view.table(method.sources(view.edition), columns, name="sources")


def worth(view: View) -> None:
    """What became of the records, what was flagged, what is documented, how accurate it is."""
    view.section(_("Qualité"))
    records = view.ask_edition(quality.records)
    view.paragraphs(
        _(
            "{read} enregistrements lus : {kept} marchés gardés, {merged} enregistrements réunis à un marché "
            "déjà connu, {rejected} écartés. Le compte est exact, sinon l’édition ne serait pas publiée."
        ).format(
            read=formats.count(records.read),
            kept=formats.count(records.kept),
            merged=formats.count(records.merged),
            rejected=formats.count(records.rejected),
        )
    )
    columns = [Column("reason"), Column("source_id"), Column("reject_count")]
    view.table(view.ask_edition(quality.rejects_by_reason), columns, name="ecartes", caption=_("Ce qui est écarté"))
    with view.folded(_("Ce qui est documenté, axe par axe (achats numériques)"), key="coverage"):
        columns = [Column("axis", _("Axe")), Column("value", _("Valeur")), Column("award_count")]
        columns += [Column("award_share"), Column("amount_share")]
        view.table(method.coverage(view.ask(quality.coverage, selection=Selection())), columns, name="couverture")
    flagged(view)
    accuracy(view)


def flagged(view: View) -> None:
    """The amounts outside every sum, listed."""
    everything = Selection(perimeter="tout")
    found = view.ask(quality.flagged_contracts, SHOWN_FLAGGED, 0, selection=everything)
    with view.folded(
        _("Les montants hors des sommes : {count}").format(count=formats.count(found.total)), key="flagged"
    ):
        columns = [
            Column("title", link=lambda row: view.link("marche", contract_id=row["contract_id"]), longest=120),
            Column("buyer_name", longest=80),
            Column("contract_date"),
            Column("amount_cents", remark="amount_flag"),
            Column("amount_flag", only_in_files=True),
            Column("contract_id", only_in_files=True),
        ]
        view.note(_("Les {count} plus gros sont montrés.").format(count=SHOWN_FLAGGED))
        view.table(found.rows, columns, name="signales")


def accuracy(view: View) -> None:
    """How often the classification is right, where it was measured; and what was corrected."""
    measured, corrected = method.accuracy(), method.corrections()
    if measured is not None:
        view.paragraphs(
            _(
                "Exactitude mesurée sur de vrais marchés, étiquetés à la main par deux lecteurs qui s’accordent. Les "
                "règles ont été écrites avec ces étiquettes sous les yeux : ces chiffres sont optimistes."
            )
        )
        view.table(
            measured, [Column(name, _(label)) for name, label in definitions.MEASURES.items()], name="exactitude"
        )
    view.section(_("Corrections"))
    view.paragraphs(
        _("Une erreur ? Chaque marché dit la règle qui l’a classé. Une correction se demande avec sa source publique."),
    )
    if corrected is not None and not corrected.is_empty():
        columns = [Column(name, _(label)) for name, label in definitions.CORRECTIONS.items()]
        view.table(corrected, columns, name="corrections")
    else:
        view.note(_("Aucune correction à ce jour."))


def take_home(view: View) -> None:
    """The dictionary, the grammar of addresses, open data and the API, the national edition."""
    view.section(_("Réutiliser"))
    with view.folded(_("Dictionnaire des données"), key="dictionary"):
        labels = (_("Table"), _("Nom"), _("Intitulé"), _("Type"), _("Unité"), _("Description"))
        frame = method.dictionary()
        view.table(frame, [Column(*pair) for pair in zip(frame.columns, labels, strict=True)], name="dictionnaire")
    with view.folded(_("Grammaire des adresses"), key="grammar"):
        view.note(_("Chaque adresse porte tout ce qui est montré. Un lien ancien reste valable."))
        frame = method.grammar()
        labels = (_("Clé"), _("Sens"), _("Valeurs"))
        view.table(frame, [Column(*pair) for pair in zip(frame.columns, labels, strict=True)], name="adresses")
    with view.folded(_("Données ouvertes et API"), key="open-data"):
        view.note(
            _(
                "Chaque table de chaque édition se télécharge, et les questions des pages se posent aussi par "
                "programme, avec les clés des adresses. Là, une clé ou une valeur inconnue est refusée : un chiffre "
                "calculé sans son filtre serait faux."
            )
        )
        columns = [
            Column("address", _("Adresse"), link=lambda row: row["link"]),
            Column("content", _("Ce qu’on y trouve")),
        ]
        # A table is kept by its rows: the site that was asked must be one of them, or others would be led elsewhere
        linked = method.open_addresses(view.edition).with_columns(link=view.origin + pl.col("address"))
        view.table(linked, columns, name="donnees-ouvertes")
    view.section(_("Charger l’édition nationale"), anchor="edition-nationale")
    view.paragraphs(
        _(
            "L’édition de démarrage suffit pour essayer. La nationale se télécharge et se classe en une commande ; "
            "elle remplace la précédente sans arrêter l’observatoire, qui la montre dès qu’elle est prête."
        )
    )
    view.code("make run\n# ou, l’observatoire déjà ouvert :\npython -m loaders update")


def draw(view: View) -> None:
    """The page, from its title to the link to share."""
    manifest = view.edition.manifest
    view.title(_(TITLE))
    view.lead(
        _("{count} marchés, classés par des règles publiques (méthode {version}), chacune vérifiable.").format(
            count=formats.count(manifest["counts"]["contracts_kept"]), version=manifest["method_version"]
        )
    )
    meanings(view)
    origins(view)
    worth(view)
    take_home(view)
    view.share(_(TITLE))


if __name__ == "__main__":
    page.show("methode", draw)
