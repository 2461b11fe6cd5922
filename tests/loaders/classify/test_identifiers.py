"""What a holder's identifier states by itself; each dirty identifier that was met is one case."""

import polars as pl
import pytest

from loaders.classify.identifiers import countries, is_siren, read_identifiers


def read(number, kind=None, name=None):
    columns = {"holder_id": [number], "holder_id_type": [kind], "holder_name": [name]}
    frame = pl.LazyFrame(columns, schema=dict.fromkeys(columns, pl.String))
    return read_identifiers(frame).collect().row(0, named=True)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("552118465", True),
        ("356000000", True),
        ("552118466", False),
        ("000000000", False),
        ("55211846", False),
        ("55211846X", False),
    ],
    ids=["IBM", "La Poste", "mistyped digit", "filler", "too short", "a letter"],
)
def test_a_siren_passes_its_check_digit(number, expected):
    assert pl.select(is_siren(pl.lit(number))).item() is expected


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("55211846500921", "SIRET"),
        ("552118465", "SIREN"),
        ("FR21552118465", "TVA"),
        ("FR 21 552 118 465", "TVA_INTRACOMMUNAUTAIRE"),
        ("FR2155211846500021", None),
        ("55211846500921", "TVA_INTRACOMMUNAUTAIRE"),
    ],
    ids=["siret", "siren", "french VAT", "spaces", "VAT followed by an establishment", "a SIRET typed as VAT"],
)
def test_a_siren_is_found_wherever_it_stands(number, kind):
    row = read(number, kind)
    assert (row["siren"], row["id_basis"], row["id_country"]) == ("552118465", "siren_only", None)


def test_a_mistyped_siret_states_nothing():
    row = read("55211846600921", "SIRET")
    assert (row["siren"], row["id_basis"]) == (None, None)


@pytest.mark.parametrize(
    ("number", "kind", "country"),
    [
        ("IE8256796U", "TVA", "IE"),
        ("EL800723056", "TVA", "GR"),
        ("XI123456789", "TVA", "GB"),
        ("ATU12345678", "TVA", "AT"),
        ("ESB85535615", "TVA", "ES"),
        ("it00141030205", "TVA_INTRACOMMUNAUTAIRE", "IT"),
        ("BE0865.913.456", None, "BE"),
        ("NL805843954B01", "TVA", "NL"),
    ],
)
def test_the_prefix_of_a_foreign_vat_number_states_the_country(number, kind, country):
    row = read(number, kind)
    assert (row["id_basis"], row["id_country"], row["siren"]) == ("vat", country, None)
    assert row["foreign_number"].startswith(number[:2].upper())


@pytest.mark.parametrize("number", ["0456272657", "05819501007", "82939"])
def test_a_vat_number_without_its_prefix_states_no_country(number):
    assert read(number, "TVA")["id_country"] is None


def test_a_german_register_number_is_not_croatian():
    row = read("HRB 219422", None)
    assert (row["id_basis"], row["id_country"]) == ("foreign_id", "DE")


def test_an_identifier_from_outside_the_union_is_a_country_and_the_name():
    row = read("USCOLUMBIAARTISTSM", "HORS-UE", "COLUMBIA ARTISTS MANAGEMENT")
    assert (row["id_basis"], row["id_country"], row["id_confirmed"]) == ("foreign_id", "US", True)


def test_a_country_that_the_name_does_not_confirm_is_marked():
    assert read("BRDASILVAMOTORES", "HORS_UE", "BRAZIL VALMOTORES")["id_confirmed"] is False
    assert read("CHCIESTTDORIANROSS", "HORS_UE")["id_confirmed"] is False


@pytest.mark.parametrize(
    ("number", "name"),
    [("CHAINALYSIS", "Chainalysis Inc"), ("AMAZONWEBSERVICES", "Amazon Web Services"), ("10S05175", None)],
    ids=["CH is no country here", "AM is no country here", "a bare number"],
)
def test_a_bare_name_or_number_states_no_country(number, name):
    row = read(number, "HORS-UE", name)
    assert (row["id_basis"], row["id_country"]) == ("foreign_id", None)


@pytest.mark.parametrize(("kind", "prefix"), [("TAHITI", "PF"), ("RIDET", "NC"), ("FRWF", "WF"), ("FRW", "WF")])
def test_overseas_registers_are_french(kind, prefix):
    row = read("1234567", kind)
    assert (row["id_basis"], row["id_country"], row["foreign_number"]) == ("siren_only", None, f"{prefix}1234567")


def test_no_identifier_states_nothing():
    assert read(None, None, "ORANGE")["id_basis"] is None


def test_countries_are_those_of_iso():
    assert len(countries()) == 249
    assert {"FR", "US", "GB"} <= set(countries())
    assert not {"EU", "UN", "XK"} & set(countries())
