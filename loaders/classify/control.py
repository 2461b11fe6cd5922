"""From which country a vendor is controlled in the end, at the contract's date, and what says so.

The order of evidence: a row of the project's registry, the ultimate parent declared to GLEIF, the country that a
foreign identifier states (establishment, not control), a French SIREN whose parent nobody documented, nothing. An
establishment in France is not control: the last two leave the country empty.
"""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from loaders import reference, schema
from loaders.classify.holders import HOLDER, resolve
from loaders.classify.legal_forms import add_legal_form
from loaders.classify.names import slug
from loaders.classify.registry import Registry
from loaders.enrich import DERIVED_FOLDER, gleif, sirene

CONTROL_COLUMNS = tuple(
    """
    vendor_id vendor_name vendor_siren group_id group_name vendor_kind control_country control_basis
    control_confidence control_rule control_source technology_country
    """.split()
)

_FACTS = (
    "vendor_name vendor_siren vendor_kind technology_country group_id group_name country verified rule source".split()
)


@dataclass(frozen=True)
class KnownHolders:
    """Who holders are, each told from another by ``holder_key``, which is a hash of the columns ``HOLDER``.

    ``ever``: who controls those of whom a day says nothing, nearly all (``CONTROL_COLUMNS``). ``changing``: what
    ``resolve`` and ``add_legal_form`` say of the others, whose control may change with time.
    """

    ever: pl.LazyFrame
    changing: pl.LazyFrame


def known_holders(
    awards: pl.LazyFrame, registry: Registry | None = None, derived: Path = DERIVED_FOLDER
) -> KnownHolders:
    """The holders of ``awards``, for ``add_control`` of some of these awards. In: holder_id, holder_id_type,
    holder_name; any may be null. The other parameters are those of ``add_control``.
    """
    registry, parents = registry or Registry.load(), gleif.read(derived)
    holders = awards.select(*HOLDER, holder_key=_holder_key()).unique("holder_key", keep="any")
    known = add_legal_form(resolve(holders, registry)).collect().lazy()
    changing = _with_dated_facts(known, parents).collect().lazy()
    always = known.join(changing, on="holder_key", how="anti").with_columns(contract_date=pl.lit(None, pl.Date))
    return KnownHolders(
        ever=_controlled(always, registry, parents, derived).drop("contract_date").collect().lazy(),
        changing=known.join(changing, on="holder_key", how="semi").collect().lazy(),
    )


def add_control(
    awards: pl.LazyFrame,
    registry: Registry | None = None,
    derived: Path = DERIVED_FOLDER,
    holders: KnownHolders | None = None,
) -> pl.LazyFrame:
    """``awards`` with who each holder is and who controls it: the columns of ``CONTROL_COLUMNS``.

    In: holder_id, holder_id_type, holder_name (any may be null), contract_date (null: the latest known period).
    ``derived`` is where the GLEIF and SIRENE extracts are read from when they are there. ``control_country`` is an ISO
    alpha-2 code, empty when the basis is ``siren_only`` or ``none``. ``control_rule`` reads
    ``field=table:row>table:row``. The number of rows is kept, their order is not. ``holders`` are the
    ``known_holders`` of these awards or of more, when at hand.
    """
    registry = registry or Registry.load()
    holders = holders or known_holders(awards, registry, derived)
    keyed = awards.with_columns(holder_key=_holder_key())
    met = keyed.select("holder_key", "contract_date").unique().join(holders.changing, on="holder_key")
    then = _controlled(met, registry, gleif.read(derived), derived).collect().lazy()
    return pl.concat(
        [
            keyed.join(holders.ever, on="holder_key"),
            keyed.join(then, on=["holder_key", "contract_date"], nulls_equal=True),
        ]
    ).drop("holder_key")


def _holder_key() -> pl.Expr:
    return pl.struct(HOLDER).hash()


def _with_dated_facts(holders: pl.LazyFrame, parents: pl.LazyFrame) -> pl.LazyFrame:
    """``holder_key`` of those whose control may change with time; few, and of all others a day says nothing."""
    declared = holders.join(parents, on="siren", how="semi").select("holder_key")
    return pl.concat([declared, holders.filter(pl.col("entity").is_not_null()).select("holder_key")]).unique()


def _controlled(dated: pl.LazyFrame, registry: Registry, parents: pl.LazyFrame, derived: Path) -> pl.LazyFrame:
    return (
        _with_registry(dated, registry)
        .pipe(_with_gleif, parents)
        .pipe(_with_names, sirene.read(derived))
        .with_columns(_identity())
        .with_columns(_control())
        .select("holder_key", "contract_date", *CONTROL_COLUMNS)
    )


