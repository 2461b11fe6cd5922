"""The verbs of mail on the command line: ``python -m loaders mail build`` and ``… mail resolve``."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from language import gettext as _

Bars = Callable[[], AbstractContextManager]


def commands(messages: Console, progress: Bars) -> typer.Typer:
    """The group ``mail``, which speaks on ``messages`` and draws its progress with ``progress``."""
    app = typer.Typer(
        no_args_is_help=True, help=_("Les messageries des mairies : lire le tableau publié, interroger le DNS.")
    )

    @app.command(
        help=_("Écrit data/mail à partir du tableau publié par yohannes-git/mxmap-fr (validation_report.csv).")
    )
    def build(
        from_: Annotated[Path, typer.Option("--from", help=_("Tableau publié (CSV)."))],
        refreshed: Annotated[
            Path | None,
            typer.Option(help=_("Réponses de « mail resolve », qui remplacent les lignes de même domaine.")),
        ] = None,
        out: Annotated[Path | None, typer.Option(help=_("Dossier à écrire ; data/mail par défaut."))] = None,
    ) -> None:
        from loaders.mail.build import build as run
        from loaders.mail.table import FOLDER

        counts = run(from_, out or FOLDER, refreshed).manifest["counts"]
        sentence = _("{read} enregistrements lus : {kept} mairies gardées, {rejected} enregistrements écartés.").format(
            read=counts["records_read"], kept=counts["town_halls_kept"], rejected=counts["records_rejected"]
        )
        messages.print(sentence, highlight=False)

    @app.command(
        help=_(
            "Interroge le DNS (MX, puis SPF) de chaque domaine d’une liste, lentement. Interrompu, il reprend où il en "
            "était : relancez la même commande."
        )
    )
    def resolve(
        domains: Annotated[Path, typer.Argument(metavar="DOMAINS.csv", help=_("Tableau avec une colonne domain."))],
        out: Annotated[Path, typer.Option(help=_("Fichier CSV des réponses, complété à chaque lancement."))],
        resolver: Annotated[str, typer.Option(help=_("Adresse du résolveur ; celui du système par défaut."))] = "",
        rate: Annotated[float, typer.Option(help=_("Questions par seconde."), min=0.1, max=100)] = 5.0,
    ) -> None:
        from loaders.mail.lookup import Manners
        from loaders.mail.resolve import resolve as run

        with progress() as report:
            done = run(domains, out, Manners(queries_per_second=rate), resolver, report)
        sentence = _("{asked} domaines interrogés, {skipped} déjà connus : {out}.").format(
            asked=done.asked, skipped=done.skipped, out=out
        )
        messages.print(sentence, highlight=False)

    return app
