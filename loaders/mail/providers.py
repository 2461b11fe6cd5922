"""The providers of ``data/reference/mail_providers.csv``: their names, who controls them, what reveals them."""

from functools import cache

import polars as pl

from loaders import reference


@cache
def table() -> pl.DataFrame:
    """One row a provider: ``provider, name, kind, owner, country, technology_country``, what reveals it, source."""
    return reference.table("mail_providers")


@cache
def names() -> dict[str, str]:
    """The French name of every provider by its code, in the order of the table."""
    return _column("name")


@cache
def countries() -> dict[str, str]:
    """The country that controls each provider; a provider that nobody identified has none."""
    return _column("country")


@cache
def kinds() -> dict[str, str]:
    """The kind (a key of vocabulary.KINDS) of each provider."""
    return _column("kind")


@cache
def address_domains() -> dict[str, str]:
    """The provider behind each domain that it gives addresses in, such as ``wanadoo.fr``."""
    return _suffixes("address_domains")


def by_mx(host: str) -> str | None:
    """The provider that runs the mail server ``host``; None when no suffix of ours is its own."""
    return _by_suffix(host, _suffixes("mx_suffixes"))


def by_spf(name: str) -> str | None:
    """The provider that an SPF record allows by the domain ``name``; None when no suffix of ours is its own."""
    return _by_suffix(name, _suffixes("spf_suffixes"))


def _column(name: str) -> dict[str, str]:
    rows = table().filter(pl.col(name).is_not_null())
    return dict(zip(rows["provider"], rows[name], strict=True))


@cache
def _suffixes(column: str) -> dict[str, str]:
    return {suffix: provider for provider, suffixes in _column(column).items() for suffix in suffixes.split()}


def _by_suffix(name: str, suffixes: dict[str, str]) -> str | None:
    labels = name.lower().rstrip(".").split(".")
    endings = (".".join(labels[start:]) for start in range(len(labels)))
    return next((suffixes[ending] for ending in endings if ending in suffixes), None)