def _with_registry(dated: pl.LazyFrame, registry: Registry) -> pl.LazyFrame:
    day = pl.col("contract_date")
    in_force = pl.when(day.is_null()).then("is_latest").otherwise(day.is_between("valid_from", "valid_to"))
    asked = dated.select("entity", "contract_date").drop_nulls("entity").unique()
    facts = (
        asked.join(registry.facts.lazy(), on="entity")
        .filter(in_force)
        .select("entity", "contract_date", pl.col(_FACTS).name.prefix("known_"))
    )
    return dated.join(facts, on=["entity", "contract_date"], how="left", nulls_equal=True)


def _with_gleif(dated: pl.LazyFrame, parents: pl.LazyFrame) -> pl.LazyFrame:
    """The declared ultimate parent, unless the declaration begins after the contract."""
    declared = dated.join(parents, on="siren", how="left")
    began = pl.col("parent_from").is_null() | (pl.col("contract_date") >= pl.col("parent_from")).fill_null(True)
    return declared.with_columns(pl.when(began).then(pl.col("parent_lei", "parent_name", "parent_country", "lei_name")))


def _with_names(dated: pl.LazyFrame, units: pl.LazyFrame) -> pl.LazyFrame:
    return dated.join(units.select("siren", unit_name="name"), on="siren", how="left")


def _identity() -> list[pl.Expr]:
    own_number = pl.coalesce("siren", "foreign_number")
    siren = pl.coalesce("siren", pl.when(own_number.is_null()).then("known_vendor_siren"))
    name = pl.coalesce("known_vendor_name", "holder_name", "lei_name", "unit_name")
    return [
        pl.coalesce(own_number, siren, "nom-" + slug(name)).alias("vendor_id"),
        name.alias("vendor_name"),
        siren.alias("vendor_siren"),
        pl.coalesce("known_group_id", "lei-" + pl.col("parent_lei")).alias("group_id"),
        pl.coalesce("known_group_name", "parent_name").alias("group_name"),
        pl.col("known_vendor_kind").cast(schema.column("vendor_kind").dtype).alias("vendor_kind"),
        pl.col("known_technology_country").alias("technology_country"),
    ]


def _control() -> list[pl.Expr]:
    by_registry = pl.col("known_country").is_not_null()
    by_gleif = pl.col("parent_country").is_not_null()
    by_id, by_form = pl.col("id_basis").is_not_null(), pl.col("form_country").is_not_null()

    def first_of(registry: pl.Expr, parent: pl.Expr, identifier: pl.Expr, form: pl.Expr) -> pl.Expr:
        return (
            pl.when(by_registry)
            .then(registry)
            .when(by_gleif)
            .then(parent)
            .when(by_id)
            .then(identifier)
            .when(by_form)
            .then(form)
        )

    text, nothing = pl.lit, pl.lit(None, pl.String)
    basis = first_of(text("registry"), text("gleif"), pl.col("id_basis"), text("foreign_id")).otherwise(text("none"))
    confidence = first_of(_registry_confidence(), text("high"), _id_confidence(), text("to_verify"))
    return [
        first_of(pl.col("known_country"), pl.col("parent_country"), pl.col("id_country"), pl.col("form_country")).alias(
            "control_country"
        ),
        basis.cast(schema.column("control_basis").dtype).alias("control_basis"),
        confidence.cast(schema.column("control_confidence").dtype).alias("control_confidence"),
        first_of(
            _field() + "=" + pl.col("known_rule"),
            "siren=gleif:" + pl.col("parent_lei"),
            "holder_id=" + pl.col("id_basis") + pl.coalesce(":" + pl.col("id_country"), pl.lit("")),
            "holder_name=legal_forms:" + pl.col("form"),
        ).alias("control_rule"),
        first_of(
            pl.col("known_source"),
            "GLEIF, " + pl.col("parent_lei"),
            pl.when(pl.col("id_country").is_not_null()).then(text("identifiant publié")),
            pl.col("form_source"),
        )
        .otherwise(nothing)
        .alias("control_source"),
    ]


def _field() -> pl.Expr:
    how = pl.col("matched_by")
    return how.replace_strict(
        {"holder_id": "holder_id", "name": "holder_name"}, default="holder_name[" + how + "]", return_dtype=pl.String
    )


def _registry_confidence() -> pl.Expr:
    """As the fact was verified; less when the name was taken apart, least when another number stands beside it."""
    verified = reference.confidence(pl.col("known_verified"))
    taken_apart = ~pl.col("matched_by").is_in(["holder_id", "name"])
    return (
        pl.when(pl.col("other_number"))
        .then(pl.lit("to_verify"))
        .when(taken_apart & (verified == "high"))
        .then(pl.lit("medium"))
        .otherwise(verified)
    )


def _id_confidence() -> pl.Expr:
    return pl.when(pl.col("id_country").is_not_null()).then(
        pl.when("id_confirmed").then(pl.lit("medium")).otherwise(pl.lit("to_verify"))
    )
