"""Words of others in Markdown are shown, never obeyed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from flows.markdown import link, plain, said, table

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[klik](javascript:alert(1))",
    "![beeld](https://example.org/x.png)",
    "**vet** en _schuin_ en `code`",
    "a | b | c",
    "https://example.org/ en www.example.org en jan@example.org",
    "# kop\n\n- punt\n\n---\n",
    "&lt;b&gt; &amp; &#60;",
    "\\[x\\](y)",
    "~~weg~~ $x^2$",
    "1. een",
    "| a |\n| --- |\n| b |",
]


def rendered(text):
    """The text that a reader sees, and the tags that are not of a paragraph."""
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(text)
    inline = [child for token in tokens for child in token.children or []]
    shown = "".join(child.content for child in inline if child.type in ("text", "text_special"))
    return shown, {one.type for one in [*tokens, *inline]} - {
        "paragraph_open", "paragraph_close", "inline", "text", "text_special",
    }  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_it_is(text):
    assert rendered(said(text)) == (plain(text), set())


@given(st.text())
def test_any_text_is_shown_as_it_is(text):
    shown, strange = rendered(said(text))
    assert strange == set()
    assert " ".join(shown.split()) == plain(text)


def test_a_long_text_is_cut():
    assert len(plain("x" * 1000)) == 300
    assert plain("x" * 1000).endswith("…")


def test_signs_that_do_not_show_are_taken_away():
    assert plain("a\u202eb\x00c\u200bd\ne") == "a b c d e"


def test_a_link_goes_to_a_page_of_the_web():
    assert link("p [1].pdf", "https://example.org/a b|(1).pdf?x=%20") == (
        r"[p \[1\]\.pdf](<https://example.org/a%20b%7C%281%29.pdf?x=%20>)"
    )


@pytest.mark.parametrize(
    "address", [None, "javascript:alert(1)", "file:///etc/passwd", "https://a@b/", "//example.org", "data:text/html,x"]
)
def test_anything_else_is_no_link(address):
    assert link("naam", address) == "naam"


def test_a_row_of_a_table_keeps_its_cells_whatever_is_said_in_them():
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(table(("a", "b"), [(said("x | y"), said("<b>|"))]))
    assert sum(token.type == "td_open" for token in tokens) == 2
