"""Who controls a holder: the order of evidence, periods, homonyms. Facts of the registry here are made up."""

from datetime import date

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from loaders import reference, schema
from loaders.classify.control import CONTROL_COLUMNS, add_control, known_holders
from loaders.classify.near_matches import near_matches
from loaders.classify.registry import Registry
from loaders.enrich import gleif, sirene

SIREN, OTHER_SIREN = "552118465", "732829320"


def table(header, *rows):
    names = header.split()
    frame = pl.DataFrame([dict(zip(names, row, strict=True)) for row in rows], schema=dict.fromkeys(names, pl.String))
    days = [name for name in names if name.startswith("valid_")]
    return frame.with_columns(pl.col(days).str.to_date("%Y-%m-%d"))


@pytest.fixture
def registry():
    groups = table(
        "group_id group_name country owner valid_from valid_to source verified",
        ("acme", "Acme", "US", "cotée", None, None, "rapport annuel d’Acme", "yes"),
        ("tisane", "Tisane", "FR", "famille", None, "2018-12-31", "presse de 2018", "quoted"),
        ("tisane", "Tisane", "QA", "fonds", "2019-01-01", "2022-06-30", "presse de 2019", "quoted"),
        ("tisane", "Tisane", "US", "fonds", "2022-07-01", None, "de mémoire", "recalled"),
        ("nuage", "Nuage bleu", "FR", "deux sociétés françaises", None, None, "statuts", "yes"),
        ("vinca", "Vinca", "FR", "salariés", None, None, "statuts", "yes"),
        ("open", "Open", "FR", "fondateurs", None, None, "statuts", "yes"),
    )
    vendors = table(
        "vendor_key vendor_name siren vendor_kind group_id technology_country valid_from valid_to source verified",
        ("acme-france", "Acme France", SIREN, "software_editor", "acme", None, None, None, "statuts", "yes"),
        ("tisane", "Tisane", None, "integrator", "tisane", None, None, None, "presse", "quoted"),
        ("moulin", "Moulin", None, "reseller", "vinca", None, None, "2020-03-31", "presse", "quoted"),
        ("moulin", "Moulin", None, "reseller", "acme", None, "2020-04-01", None, "presse", "quoted"),
        ("nuage", "Nuage bleu", None, "cloud_host", "nuage", "US", None, None, "statuts", "yes"),
        ("open", "Open", None, "integrator", "open", None, None, None, "statuts", "yes"),
    )
    aliases = table(
        "alias vendor_key distinctive source",
        ("ACME FRANCE", "acme-france", "yes", "avis"),
        ("ACME", "acme-france", "no", "avis"),
        ("SOCIETE FRANCAISE DE TISANE", "tisane", "yes", "avis"),
        ("TISANE INFORMATIQUE", "tisane", "yes", "avis"),
        ("MOULIN", "moulin", "yes", "avis"),
        ("NUAGE BLEU", "nuage", "yes", "avis"),
        ("OPEN", "open", "no", "avis"),
    )
    brands = table(
        "brand group_id vendor_kind valid_from valid_to source verified",
        ("VINCAGELEC", "vinca", "integrator", None, None, "avis", "yes"),
        ("SOLEO", "vinca", "integrator", None, "2022-10-03", "presse", "yes"),
        ("SOLEO", "acme", "integrator", "2022-10-04", None, "presse", "yes"),
    )
    homonyms = table(
        "name siren what source",
        ("ACME BATIMENT", OTHER_SIREN, "entreprise de bâtiment", "avis"),
        ("VINCAGELEC FLEURS", None, "fleuriste", "avis"),
    )
    return Registry.of(groups, vendors, aliases, brands, homonyms)


@pytest.fixture
def control(registry, tmp_path):
    """The columns of ``add_control`` for one holder, with an empty folder of extracts."""

    def one(name=None, number=None, kind=None, day=date(2020, 6, 1)):
        return add_control(award(name, number, kind, day), registry, tmp_path).collect().row(0, named=True)

    return one


def award(name=None, number=None, kind=None, day=date(2020, 6, 1)):
    return pl.LazyFrame(
        {"holder_id": [number], "holder_id_type": [kind], "holder_name": [name], "contract_date": [day]},
        schema={
            "holder_id": pl.String,
            "holder_id_type": pl.String,
            "holder_name": pl.String,
            "contract_date": pl.Date,
        },
    )


def test_a_known_siren_decides_whatever_the_name(control):
    row = control("Toto", SIREN + "00012", "SIRET")
    assert (row["vendor_id"], row["vendor_name"], row["vendor_siren"]) == (SIREN, "Acme France", SIREN)
    assert (row["group_id"], row["group_name"], row["vendor_kind"]) == ("acme", "Acme", "software_editor")
    assert (row["control_country"], row["control_basis"], row["control_confidence"]) == ("US", "registry", "high")
    assert row["control_rule"] == "holder_id=vendors:acme-france>groups:acme"
    assert row["control_source"] == "statuts ; rapport annuel d’Acme"


