"""Who carries the mail of town halls: by department, by provider, commune by commune, and what DNS does not say."""

from dataclasses import replace
from datetime import date

import polars as pl

from analysis import mail
from analysis.mail import Choice
from charts import tile_map
from language import formats, mark
from language import gettext as _
from loaders.mail import providers
from loaders.mail.published import LEAST_CONFIDENCE
from loaders.mail.table import FOLDER, MailTable
from loaders.mail.vocabulary import BASES, KINDS
from loaders.vocabulary import CONFIDENCES
from ui import export, mail_filters, page, tables
from ui import mail as words
from ui.address import State
from ui.citation import Cited
from ui.tables import Column
from ui.view import View

TITLE = mark("Qui achemine le courrier des mairies")
PAGE_SIZE = 25


def cited(state: State) -> Cited:
    """What a citation of this page names: its own filters, its own source."""
    return Cited(
        words.summary(mail_filters.choice_of(state), tables.countries()), (MailTable(FOLDER).manifest["source"],)
    )


def map_of_departments(view: View, town_halls: pl.DataFrame, choice: Choice, stamp: str) -> None:
    """One square a department, and the same as a table."""
    everywhere = replace(choice, department="", search="")
    shares = words.departments().join(
        mail.by_department(town_halls, everywhere), on="department_code", maintain_order="left"
    )
    carrier = words.counted_words(choice, tables.countries())
    title = _("Part des mairies {carrier}").format(carrier=carrier)
    counted = {"commune": "", **({} if choice.provider or choice.country else {"mail_country": mail.FOREIGN_COUNTRY})}
    view.chart(tile_map.tile_map, tile_map.tile_map_text(shares), shares, title, counted, name="map", stamp=stamp)
    view.note(_("Un carré par département, outre-mer compris ; sa place est approximative, sa taille ne dit rien."))
    with view.folded(_("Les chiffres, département par département"), key="departments-table"):
        columns = [
            Column("department_name", _("Département"), link=lambda row: view.link(department=row["department_code"])),
            Column("department_code", _("Numéro")),
            Column("share"),
            Column("counted_count", _("Mairies comptées")),
            Column("unknown_count", _("Pays inconnu")),
            Column("town_hall_count", _("Mairies")),
        ]
        view.table(shares, columns, name="messageries-departements")


def ranking(view: View, town_halls: pl.DataFrame, choice: Choice) -> None:
    """The providers by number of town halls, each leading to its own map."""
    view.section(_("Fournisseur par fournisseur"))
    rows = mail.ranking(town_halls, choice).with_columns(
        kind=pl.col("provider").replace_strict(providers.kinds(), default=None, return_dtype=pl.String),
        verified=pl.col("provider").replace_strict(words.confidences(), default=None, return_dtype=pl.String),
    )
    columns = [
        Column("provider", _("Fournisseur"), lambda row: words.link_to(view, row["provider"]), codes=providers.names()),
        Column("town_hall_count", _("Mairies")),
        Column("share"),
        Column("kind", _("Nature"), codes=KINDS),
        Column("country", _("Contrôlé depuis")),
        Column("verified", _("Contrôle"), codes=CONFIDENCES),
    ]
    view.table(rows, columns, name="messageries-fournisseurs")


def communes(view: View, town_halls: pl.DataFrame, choice: Choice) -> None:
    """The town halls that answer the filters, a page at a time."""
    view.section(_("Commune par commune"))
    total = mail.search(town_halls, choice, 0).total
    page_count = max(1, -(-total // PAGE_SIZE))
    number = min(view.state.page_number, page_count)
    found = mail.search(town_halls, choice, PAGE_SIZE, (number - 1) * PAGE_SIZE)
    columns = [
        Column("commune_name", _("Commune")),
        Column("department_code", _("Département")),
        Column("domain", _("Domaine")),
        Column("provider", _("Fournisseur"), codes=providers.names()),
        Column("basis", _("Fondement"), codes=BASES),
        Column("confidence", _("Confiance")),
        Column("provider_country", _("Pays"), only_in_files=True),
        Column("published_provider", _("Fournisseur publié"), codes=providers.names(), only_in_files=True),
        Column("flags", _("Indices"), only_in_files=True),
        Column("insee_code", _("Code Insee"), only_in_files=True),
        Column("looked_up_on", _("Relevé le"), only_in_files=True),
    ]
    view.note(_("{count} mairies répondent à ces filtres.").format(count=formats.count(total)))
    view.table(found.rows, columns, name="messageries")
    view.pages(page_count)
    if page_count > 1:
        label = _("Télécharger les {count} lignes :").format(count=formats.count(min(total, export.MOST_ROWS)))
        everything = lambda: mail.search(town_halls, choice, export.MOST_ROWS).rows  # noqa: E731
        view.downloads(everything, columns, name="messageries-toutes", label=label)


def draw(view: View) -> None:
    """The page, from its title to the link to share."""
    table = MailTable(FOLDER)
    manifest, choice = table.manifest, mail_filters.choice_of(view.state)
    town_halls = table.town_halls
    view.title(_(TITLE))
    view.lead(words.lead(mail.carried(town_halls, choice), choice, tables.countries()))
    view.html(words.source_note(manifest["source"], date.fromisoformat(manifest["latest_look_up"])))
    view.note(words.summary(choice, tables.countries()))
    view.choices(mail_filters.show)
    map_of_departments(view, town_halls, choice, manifest["created_at"])
    ranking(view, town_halls, choice)
    communes(view, town_halls, choice)
    view.section(_("Ce que le DNS ne dit pas"))
    view.paragraphs(*words.limits(LEAST_CONFIDENCE))
    view.share(_(TITLE))


if __name__ == "__main__":
    page.show("messageries", draw, cited)
