"""Who buys: names and numbers as real files publish them, and what they must come to."""

from datetime import date

import polars as pl
import pytest

from loaders import schema
from loaders.classify.buyers import add_buyers
from loaders.enrich import state_organisation

ADDED = ("buyer_siren", "buyer_key", "buyer_kind", "state_status", "ministry", "ministry_rule")
SCHEMA = {"buyer_id": pl.String, "buyer_name": pl.String, "buyer_postcode": pl.String, "contract_date": pl.Date}


def classified(*buyers: dict, derived=None) -> list[dict]:
    awards = pl.DataFrame(list(buyers), schema=SCHEMA).with_row_index("row")
    added = add_buyers(awards.lazy(), derived) if derived else add_buyers(awards.lazy())
    return added.sort("row").collect().to_dicts()


def one(name=None, number=None, postcode=None, day=None) -> dict:
    return classified({"buyer_name": name, "buyer_id": number, "buyer_postcode": postcode, "contract_date": day})[0]


def what(buyer: dict) -> tuple:
    return buyer["state_status"], buyer["buyer_kind"], buyer["ministry"]


@pytest.mark.parametrize(
    ("name", "status", "kind", "ministry"),
    [
        ("Préfecture de la région Bretagne", "yes", "decentralised", "interieur"),
        ("SEC GAL POUR L'ADM MIN INTERIEUR OUEST", "yes", "decentralised", "interieur"),
        ("Région de gendarmerie d'Occitanie", "yes", "decentralised", "interieur"),
        ("MINDEF/EMA/DC SCA/PFAF CO Rennes", "yes", "decentralised", "armees"),
        ("MINARM/TERRE/SIMMT", "yes", "national_service", "armees"),
        ("Ministère de la défense", "yes", "ministry_central", "armees"),
        ("DSFP POUR L'AP HP", "yes", "decentralised", "economie"),
        ("DDFIP 47", "yes", "decentralised", "economie"),
        ("Direction interrégionale des services pénitentiaires de Lyon", "yes", "decentralised", "justice"),
        ("COUR D'APPEL DE DIJON", "yes", "decentralised", "justice"),
        ("Vice-rectorat de Mayotte", "yes", "decentralised", "education"),
        ("MEEDDM", "yes", "ministry_central", "transition-ecologique"),
        ("DIR Centre Est", "yes", "decentralised", "transition-ecologique"),
        (
            "DIRECTION REGIONALE DE L'ALIMENTATION, DE L'AGRICULTURE ET DE LA FORET",
            "yes",
            "decentralised",
            "agriculture",
        ),
        ("Ministères santé, travail et sport", "yes", "ministry_central", "sante"),
        ("Ministère du Travail et des Solidarités", "yes", "ministry_central", "travail"),
        ("France Travail Bretagne", "operator", "operator", "travail"),
        ("C.N.R.S. - Délégation Midi-Pyrénées", "operator", "operator", "enseignement-superieur"),
        ("Ecole nationale vétérinaire d'Alfort", "operator", "university", "agriculture"),
        ("Chambre de commerce et d'industrie de Corse", "operator", "operator", "economie"),
        ("Agence de l'eau Loire-Bretagne", "operator", "operator", "transition-ecologique"),
        ("Union des groupements d'achats publics", "operator", "central_purchasing", "economie"),
        ("Direction des achats de l'Etat", "yes", "central_purchasing", "economie"),
        ("CPAM de la Gironde", "social", "social", "sante"),
        ("Caisse de prévoyance et de retraite SNCF", "social", "social", "sante"),
    ],
)
def test_the_state_its_operators_and_social_security(name, status, kind, ministry):
    assert what(one(name)) == (status, kind, ministry)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("VILLE DE SAINT-CYR-L'ECOLE", "local"),
        ("Commune de Villeneuve-la-Garenne", "local"),
        ("SDIS du Puy-de-Dôme", "local"),
        ("Caisse des écoles du 17e arrondissement", "local"),
        ("CNFPT Délégation Rhône-Alpes Lyon", "local"),
        ("Syndicat des eaux d'Ile de France", "local"),
        ("Collectivité européenne d'Alsace", "local"),
        ("Centre hospitalier universitaire de Nîmes", "hospital"),
        ("Assistance publique hôpitaux de Paris", "hospital"),
        ("Société d'aménagement de l'Oise", "company"),
        ("Habitat Hauts de France ESH", "company"),
        ("Sénat", "constitutional"),
        ("CNIL", "constitutional"),
        ("UniHA GCS", "central_purchasing"),
        ("Fondation Jean Moulin", "other"),
    ],
)
def test_what_is_no_part_of_the_state_has_no_ministry(name, kind):
    assert what(one(name)) == ("no", kind, None)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Côte d'Azur Habitat (OPAM de Nice)", "company"),  # with its letter lost, it reads CETE, a State service
        ("Caisse d'allocations familiales de la Gironde", "social"),
        ("C.C.I. de Grenoble", "operator"),  # not « C.C. », a group of communes
        ("SPL Réunion des Musées Régionaux", "company"),
        ("DGA Ressources", "other"),  # a deputy director of a town hall, not the armament directorate
        ("SIAE de Toulon", "local"),  # a water board, not the aircraft workshops of the Armed forces
        ("Musée du Louvre-Lens", "other"),  # the region's
    ],
)
def test_names_that_look_like_another(name, kind):
    assert one(name)["buyer_kind"] == kind


