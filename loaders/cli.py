"""The command line: every verb of the pipeline, with progress while it works and one sentence when it fails."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import polars as pl
import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from language import gettext as _
from language import use_environment

use_environment()

app = typer.Typer(
    name="loaders",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    help=_(
        "Des fichiers publics à une édition de l’observatoire.\n\n"
        "Une édition est un dossier de tables Parquet, daté, signé, qui ne change plus. Les pages montrent celle que "
        "désigne `data/editions/current`, sinon l’édition de démarrage livrée avec le projet.\n\n"
        "Exemples :\n\n"
        "- tout télécharger, construire, contrôler, publier : `python -m loaders update`\n\n"
        "- construire hors ligne : `python -m loaders build --from decp.json --out mon-edition`\n\n"
        "- classer sa propre liste : `python -m loaders classify liste.csv --out liste-classee.csv`"
    ),
)
WIDE_COLUMNS = 200
"""How wide tables are when nobody's terminal limits them."""

_messages = Console(stderr=True, markup=False)
_answers = Console(width=None if sys.stdout.isatty() else WIDE_COLUMNS, markup=False)


@app.command(help=_("Télécharge les sources déclarées, construit l’édition nationale, la contrôle et la publie."))
def update(
    only: Annotated[
        list[str] | None,
        typer.Option(help=_("Seulement ces sources (identifiants de data/sources.toml) ; répétable.")),
    ] = None,
    accept_suspicious: Annotated[
        bool,
        typer.Option(
            "--accept-suspicious",
            help=_("Publie même une édition trop courte, trop ancienne ou trop différente de la courante."),
        ),
    ] = False,
) -> None:
    from loaders.update import update as run

    with _progress() as report:
        done = run(only or [], report, accept_suspicious)
    for failure in done.failures:
        _warn(str(failure))
    for suspicion in done.accepted:
        _warn(_("Accepté : {suspicion}").format(suspicion=suspicion))
    if done.edition is None:
        _messages.print(_("Les registres serviront à la prochaine édition."))
    else:
        _announce_edition(_("Édition {id} publiée : {kept} marchés, {rejected} enregistrements écartés."), done.edition)


@app.command(help=_("Construit une édition hors ligne, à partir de fichiers locaux dont le format est reconnu seul."))
def build(
    from_: Annotated[
        list[str],
        typer.Option(
            "--from",
            help=_(
                "Fichier à lire (JSON 2019 ou 2022, CSV, Parquet ; gzip et zip acceptés) ; répétable. "
                "« ID=FICHIER » le rattache à une source de data/sources.toml."
            ),
        ),
    ],
    out: Annotated[Path, typer.Option(help=_("Dossier de l’édition ; remplacé d’un coup quand elle est prête."))],
    mapping: Annotated[
        Path | None, typer.Option(help=_("Correspondance de colonnes (TOML) pour un tableau d’attributions."))
    ] = None,
    starter: Annotated[
        bool, typer.Option("--starter", help=_("Ne garde que les marchés numériques et ceux de l’État."))
    ] = False,
) -> None:
    from loaders.build import Plan
    from loaders.build import build as run
    from loaders.sources import local_file

    plan = Plan([local_file(argument) for argument in from_], "starter" if starter else "local", mapping)
    with _progress() as report:
        edition = run(plan, out, report)
    _announce_edition(_("Édition {id} construite : {kept} marchés, {rejected} enregistrements écartés."), edition)


@app.command(
    help=_("Publie une édition déjà construite : elle est contrôlée, mise au dépôt, puis devient la courante.")
)
def publish(
    folder: Annotated[Path, typer.Argument(help=_("Dossier de l’édition."))],
    accept_suspicious: Annotated[
        bool,
        typer.Option("--accept-suspicious", help=_("Publie même une édition trop différente de la courante.")),
    ] = False,
) -> None:
    from loaders.adopt import adopt
    from loaders.editions import named

    edition = adopt(named(str(folder)), accept_suspicious)
    _announce_edition(_("Édition {id} publiée : {kept} marchés, {rejected} enregistrements écartés."), edition)


@app.command(help=_("Classe une liste CSV : mêmes lignes, même ordre, avec contrôle, produits, ministère et verdict."))
def classify(
    source: Annotated[
        Path,
        typer.Argument(
            metavar="IN.csv",
            help=_(
                "Colonnes reconnues, toutes facultatives : supplier_name, supplier_id, title, lot, cpv, descriptors, "
                "buyer_name, buyer_id, date, amount."
            ),
        ),
    ],
    out: Annotated[Path, typer.Option(help=_("Fichier CSV à écrire."))],
    definition: Annotated[
        str, typer.Option(help=_("Ce qui compte comme « chez nous » : france, ue, europe, hors-us."))
    ] = "ue",
) -> None:
    from loaders.supplier_list import classify_list

    rows = classify_list(source, out, definition)
    _messages.print(_("{rows} lignes classées dans {out}.").format(rows=rows, out=out))


