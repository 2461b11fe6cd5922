"""The SecNumCloud qualifications of our own table (data/reference/secnumcloud.csv), by when they end."""

from datetime import date

import polars as pl

from loaders import reference

COLUMNS = (
    "service_id provider service service_type decision valid_from valid_to third_party_technology technology_country "
    "source verified"
).split()


def ending_qualifications(start: date, months: int) -> pl.DataFrame:
    """The qualifications whose decision ends within ``months`` months from ``start``, both included: ``COLUMNS``.

    Those in force at ``start``, the soonest end first. A decision states its end; the day a catalogue was read is none.
    """
    last = pl.lit(start).dt.offset_by(f"{months}mo")
    return (
        _decided()
        .filter(pl.col("valid_to").is_between(start, last), pl.col("valid_from") <= start)
        .sort("valid_to", "service_id")
        .select(COLUMNS)
    )


def undated_qualifications() -> list[str]:
    """The qualified services whose end no source states, by name."""
    qualified = reference.table("secnumcloud").filter(pl.col("status") == "qualified")
    undated = qualified.filter(pl.col("to_basis").ne_missing("decision"))
    return undated.sort("service")["service"].to_list()


def _decided() -> pl.DataFrame:
    return reference.table("secnumcloud").filter(pl.col("status") == "qualified", pl.col("to_basis") == "decision")