def test_cnam_is_told_apart_by_its_postal_code():
    assert one("CNAM", postcode="75141")["ministry"] == "enseignement-superieur"
    assert one("CNAM", postcode="75986")["state_status"] == "social"
    assert one("CNAM")["ministry_rule"] is None


def test_letters_that_the_publisher_lost_are_mended():
    assert what(one("Universit\ufffd de Montpellier"))[2] == "enseignement-superieur"
    assert what(one("Pr\ufffdfecture de l'Orne"))[2] == "interieur"


def test_a_listed_siren_decides_whatever_the_name_says():
    service = one("SAIP - Formalisés", "11000001500013")
    assert (service["buyer_kind"], service["ministry_rule"]) == ("constitutional", "siren:110000015")
    assert one("09", "18003503200010")["state_status"] == "social"
    assert one("Ministère de la Culture - Musée", "18004623700012")["ministry_rule"] == "operator:180046237"


def test_the_siren_of_a_local_body_is_stronger_than_a_name_like_the_states():
    assert what(one("Direction de l'environnement, préfecture", "20005376700014")) == ("no", "local", None)


def test_the_ministry_code_in_a_siren_of_a_decentralised_service():
    assert what(one("Marchés", "17350120600000")) == ("yes", "decentralised", "justice")
    assert what(one(None, "17350001800014")) == ("yes", "decentralised", "interieur")


def test_a_ministrys_name_on_the_siren_of_a_service_is_not_the_central_administration():
    assert one("Ministère de la Transition écologique - D", "13009999700017")["buyer_kind"] == "decentralised"


def test_the_state_without_a_known_ministry_is_said_undetermined():
    assert what(one(None, "12000015300010")) == ("yes", "decentralised", "etat-non-determine")


def test_a_nameless_siren_that_might_be_the_states_is_unknown_and_a_nameless_company_is_not():
    assert one(None, "13009999700017")["state_status"] is None
    assert one("Bartischgut")["state_status"] == "no"
    assert one("Bartischgut")["ministry_rule"] is None


def test_a_rule_holds_in_its_time_only():
    before, after = date(2020, 12, 31), date(2021, 1, 1)
    assert one("DDPP de l'Ain", day=before)["ministry"] == "premier-ministre"
    assert one("DDPP de l'Ain", day=after)["ministry"] == "interieur"
    assert one("DDPP de l'Ain")["ministry"] == "interieur"


def test_a_missing_name_comes_from_another_row_of_the_establishment_else_from_our_tables():
    rows = classified(
        {"buyer_id": "21380185500015"},
        {"buyer_id": "21380185500015", "buyer_name": "Ville de Grenoble"},
        {"buyer_id": "18008901300015"},
    )
    assert rows[0]["buyer_name"] == "Ville de Grenoble"
    assert rows[2]["buyer_name"] == "CENTRE NATIONAL DE LA RECHERCHE SCIENTIFIQUE"


def test_a_weak_clue_gives_way_to_a_better_name_of_the_same_siren():
    rows = classified(
        {"buyer_id": "15300099700012", "buyer_name": "Service achats"},
        {"buyer_id": "15300099700020", "buyer_name": "Région de gendarmerie de Corse"},
    )
    assert {row["ministry"] for row in rows} == {"interieur"}


@pytest.mark.parametrize(
    ("buyer", "key"),
    [
        ({"buyer_name": "Ville de Mougins", "buyer_id": "21060085400014"}, "210600854"),
        ({"buyer_name": "Ville de Mougins"}, "nom-ville-de-mougins"),
        (
            {"buyer_name": "Centre communal d'action sociale", "buyer_postcode": "45000"},
            "nom-centre-communal-d-action-sociale-45000",
        ),
        ({"buyer_name": "Essentiel", "buyer_id": "06933335708585"}, "nom-essentiel"),  # no SIREN: Luhn refuses it
        ({"buyer_name": "CCI", "buyer_id": "00000000000000"}, "nom-cci"),
        ({"buyer_id": "06933335708585"}, "id-06933335708585"),
    ],
)
def test_one_key_a_buyer(buyer, key):
    assert classified(buyer)[0]["buyer_key"] == key


def test_rows_are_kept_and_typed():
    awards = pl.LazyFrame({name: [None, None] for name in SCHEMA}, schema=SCHEMA)
    added = add_buyers(awards).collect()
    assert added.height == 2
    assert {name: added.schema[name] for name in ADDED} == {name: schema.column(name).dtype for name in ADDED}


def test_the_states_directory_is_used_when_it_was_fetched(tmp_path):
    row = {"siren": "130099997", "name": "x", "ministry": "culture", "published_on": date(2026, 11, 1)}
    pl.DataFrame([row], schema=state_organisation.SCHEMA).write_parquet(tmp_path / state_organisation.FILE_NAME)
    buyer = {"buyer_id": "13009999700017", "buyer_name": "Préfecture"}
    (found,) = classified(buyer, derived=tmp_path)
    assert (found["ministry"], found["ministry_rule"]) == ("culture", "directory:130099997")
