"""The address carries the whole state, in stable codes, for ever; nothing written in it can hurt."""

from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.selection import Selection
from loaders import vocabulary
from ui import address, sitemap
from ui.address_keys import KEYS, SORTS, cleaned

PATHS = [page.path for page in sitemap.PAGES]


def some_codes(codes):
    wanted = st.sets(st.sampled_from(list(codes)))
    return wanted.map(lambda chosen: tuple(code for code in codes if code in chosen))


texts = st.text(max_size=60).map(cleaned)
optional_texts = texts.map(lambda text: text or None)
years = st.none() | st.tuples(st.integers(1900, 2099), st.integers(1900, 2099)).map(lambda pair: tuple(sorted(pair)))
selections = st.builds(
    Selection,
    ministries=some_codes(vocabulary.MINISTRIES),
    years=years,
    buyer_kinds=some_codes(vocabulary.BUYER_KINDS),
    perimeter=st.sampled_from(list(vocabulary.PERIMETERS)),
    definition=st.sampled_from(list(vocabulary.DEFINITIONS)),
    amount=st.sampled_from(list(vocabulary.AMOUNT_CONVENTIONS)),
    verdicts=some_codes(vocabulary.VERDICTS),
    search=texts,
    group=optional_texts,
    vendor=optional_texts,
    product=optional_texts,
    end_years=years,
    control=st.sampled_from([None, *vocabulary.CONTROL_STATES]),
    include_flagged=st.booleans(),
)
states = st.builds(
    address.State,
    page=st.just("marches"),
    selection=selections,
    language=st.sampled_from(["fr", "en"]),
    sort=st.sampled_from(list(SORTS)),
    page_number=st.integers(1, 999_999),
    edition=st.from_regex(r"[A-Za-z0-9._-]{0,80}", fullmatch=True),
    embed=st.booleans(),
)


def read_back(link: str) -> tuple[address.State, list[address.Notice]]:
    parts = urlsplit(link)
    return address.state_from(parts.path.lstrip("/"), parts.query)


@given(states)
def test_what_an_address_says_is_what_is_shown(state):
    assert read_back(address.link(state)) == (state, [])


@given(states)
def test_a_shared_link_says_the_same_with_every_default_written_out(state):
    shared = address.shared_link(state, "https://example.org")
    shown, notices = read_back(shared)

    assert (shown, notices) == (address.with_changes(state, embed=False), [])
    written = set(parse_qs(urlsplit(shared).query))
    always = {key for key in sitemap.page("marches").keys if KEYS[key].form != "texte"} - {
        "embed",
        "edition",
        "graphique",
    }
    assert always | {"v"} <= written


@given(st.sampled_from(PATHS), st.text(max_size=300))
def test_no_text_makes_reading_an_address_fail(path, query):
    state, _notices = address.state_from(path, query)
    assert read_back(address.link(state))[0] == state


@given(st.sampled_from([*KEYS, "v"]), st.text(max_size=300), st.sampled_from(PATHS))
def test_no_value_of_any_key_makes_reading_fail_nor_is_repeated(key, value, path):
    state, notices = address.state_from(path, {key: value})
    assert read_back(address.link(state))[0] == state
    for notice in notices:
        assert notice.sentence() == address.Notice(notice.kind, notice.key).sentence()
        assert notice.key in {*KEYS, ""}


def test_defaults_are_left_out_of_the_address_bar():
    assert address.link(address.State(page="marches")) == "marches?v=1"


def test_codes_stand_in_the_order_of_the_vocabulary_whatever_the_order_written():
    state, _ = address.state_from("", "v=1&ministere=justice,interieur")
    assert state.selection.ministries == ("interieur", "justice")
    assert address.link(state) == "./?v=1&ministere=interieur,justice"


def test_a_repeated_key_is_a_list_too():
    state, _ = address.state_from("", "ministere=justice&ministere=interieur")
    assert state.selection.ministries == ("interieur", "justice")


@pytest.mark.parametrize(
    ("query", "kind", "key"),
    [
        ("definition=usa", "unknown_value", "definition"),
        ("ministere=interieur,police", "unknown_value", "ministere"),
        ("annees=2024-2020", "unknown_value", "annees"),
        ("annees=٢٠٢٠", "unknown_value", "annees"),
        ("couleur=rouge", "unknown_key", ""),
        ("verdict=opaque", "not_on_page", "verdict"),
        ("v=99", "unknown_version", ""),
        ("v=-1", "unknown_version", ""),
    ],
)
def test_what_is_not_understood_is_told(query, kind, key):
    _state, notices = address.state_from("", query)
    assert notices == [address.Notice(kind, key)]


def test_one_unknown_item_of_a_list_loses_only_that_item():
    state, _ = address.state_from("", "ministere=interieur,police")
    assert state.selection.ministries == ("interieur",)


def test_marks_left_by_social_networks_are_not_worth_a_notice():
    assert address.state_from("", "v=1&utm_source=x&fbclid=y")[1] == []


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", "../../etc/passwd", "'; drop table awards; --", "\x00"]
)
def test_hostile_text_is_never_in_a_notice_and_never_names_a_file(hostile):
    query = dict.fromkeys(KEYS, hostile) | {hostile: hostile}
    state, notices = address.state_from("marches", query)
    assert not any(hostile in notice.sentence() for notice in notices)
    assert state.edition == ""


def test_an_address_of_an_old_version_is_migrated_step_by_step():
    """A fake version 0 called ``ministere`` ``ministry``."""

    def from_version_0(query):
        return {("ministere" if key == "ministry" else key): texts for key, texts in query.items()}

    state, notices = address.state_from("", "v=0&ministry=justice", migrations={0: from_version_0})
    assert (state.selection.ministries, notices) == (("justice",), [])


def test_an_address_without_version_is_read_as_the_current_one():
    assert address.state_from("", "ministere=justice")[0].selection.ministries == ("justice",)


def test_the_question_follows_to_another_page_which_keeps_what_it_knows():
    state, _ = address.state_from("marches", "v=1&ministere=justice&verdict=opaque&langue=en&page=3")
    there = address.on_page(state, "ministeres")
    assert address.link(there) == "ministeres?v=1&ministere=justice&langue=en"


def test_a_contract_remembers_the_list_it_was_found_in_but_its_shared_link_does_not():
    state, _ = address.state_from("marches", "v=1&ministere=justice&verdict=opaque&page=3")
    contract = address.on_page(state, "marche", contract_id="123_A")
    assert address.link(contract) == "marche?v=1&id=123_A&ministere=justice&verdict=opaque&page=3"
    assert address.link(address.on_page(contract, "marches")) == "marches?v=1&ministere=justice&verdict=opaque&page=3"
    shared = address.shared_link(contract, "https://example.org")
    assert shared == "https://example.org/marche?v=1&id=123_A&definition=ue&langue=fr"


def test_every_key_is_documented_and_belongs_to_a_page():
    documented = {key for key, _meaning, _values in address.documented()}
    used = {key for page in sitemap.PAGES for key in (*page.keys, *page.context_keys)}
    assert documented - {"v"} == set(KEYS) == used


def test_the_link_to_the_first_page_leads_there_from_any_page():
    here = "https://example.org/ministeres"
    assert urljoin(here, address.link(address.State())) == "https://example.org/?v=1"
    assert urljoin(here, address.link(address.State(page="marches"))) == "https://example.org/marches?v=1"
