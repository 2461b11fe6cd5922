"""Until ``loaders.classify.verdict`` is there, a stand-in that follows the same order of judgement."""

import importlib.util
import sys
import types

import polars as pl

from analysis.selection import VERDICT_TYPE

_HOME = {
    "france": ["FR"],
    "ue": ["FR", "DE"],
    "europe": ["FR", "DE", "CH", "GB"],
    "hors-us": ["FR", "DE", "CH", "GB", "CN"],
}


def _verdict(definition: str) -> pl.Expr:
    home = _HOME[definition]
    names_foreign = pl.col("product_countries").list.eval(~pl.element().is_in(home)).list.any()
    return (
        pl.when(~pl.col("control_country").is_in(home))
        .then(pl.lit("foreign_control"))
        .when(names_foreign)
        .then(pl.lit("foreign_product"))
        .when(pl.col("technology_country").is_not_null())
        .then(pl.lit("hybrid"))
        .when(pl.col("channel") != "direct", pl.col("products").is_null())
        .then(pl.lit("opaque"))
        .when(pl.col("control_country").is_not_null())
        .then(pl.lit("home_documented"))
        .when(pl.col("control_basis") == "siren_only")
        .then(pl.lit("home_presumed"))
        .otherwise(pl.lit("unknown"))
        .cast(VERDICT_TYPE)
    )


if importlib.util.find_spec("loaders.classify.verdict") is None:
    stand_in = types.ModuleType("loaders.classify.verdict")
    stand_in.verdict = _verdict
    sys.modules["loaders.classify.verdict"] = stand_in
