"""The OpenAPI 3.1 description of the API, made from the declarations of its questions, keys and columns."""

from language import gettext as _
from language import mark
from ui import address
from ui.address_keys import KEYS
from web.api import columns, parameters, problems
from web.api.answers import ADDRESS
from web.api.asking import Question
from web.api.parameters import LINES_KEY, MOST_LINES
from web.api.questions import QUESTIONS

VERSION = "1.0.0"
_ABOUT = mark(
    "Les mêmes questions que les pages de l’observatoire, avec les mêmes paramètres que leurs adresses. Lecture "
    "seule, sans clé ni cookie. Une page ignore un paramètre qu’elle ne comprend pas et le dit ; ici, un paramètre ou "
    "une valeur inconnus sont refusés (400) : un chiffre calculé sans son filtre serait faux. Les montants (_cents) "
    "sont des entiers, en centimes d’euro hors taxes. Une réponse tient au plus {lines} lignes ; « next » donne la "
    "suite. Sans « edition », la réponse suit l’édition courante ; avec elle, elle ne change plus. En CSV, un texte "
    "qu’un tableur exécuterait comme une formule est précédé d’une apostrophe."
)
_KEY_MEANINGS = {
    LINES_KEY: mark("lignes par réponse"),
    "v": mark("version de cette grammaire"),
}
_TYPES = {"date": {"type": "string", "format": "date"}, "array": {"type": "array", "items": {"type": "string"}}}
_REFUSALS = {
    400: mark("Paramètre refusé."),
    414: mark("L’adresse est trop longue."),
    404: mark("Édition ou marché inconnus."),
    410: mark("Édition qui n’est plus conservée."),
    503: mark("Trop de questions à la fois, ou aucune édition."),
}


def document(origin: str) -> dict:
    """The description of the API served at ``origin``, in the current language."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": _("Nuages publics : interface de programmation"),
            "version": VERSION,
            "description": _(_ABOUT).format(lines=MOST_LINES),
            "license": {"name": "Licence Ouverte 2.0", "identifier": "etalab-2.0"},
        },
        "servers": [{"url": origin}],
        "paths": {
            f"{ADDRESS}/{question.name}.{extension}": {"get": _operation(question, extension)}
            for question in QUESTIONS.values()
            for extension in ("json", "csv")
        },
        "components": {
            "schemas": {"Problem": _problem(), "Column": _column()},
            "parameters": {name: _parameter(name) for name in _every_parameter()},
            "responses": {str(status): _refusal(text) for status, text in _REFUSALS.items()},
        },
    }


def _operation(question: Question, extension: str) -> dict:
    names = (*question.keys, "page", LINES_KEY, "v")
    content = (
        {"application/json": {"schema": _answer(question)}}
        if extension == "json"
        else {"text/csv": {"schema": {"type": "string"}}}
    )
    return {
        "operationId": f"{question.name}.{extension}",
        "summary": _(question.title),
        "description": " ".join(_(notice) for notice in question.notices),
        "parameters": [{"$ref": f"#/components/parameters/{name}"} for name in names],
        "responses": {
            "200": {"description": _("La réponse."), "headers": _headers(), "content": content},
            "304": {"description": _("Le lecteur a déjà cette réponse.")},
            **{str(status): {"$ref": f"#/components/responses/{status}"} for status in _REFUSALS},
        },
    }


def _every_parameter() -> list[str]:
    used = (name for question in QUESTIONS.values() for name in question.keys)
    return list(dict.fromkeys((*used, "page", LINES_KEY, "v")))


def _refusal(text: str) -> dict:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": _(text), "content": {problems.MEDIA_TYPE: {"schema": schema}}}


def _parameter(name: str) -> dict:
    is_required = any(name in question.required for question in QUESTIONS.values())
    shape = parameters.schema(name)
    meaning = _KEY_MEANINGS.get(name) or KEYS[name].meaning
    described = {"name": name, "in": "query", "required": is_required, "description": _(meaning), "schema": shape}
    default = _default(name)
    if default and not is_required:
        described["schema"] = {**shape, "default": [default] if shape.get("type") == "array" else default}
    if shape.get("type") == "array":
        described |= {"style": "form", "explode": False}
    return described


def _default(name: str) -> object:
    if name in (LINES_KEY, "v"):
        return parameters.LINES if name == LINES_KEY else str(address.VERSION)
    written = parameters.default(name)
    return int(written) if parameters.schema(name).get("type") == "integer" else written


def _headers() -> dict:
    text = {"schema": {"type": "string"}}
    return dict.fromkeys(("ETag", "Last-Modified", "Cache-Control", "Link"), text)


def _answer(question: Question) -> dict:
    texts = ("question", "title", "edition", "method_version", "licence", "link", "data")
    beside = {
        name: _object({"columns": _list({"$ref": "#/components/schemas/Column"}), "rows": _list(_row(names))})
        for name, names in question.beside.items()
    }
    return _object(
        {
            **{name: {"type": "string"} for name in texts},
            "parameters": {"type": "object", "additionalProperties": {"type": "string"}},
            "notices": _list({"type": "string"}),
            "columns": _list({"$ref": "#/components/schemas/Column"}),
            "rows": _list(_row(question.columns)),
            "total": {"type": "integer", "minimum": 0},
            "next": {"type": ["string", "null"]},
            **beside,
        }
    )


def _row(names: str) -> dict:
    return _object({column.name: _value(column) for column in map(columns.described, names.split())})


def _value(column: columns.Described) -> dict:
    shape = dict(_TYPES.get(column.type, {"type": column.type}))
    shape["type"] = [shape["type"], "null"]
    if column.codes:
        shape["enum"] = [*column.codes, None]
    said = {"title": _(column.label), "description": _(column.description) if column.description else ""}
    if column.unit:
        said["x-unit"] = _(column.unit)
    return {**shape, **{name: text for name, text in said.items() if text}}


def _problem() -> dict:
    text = {"type": "string"}
    described = _object({"type": text, "title": text, "status": {"type": "integer"}})
    described["properties"] |= {"key": text, "understood": _list(text)}
    return described


def _column() -> dict:
    text = {"type": "string"}
    described = _object({"name": text, "type": text, "label": text})
    described["properties"] |= {"description": text, "unit": text}
    return described


def _object(properties: dict) -> dict:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(items: dict) -> dict:
    return {"type": "array", "items": items}