def test_a_french_vat_number_carries_the_siren(control):
    assert control(None, "FR21" + SIREN, "TVA")["control_country"] == "US"


@pytest.mark.parametrize("name", ["Acme", "ACME SAS", "Société Acme", "Acme France S.A."])
def test_a_name_decides_alone_when_no_number_is_published(control, name):
    row = control(name)
    assert (row["vendor_id"], row["vendor_siren"], row["control_country"]) == (SIREN, SIREN, "US")
    assert row["control_rule"].startswith("holder_name=vendors:acme-france")


@pytest.mark.parametrize("number", ["00000000000000", "1", "55211846600921"], ids=["filler", "garbage", "mistyped"])
def test_an_invalid_number_leaves_the_name_to_decide(control, number):
    assert control("Acme", number, "SIRET")["control_country"] == "US"


def test_an_alias_that_begins_with_its_form_matches_without_it(control):
    assert control("Société Française de Tisane (SFT)")["vendor_name"] == "Tisane"
    assert control("Française de Tisane SAS")["vendor_name"] == "Tisane"


def test_beside_an_unknown_siren_a_distinctive_name_decides_to_be_verified(control):
    row = control("Acme France", "73282932000074", "SIRET", day=date(2021, 1, 1))
    assert row["control_basis"] == "siren_only", "this SIREN is known to be a homonym"
    row = control("Acme France", "356000000", "SIREN")
    assert (row["vendor_id"], row["vendor_siren"]) == ("356000000", "356000000"), "the number names another unit"
    assert (row["control_country"], row["control_confidence"]) == ("US", "to_verify")


def test_beside_an_unknown_siren_a_common_word_decides_nothing(control):
    row = control("OPEN", "356000000", "SIREN")
    assert (row["control_basis"], row["control_country"], row["group_id"]) == ("siren_only", None, None)


@pytest.mark.parametrize(
    "name",
    ["ACME BATIMENT", "Acme Bâtiment SAS", "SARL ACME'", "ACME INGENIERIE", "ACMEE", "GACME", "VINCAGELEC FLEURS"],
)
def test_homonyms_and_near_names_never_match(control, name):
    row = control(name)
    assert (row["control_basis"], row["control_country"], row["vendor_siren"]) == ("none", None, None)
    assert row["vendor_id"].startswith("nom-")


def test_a_name_taken_apart_decides_with_less_confidence(control):
    row = control("ACME FRANCE - agence de Lyon")
    assert (row["control_country"], row["control_confidence"]) == ("US", "medium")
    assert row["control_rule"] == "holder_name[part]=vendors:acme-france>groups:acme"


def test_a_common_word_is_not_looked_for_in_parts(control):
    assert control("OPEN - club de tennis")["control_basis"] == "none"


def test_a_consortium_is_its_leader(control):
    row = control("Groupement Acme France / Dupont")
    assert (row["control_country"], row["control_confidence"]) == ("US", "medium")
    assert row["control_rule"].startswith("holder_name[mandataire]=")


def test_a_brand_gives_its_group_to_every_unit(control):
    row = control("Vincagelec Lorraine Alsace")
    assert (row["vendor_id"], row["vendor_name"]) == ("nom-vincagelec-lorraine-alsace", "Vincagelec Lorraine Alsace")
    assert (row["group_id"], row["vendor_kind"], row["control_country"]) == ("vinca", "integrator", "FR")
    assert (row["control_rule"], row["control_confidence"]) == (
        "holder_name[brand]=brands:VINCAGELEC>groups:vinca",
        "medium",
    )


@pytest.mark.parametrize(("day", "group"), [(date(2022, 10, 3), "vinca"), (date(2022, 10, 4), "acme"), (None, "acme")])
def test_a_brand_changes_group(control, day, group):
    row = control("Soleo Rhône Alpes", day=day)
    assert (row["group_id"], row["control_rule"]) == (group, f"holder_name[brand]=brands:SOLEO>groups:{group}")


@pytest.mark.parametrize(
    ("day", "country", "confidence"),
    [
        (date(2018, 12, 31), "FR", "medium"),
        (date(2019, 1, 1), "QA", "medium"),
        (date(2022, 6, 30), "QA", "medium"),
        (date(2022, 7, 1), "US", "to_verify"),
        (None, "US", "to_verify"),
    ],
    ids=["eve of the sale", "day of the sale", "last day", "next owner", "no date: the latest"],
)
def test_the_owner_is_that_of_the_contract_date(control, day, country, confidence):
    row = control("Tisane Informatique", day=day)
    assert (row["control_country"], row["control_confidence"]) == (country, confidence)


