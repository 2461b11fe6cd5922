"""How often the classification is right, measured on real records that were labelled by hand.

A folder of labels holds ``vendors.csv`` (who ultimately controls a supplier), ``objects.csv`` (is a purchase digital,
is it cloud, which product does it name) and ``buyers.csv`` (State or not, ministry, kind). Labels ``?``, ``unknown``
and ``unclear`` are no answer and count nowhere.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from loaders.classify.axes import METHOD_VERSION, classify
from loaders.classify.text import folded
from loaders.classify.verdict import FRANCE
from loaders.editions import DATA_FOLDER
from loaders.vocabulary import MINISTRIES

Classifier = Callable[[pl.LazyFrame], pl.LazyFrame]

ACCURACY = DATA_FOLDER / "accuracy.json"

UNDETERMINED = "etat-non-determine"

_NO_ANSWER = ("", "?", "unknown", "unclear")
_AWARDS = pl.Schema(
    {
        **dict.fromkeys(
            "contract_id holder_id holder_id_type holder_name buyer_id buyer_name buyer_postcode title lot cpv "
            "descriptors ccag".split(),
            pl.String,
        ),
        "contract_date": pl.Date,
    }
)
_LISTED = " | "


@dataclass(frozen=True)
class Evaluation:
    """What was measured.

    ``scores``: one row an axis: axis, labelled (rows with an answer), expected (answers to find), predicted, right,
    precision (right among predicted), recall (right among expected), coverage (predicted among expected).
    ``confusions``: axis, expected, found, count. ``mistakes``: axis, label_id, subject, expected, found.
    """

    scores: pl.DataFrame
    confusions: pl.DataFrame
    mistakes: pl.DataFrame

    def as_dict(self) -> dict:
        """The same as lists of plain values, for JSON."""
        return {name: getattr(self, name).to_dicts() for name in ("scores", "confusions", "mistakes")}


def evaluate(labels: Path, by: Classifier = classify) -> Evaluation:
    """Compare ``by`` with the hand-made labels of the folder ``labels``, axis by axis.

    Foreign control is measured by vendor, then by vendor weighted by its contracts (labels carry no amounts); the
    exact country where the registry decided; product names match when one contains the other, their countries when
    they are equal; the ministry on State buyers and operators, a ministry given to another buyer being an error.
    """
    vendors, objects, buyers = (_read(labels / f"{name}.csv") for name in ("vendors", "objects", "buyers"))
    awards = pl.concat([_vendor_awards(vendors), _object_awards(objects), _buyer_awards(buyers)])
    found = by(awards.lazy()).collect()
    compared = pl.concat(
        [*_vendor_axes(vendors, found), *_object_axes(objects, found), *_buyer_axes(buyers, found)],
        how="vertical_relaxed",
    )
    return Evaluation(_scores(compared), _confusions(compared), _mistakes(compared))


def save(measured: Evaluation, path: Path = ACCURACY) -> None:
    """Keep the scores, with the version of the method and the day, where /methode finds them."""
    kept = {
        "method_version": METHOD_VERSION,
        "measured_on": datetime.now(UTC).date().isoformat(),
        "axes": measured.scores.to_dicts(),
    }
    path.write_text(json.dumps(kept, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _read(path: Path) -> pl.DataFrame:
    table = pl.read_csv(path, infer_schema=False, encoding="utf8-lossy").fill_null("")
    return table.rename({table.columns[0]: "label_id"})


def _awards(rows: pl.DataFrame, **columns: pl.Expr) -> pl.DataFrame:
    given = rows.select(contract_id="label_id", **columns)
    missing = [pl.lit(None, dtype).alias(name) for name, dtype in _AWARDS.items() if name not in given.columns]
    texts = pl.col(pl.String)
    return given.with_columns(missing).with_columns(pl.when(texts != "").then(texts)).select(_AWARDS.names())


def _vendor_awards(vendors: pl.DataFrame) -> pl.DataFrame:
    return _awards(
        vendors,
        holder_id=pl.col("supplier_id"),
        holder_name=pl.col("supplier_name"),
        contract_date=pl.col("last_date").str.to_date("%Y-%m-%d", strict=False),
    )


def _object_awards(objects: pl.DataFrame) -> pl.DataFrame:
    descriptors = (
        pl.col("descripteurs").str.strip_chars("[]").str.replace_all(r"""["'], ?["']""", _LISTED).str.strip_chars("\"'")
    )
    return _awards(
        objects,
        title=pl.col("objet"),
        lot=pl.col("lot"),
        cpv=pl.col("cpv"),
        descriptors=descriptors,
        contract_date=pl.col("date").str.to_date("%Y-%m-%d", strict=False),
    )


