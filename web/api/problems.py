"""Why the API answers nothing, as a problem document (RFC 9457): our own words and keys, never what was sent."""

from collections.abc import Sequence

import msgspec
from starlette.responses import Response

from language import gettext as _
from language import mark

MEDIA_TYPE = "application/problem+json"

KINDS = {
    "unknown-question": (404, mark("Cette question n’existe pas : /api/v1/ les énumère.")),
    "unknown-parameter": (
        400,
        mark("Cette question n’obéit pas à l’un des paramètres de l’adresse : rien n’a été calculé sans lui."),
    ),
    "unknown-value": (
        400,
        mark("La valeur du paramètre « {key} » n’est pas comprise : rien n’a été calculé sans elle."),
    ),
    "repeated-parameter": (400, mark("Le paramètre « {key} » est donné plusieurs fois.")),
    "missing-parameter": (400, mark("Il manque le paramètre « {key} ».")),
    "unreadable-query": (400, mark("L’adresse ne se lit pas : texte UTF-8 et quelques paramètres, rien de plus.")),
    "query-too-long": (414, mark("L’adresse est trop longue.")),
    "unknown-contract": (404, mark("Cette édition n’a pas de marché sous cet identifiant.")),
    "unknown-edition": (404, mark("Aucune édition ne porte ce nom. /donnees/ les énumère.")),
    "edition-gone": (
        410,
        mark("Cette édition n’est plus conservée ici. /donnees/ énumère celles qui le sont."),
    ),
    "edition-coming": (503, mark("Cette édition arrive sur ce serveur : réessayez dans un instant.")),
    "no-edition": (503, mark("Aucune édition n’est disponible pour le moment.")),
    "busy": (503, mark("Trop de questions à la fois : réessayez dans un instant.")),
}
"""Each kind of problem: its HTTP status and its sentence."""

RETRY_SECONDS = 5


class Problem(Exception):
    """An answer that cannot be given: its kind (of ``KINDS``), our key that it is about, what would be understood."""

    def __init__(self, kind: str, key: str = "", understood: Sequence[str] = ()) -> None:
        super().__init__(kind)
        self.kind = kind
        self.key = key
        self.understood = tuple(understood)

    @property
    def status(self) -> int:
        """The HTTP status of its kind."""
        return KINDS[self.kind][0]


def document(problem: Problem) -> dict:
    """The problem in the current language."""
    status, sentence = KINDS[problem.kind]
    said = {
        "type": f"/api/v1/#{problem.kind}",
        "title": _(sentence).format(key=problem.key),
        "status": status,
        "key": problem.key,
        "understood": list(problem.understood),
    }
    return {name: value for name, value in said.items() if value}


def response(problem: Problem) -> Response:
    """The HTTP answer for ``problem``, in the current language; kept by nobody."""
    headers = {"cache-control": "no-store"}
    if problem.kind in ("busy", "edition-coming"):
        headers["retry-after"] = str(RETRY_SECONDS)
    return Response(msgspec.json.encode(document(problem)), problem.status, headers, MEDIA_TYPE)
