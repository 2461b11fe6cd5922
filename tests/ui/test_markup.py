"""Nothing that comes from the data or the address is ever read as markup."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from charts.theme import DARK, LIGHT
from loaders.vocabulary import VERDICTS
from ui import markup


@given(st.text())
def test_plain_text_survives_markdown_as_itself(text):
    rendered = MarkdownIt("commonmark").renderInline(markup.plain(text))
    assert "<a" not in rendered
    assert "<img" not in rendered
    assert "<em>" not in rendered
    assert "<code>" not in rendered


@pytest.mark.parametrize("text", ["![x](http://e.example/i.png)", "[x](javascript:alert(1))", ":red[x]", "$x$", "`x`"])
def test_signs_of_markdown_are_written_as_themselves(text):
    assert html.unescape(markup.plain(text)).replace("\u2060", "") == text
    assert not set(markup.plain(text)) & set("![](){}`$:*_<>")


@pytest.mark.parametrize("typed", ["http://evil.example", "www.evil.example", "a@evil.example"])
def test_an_address_typed_by_anyone_does_not_become_a_link(typed):
    assert "\u2060" in html.unescape(markup.plain(typed))


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "", "http", "marche?id=<script>"]
)
def test_only_our_addresses_and_public_pages_are_linked(address):
    assert "<a" not in markup.anchor("texte", address)


def test_our_addresses_open_in_the_same_tab_and_others_in_a_new_one():
    assert markup.anchor("a", "marche?v=1&id=1") == '<a href="marche?v=1&amp;id=1">a</a>'
    assert 'target="_blank" rel="noopener noreferrer"' in markup.anchor("a", "https://example.org/")


def test_signs_of_html_are_written_as_themselves():
    assert markup.escaped("<b>\"'&") == "&lt;b&gt;&quot;&#x27;&amp;"


def test_our_sentences_do_not_break_where_french_never_does():
    assert markup.said("Sur 100 € : « oui » ; non ?") == "Sur 100\u00a0€\u00a0: «\u00a0oui\u00a0»\u00a0; non\u00a0?"


@pytest.mark.parametrize("verdict", VERDICTS)
def test_a_verdict_has_its_colour_and_its_words_in_both_themes(verdict):
    assert html.escape(VERDICTS[verdict]) in markup.verdict(verdict)
    for theme in (LIGHT, DARK):
        rule = markup.verdict_marks(theme).split(f".np-{verdict}{{")[1].split("}")[0]
        assert theme.marks[verdict].colour in rule
