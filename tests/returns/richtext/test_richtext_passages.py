"""A passage is found and cleared however it was set, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from returns import richtext
from returns.richtext import clear_blocks, clear_pieces, clear_text, occurrences, to_html


def cleared(html: str, passage: str) -> tuple[str, int]:
    blocks, count = clear_blocks(richtext.parse(html), passage)
    return to_html(blocks), count


@pytest.mark.parametrize(
    ("html", "passage", "left"),
    [
        ("<p>We met Jamie Smith in May.</p>", "Jamie Smith", "<p>We met [removed] in May.</p>"),
        ("<p>We met Jamie <strong>Smith</strong>.</p>", "jamie  smith", "<p>We met [removed].</p>"),
        ("<p>“Don’t tell,” said Zoë.</p>", "don't tell said zoe", "<p>“[removed].</p>"),
        ("<p>Jamie<br>Smith came.</p>", "Jamie Smith", "<p>[removed] came.</p>"),
        ("<p>One. Jamie</p><p>Smith. Two.</p>", "Jamie Smith", "<p>One. [removed]</p><p>. Two.</p>"),
        (
            "<ul><li><p>Jamie</p></li><li><p>Ann</p></li></ul>",
            "Jamie",
            "<ul><li>[removed]</li><li>Ann</li></ul>",
        ),
        ("<p>Annual plan, Ann said.</p>", "Ann", "<p>Annual plan, [removed] said.</p>"),
        ("<p>Jamie Jamie</p>", "Jamie", "<p>[removed] [removed]</p>"),
        ("<p>Nothing here.</p>", "Jamie", "<p>Nothing here.</p>"),
        ("<p>Nothing here.</p>", " … ", "<p>Nothing here.</p>"),
    ],
)
def test_what_is_left(html: str, passage: str, left: str) -> None:
    assert cleared(html, passage)[0] == to_html(richtext.parse(left))


def test_a_link_to_it_is_no_link_any_more() -> None:
    html, count = cleared('<p><a href="mailto:jamie@example.org">Write</a></p>', "jamie")
    assert (html, count) == ("<p>Write</p>", 1)


def test_in_a_table_and_a_quotation() -> None:
    html = "<blockquote><p>I am Jamie</p></blockquote><table><tr><th>Who</th><th>What</th></tr><tr><td>Jamie</td><td>Came</td></tr></table>"
    left, count = cleared(html, "JAMIE")
    assert count == 2
    assert "jamie" not in left.lower()
    assert "<th>Who</th>" in left


def test_in_plain_text() -> None:
    assert clear_text("Jamie, no: JAMIE.", "jamie") == ("[removed], no: [removed].", 2)
    assert occurrences("Jamie, no: JAMIE.", "Jamie") == 2


@pytest.mark.parametrize(
    ("typed", "emptied"),
    [
        ("She is called Jam", False),
        ("She is called Jami", True),
        ("She is called Jamie Smith of Mill", True),
        ("of Mill Road was said", True),
        ("Mill Road", False),
        ("She is called", False),
    ],
)
def test_pieces_of_what_was_being_typed(typed: str, emptied: bool) -> None:
    blocks, count = clear_pieces(richtext.parse(f"<p>{typed}</p><p>Other.</p>"), "Jamie Smith of Mill Road")
    assert count == emptied
    assert ("[removed]" in to_html(blocks)) is emptied
    assert "Other." in to_html(blocks)


WORDS = st.lists(st.sampled_from("child said Jamie Smith we met her on a day".split()), max_size=12)


@settings(deadline=None)
@given(WORDS, WORDS, st.sampled_from(["<strong>", "<em>", ""]))
def test_nothing_else_goes(before: list[str], after: list[str], mark: str) -> None:
    end = mark.replace("<", "</")
    html = f"<p>{' '.join(before)} {mark}secret{end} words {' '.join(after)}</p>"
    left, count = cleared(html, "secret words")
    assert count == 1
    text = richtext.visible_text(left).split()
    assert text == [*before, "[removed]", *after]


def test_a_passage_is_marked_where_it_stands() -> None:
    blocks = richtext.parse(
        "<p>We met her. A <em>girl</em> of 15, at <a href='https://example.org'>home</a>. Yes.</p>"
        "<table><tr><th>A</th><th>B</th></tr><tr><td></td><td>Then she &amp; he left. We</td></tr></table>"
    )
    html = richtext.marked_html(blocks, "A girl of 15, at home")
    marked = '<mark>A <em>girl</em> of 15, at <a href="https://example.org">home</a></mark>'
    assert html.startswith(f"<p>We met her. {marked}. Yes.</p>")
    assert html.replace("<mark>", "").replace("</mark>", "") == to_html(blocks)
    over_two = richtext.marked_html(blocks, "B\nThen she & he left.")
    assert over_two.endswith(
        "<th><mark>B</mark></th></tr></thead><tbody><tr><td></td><td><mark>Then she &amp; he left</mark>. We</td></tr></tbody></table>"
    )
    assert richtext.marked_html(blocks, "of 15, at hom") == to_html(blocks)