@pytest.mark.parametrize(
    ("day", "group", "country"), [(date(2020, 3, 31), "vinca", "FR"), (date(2020, 4, 1), "acme", "US")]
)
def test_a_vendor_changes_group(control, day, group, country):
    row = control("Moulin", day=day)
    assert (row["group_id"], row["control_country"]) == (group, country)


def test_a_hybrid_is_french_on_foreign_technology(control):
    row = control("Nuage Bleu")
    assert (row["control_country"], row["technology_country"]) == ("FR", "US")
    assert control("Acme")["technology_country"] is None


def write_gleif(folder, siren, country="CA", since=None):
    row = (siren, "LEI1", "FILIALE", "LEI2", "Maple Inc.", country, since)
    pl.DataFrame([row], schema=gleif.SCHEMA, orient="row").write_parquet(folder / gleif.FILE_NAME)


def test_the_declared_parent_decides_when_the_registry_is_silent(control, tmp_path):
    write_gleif(tmp_path, OTHER_SIREN)
    row = control(None, OTHER_SIREN)
    assert (row["control_country"], row["control_basis"], row["control_confidence"]) == ("CA", "gleif", "high")
    assert (row["group_id"], row["group_name"], row["vendor_name"]) == ("lei-LEI2", "Maple Inc.", "FILIALE")
    assert (row["control_rule"], row["control_source"]) == ("siren=gleif:LEI2", "GLEIF, LEI2")


def test_the_registry_overrides_the_declared_parent(control, tmp_path):
    write_gleif(tmp_path, SIREN, country="CA")
    assert control(None, SIREN)["control_country"] == "US"


def test_a_parent_declared_later_says_nothing_of_the_contract(control, tmp_path):
    write_gleif(tmp_path, OTHER_SIREN, since=date(2021, 1, 1))
    row = control(None, OTHER_SIREN, day=date(2020, 6, 1))
    assert (row["control_basis"], row["group_id"], row["control_country"]) == ("siren_only", None, None)
    assert control(None, OTHER_SIREN, day=date(2021, 1, 1))["control_basis"] == "gleif"
    assert control(None, OTHER_SIREN, day=None)["control_basis"] == "gleif"


def test_a_foreign_vat_number_is_a_country_of_establishment(control):
    row = control("Inconnue", "EL800723056", "TVA")
    assert (row["vendor_id"], row["control_country"]) == ("EL800723056", "GR")
    assert (row["control_basis"], row["control_confidence"], row["control_rule"]) == (
        "vat",
        "medium",
        "holder_id=vat:GR",
    )


def test_the_registry_overrides_the_country_of_a_vat_number(control):
    row = control("Acme France", "IE9729353D", "TVA")
    assert (row["vendor_id"], row["vendor_siren"], row["control_country"]) == ("IE9729353D", None, "US")
    assert row["control_confidence"] == "to_verify"


def test_an_identifier_from_outside_the_union(control):
    row = control("COLUMBIA ARTISTS", "USCOLUMBIAARTISTSM", "HORS-UE")
    assert (row["control_country"], row["control_basis"], row["control_confidence"]) == ("US", "foreign_id", "medium")
    row = control("Inconnue", "12345", "HORS-UE")
    assert (row["control_country"], row["control_basis"], row["control_source"]) == (None, "foreign_id", None)


def test_a_legal_form_that_one_country_has_states_the_establishment(control):
    row = control("OMIXIN BIO KFT")
    assert (row["control_country"], row["control_basis"], row["control_confidence"]) == (
        "HU",
        "foreign_id",
        "to_verify",
    )
    assert row["control_rule"] == "holder_name=legal_forms:KFT"
    assert control("VEXEL IMAGING GMBH")["control_basis"] == "none", "German, Austrian or Swiss"


def test_an_establishment_in_france_is_not_control(control):
    row = control("Inconnue", OTHER_SIREN + "00074", "SIRET")
    assert (row["control_basis"], row["control_country"], row["control_confidence"]) == ("siren_only", None, None)
    assert row["vendor_id"] == OTHER_SIREN
    assert control("Pearl", "587857001", "TAHITI")["control_basis"] == "siren_only"


def test_unknown_stays_unknown(control):
    row = control("Inconnue")
    assert (row["vendor_id"], row["vendor_name"]) == ("nom-inconnue", "Inconnue")
    assert row["control_basis"] == "none"
    assert [row[name] for name in CONTROL_COLUMNS if name not in ("vendor_id", "vendor_name", "control_basis")] == [
        None
    ] * 9


