"""Read the published table of town halls (yohannes-git/mxmap-fr, ``validation_report.csv``) into our own schema."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from language import mark
from loaders.errors import UnreadableSource
from loaders.mail import providers
from loaders.mail.schema import TOWN_HALL_SCHEMA
from loaders.mail.vocabulary import UNKNOWN

LEAST_CONFIDENCE = 50
"""Below it the source itself ranks a row as low: no mail server was seen, only a trace such as a page of a website."""

WEBSITES = ("facebook.com", "sites.google.com")
"""Domains of a page that the town hall publishes on, met where its mail domain was expected: no mail is there."""

_COLUMNS = ("insee", "name", "provider", "domain", "confidence", "flags")


@dataclass(frozen=True)
class Reading:
    """What became of every record: ``kept`` in our schema, ``rejected`` with ``insee_code, reason``."""

    kept: pl.DataFrame
    rejected: pl.DataFrame

    @property
    def read(self) -> int:
        """How many records there were."""
        return self.kept.height + self.rejected.height


def read_published(path: Path, published_on: date) -> Reading:
    """The published table as it stood on ``published_on``, in the order of commune codes.

    A town hall has the provider of its address when that is one of a known mailbox service, else the one the source
    published with enough confidence, else ``unknown``; what was published stays beside it. Raises UnreadableSource
    when a column is missing.
    """
    raw = _raw(path)
    is_code = pl.col("insee_code").str.contains("^[0-9][0-9AB][0-9]{3}$").fill_null(False)
    is_first = pl.int_range(pl.len()).over("insee_code") == 0
    judged = raw.with_columns(
        reason=pl.when(~is_code).then(pl.lit("malformed_code")).when(~is_first).then(pl.lit("duplicate_code"))
    )
    kept = judged.filter(pl.col("reason").is_null()).with_columns(looked_up_on=pl.lit(published_on))
    return Reading(
        concluded(kept).sort("insee_code"),
        judged.filter(pl.col("reason").is_not_null()).select("insee_code", "reason"),
    )


def concluded(facts: pl.DataFrame) -> pl.DataFrame:
    """``facts`` with ``provider``, ``provider_country`` and ``basis``, from domain, published provider and score."""
    by_address = pl.col("domain").replace_strict(providers.address_domains(), default=None, return_dtype=pl.String)
    is_named = pl.col("published_provider").is_in(list(providers.names())) & (pl.col("published_provider") != UNKNOWN)
    is_strong = (pl.col("confidence") >= LEAST_CONFIDENCE) & ~pl.col("domain").is_in(WEBSITES).fill_null(False)
    basis = (
        pl.when(by_address.is_not_null())
        .then(pl.lit("address"))
        .when(is_named & is_strong)
        .then(pl.lit("dns"))
        .when(is_named)
        .then(pl.lit("weak"))
        .otherwise(pl.lit("none"))
    )
    provider = (
        pl.when(pl.col("basis") == "address")
        .then(by_address)
        .when(pl.col("basis") == "dns")
        .then(pl.col("published_provider"))
        .otherwise(pl.lit(UNKNOWN))
    )
    country = pl.col("provider").replace_strict(providers.countries(), default=None, return_dtype=pl.String)
    return (
        facts.with_columns(basis=basis)
        .with_columns(provider=provider)
        .with_columns(provider_country=country)
        .select(pl.col(name).cast(dtype) for name, dtype in TOWN_HALL_SCHEMA.items())
    )


def _raw(path: Path) -> pl.DataFrame:
    try:
        frame = pl.read_csv(path, infer_schema=False)
    except (OSError, pl.exceptions.PolarsError) as failure:
        raise UnreadableSource(mark("« {file} » n’est pas un tableau CSV lisible."), file=path.name) from failure
    missing = [column for column in _COLUMNS if column not in frame.columns]
    if missing:
        raise UnreadableSource(
            mark("Il manque à « {file} » les colonnes {columns} : ce n’est pas le tableau des messageries."),
            file=path.name,
            columns=", ".join(missing),
        )
    return frame.select(
        insee_code=pl.col("insee"),
        commune_name=_commune(pl.col("name")),
        department_code=department(pl.col("insee")),
        domain=_domain(pl.col("domain")),
        published_provider=pl.col("provider"),
        confidence=pl.col("confidence").cast(pl.Int8, strict=False),
        flags=pl.col("flags").str.split("; "),
    )


def department(insee_code: pl.Expr) -> pl.Expr:
    """The department of a commune: two signs of its code, three overseas."""
    return pl.when(insee_code.str.contains("^9[78]")).then(insee_code.str.head(3)).otherwise(insee_code.str.head(2))


def _commune(name: pl.Expr) -> pl.Expr:
    return (
        name.str.replace(r"^(?i:mairie)(?: (?i:déléguée|annexe))? - ", "").str.replace_all("'", "’").str.strip_chars()
    )


def _domain(domain: pl.Expr) -> pl.Expr:
    # Three records read « gmail.com,<the name before the @> »
    cut = domain.str.split(",").list.first().str.strip_chars().str.to_lowercase()
    return pl.when(cut != "").then(cut)
