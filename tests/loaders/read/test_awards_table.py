"""Tables of awards that a mapping describes: the shipped ones, and somebody's own."""

import io

import polars as pl
import pytest

from loaders import schema
from loaders.errors import UnreadableSource
from loaders.read.mapping import shipped_mappings
from tests.loaders.read.reading import read_bytes

BOAMP = {
    "idweb": "20-1",
    "date_publication": "2020-01-22",
    "acheteur_nom": "AP-HP",
    "acheteur_cp": "75005",
    "acheteur_ville": "Paris",
    "famille": "joue",
    "perimetre": "directive24",
    "nature_avis": "attribution",
    "objet": "Serveurs",
    "descripteurs": "['Informatique (matériel)', \"Matériel d'écriture\"]",
    "ligne": 0,
    "date_attribution": "2019-12-20",
    "titulaire_nom": "A",
    "montant": 120.0,
    "devise": "EUR",
    "intitule_lot": "Lot 1",
}


def boamp(*changes: dict) -> bytes:
    written = io.BytesIO()
    lines = [{**BOAMP, "ligne": rank, **change} for rank, change in enumerate(changes)]
    pl.DataFrame(lines, infer_schema_length=None).write_parquet(written)
    return written.getvalue()


def test_a_line_of_the_boamp(tmp_path):
    read = read_bytes(tmp_path, boamp({}))
    assert read.reading.format == "awards-table"
    assert read.rows.schema == schema.RAW_ROWS
    filled = {name: value for name, value in read.rows.to_dicts()[0].items() if value is not None}
    assert filled.pop("internal_id").startswith("20-1-")
    assert filled == {
        "source_id": "test",
        "record_number": 1,
        "record_kind": "contract",
        "version_number": "0",
        "is_current": "true",
        "notification_date": "2019-12-20",
        "publication_date": "2020-01-22",
        "buyer_name": "AP-HP",
        "buyer_postcode": "75005",
        "holder_name": "A",
        "title": "Serveurs",
        "lot": "Lot 1",
        "descriptors": "Informatique (matériel) | Matériel d'écriture",
        "amount": "120.0",
        "currency": "EUR",
        "source_dataset": "boamp",
        "source_url": "https://www.boamp.fr/pages/avis/?q=idweb:%2220-1%22",
    }


def numbers(read) -> list[str]:
    return read.column("internal_id")


def test_holders_of_one_notice_lot_and_amount_are_co_holders(tmp_path):
    first, second = numbers(read_bytes(tmp_path, boamp({}, {"titulaire_nom": "B", "date_attribution": "2020-01-02"})))
    assert first == second


@pytest.mark.parametrize("other", [{"montant": 130.0}, {"intitule_lot": "Lot 2"}, {"intitule_lot": None}])
def test_another_amount_or_lot_is_another_contract(tmp_path, other):
    first, second = numbers(read_bytes(tmp_path, boamp({}, other)))
    assert first != second


def test_a_contract_keeps_its_number_whatever_the_order_and_the_format(tmp_path):
    lines = [{"titulaire_nom": name, "montant": amount} for name, amount in (("A", 1.0), ("B", 2.5), ("C", 1.0))]
    in_order = read_bytes(tmp_path, boamp(*lines)).rows
    reversed_ = read_bytes(tmp_path, boamp(*reversed(lines))).rows
    csv = pl.read_parquet(io.BytesIO(boamp(*lines))).with_columns(
        pl.col("montant").cast(pl.String).str.strip_suffix(".0")
    )
    from_csv = read_bytes(tmp_path, csv.write_csv().encode()).rows
    for other in (reversed_, from_csv):
        assert dict(other.select("holder_name", "internal_id").rows()) == dict(
            in_order.select("holder_name", "internal_id").rows()
        )


@pytest.mark.parametrize("nature", ["intentionconclure", "modification"])
def test_notices_that_award_nothing_are_rejected(tmp_path, nature):
    read = read_bytes(tmp_path, boamp({}, {"nature_avis": nature}))
    assert read.records == 2
    assert read.column("record_number") == [1]
    ((number, scope, reason, raw_text),) = read.rejected()
    assert (number, scope, reason) == (2, "record", "not_an_award")
    assert f'"nature_avis":"{nature}"' in raw_text


@pytest.mark.parametrize("concession", [{"famille": "dsp"}, {"perimetre": "directive23"}])
def test_public_service_delegations_are_concessions(tmp_path, concession):
    """One of them, of 2.12 billion euros, is no purchase."""
    assert read_bytes(tmp_path, boamp({}, concession)).column("record_kind") == ["contract", "concession"]


FLATTENED = (
    "acheteur.id,id,objet,montant,source,modifications,titulaires,"
    "titulaires.1.typeIdentifiant,titulaires.1.id,titulaires.1.denominationSociale,"
    "titulaires.2.typeIdentifiant,titulaires.2.id,titulaires.2.denominationSociale\n"
)


def test_repeated_holder_columns_are_one_row_a_holder(tmp_path):
    lines = (
        "1,M1,Cloud,10,aife,[],,['SIRET'],['111'],['A'],['TVA_INTRACOMMUNAUTAIRE'],['222'],\"[\"\"L'EST\"\"]\"\n"
        "1,M2,Cloud,20,aife,[],,['SIRET'],['333'],['C'],,,\n"
        "1,M3,Cloud,30,aife,[],,,,,,,\n"
    )
    read = read_bytes(tmp_path, (FLATTENED + lines).encode())
    assert read.records == 3
    columns = "record_number", "internal_id", "holder_rank", "holder_id", "holder_id_type", "holder_name"
    assert read.rows.select(columns).rows() == [
        (1, "M1", "1", "111", "SIRET", "A"),
        (1, "M1", "2", "222", "TVA_INTRACOMMUNAUTAIRE", "L'EST"),
        (2, "M2", "1", "333", "SIRET", "C"),
        (3, "M3", "1", None, None, None),
    ]
    assert read.reading.unknown_columns == []