@app.command(
    help=_(
        "Contrôle une édition, et refuse celle qui étonne : trop courte, trop ancienne ou, avec --against, trop "
        "différente d’une autre, dont les changements sont montrés."
    )
)
def check(
    edition: Annotated[str, typer.Argument(help=_("Dossier ou identifiant ; l’édition courante par défaut."))] = "",
    against: Annotated[str, typer.Option(help=_("Dossier ou identifiant de l’édition à comparer."))] = "",
    accept_suspicious: Annotated[
        bool, typer.Option("--accept-suspicious", help=_("Dit ce qui étonne sans le refuser."))
    ] = False,
) -> None:
    from loaders.check import differences, problems
    from loaders.editions import named
    from loaders.plausibility import expected_of, suspicions

    checked, before = named(edition), named(against) if against else None
    found = problems(checked)
    for problem in found:
        _messages.print(f"✗ {problem}", style="red")
    if found:
        raise typer.Exit(1)
    astonishing = suspicions(checked, expected_of(checked), before)
    for suspicion in astonishing:
        _warn(suspicion)
    if before:
        _print_frame(_("Verdicts changés, par règle"), differences(before, checked))
    if astonishing and not accept_suspicious:
        raise typer.Exit(1)
    _messages.print(_("Édition {id} : tous les contrôles passent.").format(id=checked.id))


@app.command(help=_("Mesure l’exactitude du classement sur des marchés étiquetés à la main."))
def evaluate(
    labels: Annotated[Path, typer.Option(help=_("Dossier de vendors.csv, objects.csv et buyers.csv."))],
    save: Annotated[
        bool, typer.Option("--save", help=_("Garde les mesures dans data/accuracy.json, que montre /methode."))
    ] = False,
    mistakes: Annotated[bool, typer.Option("--mistakes", help=_("Montre chaque erreur."))] = False,
) -> None:
    from loaders import evaluate as evaluation

    measured = evaluation.evaluate(labels)
    if save:
        evaluation.save(measured)
    _print_frame(_("Exactitude par axe"), measured.scores)
    _print_frame(_("Confusions"), _telling(measured.confusions))
    if mistakes:
        _print_frame(_("Erreurs"), measured.mistakes)


@app.command(name="list", help=_("Énumère les éditions, la courante marquée d’une flèche."))
def list_editions() -> None:
    from loaders import editions

    editions.catch_up()
    current = editions.current()
    table = Table("", _("Édition"), _("Créée le"), _("Méthode"), _("Marchés"), _("Sources"))
    for edition in editions.known():
        manifest = edition.manifest
        table.add_row(
            "→" if edition.id == current.id else "",
            edition.id,
            manifest["created_at"],
            manifest["method_version"],
            str(manifest["counts"]["contracts_kept"]),
            ", ".join(source["id"] for source in manifest["sources"]),
        )
    _answers.print(table)


@app.command(help=_("Revient à l’édition publiée avant la courante."))
def rollback() -> None:
    from loaders.editions import roll_back

    edition = roll_back()
    _messages.print(_("L’édition courante est de nouveau {id}.").format(id=edition.id))


def _add_mail() -> None:
    from loaders.mail.commands import commands

    app.add_typer(commands(_messages, _progress), name="mail")


def main() -> None:
    """Run the command line; a failure is one sentence on stderr and an exit code that is not zero."""
    from loaders.errors import LoaderError

    try:
        app()
    except LoaderError as failure:
        _messages.print(str(failure), style="red", soft_wrap=True, highlight=False, markup=False)
        sys.exit(1)
    except KeyboardInterrupt:
        _messages.print(_("Interrompu : l’édition courante n’a pas changé."))
        sys.exit(130)


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None]]:
    """A bar for each thing that is being done, on stderr; plain lines stay readable in a log."""
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=_messages) as bars:
        tasks: dict[str, TaskID] = {}

        def report(label: str, done: int, total: int) -> None:
            if label not in tasks:
                tasks[label] = bars.add_task(label, total=total or None)
            bars.update(tasks[label], completed=done, total=total or None)

        yield report


def _warn(sentence: str) -> None:
    _messages.print(sentence, style="yellow", soft_wrap=True, highlight=False, markup=False)


def _announce_edition(sentence: str, edition) -> None:
    counts = edition.manifest["counts"]
    _messages.print(
        sentence.format(id=edition.id, kept=counts["contracts_kept"], rejected=counts["records_rejected"]),
        highlight=False,
    )


def _telling(confusions: pl.DataFrame) -> pl.DataFrame:
    """Without the hundreds of product names on which label and rule agree."""
    is_agreement = pl.col("expected").eq_missing(pl.col("found"))
    return confusions.filter(~(pl.col("axis").str.starts_with("product") & is_agreement))


def _print_frame(title: str, frame) -> None:
    table = Table(*frame.columns, title=title)
    for row in frame.iter_rows():
        table.add_row(*(f"{value:.3f}" if isinstance(value, float) else str(value) for value in row))
    _answers.print(table)


_add_mail()
