"""The shapes in which one company's name is published, so that a name is compared with exact aliases only.

A published name is tried as written, then with one thing taken away at a time: its legal form, its ``FRANCE``, what
follows a dash or a bracket, the other members of a consortium. Each shape must equal an alias, word for word.
"""

import polars as pl

from loaders.classify.text import folded

SHAPES = ("name", "france", "part", "mandataire")
"""From the surest to the least sure; the last two are tried with distinctive aliases only."""

_SHARE_COMPANY = r"(?:S ?A ?S ?U|S ?A ?S|S ?A)"
_FORM_AFTER = rf" {_SHARE_COMPANY}$"
_FORM_BEFORE = rf"^(?:(?:LA )?(?:SOCIETE|STE) )?(?:{_SHARE_COMPANY} )?"
_LINK_WORDS = r"(?-u:\b)(?:ET|AND) "
_RANK_AFTER = r" RANG \d.*$"
_CONSORTIUM = (
    r"(?i)^\s*(?:groupement|grpt|gpt)\b(?:\s+(?:momentan[ée]|conjoint|solidaire|d['’]entreprises?|de\s|des\s|:))*\s*"
)
_LEADER = r"(?i)\(?\s*mandataire"
_PART_END = r"\s+[-–—]\s*|[-–—]\s+|[(\[,;:|]|\s{2,}"
_MEMBER_END = rf"{_PART_END}|[/+]"
_SEVERAL = rf"{_CONSORTIUM}|{_LEADER}|(?i)titulaire|[/+]"


def comparable(name: pl.Expr) -> pl.Expr:
    """``name`` folded, without ET, AND nor an escaped ``&amp;``: the form in which aliases are compared."""
    return (folded(_unescaped(name)) + " ").str.replace_all(_LINK_WORDS, "").str.strip_chars(" ")


def without_legal_form(key: pl.Expr) -> pl.Expr:
    """A comparable name without ``SOCIETE``, ``SA``, ``SAS`` or ``SASU`` at its ends, nor a rank after it.

    Only these: they are what buyers add to or drop from the names of large companies. ``SARL`` stays, because a
    ``SARL DELL`` is somebody else.
    """
    return (
        key.str.replace(_RANK_AFTER, "")
        .str.replace(_FORM_AFTER, "")
        .str.replace(_FORM_BEFORE, "")
        .str.replace(_FORM_AFTER, "")
    )


def _unescaped(name: pl.Expr) -> pl.Expr:
    return name.str.replace_all("&amp;", "&", literal=True)


def _bare(name: pl.Expr) -> pl.Expr:
    return without_legal_form(comparable(name))


def _before(name: pl.Expr, pattern: str) -> pl.Expr:
    return _unescaped(name).str.replace_all(pattern, "\x00").str.split("\x00").list.first()


def _leader(name: pl.Expr) -> pl.Expr:
    """The leading member of a consortium: the one marked ``mandataire``, else the first of those listed."""
    says_consortium = name.str.contains(_CONSORTIUM) | name.str.contains(_LEADER)
    members = _before(name, _LEADER).str.replace(_CONSORTIUM, "")
    return pl.when(says_consortium).then(_before(members, _MEMBER_END))


def shapes(name: str) -> pl.Expr:
    """The shapes of the column ``name``: a list of ``{shape, key}``, the surest first, nothing where it adds nothing.

    The name as written and the name without its legal form share the shape ``name``.
    """
    published = pl.col(name)
    bare = _bare(published)
    one_company = ~published.str.contains(_SEVERAL)
    tried = [
        ("name", comparable(published)),
        ("name", bare),
        ("france", pl.when(bare.str.ends_with(" FRANCE")).then(bare.str.strip_suffix(" FRANCE"))),
        ("part", pl.when(one_company).then(_bare(_before(published, _PART_END)))),
        ("mandataire", _bare(_leader(published))),
    ]
    return pl.concat_list(
        [pl.struct(shape=pl.lit(shape, pl.Enum(SHAPES)), key=key) for shape, key in tried]
    ).list.filter(pl.element().struct.field("key").str.len_chars() > 0)


def may_match(name: pl.Expr, keys: pl.Series) -> pl.Expr:
    """Whether some of ``keys`` (comparable forms) stands in ``name``, as it must for a shape of it to equal the key.

    One search for all keys costs a tenth of taking a name apart, and few names of a national file pass it.
    """
    return comparable(name).str.contains_any(keys.drop_nulls().unique().to_list())


def slug(name: pl.Expr) -> pl.Expr:
    """``name`` as an identifier: its bare comparable form in small letters, words joined by dashes; null when empty."""
    words = _bare(name).str.to_lowercase().str.replace_all(r"[^a-z0-9]+", "-").str.strip_chars("-")
    return pl.when(words != "").then(words)
