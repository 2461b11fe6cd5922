"""What a file holds, judged from its first bytes and never from its name."""

import re
from enum import Enum, auto

from language import mark
from loaders.errors import UnreadableSource
from loaders.read.encoding import decoded
from loaders.read.source import Source

_HEAD_BYTES = 1 << 16
_WEB_PAGE = re.compile(r"<(!doctype\s+html|html|head|body|script|title)\b", re.IGNORECASE)
_BLANKS_AND_CONTROLS = "".join(map(chr, range(0x21))) + "\x7f\xa0\ufeff"


class Content(Enum):
    """The kinds of content that a reader exists for."""

    PARQUET = auto()
    GZIP = auto()
    ZIP = auto()
    JSON = auto()
    CSV = auto()


_MAGIC = {b"PAR1": Content.PARQUET, b"\x1f\x8b": Content.GZIP, b"PK\x03\x04": Content.ZIP, b"PK\x05\x06": Content.ZIP}


def content_of(source: Source) -> Content:
    """What the file holds.

    Raises UnreadableSource when the file is absent, may not be read, is empty, or holds none of these kinds.
    """
    head = _head(source)
    if not head:
        raise source.refusal(mark("Le fichier {name} est vide : téléchargez-le de nouveau."))
    for magic, content in _MAGIC.items():
        if head.startswith(magic):
            return content
    raw_text = decoded(head)
    text = raw_text.strip(_BLANKS_AND_CONTROLS)
    if text.startswith(("{", "[")):
        return Content.JSON
    first_line = text.partition("\n")[0]
    if text.startswith("<") or "\0" in raw_text or not any(sign in first_line for sign in ",;\t|"):
        raise _refusal(source, text)
    return Content.CSV


def _refusal(source: Source, text: str) -> UnreadableSource:
    if not text.startswith("<"):
        return source.refusal(
            mark(
                "Le format du fichier {name} n’est pas reconnu : "
                "il faut du JSON, du CSV ou du Parquet, compressé ou non."
            )
        )
    if _WEB_PAGE.search(text):
        return source.refusal(
            mark("Le fichier {name} est une page web, pas des données : l’adresse a sans doute changé.")
        )
    return source.refusal(
        mark("Le fichier {name} est en XML : prenez la version JSON, CSV ou Parquet de la même source.")
    )


def _head(source: Source) -> bytes:
    try:
        with source.path.open("rb") as file:
            return file.read(_HEAD_BYTES)
    except FileNotFoundError:
        raise source.refusal(mark("Le fichier {name} n’existe pas : vérifiez le chemin.")) from None
    except PermissionError:
        raise source.refusal(mark("Le fichier {name} ne peut pas être ouvert : le droit de lecture manque.")) from None
    except IsADirectoryError:
        raise source.refusal(mark("{name} est un dossier : donnez un fichier.")) from None
