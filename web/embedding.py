"""How to embed a chart: ``/integrer/<page>?…&graphique=…`` gives the code of one, ``/integrer/`` shows examples."""

from collections.abc import Callable
from html import escape

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from language import gettext as _
from language import mark, speaking
from ui import footer, forms, markup
from ui.address import State
from web import appearance, documents
from web.alone import alone_of
from web.asked import Asked, asked_or_refused, origin
from web.gathered import Chart
from web.head import Said

HEIGHT_PX = 90
"""What stands around a figure in its frame: margins and the line that says where it comes from."""

EXAMPLES = {
    "": ("interval", mark("L’intervalle d’une sélection")),
    "ministeres": ("ranking", mark("Les ministères côte à côte")),
    "echeances": ("endings", mark("Ce qui finit, année par année")),
    "messageries": ("map", mark("La carte des messageries")),
}
_DEFAULT_HEIGHT_PX = 480


def code(state: State, chart: Chart | None, chosen: str, site: str) -> str:
    """The HTML to copy into another page: a frame as wide as its column, tall enough for the figure on a phone."""
    source = forms.embedded(state, state.chart, site)
    source += appearance.asked_by(chosen)
    figure = chart and chart.figure(appearance.THEMES[chosen])
    height = (figure.to_dict()["layout"]["height"] + HEIGHT_PX) if figure else _DEFAULT_HEIGHT_PX
    title = escape(chart.title if chart else _("Nuages publics"))
    return (
        f'<iframe src="{escape(source)}" title="{title}" width="100%" height="{height:.0f}" '
        'style="border:0" loading="lazy"></iframe>'
    )


def embedding(request: Request) -> Response:
    """The code that embeds one chart, on paper and on a dark screen, with the frame as it will be."""
    return _answer(request, forms.path_of(request.path_params["page"]), _of_one)


def examples(request: Request) -> Response:
    """One frame for each kind of chart, with its code."""
    return _answer(request, "", _of_examples)


ROUTES = [Route("/integrer/{page}", embedding), Route("/integrer/", examples)]


def _answer(request: Request, path: str, write: Callable[[Asked, str], str]) -> Response:
    wanted = asked_or_refused(request, path)
    if isinstance(wanted, Response):
        return wanted
    with speaking(wanted.state.language):
        title = _("Intégrer un graphique")
        body = f'<h1 class="np-title">{markup.escaped(title)}</h1>' + write(wanted, origin(request.base_url))
        head = f"<title>{escape(Said(title, '').whole_title)}</title>"
        masthead = footer.masthead(wanted.state)
        page = documents.document(head, f"{masthead}{documents.MAIN}{body}{documents.END_OF_MAIN}")
    return documents.answer(request, page, wanted.edition, wanted.seconds, may_be_framed=False)


def _of_one(wanted: Asked, site: str) -> str:
    found = alone_of(wanted.state, wanted.edition, site)
    if found is None:
        return f'<p class="np-text">{markup.said(_("Cette page n’a pas ce graphique, avec ces filtres."))}</p>'
    light, dark = (code(found.state, found.chart, chosen, site) for chosen in appearance.THEMES)
    return (
        f'<p class="np-lead">{markup.escaped(found.chart.title)}</p>'
        + _note(
            _("Ce cadre montrera toujours cette édition ; il suit la largeur de sa colonne, sans script ni traceur.")
        )
        + _with_its_code(light)
        + f"<h2>{markup.escaped(_('Sur fond sombre'))}</h2>"
        + _with_its_code(dark)
    )


def _of_examples(wanted: Asked, site: str) -> str:
    parts = [
        _note(
            _("Sous chaque graphique de l’observatoire, « Intégrer » donne le code de ce graphique, filtres compris.")
        )
    ]
    for path, (name, label) in EXAMPLES.items():
        state = State(page=path, chart=name, language=wanted.state.language)
        found = alone_of(state, wanted.edition, site)
        chart = None if found is None else found.chart
        parts += [
            f"<h2>{markup.escaped(_(label))}</h2>",
            _with_its_code(code(state, chart, appearance.LIGHT_CODE, site)),
        ]
    return "".join(parts)


def _with_its_code(frame: str) -> str:
    return f'{frame}<pre class="np-code">{escape(frame)}</pre>'


def _note(text: str) -> str:
    return f'<p class="np-note">{markup.said(text)}</p>'
