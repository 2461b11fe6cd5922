"""Why an award was counted so, as one compact text in the edition and as steps on the page of a contract."""

import re
from dataclasses import dataclass
from urllib.parse import unquote

import polars as pl

_ESCAPED = {"%": "%25", ";": "%3B", "<": "%3C", "[": "%5B"}
"""What ends a field or a step; ``%`` first."""
_ESCAPED_IN_WORDS = _ESCAPED | {" ": "%20"}

_STEP = re.compile(
    r"(?P<axis>[a-z]+)=(?P<value>[^ ]+) (?P<basis>[^ ]+) (?P<rule>[^ ]+)"
    r"(?: \[(?P<confidence>\w+)])?(?: <(?P<source>.*)>)?",
    re.DOTALL,
)
_NOTHING = "-"
_DASH = "%2D"


@dataclass(frozen=True)
class TraceStep:
    """One axis of one award: what was decided, on what ground, by which rule, how surely, from which source."""

    axis: str
    value: str | None
    basis: str | None
    rule: str | None
    confidence: str | None = None
    source: str | None = None


def trace() -> pl.Expr:
    """One text that says for each axis what was decided and why; an axis of which nothing is known is left out.

    Grammar: steps separated by ``; ``, each ``axis=value basis rule [confidence] <source>``. ``-`` stands for a value,
    basis or rule that is missing; the bracketed parts are left out when missing. ``%``, ``;``, ``<``, ``[`` (and the
    space, except in a source) are percent-encoded. Axes: control, channel, products, perimeter, ministry,
    qualification; several products or qualifications are separated by ``|``. Example:
    ``control=US registry holder_id=vendors:oracle>groups:oracle [high] <annual report>; ministry=armees - name:sgami``.
    """
    return pl.concat_str(
        _step("control", pl.col("control_country"), "control_rule", basis="control_basis", source="control_source"),
        _step("channel", pl.col("channel"), "channel_rule"),
        _step("products", pl.col("products").list.join("|"), "product_rule"),
        _step("perimeter", _perimeter(), "perimeter_rule"),
        _step("ministry", pl.col("ministry"), "ministry_rule"),
        _step("qualification", pl.col("qualifications").list.join("|")),
        separator="; ",
        ignore_nulls=True,
    )


def parse_trace(text: str) -> list[TraceStep]:
    """The steps of a text that ``trace`` made. Raises ValueError when it is not of that grammar."""
    return [_parsed(step) for step in text.split("; ")] if text else []


def _parsed(step: str) -> TraceStep:
    match = _STEP.fullmatch(step)
    if match is None:
        raise ValueError(step)
    fields = {name: part and unquote(part) for name, part in match.groupdict().items()}
    missing = {name for name in ("value", "basis", "rule") if match[name] == _NOTHING}
    return TraceStep(**fields | dict.fromkeys(missing))


def _perimeter() -> pl.Expr:
    digital = pl.when("is_digital").then(pl.lit("digital")).when(~pl.col("is_digital")).then(pl.lit("not_digital"))
    cloud = pl.when("is_cloud").then(pl.lit("cloud"))
    return pl.concat_str(digital, cloud, pl.col("digital_category").cast(pl.String), separator="|", ignore_nulls=True)


def _step(
    axis: str, value: pl.Expr, rule: str | None = None, *, basis: str | None = None, source: str | None = None
) -> pl.Expr:
    told = pl.when(value.cast(pl.String) != "").then(value.cast(pl.String))
    why = pl.col(rule) if rule else pl.lit(None, pl.String)
    surely = pl.lit(" [") + pl.col("control_confidence").cast(pl.String) + "]" if source else pl.lit("")
    whence = pl.lit(" <") + _escape(pl.col(source), _ESCAPED) + ">" if source else pl.lit("")
    written = pl.concat_str(
        pl.lit(f"{axis}="),
        _word(told),
        pl.lit(" "),
        _word(pl.col(basis).cast(pl.String)) if basis else pl.lit(_NOTHING),
        pl.lit(" "),
        _word(why),
        surely.fill_null(""),
        whence.fill_null(""),
    )
    return pl.when(told.is_not_null() | why.is_not_null()).then(written)


def _word(text: pl.Expr) -> pl.Expr:
    written = _escape(pl.when(text != "").then(text), _ESCAPED_IN_WORDS)
    return pl.when(written == _NOTHING).then(pl.lit(_DASH)).otherwise(written).fill_null(_NOTHING)


def _escape(text: pl.Expr, signs: dict[str, str]) -> pl.Expr:
    for sign, code in signs.items():
        text = text.str.replace_all(sign, code, literal=True)
    return text
