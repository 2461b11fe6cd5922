"""The identifier of a chart as it was seen: short enough to print, complete enough to find it again for ever.

``np1-`` then base 32: the digest of the numbers, then the whole address with every default, compressed with a list of
the words that addresses are made of. Nothing is stored on the server: whoever has the identifier has the address, and
the numbers can be recomputed and compared.
"""

import base64
import binascii
import zlib
from dataclasses import dataclass
from urllib.parse import urlsplit

from ui import address
from ui.address import State
from web.numbers import DIGEST_BYTES

PREFIX = "np1-"
_CHECK_BYTES = 2
_LONGEST = 2_000
_LONGEST_ADDRESS = 4_000

# Never to be changed: identifiers of the first form are read with these very words. Likely ones stand last.
_WORDS = (
    "&service=&face=&quota=60&tri=date&page=1&mois=12&au=20&theme=tous&statut=tous&cas=&departement=&commune="
    "&fournisseur_mail=&pays=etranger&fin=&controle=documente&q=&groupe=&fournisseur=&produit=&id="
    "foreign_control,foreign_product,hybrid,opaque,home_documented,home_presumed,unknown"
    "agriculture,outre-mer,culture,affaires-etrangeres,travail,sante,enseignement-superieur,education,justice,"
    "economie,armees,interieur,premier-ministre,transition-ecologique,etat-non-determine"
    "marche?messageries?reperes?echeances?marches?alternatives?fournisseurs?ministeres?"
    "graphique=interval&graphique=amounts&graphique=ranking&graphique=heat-map&graphique=years"
    "?v=1&ministere=tous&annees=toutes&acheteur=tous&perimetre=numerique&definition=ue&montant=partage&signales=non"
    "&langue=fr&edition=2026-1"
).encode("ascii")


class UnreadableIdentifier(ValueError):
    """Not an identifier of ours, or one that was mistyped."""


@dataclass(frozen=True)
class Identified:
    """What an identifier says: the state, its edition and its chart among it, and the digest of the numbers."""

    state: State
    digest: bytes


def identifier(state: State, digest: bytes) -> str:
    """The identifier of the chart of ``state`` (which pins its edition and names its chart) with those numbers."""
    written = f"{state.page}?{address.link(state, explicit=True).split('?', 1)[1]}".encode("ascii")
    packer = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zlib.Z_DEFAULT_STRATEGY, _WORDS)
    packed = digest + packer.compress(written) + packer.flush()
    checked = binascii.crc_hqx(packed, 0).to_bytes(_CHECK_BYTES) + packed
    return PREFIX + _in_base_32(checked).lower()


def read(text: str) -> Identified:
    """What an identifier says. Raises UnreadableIdentifier when it is none of ours or was mistyped."""
    packed = _unpadded(text.strip().lower())
    try:
        unpacker = zlib.decompressobj(-15, _WORDS)
        written = unpacker.decompress(packed[DIGEST_BYTES:], _LONGEST_ADDRESS).decode("ascii")
    except (zlib.error, UnicodeDecodeError) as broken:
        raise UnreadableIdentifier from broken
    parts = urlsplit(written)
    state, _notices = address.state_from(parts.path, parts.query)
    return Identified(state, packed[:DIGEST_BYTES])


def _unpadded(text: str) -> bytes:
    if not text.startswith(PREFIX) or len(text) > _LONGEST:
        raise UnreadableIdentifier
    body = text.removeprefix(PREFIX).upper()
    try:
        checked = base64.b32decode(body + "=" * (-len(body) % 8))
    except binascii.Error as broken:
        raise UnreadableIdentifier from broken
    if _in_base_32(checked) != body:
        raise UnreadableIdentifier
    packed = checked[_CHECK_BYTES:]
    if len(packed) <= DIGEST_BYTES or binascii.crc_hqx(packed, 0).to_bytes(_CHECK_BYTES) != checked[:_CHECK_BYTES]:
        raise UnreadableIdentifier
    return packed


def _in_base_32(checked: bytes) -> str:
    return base64.b32encode(checked).decode("ascii").rstrip("=")
