"""The judgement: its order, its definitions of home, and that every combination of facts gets exactly one."""

from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as some

from loaders import vocabulary
from loaders.classify import verdict as judgement
from loaders.classify.verdict import EU_MEMBERS, EUROPEAN_NEIGHBOURS, FRANCE, verdict

FACTS = {
    "control_country": pl.String,
    "control_basis": pl.Enum(list(vocabulary.CONTROL_BASES)),
    "technology_country": pl.String,
    "products": pl.List(pl.String),
    "product_countries": pl.List(pl.String),
    "channel": pl.Enum(list(vocabulary.CHANNELS)),
}
COUNTRIES = ["FR", "GP", "DE", "IE", "NO", "CH", "GB", "US", "CA", "IL", "CN", None]

combinations = some.fixed_dictionaries(
    {
        "control_country": some.sampled_from(COUNTRIES),
        "control_basis": some.sampled_from([*vocabulary.CONTROL_BASES, None]),
        "technology_country": some.sampled_from(COUNTRIES),
        "product_countries": some.one_of(some.none(), some.lists(some.sampled_from([*COUNTRIES, "FOSS"]), max_size=3)),
        "channel": some.sampled_from([*vocabulary.CHANNELS, None]),
    }
)


def judged(*awards: dict, definition="ue") -> list[str]:
    rows = [{"products": award.get("product_countries"), **award} for award in awards]
    return pl.DataFrame(rows, schema=FACTS).select(verdict(definition)).to_series().to_list()


def one(definition="ue", **facts) -> str:
    return judged(facts, definition=definition)[0]


@given(some.lists(combinations, min_size=1, max_size=20), some.sampled_from(list(vocabulary.DEFINITIONS)))
def test_every_combination_gets_exactly_one_verdict_of_the_vocabulary(awards, definition):
    assert set(judged(*awards, definition=definition)) <= set(vocabulary.VERDICTS)


@given(some.lists(combinations, min_size=1, max_size=20))
def test_home_only_grows_from_france_to_outside_the_united_states(awards):
    """What is foreign under a wider home is foreign under a narrower one, and worse never becomes of it."""
    order = list(vocabulary.VERDICTS)
    verdicts = [judged(*awards, definition=definition) for definition in ("france", "ue", "europe", "hors-us")]
    for narrow, wide in pairwise(verdicts):
        assert all(order.index(before) <= order.index(after) for before, after in zip(narrow, wide, strict=True))


def test_each_verdict_in_its_order():
    documented = {"control_country": "FR", "control_basis": "registry"}
    american = {"control_country": "US", "control_basis": "gleif", "product_countries": ["US"], "channel": "reseller"}
    assert judged(
        american,
        {**documented, "product_countries": ["FR", "US"], "technology_country": "US", "channel": "reseller"},
        {**documented, "product_countries": [], "technology_country": "US", "channel": "reseller"},
        {**documented, "product_countries": [], "channel": "reseller"},
        {**documented, "product_countries": ["FOSS"], "channel": "reseller"},
        {"control_basis": "siren_only", "product_countries": [], "channel": "direct"},
        {"control_basis": "none", "product_countries": []},
    ) == list(vocabulary.VERDICTS)


@pytest.mark.parametrize(
    ("definition", "home"),
    [
        ("france", {"FR"}),
        ("ue", {"FR", "DE"}),
        ("europe", {"FR", "DE", "GB", "NO", "CH"}),
        ("hors-us", {"FR", "DE", "GB", "NO", "CH", "CA", "CN"}),
    ],
)
def test_definitions_of_home(definition, home):
    countries = ["FR", "DE", "GB", "NO", "CH", "CA", "CN", "US"]
    verdicts = judged(*({"control_country": c, "control_basis": "registry"} for c in countries), definition=definition)
    assert {c for c, found in zip(countries, verdicts, strict=True) if found == "home_documented"} == home


def test_the_country_of_a_foreign_identifier_counts_as_control():
    assert one(control_country="IE", control_basis="vat", definition="france") == "foreign_control"
    assert one(control_country="IE", control_basis="vat") == "home_documented"
    assert one(control_country="CA", control_basis="foreign_id") == "foreign_control"


@pytest.mark.parametrize("channel", ["reseller", "integrator", "central_purchasing"])
def test_who_goes_between_and_names_nothing_is_opaque(channel):
    assert one(control_basis="siren_only", channel=channel, product_countries=[]) == "opaque"
    assert one(control_basis="siren_only", channel=channel, product_countries=["FR"]) == "home_presumed"


def test_a_direct_purchase_is_never_opaque():
    assert one(control_basis="siren_only", channel="direct", product_countries=[]) == "home_presumed"


def test_a_product_of_an_unknown_country_decides_nothing():
    assert one(control_country="FR", control_basis="registry", product_countries=[None]) == "home_documented"


def test_a_basis_without_a_country_documents_nothing():
    assert one(control_basis="vat") == "unknown"


def test_the_overseas_parts_of_the_republic_are_france():
    assert one(control_country="NC", control_basis="registry", definition="france") == "home_documented"


def test_the_lists_of_countries():
    assert len(EU_MEMBERS) == len(set(EU_MEMBERS)) == 27
    assert not set(EUROPEAN_NEIGHBOURS) & set(EU_MEMBERS)
    assert set(FRANCE) & set(EU_MEMBERS) == {"FR"}


def test_an_unknown_definition_is_refused():
    with pytest.raises(KeyError):
        verdict("monde")


def test_a_product_whose_editor_nobody_knows_leaves_a_resale_opaque():
    row = {
        "control_country": "FR",
        "control_basis": "registry",
        "technology_country": None,
        "product_countries": [None],
        "channel": "reseller",
    }
    award = pl.DataFrame(
        [row], schema_overrides={"technology_country": pl.String, "product_countries": pl.List(pl.String)}
    )
    assert award.select(verdict("ue")).item() == "opaque"


@pytest.mark.parametrize("definition", vocabulary.DEFINITIONS)
def test_nothing_but_its_facts_decides_a_verdict(definition):
    assert set(verdict(definition).meta.root_names()) == set(judgement.FACTS)