def test_a_holder_without_identifier_has_its_name(tmp_path):
    read = read_bytes(tmp_path, (FLATTENED + "1,M1,Cloud,10,aife,[],,,,['A'],,,['B']\n").encode())
    assert read.rows.select("holder_id", "holder_name").rows() == [(None, "A"), (None, "B")]


def test_a_journalists_list(tmp_path):
    text = "supplier_name;title;buyer_name;amount;note\nAWS;Cloud;Bpifrance;100;x\nOVH;Cloud;Bpifrance;100;y\n"
    read = read_bytes(tmp_path, text.encode())
    assert read.rows.select("holder_name", "title", "buyer_name", "amount").rows() == [
        ("AWS", "Cloud", "Bpifrance", "100"),
        ("OVH", "Cloud", "Bpifrance", "100"),
    ]
    assert len(set(numbers(read))) == 1
    assert read.reading.unknown_columns == ["note"]
    assert "supplier_id" in read.reading.missing_columns


def test_lines_that_agree_on_nothing_but_emptiness_are_no_contract(tmp_path):
    read = read_bytes(tmp_path, b"supplier_name;title\nAWS;\nOVH;\n")
    assert numbers(read) == [None, None]


OWN = """
title = "Ma table"
detect = ["fournisseur", "objet"]
lists = ["mots"]
[columns]
holder_name = "fournisseur"
title = "objet"
descriptors = "mots"
internal_id = "numero"
[constants]
buyer_name = "Ma ville"
[templates]
source_url = "https://exemple.fr/{numero}"
"""


def own_mapping(folder, text=OWN):
    path = folder / "own.toml"
    path.write_text(text)
    return path


def test_a_mapping_of_ones_own(tmp_path):
    table = b"numero,fournisseur,objet,mots\n7,AWS,Cloud,\"['a', 'b']\"\n8,OVH,[Lot 1] Cloud,x\n"
    read = read_bytes(tmp_path, table, own_mapping(tmp_path))
    columns = "internal_id", "holder_name", "title", "descriptors", "buyer_name", "source_url"
    assert read.rows.select(columns).rows() == [
        ("7", "AWS", "Cloud", "a | b", "Ma ville", "https://exemple.fr/7"),
        ("8", "OVH", "[Lot 1] Cloud", "x", "Ma ville", "https://exemple.fr/8"),
    ]


def test_columns_that_a_mapping_speaks_of_may_be_absent(tmp_path):
    """Here the number, which an address and an identifier are made of."""
    mapping = own_mapping(tmp_path, OWN.replace('internal_id = "numero"', "") + '[contract]\ncolumns = ["lot"]\n')
    read = read_bytes(tmp_path, b"fournisseur,objet\nAWS,Cloud\n", mapping)
    assert read.rows.select("internal_id", "source_url", "holder_name").rows() == [(None, None, "AWS")]
    assert read.reading.missing_columns == ["mots", "numero", "lot"]


def test_a_mapping_that_does_not_fit_names_the_missing_columns(tmp_path):
    with pytest.raises(UnreadableSource, match=r"Il manque .* : fournisseur"):
        read_bytes(tmp_path, b"a,objet\n1,2\n", own_mapping(tmp_path))


def test_a_mapping_changes_nothing_for_known_formats(tmp_path):
    read = read_bytes(tmp_path, boamp({}), own_mapping(tmp_path))
    assert read.column("source_dataset") == ["boamp"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("title = ", "."),
        ("title = 'x'", "detect"),
        (OWN.replace("holder_name", "fournisseur_nom"), "fournisseur_nom"),
        (OWN.replace('["fournisseur", "objet"]', "[]"), "detect"),
        (OWN.replace("[constants]", "[constantes]"), "constantes"),
        (OWN + "[holders]\nholder_id = 'titulaire'\n", "holders"),
        (OWN + "[holders]\nholder_id_type = 'type.{n}'\n", "holders"),
        (OWN + "[contract]\ncolumns = ['objet']\n", "contract"),
    ],
)
def test_a_mapping_that_is_wrongly_written_is_refused(tmp_path, text, reason):
    with pytest.raises(UnreadableSource, match=f"own.toml est mal écrite .*{reason}"):
        read_bytes(tmp_path, b"a,b\n1,2\n", own_mapping(tmp_path, text))


def test_an_absent_mapping_is_refused(tmp_path):
    with pytest.raises(UnreadableSource, match=r"absent\.toml"):
        read_bytes(tmp_path, b"a,b\n1,2\n", tmp_path / "absent.toml")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("['X']", "X"),
        ('["a", "b"]', "a | b"),
        ("['a, b', 'c']", "a, b | c"),
        ('["L\'EST"]', "L'EST"),
        (r"['dit \'oui\'']", "dit 'oui'"),
        ("[16, 262]", "16 | 262"),
        ("[]", None),
        ("[Lot 1] Serveurs", "[Lot 1] Serveurs"),
        ("X", "X"),
    ],
)
def test_cells_that_hold_a_list(tmp_path, cell, text):
    table = pl.DataFrame({"numero": ["1"], "fournisseur": ["A"], "objet": ["B"], "mots": [cell]}).write_csv()
    assert read_bytes(tmp_path, table.encode(), own_mapping(tmp_path)).column("descriptors") == [text]


def test_shipped_mappings_are_told_apart_by_their_columns():
    detected = [set(mapping.detect) for mapping in shipped_mappings()]
    assert len(detected) == 3
    assert not any(one <= other for one in detected for other in detected if one is not other)