def _buyer_awards(buyers: pl.DataFrame) -> pl.DataFrame:
    return _awards(
        buyers,
        buyer_id=pl.col("buyer_id"),
        buyer_name=pl.col("buyer_name"),
        buyer_postcode=pl.col("postcode"),
    )


# Axes: one row a thing compared, with label_id, subject, axis, expected, found (null: nothing), weight


def _axis(rows: pl.DataFrame, axis: str, subject: str, weight: pl.Expr | None = None) -> pl.DataFrame:
    return rows.select(
        "label_id",
        subject=subject,
        axis=pl.lit(axis),
        expected=pl.col("expected").cast(pl.String),
        found=pl.col("found").cast(pl.String),
        weight=pl.lit(1) if weight is None else weight,
    )


def _answered(column: str) -> pl.Expr:
    return ~pl.col(column).is_in(_NO_ANSWER)


def _vendor_axes(vendors: pl.DataFrame, found: pl.DataFrame) -> list[pl.DataFrame]:
    known = found.select("contract_id", by_country="control_country", by_basis="control_basis")
    rows = vendors.join(known, left_on="label_id", right_on="contract_id").filter(_answered("control_country"))
    abroad = rows.with_columns(
        expected=_when(~pl.col("control_country").is_in(FRANCE), "foreign"),
        found=_when(~pl.col("by_country").is_in(FRANCE), "foreign"),
    )
    by_registry = rows.filter(pl.col("by_basis").cast(pl.String) == "registry")
    exact = by_registry.with_columns(expected="control_country", found="by_country")
    return [
        _axis(abroad, "foreign_control", "supplier_name"),
        _axis(abroad, "foreign_control_by_contract", "supplier_name", pl.col("n_contracts").cast(pl.Int32)),
        _axis(exact, "registry_country", "supplier_name"),
    ]


def _when(holds: pl.Expr, answer: str) -> pl.Expr:
    return pl.when(holds).then(pl.lit(answer))


def _object_axes(objects: pl.DataFrame, found: pl.DataFrame) -> list[pl.DataFrame]:
    known = found.select(
        "contract_id", by_digital="is_digital", by_cloud="is_cloud", names="products", of="product_countries"
    )
    rows = objects.join(known, left_on="label_id", right_on="contract_id")
    flags = [
        rows.filter(_answered(label)).with_columns(
            expected=_when(pl.col(label) == "yes", "yes"), found=_when(pl.col(by), "yes")
        )
        for label, by in (("is_digital", "by_digital"), ("is_cloud", "by_cloud"))
    ]
    named = rows.filter(pl.col("product") != "?")
    return [
        _axis(flags[0], "digital", "objet"),
        _axis(flags[1], "cloud", "objet"),
        _axis(_products(named, with_country=False), "product", "objet"),
        _axis(_products(named, with_country=True), "product_country", "objet"),
    ]


def _products(rows: pl.DataFrame, *, with_country: bool) -> pl.DataFrame:
    """One row a product named, or found and not named: expected and found, equal when they are the same product."""
    expected = rows.select(
        "label_id",
        "objet",
        name=pl.col("product").str.split(_LISTED),
        country=pl.col("product_country").str.split(_LISTED),
    )
    wanted = _one_a_row(expected.filter(pl.col("name").list.len() == pl.col("country").list.len()))
    got = _one_a_row(rows.select("label_id", "objet", name="names", country="of"))
    if with_country:
        wanted, got = _with_known_countries(wanted, got)
    pairs = wanted.join(got, on="label_id", suffix="_found").filter(_same_product(with_country))
    matched = wanted.join(pairs, on=["label_id", "name"], how="semi").with_columns(expected="name", found="name")
    missed = wanted.join(pairs, on=["label_id", "name"], how="anti").with_columns(expected="name", found=pl.lit(None))
    hits = pairs.select("label_id", name="name_found")
    extra = got.join(hits, on=["label_id", "name"], how="anti").with_columns(expected=pl.lit(None), found="name")
    return pl.concat([matched, missed, extra], how="vertical_relaxed")


