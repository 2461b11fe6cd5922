"""``python -m loaders``: the command line of the pipeline, and the one verb that draws what the pages draw.

``reproduce`` belongs to what is served: it is added here, so that no module of the pipeline knows of the screen.
"""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from language import gettext as _
from loaders import allocator  # noqa: F401 - before Polars
from loaders.cli import app, main


@app.command(help=_("Recalcule un graphique d’après son identifiant ou son lien, et compare les chiffres."))
def reproduce(
    asked: Annotated[str, typer.Argument(help=_("Identifiant (np1-…), adresse /id/… ou lien d’un graphique."))],
    edition: Annotated[
        str, typer.Option(help=_("Dossier ou identifiant d’une édition, si elle n’est plus dans le magasin."))
    ] = "",
    package: Annotated[
        Path | None, typer.Option(help=_("Paquet ZIP téléchargé, dont les chiffres seront comparés un à un."))
    ] = None,
) -> None:
    from web.reproduce import reproduce as run

    done = run(asked, edition, package)
    messages = Console(stderr=True, markup=False)
    sys.stdout.write("\n".join(done.texts))
    verdicts = {
        True: _("Mêmes chiffres : « {title} », édition {edition}."),
        False: _("Chiffres différents : « {title} », édition {edition}. Ceux d’aujourd’hui sont ci-dessus."),
        None: _("« {title} », édition {edition} : recalculé, sans rien à quoi comparer."),
    }
    said = verdicts[done.is_same].format(title=done.alone.chart.title, edition=done.alone.edition.id)
    messages.print(said, highlight=False, soft_wrap=True)
    if done.is_same is False:
        raise typer.Exit(1)


main()
