"""An identifier is read back as the very state it was made of, for ever; a mistyped one is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ui.test_address import states
from ui import address
from web import identifiers
from web.identifiers import UnreadableIdentifier


@given(states, st.binary(min_size=5, max_size=5))
def test_what_was_identified_is_found_again(state, digest):
    pinned = address.with_changes(state, embed=False, chart="years")
    found = identifiers.read(identifiers.identifier(pinned, digest))
    assert (found.state, found.digest) == (pinned, digest)


@given(st.text(max_size=60) | st.text("abcdefghijklmnopqrstuvwxyz234567", max_size=200).map("np1-".__add__))
def test_whatever_is_not_an_identifier_is_refused(text):
    with pytest.raises(UnreadableIdentifier):
        identifiers.read(text)


@given(st.integers(4, 60), st.sampled_from("abcdefghijklmnopqrstuvwxyz234567"))
def test_one_mistyped_sign_is_seen(place, sign):
    whole = identifiers.identifier(address.State(page="ministeres", edition="2026-11-01-x", chart="years"), b"12345")
    mistyped = whole[:place] + sign + whole[place + 1 :]
    if mistyped != whole:
        with pytest.raises(UnreadableIdentifier):
            identifiers.read(mistyped)


def test_spaces_around_and_capitals_do_not_matter():
    whole = identifiers.identifier(address.State(edition="2026-11-01-x"), b"12345")
    assert identifiers.read(f"  {whole.upper()} ").state.edition == "2026-11-01-x"