def test_nothing_published_is_nobody(control):
    row = control()
    assert (row["vendor_id"], row["vendor_name"], row["control_basis"]) == (None, None, "none")


def test_a_nameless_siren_takes_its_name_from_sirene(control, tmp_path):
    row = (OTHER_SIREN, "SOCIETE DU MOULIN", "5710", "PME", "11", True)
    pl.DataFrame([row], schema=sirene.SCHEMA, orient="row").write_parquet(tmp_path / sirene.FILE_NAME)
    assert control(None, OTHER_SIREN)["vendor_name"] == "SOCIETE DU MOULIN"
    assert control("Le Moulin", OTHER_SIREN)["vendor_name"] == "Le Moulin"


def test_every_row_is_kept_once_with_its_own_answer(registry, tmp_path):
    names = ["Acme", "Tisane Informatique", "Moulin", "Vincagelec Est", None, "Inconnue"] * 50
    awards = pl.LazyFrame(
        {
            "row": range(300),
            "holder_id": [None] * 300,
            "holder_id_type": [None] * 300,
            "holder_name": names,
            "contract_date": [date(2015 + place % 9, 1, 1) for place in range(300)],
        },
        schema_overrides={"holder_id": pl.String, "holder_id_type": pl.String},
    )
    found = add_control(awards, registry, tmp_path).collect().sort("row")
    assert found["row"].to_list() == list(range(300))
    groups = {"Acme": {"acme"}, "Tisane Informatique": {"tisane"}, "Moulin": {"vinca", "acme"}, None: {None}}
    for name, expected in groups.items():
        assert set(found.filter(pl.col("holder_name").eq_missing(pl.lit(name)))["group_id"]) == expected


def test_holders_known_from_more_awards_say_the_same_of_some(registry, tmp_path):
    days = [date(2015, 1, 1), date(2021, 1, 1), None]
    names = ["Acme", "Tisane Informatique", "Vincagelec Est", "Nyugat Kft", None, "Inconnue"]
    all_awards = pl.concat(
        [award(name, number, None, day) for name in names for number in (OTHER_SIREN, None) for day in days]
    )
    some = all_awards.collect().sample(fraction=0.5, seed=0).lazy()
    holders = known_holders(all_awards, registry, tmp_path)
    alone = add_control(some, registry, tmp_path).collect()
    assert_frame_equal(add_control(some, registry, tmp_path, holders).collect(), alone, check_row_order=False)
    assert alone.height == 18


def test_columns_have_the_types_of_the_schema(registry, tmp_path):
    found = add_control(award("Acme"), registry, tmp_path).collect_schema()
    assert {name: found[name] for name in CONTROL_COLUMNS} == {
        name: schema.column(name).dtype for name in CONTROL_COLUMNS
    }


def test_near_names_go_to_a_review(registry, tmp_path):
    names = ["ACME FRANCE LOGISTIQUE", "Acme France", "TISANE INFORMATIK", "ACME BATIMENT", "Dupont"]
    awards = pl.concat([award(name) for name in [*names, "TISANE INFORMATIK"]])
    review = near_matches(awards, registry, tmp_path)
    assert review.select("holder_name", "entity", "likeness", "award_count").rows() == [
        ("TISANE INFORMATIK", "vendors:tisane", "letters", 2),
        ("ACME FRANCE LOGISTIQUE", "vendors:acme-france", "words", 1),
    ]


REAL_HOMONYMS = [
    ("CISCO BATIMENT", None),
    ("CISCO", "451606610"),
    ("SARL DELL'", None),
    ("AMAZONIE PAYSAGE", None),
    ("ARPEGE", None),
    ("ARPEGE ING", "512825134"),
    ("ARPEGE MASTER K", "971506480"),
    ("ZOOM ARCHITECTURE", None),
    ("SAGE INGENIERIE", None),
    ("SOGETI INGENIERIE", None),
    ("SOGETI INGENIERIE INFRA", "823702408"),
    ("ORACLE", OTHER_SIREN),
    ("ATOS MEDICAL", None),
    ("BLEU ELECTRIC", None),
    ("VIDAL SAS", None),
    ("ARP", None),
    ("SIGMA RESEAUX", "433994621"),
    ("UP TO DATE", None),
]


@pytest.mark.parametrize(("name", "siren"), REAL_HOMONYMS)
def test_homonyms_met_in_real_files_are_not_taken_for_the_vendor(name, siren, tmp_path):
    row = add_control(award(name, siren), derived=tmp_path).collect().row(0, named=True)
    assert (row["control_basis"], row["control_country"]) == ("siren_only" if row["vendor_siren"] else "none", None)


def test_confidences_are_those_of_the_vocabulary():
    assert set(reference.VERIFIED_TO_CONFIDENCE.values()) <= set(schema.column("control_confidence").vocabulary)