def _with_known_countries(wanted: pl.DataFrame, got: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Without the products whose country the labels do not tell, nor those for which we tell none."""
    untold = wanted.filter(pl.col("country").is_in(_NO_ANSWER))
    about_untold = untold.join(got, on="label_id", suffix="_found").filter(_same_product(with_country=False))
    asked = got.join(about_untold.select("label_id", name="name_found"), on=["label_id", "name"], how="anti")
    return wanted.filter(~pl.col("country").is_in(_NO_ANSWER)), asked.drop_nulls("country")


def _one_a_row(rows: pl.DataFrame) -> pl.DataFrame:
    one = rows.explode("name", "country").filter(pl.col("name") != "")
    return one.with_columns(key=folded(pl.col("name")))


def _same_product(with_country: bool) -> pl.Expr:
    either = pl.col("key").str.contains(pl.col("key_found"), literal=True)
    either |= pl.col("key_found").str.contains(pl.col("key"), literal=True)
    return either & (pl.col("country") == pl.col("country_found")) if with_country else either


def _buyer_axes(buyers: pl.DataFrame, found: pl.DataFrame) -> list[pl.DataFrame]:
    known = found.select("contract_id", by_status="state_status", by_kind="buyer_kind", by_ministry="ministry")
    rows = buyers.join(known, left_on="label_id", right_on="contract_id")
    by_label = (
        pl.col("by_ministry").cast(pl.String).replace({UNDETERMINED: None}).replace_strict(MINISTRIES, default=None)
    )
    attached = rows.filter(
        pl.col("is_state").is_in(["yes", "operator", "no"]) & ~pl.col("ministry").is_in(_NO_ANSWER[1:])
    )
    ministry = attached.with_columns(expected=pl.when(pl.col("ministry") != "").then("ministry"), found=by_label)
    return [
        _axis(ministry, "ministry", "buyer_name"),
        _axis(
            rows.filter(_answered("is_state")).with_columns(expected="is_state", found="by_status"),
            "state",
            "buyer_name",
        ),
        _axis(
            rows.filter(_answered("kind")).with_columns(expected="kind", found="by_kind"), "buyer_kind", "buyer_name"
        ),
    ]


# What comes of them


def _scores(compared: pl.DataFrame) -> pl.DataFrame:
    def weight(of: pl.Expr) -> pl.Expr:
        return pl.col("weight").filter(of).sum()

    wanted, given = pl.col("expected").is_not_null(), pl.col("found").is_not_null()
    return (
        compared.group_by("axis", maintain_order=True)
        .agg(
            labelled=pl.col("weight").sum(),
            expected=weight(wanted),
            predicted=weight(given),
            right=weight(pl.col("expected") == pl.col("found")),
            answered=weight(wanted & given),
        )
        .with_columns(
            precision=_share("right", of="predicted"),
            recall=_share("right", of="expected"),
            coverage=_share("answered", of="expected"),
        )
        .drop("answered")
    )


def _share(part: str, of: str) -> pl.Expr:
    return pl.when(pl.col(of) > 0).then(pl.col(part) / pl.col(of))


def _confusions(compared: pl.DataFrame) -> pl.DataFrame:
    counted = compared.group_by("axis", "expected", "found", maintain_order=True).agg(count=pl.col("weight").sum())
    return counted.sort("count", descending=True, maintain_order=True)


def _mistakes(compared: pl.DataFrame) -> pl.DataFrame:
    wrong = pl.col("expected").ne_missing(pl.col("found"))
    return compared.filter(wrong).select("axis", "label_id", "subject", "expected", "found")
